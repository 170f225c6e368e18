from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from houndsight.diary.corrections import CorrectionsFile, as_line, data_folder
from houndsight.errors import InputError
from houndsight.records.correction import Corrected, Correction, corrected
from houndsight.records.observation import Observation

TEXT = "He growled at the hoover and leaned on me"


def example(text: str = TEXT, *changes: Correction) -> Corrected:
    cues = (Observation("leans_on", "owner", 1.0, "words", (29, 41)), Observation("tail", "low"))
    return Corrected(
        text, cues, changes or (Correction("voice", "growl", None),), lean=True, when="2026-01-02T03:04:05"
    )


@pytest.fixture
def kept(tmp_path: Path) -> CorrectionsFile:
    return CorrectionsFile(tmp_path / "deep" / "corrections.jsonl")


def test_nothing_is_kept_at_first(kept: CorrectionsFile) -> None:
    assert list(kept.all()) == []
    assert not kept.path.exists()


def test_what_is_kept_comes_back_after_a_restart(kept: CorrectionsFile) -> None:
    assert kept.keep(example())
    (one,) = CorrectionsFile(kept.path).all()
    assert one.id == example().id
    assert one.corrections == example().corrections
    assert [(o.cue, o.value, o.span) for o in one.cues] == [("leans_on", "owner", (29, 41)), ("tail", "low", None)]


def test_the_same_correction_is_kept_once(kept: CorrectionsFile) -> None:
    assert kept.keep(example())
    assert not kept.keep(example())
    assert not CorrectionsFile(kept.path).keep(example())
    assert len(list(kept.all())) == 1


def test_a_torn_last_line_is_passed_over_and_does_not_swallow_the_next(kept: CorrectionsFile) -> None:
    kept.keep(example())
    whole = kept.path.read_bytes()
    kept.path.write_bytes(whole + whole[: len(whole) // 2])
    again = CorrectionsFile(kept.path)
    assert len(list(again.all())) == 1
    assert again.keep(example("He sat on my feet"))
    assert len(list(CorrectionsFile(kept.path).all())) == 2


def test_a_correction_can_be_forgotten(kept: CorrectionsFile) -> None:
    one, other = example(), example("He sat on my feet")
    kept.keep(one)
    kept.keep(other)
    assert kept.forget(frozenset({one.id})) == 1
    assert [left.id for left in kept.all()] == [other.id]
    assert kept.keep(one)


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    with pytest.raises(InputError, match="cannot be kept in"):
        CorrectionsFile(blocked / "corrections.jsonl").keep(example())


def test_the_file_is_whole_json_lines(kept: CorrectionsFile) -> None:
    kept.keep(example())
    line = json.loads(kept.path.read_text("utf-8"))
    assert line["cues"]["leans_on"] == {"value": "owner", "span": "leaned on me", "sure": 1.0}
    assert line["corrections"] == [{"cue": "voice", "heard": "growl", "right": None, "kind": "removed"}]
    assert not kept.path.stat().st_mode & stat.S_IXUSR


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOUNDSIGHT_DATA", str(tmp_path))
    assert data_folder() == tmp_path
    monkeypatch.delenv("HOUNDSIGHT_DATA")
    assert data_folder().name == "houndsight"


values = st.dictionaries(st.sampled_from("abcd"), st.sampled_from("xyz"), max_size=4)


@given(values, values, st.sets(st.sampled_from("abcd")))
def test_cues_that_a_person_gave_hold_and_those_removed_are_gone(
    heard: dict[str, str], given_: dict[str, str], removed: set[str]
) -> None:
    cues, changes = corrected(
        [Observation(c, v) for c, v in heard.items()], [Observation(c, v) for c, v in given_.items()], removed
    )
    assert {o.cue: o.value for o in cues} == {c: v for c, v in heard.items() if c not in removed} | given_
    for change in changes:
        assert change.heard == heard.get(change.cue)
        assert change.right == given_.get(change.cue)
        assert change.heard != change.right
        assert change.kind == ("added" if change.heard is None else "removed" if change.right is None else "changed")
    changed = {
        c
        for c in heard.keys() | given_.keys()
        if heard.get(c) != ({**heard, **given_}.get(c) if c not in removed - given_.keys() else None)
    }
    assert {change.cue for change in changes} == changed


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_any_text_survives_the_file(text: str) -> None:
    line = as_line(Corrected(text, (), (Correction("tail", None, "low"),), lean=False))
    assert "\n" not in line
    assert json.loads(line)["text"] == text
