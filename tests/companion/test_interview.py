"""The interview asks what helps most, takes "I do not know" for an answer, and comes to an end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from houndsight import Companion, Observation
from houndsight.companion.interview import Interview, begin
from houndsight.errors import UnknownValue
from houndsight.knowledge.load import load

KNOWLEDGE = load()
CUES = KNOWLEDGE.vocabulary.cues
PAIRS = [(cue.id, value) for cue in CUES.values() for value in cue.values]
CLEAR = [("trigger", "noise"), ("tail", "tucked"), ("tension", "trembling"), ("pressure", "heavy")]

starts = st.lists(st.sampled_from(PAIRS), max_size=4, unique_by=lambda pair: pair[0])
replies = st.lists(st.integers(-1, 12), min_size=len(CUES) + 1, max_size=len(CUES) + 1)
"""For each question the number of the choice (modulo how many there are), or -1 for "I do not know"."""


def reply(interview: Interview, number: int) -> Interview:
    if number < 0:
        return interview.pass_over()
    return interview.answer(interview.choices[number % len(interview.choices)].value)


def asked(interview: Interview) -> str:
    assert interview.question is not None
    return interview.question.cue


@settings(derandomize=True, deadline=None, max_examples=60)
@given(start=starts, numbers=replies)
def test_every_path_of_answers_ends_and_asks_no_cue_twice(
    companion: Companion, start: list[tuple[str, str]], numbers: list[int]
) -> None:
    interview, cues = begin(companion, None, companion.given(start)), [cue for cue, _ in start]
    while interview.question is not None:
        cues.append(asked(interview))
        interview = reply(interview, numbers[len(cues) % len(numbers)])
    assert len(cues) == len(set(cues)) <= len(CUES)
    assert interview.ended in ("clear", "nothing")


def test_whoever_never_knows_is_asked_each_thing_once_and_gets_the_prior(companion: Companion) -> None:
    interview, cues = begin(companion), []
    while interview.question is not None:
        cues.append(asked(interview))
        interview = interview.pass_over()
    assert len(cues) == len(set(cues)) > 5
    assert (interview.ended, interview.reading.motives) == ("nothing", companion.read().motives)


def test_an_answer_is_an_observation_that_was_asked(companion: Companion) -> None:
    start = begin(companion)
    after = start.answer(start.choices[0].value)
    assert after.answers == (Observation(asked(start), start.choices[0].value, origin="asked"),)
    assert after.reading.cues == after.answers


def test_the_choices_are_the_values_of_the_cue_in_order(companion: Companion) -> None:
    interview = begin(companion)
    assert tuple(choice.value for choice in interview.choices) == CUES[asked(interview)].values
    assert all(choice.words for choice in interview.choices)


def test_a_value_that_is_no_choice_is_refused_and_the_question_stands(companion: Companion) -> None:
    interview = begin(companion)
    with pytest.raises(UnknownValue, match="has no value 'sometimes'"):
        interview.answer("sometimes")
    assert interview.answers == ()


def test_back_after_an_answer_returns_the_state_before(companion: Companion) -> None:
    start = begin(companion)
    second = start.answer(start.choices[0].value)
    third = second.answer(second.choices[0].value)
    assert third.back() is second
    assert third.back().back() is start


def test_back_after_i_do_not_know_asks_the_same_again(companion: Companion) -> None:
    start = begin(companion)
    assert start.pass_over().back().question == start.question


def test_back_at_the_beginning_stays_there(companion: Companion) -> None:
    start = begin(companion)
    assert start.back() is start


def test_a_clear_reading_ends_the_questions_about_meaning(companion: Companion) -> None:
    interview = begin(companion, None, companion.given(CLEAR))
    while interview.question is not None:
        assert interview.question.why == "safety"
        interview = interview.answer("no")
    assert (interview.ended, interview.reading.verdict) == ("clear", "clear")


def test_a_question_for_safety_is_asked_though_the_reading_is_clear(companion: Companion) -> None:
    interview = begin(companion, None, companion.given(CLEAR))
    assert interview.reading.verdict == "clear"
    assert interview.question is not None
    assert interview.question.why == "safety"


def test_a_yes_to_a_question_for_safety_fires_a_flag(companion: Companion) -> None:
    interview = begin(companion, None, companion.given([("mouth", "panting")]))
    assert asked(interview) == "breathing"
    assert "rf_breath" in {flag.id for flag in interview.answer("yes").reading.flags}


def test_an_interview_that_is_over_takes_no_answer(companion: Companion) -> None:
    interview = begin(companion, None, companion.given((cue.id, cue.values[-1]) for cue in CUES.values()))
    assert (interview.question, interview.choices, interview.note) == (None, (), "")
    with pytest.raises(ValueError, match="the interview is over"):
        interview.pass_over()


def test_an_interview_can_start_from_an_account(companion: Companion) -> None:
    interview = begin(companion, "He leaned on my leg when I came home.")
    assert interview.text == "He leaned on my leg when I came home."
    assert ("arrival", "yes") in {(o.cue, o.value) for o in interview.reading.cues}
    assert interview.question is None or asked(interview) != "arrival"


def test_a_heard_cue_can_be_put_right_and_taken_out(companion: Companion) -> None:
    start = begin(companion, "He growled at the hoover and leaned on me")
    right = start.correct("voice", "bark")
    assert {o.cue: o.value for o in right.reading.cues}["voice"] == "bark"
    gone = right.correct("voice", None)
    assert "voice" not in {o.cue for o in gone.reading.cues}
    assert gone.back() is right
    again = gone.correct("voice", "growl")
    assert {o.cue: o.value for o in again.reading.cues}["voice"] == "growl"
    with pytest.raises(UnknownValue):
        start.correct("voice", "song")
