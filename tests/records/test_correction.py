from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from houndsight.records.correction import Corrected, Correction, corrected
from houndsight.records.correction_form import as_line
from houndsight.records.observation import Observation

TEXT = "He growled at the hoover and leaned on me"


def test_the_line_is_a_labelled_account() -> None:
    cues = (Observation("leans_on", "owner", 1.0, "words", (29, 41)), Observation("tail", "low"))
    line = json.loads(as_line(Corrected(TEXT, cues, (Correction("voice", "growl", None),), lean=True)))
    assert line["cues"]["leans_on"] == {"value": "owner", "span": "leaned on me", "sure": 1.0}
    assert line["corrections"] == [{"cue": "voice", "heard": "growl", "right": None, "kind": "removed"}]


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
def test_any_text_survives_the_line(text: str) -> None:
    line = as_line(Corrected(text, (), (Correction("tail", None, "low"),), lean=False))
    assert "\n" not in line
    assert json.loads(line)["text"] == text
