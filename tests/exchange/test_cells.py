from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houndsight.errors import InputError, UnknownValue
from houndsight.exchange.cells import as_cue, as_list, as_truth, cue_cell, guarded, list_cell, truth_cell, unguarded
from houndsight.knowledge.base import Knowledge
from houndsight.records.observation import Observation

awkward = st.text(st.sampled_from("'=+-@;,\\ \t\r\nab"), max_size=8)


@given(st.text() | awkward)
def test_a_guarded_cell_is_undone_to_the_very_same(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["=1+1", "+49 30", "-5", "@home", "\t=1", "\r=1", "＝1", "'=1"])
def test_no_cell_begins_as_a_formula_does(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "plain", "it's", "'quoted'", "a=b"])
def test_a_harmless_cell_is_left_alone(cell: str) -> None:
    assert guarded(cell) == cell == unguarded(cell)


@given(st.lists((st.text(min_size=1) | awkward).filter(bool)), st.sampled_from([";", ";,"]))
def test_a_list_in_a_cell_comes_back_whole(items: list[str], separators: str) -> None:
    assert as_list(list_cell(items, separators), separators) == tuple(items)


@pytest.mark.parametrize(
    ("cell", "items"),
    [("a; b", ("a", "b")), ("a,b ,", ("a", "b")), (" ; ", ()), (r"a\, b", ("a, b",)), ("a\\", ("a\\",)), ("", ())],
)
def test_a_list_is_read_as_people_write_it(cell: str, items: tuple[str, ...]) -> None:
    assert as_list(cell) == items


@pytest.mark.parametrize(
    ("confidence", "cell"),
    [
        (1.0, "wiggles"),
        (0.62, "wiggles@0.62"),
        (0.624, "wiggles@0.62"),
        (0.9999, "wiggles@0.99"),
        (0.0001, "wiggles@0.01"),
    ],
)
def test_a_cue_is_shown_with_how_sure_it_is(confidence: float, cell: str) -> None:
    assert cue_cell(Observation("rump", "wiggles", confidence)) == cell


@pytest.mark.parametrize(
    ("cue", "cell", "value"),
    [
        ("rump", "Wiggles", "wiggles"), ("part", "whole body", "whole_body"), ("arrival", "TRUE", "yes"),
        ("arrival", "0", "no"), ("arrival", "none", "no"), ("voice", "none", "none"), ("other_dogs", " None ", "none"),
    ],
)  # fmt: skip
def test_plain_words_for_a_value_are_understood(knowledge: Knowledge, cue: str, cell: str, value: str) -> None:
    assert as_cue(cue, cell, knowledge.vocabulary.cues) == Observation(cue, value)


@pytest.mark.parametrize("cell", ["n/a", "?", "Unknown", "-"])
def test_a_word_that_says_not_known_is_not_told(knowledge: Knowledge, cell: str) -> None:
    assert as_cue("rump", cell, knowledge.vocabulary.cues) is None


@pytest.mark.parametrize("cell", ["wiggels", "wiggles@0", "wiggles@1.5", "yes"])
def test_a_value_that_is_not_known_is_told_with_those_that_are(knowledge: Knowledge, cell: str) -> None:
    with pytest.raises(UnknownValue, match="It can be: still, wiggles, presents"):
        as_cue("rump", cell, knowledge.vocabulary.cues)


def test_a_cue_of_another_version_takes_any_value() -> None:
    assert as_cue("whiskers", "Forward@0.5", {}) == Observation("whiskers", "Forward", 0.5)
    assert as_cue("whiskers", cue_cell(Observation("whiskers", "a@0.5")), {}) == Observation("whiskers", "a@0.5")


@pytest.mark.parametrize("given_", [True, False, None])
def test_a_truth_comes_back(given_: bool | None) -> None:
    assert (as_truth(truth_cell(given_)) if given_ is not None else truth_cell(given_) or None) == given_


def test_a_word_that_is_no_truth_is_told() -> None:
    with pytest.raises(InputError, match="'maybe' is neither yes nor no"):
        as_truth("maybe")
