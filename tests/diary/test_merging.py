"""Two that are one become one, as one action that can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.diary.samples import ANNA, BELLA, BEN, EVERYTHING, NOON, REX, moment

from houndsight.diary.diary import Diary
from houndsight.diary.merging import merged_dogs, merged_moments, merged_people
from houndsight.errors import InputError
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.observation import Observation

NOW = datetime(2026, 4, 1, tzinfo=UTC)


def test_all_that_was_the_others_is_the_first_dogs_also_in_the_trash(diary: Diary) -> None:
    diary.keep("everything", [*EVERYTHING, moment("m3", trashed=NOON)])
    diary.keep("merged", merged_dogs(diary, BELLA, REX, NOW))
    assert {one.dog for one in diary.records() if isinstance(one, Moment)} == {"bella"}
    assert ([one.dog for one in diary.tests()], [one.dog for one in diary.plans()]) == (["bella"], ["bella"])
    assert (diary.dogs(), diary.dogs(trashed=True)) == ((BELLA,), (replace(REX, trashed=NOW),))


def test_the_first_dog_learns_what_only_the_other_tells(diary: Diary) -> None:
    first = replace(REX, breed="mix", history="from the street")
    other = replace(
        BELLA, breed="poodle", size="small", neutered=False, history="likes cheese", born=NOON.date(), born_about=True
    )
    one = merged_dogs(diary, first, other)[0]
    assert one == replace(
        first, size="small", neutered=False, born=NOON.date(), born_about=True, history="from the street\nlikes cheese"
    )


def test_the_first_person_stands_wherever_the_other_stood(diary: Diary) -> None:
    diary.keep("everything", [*EVERYTHING, moment("m3", leaned_on="ben", trashed=NOON)])
    diary.keep("merged", merged_people(diary, ANNA, BEN, NOW))
    assert (diary.moment("m1").leaned_on, diary.moment("m1").logged_by) == ("anna", "anna")
    assert diary.moment("m3").leaned_on == "anna"
    assert (diary.people(), diary.people(trashed=True)) == ((ANNA,), (replace(BEN, trashed=NOW),))


def test_a_merge_is_one_action_and_is_undone_as_one(diary: Diary) -> None:
    diary.keep("everything", EVERYTHING)
    before = tuple(diary.records())
    diary.keep("merged", merged_dogs(diary, BELLA, REX))
    diary.undo()
    assert tuple(diary.records()) == before


def test_of_two_moments_the_firsts_cues_hold_and_the_others_are_added() -> None:
    first = moment("m1", text="He leaned.", cues=(Observation("tail", "low"),), tags=("a",), own=(OwnCue("song", "x"),))
    other = moment(
        "m2",
        text="And growled.",
        cues=(Observation("tail", "high"), Observation("voice", "growl", 1.0, "words", (4, 11))),
        tags=("b", "a"),
        own=(OwnCue("song", "y"), OwnCue("rain", "z")),
        leaned_on="anna",
        severity=2,
    )
    one, gone = merged_moments(first, other, NOW)
    assert isinstance(one, Moment)
    assert [(o.cue, o.value) for o in one.cues] == [("tail", "low"), ("voice", "growl")]
    assert one.text == "He leaned.\nAnd growled."
    begins, ends = one.cues[1].span or (0, 0)
    assert one.text[begins:ends] == "growled"
    assert (one.tags, one.own, one.leaned_on, one.severity) == (
        ("a", "b"),
        (OwnCue("song", "x"), OwnCue("rain", "z")),
        "anna",
        2,
    )
    assert gone == replace(other, trashed=NOW)


def test_a_text_that_both_tell_stands_once() -> None:
    first, other = moment("m1", text="He leaned on me."), moment("m2", text="leaned on me")
    (one, _) = merged_moments(first, other)
    assert isinstance(one, Moment)
    assert one.text == "He leaned on me."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("he growled ", "In the hall he growled at me"),
        ("In the hall he growled at me", "  he growled"),
        ("He whined.", "\nhe growled"),
        ("he growled", "He whined."),
        ("he growled", "he growled"),
    ],
)
def test_the_words_of_a_cue_are_where_they_stand_in_the_text_that_is_kept(text: str, told: str) -> None:
    first, other = (
        moment(f"m{n}", text=words, cues=_growls(f"voice{n}", words)) for n, words in enumerate((text, told))
    )
    (one, _) = merged_moments(first, other)
    assert isinstance(one, Moment)
    pointed = [one.text[slice(*cue.span)] for cue in one.cues if cue.span]
    assert pointed == ["growled"] * len(first.cues + other.cues)


def _growls(cue: str, text: str) -> tuple[Observation, ...]:
    at = text.find("growled")
    return () if at < 0 else (Observation(cue, "growl", 1.0, "words", (at, at + len("growled"))),)


PETTED, IGNORED = Observation("response", "petted"), Observation("response", "ignored")
SETTLED, BELIEVES = Observation("outcome", "settled"), Observation("believes", "greeting")


@pytest.mark.parametrize(
    ("first", "other", "both"),
    [
        ((PETTED,), (IGNORED, SETTLED), (PETTED,)),
        ((PETTED,), (SETTLED, BELIEVES), (PETTED, BELIEVES)),
        ((SETTLED,), (IGNORED,), (SETTLED,)),
        ((), (IGNORED, SETTLED), (IGNORED, SETTLED)),
        ((BELIEVES,), (PETTED,), (BELIEVES, PETTED)),
    ],
)
def test_a_response_and_an_outcome_are_never_one_of_each(
    first: tuple[Observation, ...], other: tuple[Observation, ...], both: tuple[Observation, ...]
) -> None:
    (one, _) = merged_moments(moment("m1", cues=first), moment("m2", cues=other))
    assert isinstance(one, Moment)
    assert one.cues == both


def test_tags_and_cues_of_the_households_own_stand_once_whatever_their_case() -> None:
    first = moment("m1", tags=("Walk",), own=(OwnCue("Song", "x"),))
    (one, _) = merged_moments(first, moment("m2", tags=("walk", "Rain"), own=(OwnCue("song", "y"),)))
    assert isinstance(one, Moment)
    assert (one.tags, one.own) == (("Walk", "Rain"), (OwnCue("Song", "x"),))


def test_dogs_who_were_born_after_they_were_written_down_become_one(diary: Diary) -> None:
    puppy = replace(BELLA, born=NOON.date() + timedelta(days=3))
    diary.keep("added", [REX, puppy])
    diary.keep("merged", merged_dogs(diary, REX, puppy, NOW))
    assert diary.dog("rex").born == puppy.born


def test_an_end_before_the_first_moment_is_not_taken_over() -> None:
    other = replace(moment("m2", minutes=-30), ended=NOON - timedelta(minutes=20))
    (one, _) = merged_moments(moment("m1"), other)
    assert isinstance(one, Moment)
    assert one.ended is None


@pytest.mark.parametrize("knocked", [(None, None, None), (None, True, True), (False, True, True), (False, None, False)])
def test_somebody_was_knocked_over_if_either_moment_says_so(knocked: tuple[bool | None, ...]) -> None:
    first, other, both = knocked
    (one, _) = merged_moments(moment("m1", knocked_over=first), moment("m2", knocked_over=other))
    assert isinstance(one, Moment)
    assert one.knocked_over is both


def test_nothing_is_merged_with_itself_nor_with_another_dogs(diary: Diary) -> None:
    with pytest.raises(InputError, match="rex cannot be merged with itself"):
        merged_dogs(diary, REX, REX)
    with pytest.raises(InputError, match="of different dogs"):
        merged_moments(moment("m1"), moment("m2", "bella"))
