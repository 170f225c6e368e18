"""A dog, a person or a moment is found by its id, the beginning of its id, or its name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.diary.samples import ANNA, BELLA, BEN, NOON, PLAN, REX, TEST, moment

from houndsight.diary.diary import Diary
from houndsight.errors import InputError, NotInDiary
from houndsight.records.dog import Dog

LONG = Dog("1f3a9c", "Luna", NOON)


@pytest.mark.parametrize("given", ["rex", "Rex", "REX", " rex "])
def test_a_dog_is_found_by_id_or_by_name_in_any_case(diary: Diary, given: str) -> None:
    diary.keep("dogs", [REX, BELLA])
    assert diary.dog(given) == REX


def test_four_letters_of_an_id_are_enough(diary: Diary) -> None:
    diary.keep("dogs", [REX, LONG])
    assert diary.dog("1f3a") == LONG
    with pytest.raises(NotInDiary):
        diary.dog("1f3")


def test_a_name_that_is_nearly_right_is_suggested(diary: Diary) -> None:
    diary.keep("dogs", [REX, BELLA])
    with pytest.raises(NotInDiary, match=r"no dog 'Bela'\. Did you mean Bella"):
        diary.dog("Bela")


def test_two_of_one_name_are_named_with_their_ids(diary: Diary) -> None:
    diary.keep("dogs", [REX, replace(BELLA, name="rex")])
    with pytest.raises(InputError, match=r"Several fit the dog 'Rex': bella \(rex\), rex \(Rex\)"):
        diary.dog("Rex")


def test_a_dog_in_the_trash_gives_way_to_one_that_is_not(diary: Diary) -> None:
    diary.keep("dogs", [REX, replace(BELLA, name="Rex", trashed=NOON)])
    assert diary.dog("Rex") == REX
    assert diary.dog("bella").trashed == NOON


def test_a_person_is_found_as_a_dog_is(diary: Diary) -> None:
    diary.keep("people", [ANNA, BEN])
    assert diary.person("ANNA") == ANNA
    with pytest.raises(NotInDiary, match="no person 'Carl'"):
        diary.person("Carl")


def test_a_moment_is_found_by_the_beginning_of_its_id(diary: Diary) -> None:
    one, other = moment("aaaa_1"), moment("aaaaX1")
    diary.keep("logged", [REX, one, other])
    assert (diary.moment("aaaa_"), diary.moment("aaaaX1")) == (one, other)
    with pytest.raises(InputError, match="Several fit the moment 'aaaa': "):
        diary.moment("aaaa")
    for wrong in ("aaa", "aaaaY", "%", ""):
        with pytest.raises(NotInDiary):
            diary.moment(wrong)


@pytest.mark.parametrize("name", ["\udcff\udcfe", "abcd\x00", "ab cd", "-abcd", "x" * 65, "🐕🐕🐕🐕"])
def test_what_can_be_no_id_names_nothing(diary: Diary, name: str) -> None:
    diary.keep("logged", [REX, moment("abcd")])
    for ask in (diary.moment, diary.dog, diary.person, diary.photo):
        with pytest.raises(NotInDiary, match="The diary has no"):
            ask(name)
    assert (diary.told(name), diary.ever(name), diary.tests(name), diary.forget([name])) == ((), frozenset(), (), 0)


def test_a_whole_id_wins_over_the_beginning_of_another(diary: Diary) -> None:
    diary.keep("logged", [REX, moment("abcd"), moment("abcde")])
    assert diary.moment("abcd").id == "abcd"


def test_of_many_ids_those_that_moments_have_are_told(diary: Diary) -> None:
    diary.keep("logged", [REX, moment("here"), moment("gone", trashed=NOON)])
    assert diary.kept(["here", "gone", REX.id, *(f"m{n}" for n in range(1200))]) == {"here", "gone"}
    assert diary.kept([]) == frozenset()


def test_dogs_and_people_stand_by_name_without_those_in_the_trash(diary: Diary) -> None:
    diary.keep("all", [replace(REX, name="zorro"), BELLA, replace(LONG, trashed=NOON), BEN, ANNA])
    assert [dog.name for dog in diary.dogs()] == ["Bella", "zorro"]
    assert [dog.name for dog in diary.dogs(trashed=True)] == ["Luna"]
    assert diary.people() == (ANNA, BEN)


def test_tests_and_plans_are_those_of_a_dog_or_all(diary: Diary) -> None:
    hers = replace(TEST, id="t2", dog="bella")
    diary.keep("all", [REX, BELLA, TEST, hers, PLAN, replace(PLAN, id="p2", trashed=NOON)])
    assert diary.tests("bella") == (hers,)
    assert diary.tests() == (TEST, hers)
    assert diary.plans("rex") == (PLAN,)
    assert [plan.id for plan in diary.plans(trashed=True)] == ["p2"]
