"""Reading one moment: from cues, from words, from both, and from nothing."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import houndsight
from houndsight import Companion, InputError, Observation, Reading
from houndsight.errors import UnknownCue, UnknownValue
from houndsight.knowledge.load import load

ReadCues = Callable[..., Reading]
KNOWLEDGE = load()
PAIRS = [(cue.id, value) for cue in KNOWLEDGE.vocabulary.cues.values() for value in cue.values]
SILENT = [(cue, value) for cue, value in PAIRS if not KNOWLEDGE.cue(cue).bears_on_motive]
HOPELESS = ["", "   \n\t ", "asdf qwer", "?!", "🐕🐕🐕", "The weather was fine on Tuesday.", "\x00\ufeff", "a" * 5000]

moments = st.lists(st.sampled_from(PAIRS), max_size=12, unique_by=lambda pair: pair[0])
many = settings(derandomize=True, deadline=None, max_examples=80)


def chances(reading: Reading) -> dict[str, float]:
    return {share.motive: share.p for share in reading.motives}


# Cues -----------------------------------------------------------------------------------------------------------------


def test_cues_are_read_with_the_one_function_of_the_package() -> None:
    reading = houndsight.read(cues={"arrival": "yes", "rump": "wiggles", "tail": "loose_wag"})
    assert reading.leader.motive == "greeting"


def test_an_unknown_cue_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownCue, match=r"no cue called 'arival'.* Did you mean arrival"):
        houndsight.read(cues={"arival": "yes"})


def test_an_unknown_value_is_named_with_those_that_are_known() -> None:
    with pytest.raises(UnknownValue, match=r"'arrival' has no value 'perhaps'.* yes, no"):
        houndsight.read(cues={"arrival": "perhaps"})


def test_the_last_cue_of_a_name_holds(companion: Companion) -> None:
    assert companion.given([("tail", "low"), ("tail", "tucked")]) == (Observation("tail", "tucked"),)


@many
@given(moments, st.randoms(use_true_random=False))
def test_the_order_of_the_cues_does_not_matter(
    companion: Companion, told: list[tuple[str, str]], random: Random
) -> None:
    shuffled = random.sample(told, len(told))
    first, second = companion.read(given=companion.given(told)), companion.read(given=companion.given(shuffled))
    assert chances(second) == pytest.approx(chances(first), abs=1e-9)


@many
@given(moments)
def test_the_same_cues_give_the_same_id_and_reading(told: list[tuple[str, str]]) -> None:
    assert houndsight.read(cues=dict(told)) == houndsight.read(cues=dict(told))


def test_another_companion_gives_the_same_reading(read_cues: ReadCues) -> None:
    fresh = Companion()
    cues = {"trigger": "noise", "tail": "tucked", "tension": "trembling"}
    assert fresh.read(given=fresh.given(cues.items())) == read_cues(**cues)


def test_other_cues_give_another_id(read_cues: ReadCues) -> None:
    ids = {read_cues(**{cue: value}).id for cue, value in PAIRS}
    assert len(ids) == len(PAIRS)


def test_a_name_of_ones_own_becomes_the_id(companion: Companion) -> None:
    assert companion.read("asdf", id="tuesday").id == "tuesday"


# Verdict --------------------------------------------------------------------------------------------------------------


def test_nothing_told_gives_the_prior_as_the_temper_weighs_it(companion: Companion) -> None:
    prior, temper = {m.id: m.prior for m in KNOWLEDGE.vocabulary.motives.values()}, KNOWLEDGE.temper
    raised = {motive: p**temper.prior for motive, p in prior.items()}
    wanted = {m: (1 - temper.lapse) * p / sum(raised.values()) + temper.lapse * prior[m] for m, p in raised.items()}
    assert chances(companion.read()) == pytest.approx(wanted, abs=1e-9)


def test_nothing_told_is_open_normal_and_brings_a_question(companion: Companion) -> None:
    reading = companion.read()
    assert (reading.verdict, reading.normal, reading.flags, reading.evidence) == ("open", True, (), ())
    assert reading.question is not None


@many
@given(st.lists(st.sampled_from(SILENT), max_size=8, unique_by=lambda pair: pair[0]))
def test_cues_that_bear_on_no_motive_leave_it_open(companion: Companion, told: list[tuple[str, str]]) -> None:
    reading = companion.read(given=companion.given(told))
    assert reading.verdict == "open"
    assert chances(reading) == pytest.approx(chances(companion.read()), abs=1e-9)


@many
@given(moments)
def test_a_clear_reading_has_a_leader_that_is_likely_enough(companion: Companion, told: list[tuple[str, str]]) -> None:
    reading = companion.read(given=companion.given(told))
    assert reading.verdict in ("clear", "leaning", "open")
    assert reading.verdict != "clear" or reading.leader.p >= KNOWLEDGE.model.verdict.clear_probability


def test_fear_of_a_noise_is_clear(read_cues: ReadCues) -> None:
    reading = read_cues(trigger="noise", tail="tucked", tension="trembling", pressure="heavy")
    assert (reading.verdict, reading.leader.motive) == ("clear", "security")


def test_one_weak_cue_is_not_clear(read_cues: ReadCues) -> None:
    assert read_cues(duration="brief").verdict != "clear"


def test_the_likeliest_change_puts_its_motive_in_the_lead(read_cues: ReadCues) -> None:
    reading = read_cues(arrival="yes", part="backside")
    turn = reading.counterfactual
    assert turn is not None
    turned = read_cues(**{"arrival": "yes", "part": "backside", turn.cue: turn.instead})
    assert turned.leader.motive == turn.motive
    assert turned.leader.p == pytest.approx(turn.p, abs=1e-9)


@many
@given(moments)
def test_a_question_asks_what_was_not_told(companion: Companion, told: list[tuple[str, str]]) -> None:
    asked = companion.read(given=companion.given(told)).question
    assert asked is None or asked.cue not in dict(told)


# Words ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("account", HOPELESS)
def test_a_hopeless_account_gives_the_prior_an_open_verdict_and_a_question(companion: Companion, account: str) -> None:
    reading = companion.read(account)
    assert chances(reading) == pytest.approx(chances(companion.read()), abs=1e-9)
    assert (reading.verdict, reading.cues, reading.heard_lean) == ("open", (), False)
    assert reading.question is not None


def test_an_account_without_a_lean_stays_open_and_says_so(companion: Companion) -> None:
    reading = companion.read("I came home and he was wagging his tail like mad.")
    assert (reading.heard_lean, reading.verdict) == (False, "open")


def test_an_account_of_a_lean_has_spans_that_hold_its_words(companion: Companion) -> None:
    account = "He leaned on my leg with his backside when I came home from work."
    reading = companion.read(account)
    assert reading.heard_lean
    assert {(o.cue, o.value) for o in reading.cues} >= {("arrival", "yes"), ("part", "backside")}
    assert all(o.span is not None and account[slice(*o.span)].strip() for o in reading.cues)


def test_a_cue_given_by_hand_outranks_a_heard_one(companion: Companion) -> None:
    account = "He leaned on my leg with his tail tucked."
    reading = companion.read(account, companion.given([("tail", "loose_wag")]))
    assert [o for o in reading.cues if o.cue == "tail"] == [Observation("tail", "loose_wag")]


def test_whoever_gives_the_part_by_hand_tells_of_a_lean(companion: Companion) -> None:
    assert companion.read("asdf", companion.given([("part", "side")])).heard_lean


def test_the_same_account_has_the_same_id_and_another_account_another(companion: Companion) -> None:
    first, again, other = (companion.read(account) for account in ("He leaned on me.", "He leaned on me.", "He leans."))
    assert first == again
    assert first.id != other.id


def test_an_account_that_is_too_long_is_refused_with_both_lengths(companion: Companion) -> None:
    with pytest.raises(InputError, match=r"30,000 characters; at most 20,000"):
        companion.read("lean " * 6000)


def test_a_cue_given_as_none_is_not_told() -> None:
    reading = houndsight.read("He growled at the hoover and leaned on me", cues={"voice": None, "tail": "low"})
    cues = {o.cue: o.value for o in reading.cues}
    assert "voice" not in cues
    assert cues["tail"] == "low"
