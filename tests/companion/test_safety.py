"""What outranks every meaning: flags, and advice that keeps hands away."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from houndsight import Companion, Reading
from houndsight.knowledge.conditions import History
from houndsight.knowledge.load import load
from houndsight.knowledge.rules import Flag

ReadCues = Callable[..., Reading]
KNOWLEDGE = load()
PAIRS = [(cue.id, value) for cue in KNOWLEDGE.vocabulary.cues.values() for value in cue.values]
HANDS = {"petted", "scratched_rump", "cued_alternative", "treat_toy", "checked_body", "gave_it"}
"""Responses that bring a hand near the dog."""

THREATS: list[dict[str, str]] = [
    {"voice": "growl"},
    {"bitten": "yes"},
    {"tension": "stiff", "gaze": "fixed"},
    {"tension": "stiff", "gaze": "whale_eye"},
    {"tension": "stiff", "tail": "high_stiff"},
    {"tail": "high_stiff", "gaze": "fixed"},
]
moments = st.lists(st.sampled_from(PAIRS), max_size=10, unique_by=lambda pair: pair[0])
many = settings(derandomize=True, deadline=None, max_examples=60)


def advised(reading: Reading) -> set[str | None]:
    return {advice.response for advice in reading.advice}


def cues_of(pairs: Iterable[tuple[str, str]], threat: dict[str, str]) -> dict[str, str]:
    return {**dict(pairs), **threat}


@pytest.mark.parametrize("threat", THREATS, ids=lambda threat: "+".join(threat.values()))
@many
@given(told=moments)
def test_after_a_threat_nothing_that_brings_a_hand_near_is_advised(
    read_cues: ReadCues, threat: dict[str, str], told: list[tuple[str, str]]
) -> None:
    assert advised(read_cues(**cues_of(told, threat))).isdisjoint(HANDS)


@pytest.mark.parametrize("threat", THREATS, ids=lambda threat: "+".join(threat.values()))
@many
@given(told=moments)
def test_after_a_threat_the_vetos_own_words_come_first(
    read_cues: ReadCues, threat: dict[str, str], told: list[tuple[str, str]]
) -> None:
    first, words = read_cues(**cues_of(told, threat)).advice[0], KNOWLEDGE.wording.vetoes["no_hands"]
    assert first.response is None
    assert first.words.startswith(words.say)
    assert first.because == words.because


@pytest.mark.parametrize("threat", THREATS, ids=lambda threat: "+".join(threat.values()))
def test_after_a_threat_a_behaviour_professional_is_wanted(read_cues: ReadCues, threat: dict[str, str]) -> None:
    reading = read_cues(**threat)
    assert "behaviour" in {flag.who for flag in reading.flags if flag.urgency in ("now", "soon")}
    assert reading.wants_professional


EMERGENCIES = [flag for flag in KNOWLEDGE.flags if flag.urgency == "now" and flag.who == "vet" and flag.asks]


@pytest.mark.parametrize("flag", EMERGENCIES, ids=lambda flag: flag.id)
@many
@given(told=moments)
def test_when_a_vet_is_wanted_now_nobody_is_told_to_feed_stroke_or_train_him(
    read_cues: ReadCues, flag: Flag, told: list[tuple[str, str]]
) -> None:
    reading = read_cues(**cues_of(told, {flag.asks: "yes", "mobility": "impaired"}))
    assert advised(reading).isdisjoint({"treat_toy", "gave_it", "cued_alternative", "petted", "scratched_rump"})
    assert not any("scratch under the chin" in advice.words for advice in reading.advice)


TWO_MOMENTS = (
    "When I came home he backed into my legs, tail wagging. Another time he growled at a boy while leaning on my leg."
)


def test_a_warning_of_another_moment_stands_in_front_and_counts_for_all(companion: Companion) -> None:
    reading = companion.read(TWO_MOMENTS)
    assert reading.also
    assert "rf_growl" in {flag.id for flag in reading.flags}
    assert reading.wants_professional
    assert not reading.normal


def test_a_growl_in_one_moment_keeps_hands_away_in_all_moments_of_the_account(companion: Companion) -> None:
    reading = companion.read(TWO_MOMENTS)
    for moment in (reading, *reading.also):
        assert advised(moment).isdisjoint(HANDS)


def test_a_bite_in_the_diary_keeps_hands_away_from_a_friendly_dog(companion: Companion) -> None:
    friendly = companion.given([("arrival", "yes"), ("tail", "loose_wag"), ("rump", "wiggles")])
    history = History(seen=frozenset({("bitten", "yes")}))
    assert advised(companion.read(given=friendly)) & HANDS
    assert advised(companion.read(given=friendly, history=history)).isdisjoint(HANDS)


@many
@given(moments)
def test_scolding_is_never_advised_and_always_advised_against(read_cues: ReadCues, told: list[tuple[str, str]]) -> None:
    reading = read_cues(**dict(told))
    assert "scolded" not in advised(reading)
    assert "scolded" in {avoid.response for avoid in reading.avoid}


@many
@given(moments)
def test_nothing_is_advised_and_advised_against_at_once(read_cues: ReadCues, told: list[tuple[str, str]]) -> None:
    reading = read_cues(**dict(told))
    assert advised(reading).isdisjoint(avoid.response for avoid in reading.avoid)


@many
@given(moments)
def test_a_flag_for_now_or_soon_takes_the_place_of_normal(read_cues: ReadCues, told: list[tuple[str, str]]) -> None:
    reading = read_cues(**dict(told))
    assert reading.normal == (not any(flag.urgency in ("now", "soon") for flag in reading.flags))


def test_a_flag_to_watch_leaves_it_normal(read_cues: ReadCues) -> None:
    reading = read_cues(leans_on="child", arrival="yes")
    assert [flag.urgency for flag in reading.flags] == ["watch"]
    assert reading.normal
    assert not reading.wants_professional


@many
@given(moments)
def test_flags_stand_in_the_order_of_their_urgency(read_cues: ReadCues, told: list[tuple[str, str]]) -> None:
    urgencies = [flag.urgency for flag in read_cues(**dict(told)).flags]
    assert urgencies == sorted(urgencies, key=["now", "soon", "watch"].index)


@many
@given(moments)
def test_a_flag_does_not_move_the_meaning(read_cues: ReadCues, told: list[tuple[str, str]]) -> None:
    plain = {cue: value for cue, value in told if KNOWLEDGE.cue(cue).read_by != "flag"}
    flagged = read_cues(**plain, collapse="yes", pain="yes", bitten="yes")
    assert [(m.motive, m.p) for m in flagged.motives] == [(m.motive, m.p) for m in read_cues(**plain).motives]


@pytest.mark.parametrize("touch", [{"touch_reaction": "flinches"}, {"pain": "yes"}])
def test_a_dog_who_may_be_sore_is_not_stroked(read_cues: ReadCues, touch: dict[str, str]) -> None:
    reading = read_cues(arrival="yes", tail="loose_wag", rump="wiggles", **touch)
    assert advised(reading).isdisjoint({"petted", "scratched_rump"})
    assert "vet" in {flag.who for flag in reading.flags}


def test_a_frightened_dog_is_not_left_alone(read_cues: ReadCues) -> None:
    reading = read_cues(trigger="noise", tail="tucked", tension="trembling")
    assert advised(reading).isdisjoint({"ignored", "moved_away", "shooed", "scolded"})


def test_the_question_for_safety_comes_before_any_other(read_cues: ReadCues) -> None:
    asked = read_cues(mouth="panting", arrival="yes").question
    assert asked is not None
    assert (asked.cue, asked.why) == ("breathing", "safety")


@many
@given(moments)
def test_what_a_flag_or_a_weight_cites_may_be_shown(read_cues: ReadCues, told: list[tuple[str, str]]) -> None:
    reading = read_cues(**dict(told))
    cited = [i for flag in reading.flags for i in flag.citation] + [i for e in reading.evidence for i in e.citations]
    assert all(KNOWLEDGE.citations[i].show for i in cited)
