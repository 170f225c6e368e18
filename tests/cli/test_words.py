"""`houndsight words`, and corrections wherever they can be given."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from houndsight.records.heard_form import heard_schema_text

from .conftest import Done

TEXT = "He growled at the hoover and leaned on me"


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("HOUNDSIGHT_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("HOUNDSIGHT_READER_URL", raising=False)
    return tmp_path / "data"


def exported(typed: Callable[..., Done]) -> list[dict[str, object]]:
    return [json.loads(line) for line in typed("words", "corrections").lines]


def test_what_is_heard_stands_with_its_words_and_follows_the_schema(typed: Callable[..., Done]) -> None:
    form = typed("words", "hear", TEXT, "--json").json
    jsonschema.Draft202012Validator(json.loads(heard_schema_text())).validate(form)
    growl = next(cue for cue in form["cues"] if cue["cue"] == "voice")
    assert growl["value"] == "growl"
    assert TEXT[slice(*growl["span"])] == growl["words"]


def test_the_screen_names_the_cue_so_that_it_can_be_put_right(typed: Callable[..., Done]) -> None:
    out = typed("words", "hear", TEXT).out
    assert "voice=growl" in out
    assert "--without" in out


def test_without_an_account_it_asks_for_one(typed: Callable[..., Done]) -> None:
    with pytest.raises(Exception, match="Give an account"):
        typed("words", "hear")


def test_a_correction_holds_and_is_kept(typed: Callable[..., Done]) -> None:
    form = typed("read", TEXT, "--without", "voice", "--cue", "tail=low", "--json").json
    cues = {cue["cue"]: cue["value"] for cue in form["cues"]}
    assert "voice" not in cues
    assert cues["tail"] == "low"
    (one,) = exported(typed)
    assert one["text"] == TEXT
    kinds = {(change["cue"], change["kind"]) for change in one["corrections"]}  # type: ignore[attr-defined]
    assert kinds == {("voice", "removed"), ("tail", "added")}


def test_a_cue_given_as_it_was_heard_is_no_correction(typed: Callable[..., Done]) -> None:
    typed("read", TEXT, "--cue", "voice=growl", "--json")
    assert exported(typed) == []


def test_nothing_is_kept_when_told_not_to(typed: Callable[..., Done]) -> None:
    typed("read", TEXT, "--without", "voice", "--no-keep", "--json")
    assert exported(typed) == []


def test_cues_alone_correct_nothing(typed: Callable[..., Done]) -> None:
    typed("read", "--cue", "tail=low", "--json")
    assert exported(typed) == []


def test_a_batch_takes_corrections_too(typed: Callable[..., Done], tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text(json.dumps({"id": 1, "text": TEXT, "cues": {"voice": None, "tail": "low"}}) + "\n")
    form = json.loads(typed("read", "--batch", str(batch)).lines[0])
    assert "voice" not in {cue["cue"] for cue in form["cues"]}
    assert len(exported(typed)) == 1


def test_a_disk_that_refuses_does_not_stop_the_reading(typed: Callable[..., Done], data: Path) -> None:
    data.write_text("in the way")
    done = typed("read", TEXT, "--without", "voice", "--json")
    assert done.status == 0
    assert "is not kept" in done.err


def test_a_cue_cannot_hold_and_be_gone(typed: Callable[..., Done]) -> None:
    with pytest.raises(Exception, match="only one can hold"):
        typed("read", TEXT, "--without", "voice", "--cue", "voice=bark")


def test_corrections_can_be_written_to_a_file_and_evaluated(typed: Callable[..., Done], tmp_path: Path) -> None:
    typed("read", TEXT, "--without", "voice", "--json")
    out = tmp_path / "corrections.jsonl"
    typed("words", "corrections", "--out", str(out))
    scores = typed("words", "evaluate", str(out), "--draws", "0", "--json").json
    assert scores["accounts"] == 1
    assert scores["by_cue"]["leans_on"]["recall"] == 1


def test_corrections_can_be_forgotten(typed: Callable[..., Done]) -> None:
    typed("read", TEXT, "--without", "voice", "--json")
    (one,) = exported(typed)
    with pytest.raises(Exception, match="no correction c-0"):
        typed("words", "corrections", "--forget", "c-0")
    assert "1 correction taken out" in typed("words", "corrections", "--forget", str(one["id"])).out
    typed("read", TEXT, "--without", "voice", "--json")
    assert "1 correction taken out" in typed("words", "corrections", "--forget-all").out
    assert exported(typed) == []


@pytest.mark.parametrize("ask", [[], ["--forget-all"]])
def test_looking_for_corrections_makes_no_diary(typed: Callable[..., Done], data: Path, ask: list[str]) -> None:
    assert "0 corrections" in "".join(vars(typed("words", "corrections", *ask))[part] for part in ("out", "err"))
    assert not data.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mein Hund lehnt sich mit dem Hintern an mich wenn ich nach Hause komme", "I understand English only"),
        ("Ana: he leaned on me\nBen: lol\nAna: and growled", "This looks like a chat"),
        ("<p>He <b>leaned</b> on me</p>", "passed over the mark-up"),
    ],
)
def test_the_screen_says_what_kind_of_text_it_was(text: str, said: str, typed: Callable[..., Done]) -> None:
    assert said in " ".join(typed("read", text).out.split())
    assert said in " ".join(typed("words", "hear", text).out.split())
    assert typed("read", text, "--json").json["notes"]


def test_the_interview_takes_corrections_and_keeps_them(typed: Callable[..., Done]) -> None:
    done = typed("ask", TEXT, stdin="-voice\ntail=low\ntail=purple\nq\n")
    assert "has no value 'purple'" in done.out
    (one,) = exported(typed)
    kinds = {(change["cue"], change["kind"]) for change in one["corrections"]}  # type: ignore[attr-defined]
    assert kinds == {("voice", "removed"), ("tail", "added")}


def test_an_answer_is_no_correction(typed: Callable[..., Done]) -> None:
    typed("ask", TEXT, stdin="1\nq\n")
    assert exported(typed) == []
