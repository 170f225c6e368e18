"""What arrives for a dog in the trash, and what may not be forgotten with him; births after the day a dog was written down."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from houndsight.companion.dogs import DogFacts
from houndsight.companion.entry import Entry
from houndsight.companion.exchanging import Exchange
from houndsight.companion.household import Household
from houndsight.companion.joining import join_dogs
from houndsight.companion.trash import Trash
from houndsight.errors import InputError
from houndsight.records.action import Record
from houndsight.records.moment import Moment
from houndsight.records.undertaking import HomeTest, Plan


@pytest.fixture
def archive(household: Household, tmp_path: Path) -> Path:
    """An archive with a moment of Rex; here the moment is forgotten since, and Rex is in the trash."""
    household.log(Entry(text="He leaned on the sofa", id="sofa"), "Rex")
    Exchange(household.companion, household.diary).export("archive", tmp_path / "family.houndsight.zip")
    Trash(household).put_moments(["sofa"])
    Trash(household).empty()
    Trash(household).put_dog(household.dog("Rex"))
    return tmp_path / "family.houndsight.zip"


def test_an_import_says_what_went_to_the_trash_with_its_dog(household: Household, archive: Path) -> None:
    report = Exchange(household.companion, household.diary).take_in("archive", archive)
    assert report.trashed == ("sofa",)
    assert "  in the trash with their dog, of these: 1" in report.text
    assert [one.id for one in Trash(household).moments] == ["sofa"]


def test_what_arrived_for_a_dog_in_the_trash_comes_out_of_it_with_him(household: Household, archive: Path) -> None:
    Exchange(household.companion, household.diary).take_in("archive", archive)
    Trash(household).restore("Rex")
    assert household.moment("sofa").trashed is None


def test_a_trash_with_a_dog_of_whom_something_is_not_in_it_is_not_emptied(household: Household) -> None:
    rex, now = household.dog("Rex"), household.now()
    Trash(household).put_dog(rex)
    living: list[Record] = [
        Moment("sofa", rex.id, now, now), HomeTest("t1", rex.id, "turn_away", now), Plan("p1", rex.id, "four_on_the_floor", now),
    ]  # fmt: skip
    household.diary.keep("from another device", living)
    with pytest.raises(InputError, match=r"1 moment \(sofa\), 1 test \(t1\), 1 plan \(p1\).*houndsight trash dog Rex"):
        Trash(household).empty()
    assert set(household.diary.records()) >= set(living)


def test_a_dog_who_was_taken_out_and_put_in_again_is_forgotten_whole(household: Household) -> None:
    Trash(household).put_dog(household.dog("Rex"))
    household.diary.keep(
        "from another device", [Moment("sofa", Trash(household).dogs[0].id, household.now(), household.now())]
    )
    Trash(household).restore("Rex")
    Trash(household).put_dog(household.dog("Rex"))
    assert Trash(household).empty() == 2


def test_a_birth_after_the_day_a_dog_was_written_down_is_told_when_it_has_been(household: Household) -> None:
    later = household.now() + timedelta(days=30)
    household.now = lambda: later
    assert household.change_dog(household.dog("Rex"), DogFacts(born="2026-12-20")).born == date(2026, 12, 20)
    with pytest.raises(InputError, match="'2026-12-26' lies in the future"):
        household.change_dog(household.dog("Rex"), DogFacts(born="2026-12-26"))


def test_dogs_are_merged_of_whom_one_was_born_after_the_other_was_written_down(empty: Household) -> None:
    first, later = empty.add_dog(DogFacts("Rexi")), empty.now() + timedelta(days=30)
    empty.now = lambda: later
    join_dogs(empty, first, empty.add_dog(DogFacts("Rex", born="2026-12-20")))
    assert empty.dog("Rexi").born == date(2026, 12, 20)
