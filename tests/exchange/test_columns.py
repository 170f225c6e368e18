from __future__ import annotations

import re

import pytest

from houndsight.errors import InputError
from houndsight.exchange.columns import END, FIRST, LAST, matched
from houndsight.knowledge.base import Knowledge

CUES = ("arrival", "rump", "place", "duration")


@pytest.mark.parametrize(
    ("heading", "ours"),
    [
        ("Date / Time", "start"), ("DATE", "date"), ("Time of Day", "time"), ("Antecedent", "antecedent"), ("Behavior", "behaviour"),
        ("Behaviours", "behaviour"), ("Consequence(s)", None), ("Consequences", "consequence"), ("Notes", "note"), ("Comments", "note"),
        ("Dog name", "dog"), ("Dog's name", "dog"), ("Observer", "logged_by"), ("Location", "location"), ("Rump", "rump"),
        ("Duration (min)", "lasted"), ("duration", "duration"), ("own:song", "own:song"), ("cue:rump", "rump"),
        ("cue:whiskers", "cue:whiskers"), ("Mood", None), ("id", None),
    ],
)  # fmt: skip
def test_a_heading_tells_which_column_it_is(heading: str, ours: str | None) -> None:
    found = matched(["timestamp" if heading != "Date / Time" else "x", heading], (), CUES)
    assert dict(found.pairs).get(heading) == ours


def test_our_own_headings_are_ours_and_stand_once(knowledge: Knowledge) -> None:
    headings = [*FIRST, *knowledge.vocabulary.cues, *LAST, *END]
    assert matched(headings, (), knowledge.vocabulary.cues).pairs == tuple((name, name) for name in headings)


def test_pairs_go_before_guesses() -> None:
    found = matched(["when", "Notes", "Story"], [("story", "note"), ("Notes", "own:notes")], CUES)
    assert found.pairs == (("when", "start"), ("Notes", "own:notes"), ("Story", "note"))


def test_a_column_paired_with_nothing_is_passed_over() -> None:
    assert matched(["when", "Notes"], [("Notes", "")], CUES).unmapped == ("Notes",)


def test_of_two_columns_that_could_be_the_same_the_exact_name_wins() -> None:
    found = matched(["Comments", "note", "when"], (), CUES)
    assert dict(found.pairs)["note"] == "note"
    assert found.unmapped == ("Comments",)


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([("Moood", "note")], "The table has no column 'Moood'. Did you mean Mood?"),
        ([("Mood", "rmup")], "We have no column 'rmup'. Did you mean rump"),
        ([("Mood", "note"), ("when", "note")], "Two columns are to be read as note: 'Mood' and 'when'."),
        ([("Mood", "own: ")], "We have no column 'own: '"),
        ([("when", "")], "no column that tells when"),
    ],
)
def test_a_pair_that_cannot_hold_is_told(pairs: list[tuple[str, str]], reason: str) -> None:
    with pytest.raises(InputError, match=re.escape(reason)):
        matched(["when", "Mood"], pairs, CUES)


def test_a_date_needs_a_time_of_day_beside_it() -> None:
    with pytest.raises(InputError, match="no column of a time of day beside the date"):
        matched(["Date", "Notes"], (), CUES)


def test_no_name_of_ours_is_a_cue_as_well(knowledge: Knowledge) -> None:
    ours = {*FIRST, *LAST, *END, "date", "time", "lasted", "location", "antecedent", "behaviour", "consequence"}
    assert ours & knowledge.vocabulary.cues.keys() == set()
