from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from houndsight.evaluate.accounts import LabelledAccount, LabelledCue
from houndsight.evaluate.comparing import labelled_hearing, need_table
from houndsight.evaluate.hearing import calls_professional, count_cues, cue_scores, need_scores, scores_by_cue
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.conditions import Scene

CUES = ("tail", "place", "voice")
Pairs = Sequence[tuple[str, str]]
LABELLED: Sequence[Pairs] = [[("tail", "tucked"), ("place", "home")], [("tail", "still")], []]
HEARD: Sequence[Pairs] = [[("tail", "tucked"), ("place", "street")], [], [("voice", "growl")]]

pairs = st.lists(st.tuples(st.sampled_from(CUES), st.sampled_from("ab")), max_size=4, unique_by=lambda pair: pair[0])


def test_cue_scores_agree_with_counting_by_hand() -> None:
    # right: tail=tucked. Wrongly heard: place=street, voice=growl. Missed: place=home, tail=still.
    scores = cue_scores(count_cues(CUES, LABELLED, HEARD), np.arange(3))
    assert scores["precision"] == pytest.approx(1 / 3)
    assert scores["recall"] == pytest.approx(1 / 3)
    assert scores["micro F1"] == pytest.approx(1 / 3)
    assert scores["macro F1"] == pytest.approx((2 / 3 + 0 + 0) / 3)


def test_each_cue_has_scores_of_its_own() -> None:
    by_cue = scores_by_cue(count_cues(CUES, LABELLED, HEARD))
    assert by_cue["tail"] == pytest.approx((1.0, 0.5, 2 / 3, 2))
    assert by_cue["place"] == (0.0, 0.0, 0.0, 1)
    precision, recall, f1, labelled = by_cue["voice"]
    assert (precision, f1, labelled) == (0.0, 0.0, 0)
    assert math.isnan(recall)


def test_cues_that_were_not_asked_about_are_left_out() -> None:
    assert scores_by_cue(count_cues(("place",), LABELLED, HEARD)).keys() == {"place"}


@given(st.lists(pairs, min_size=1, max_size=5))
def test_perfect_hearing_has_full_marks(labelled: list[list[tuple[str, str]]]) -> None:
    scores = cue_scores(count_cues(CUES, labelled, labelled), np.arange(len(labelled)))
    told = any(labelled)
    assert all(value == 1 for value in scores.values()) if told else all(math.isnan(value) for value in scores.values())


@given(st.lists(st.tuples(pairs, pairs), min_size=1, max_size=5))
def test_micro_f1_agrees_with_sets_counted_by_brute_force(both: list[tuple[Pairs, Pairs]]) -> None:
    true = {(i, *pair) for i, (labelled, _) in enumerate(both) for pair in labelled}
    said = {(i, *pair) for i, (_, heard) in enumerate(both) for pair in heard}
    counts = count_cues(CUES, [labelled for labelled, _ in both], [heard for _, heard in both])
    expected = 2 * len(true & said) / (len(true) + len(said)) if true or said else math.nan
    assert cue_scores(counts, np.arange(len(both)))["micro F1"] == pytest.approx(expected, nan_ok=True)


def account(*, see_vet: bool = False, flagged: tuple[tuple[str, str], ...] = (), **cues: str) -> LabelledAccount:
    labelled = tuple(LabelledCue(cue, value) for cue, value in cues.items())
    return LabelledAccount("a", "", labelled, flagged=flagged, see_vet=see_vet)


def test_recall_and_false_alarms_agree_with_counting_by_hand() -> None:
    accounts = [account(see_vet=True), account(see_vet=True), account(), account(), account()]
    scores = need_scores([True, False, True, False, False], accounts, np.arange(5))
    assert scores == {"recall": 0.5, "false alarms": pytest.approx(1 / 3)}


def test_recall_of_what_never_occurs_cannot_be_had() -> None:
    assert math.isnan(need_scores([True], [account()], np.arange(1))["recall"])


def test_a_growl_calls_for_a_professional_and_a_wag_does_not(knowledge: Knowledge) -> None:
    assert calls_professional(knowledge, [Scene({"voice": "growl"})])
    assert not calls_professional(knowledge, [Scene({"tail": "loose_wag"})])


def test_a_growl_in_the_other_moment_counts_too(knowledge: Knowledge) -> None:
    assert calls_professional(knowledge, [Scene({"voice": "none"}), Scene({"voice": "growl"})])


def test_what_a_professional_should_hear_belongs_to_perfect_hearing() -> None:
    heard = labelled_hearing(account(place="home", flagged=(("bitten", "yes"),)))
    assert {(o.cue, o.value) for o in heard.observations} == {("place", "home"), ("bitten", "yes")}


def test_a_flag_that_the_main_moment_contradicts_was_told_of_another() -> None:
    heard = labelled_hearing(account(voice="none", flagged=(("voice", "growl"),)))
    assert [(o.cue, o.value) for o in heard.further[0].observations] == [("voice", "growl")]


def test_perfect_hearing_misses_nobody_who_wants_a_professional(
    knowledge: Knowledge, train: tuple[LabelledAccount, ...]
) -> None:
    table = need_table(knowledge, train, {"labelled": [labelled_hearing(one) for one in train]}, draws=0)
    assert table["labelled"]["recall"].value >= 0.95
    assert table["labelled"]["false alarms"].value <= 0.10
