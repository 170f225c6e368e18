"""Every deed of a household is one step that can be taken back and done again; the trash and merging among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from houndsight import Observation
from houndsight.companion.dogs import DogFacts
from houndsight.companion.entry import Entry
from houndsight.companion.household import Household
from houndsight.companion.joining import join_dogs, join_moments, join_people
from houndsight.companion.people import PersonFacts
from houndsight.companion.trash import Trash
from houndsight.diary.opening import open_diary
from houndsight.errors import InputError
from houndsight.records.action import Record
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.query import Query

HELLO = "He backed into my legs the second I came in"


def all_of(household: Household) -> set[Record]:
    return set(household.diary.records())


def moment(household: Household, id_: str = "hello") -> Moment:
    return household.moment(id_)


DEEDS: dict[str, tuple[Callable[[Household], object], str]] = {
    "adding a dog": (lambda h: h.add_dog(DogFacts("Luna")), "added Luna"),
    "changing a dog": (lambda h: h.change_dog(h.dog("Rex"), DogFacts(size="large")), "changed Rex (size)"),
    "adding a person": (lambda h: h.add_person(PersonFacts("Carla")), "added Carla"),
    "changing a person": (lambda h: h.change_person(h.person("Ben"), PersonFacts(note="x")), "changed Ben (note)"),
    "logging": (lambda h: h.log(Entry(text=HELLO), "Rex"), "logged a moment of Rex"),
    "logging with a correction": (
        lambda h: h.log(Entry(text=HELLO, cues=(Observation("tail", "low"),)), "Rex"),
        "logged a moment of Rex",
    ),
    "what followed": (
        lambda h: h.follow(moment(h), after=(Observation("outcome", "settled"),)),
        "told what followed a moment of Rex",
    ),
    "editing": (lambda h: h.edit(moment(h), Entry(note="x")), "changed a moment of Rex (note)"),
    "trashing a moment": (lambda h: Trash(h).put_moments(["hello"]), "put a moment of Rex into the trash"),
    "trashing moments": (lambda h: Trash(h).put_moments(["hello", "queue"]), "put 2 moments of Rex into the trash"),
    "trashing a dog": (lambda h: Trash(h).put_dog(h.dog("Rex")), "put Rex and his moments into the trash"),
    "trashing a person": (lambda h: Trash(h).put_person(h.person("Ben")), "put Ben into the trash"),
    "merging dogs": (lambda h: join_dogs(h, h.dog("Rex"), h.dog("Rexi")), "merged Rexi into Rex"),
    "merging people": (lambda h: join_people(h, h.person("Anna"), h.person("Ben")), "merged Ben into Anna"),
    "merging moments": (lambda h: join_moments(h, moment(h), moment(h, "queue")), "merged two moments of Rex"),
}


@pytest.fixture
def busy(household: Household) -> Household:
    household.add_dog(DogFacts("Rexi"))
    household.log(Entry(text=HELLO, id="hello", on=household.person("Ben").id), "Rex")
    household.log(Entry(text="He leaned on me in the queue", id="queue"), "Rex")
    household.log(Entry(text="He leaned on the sofa", id="other"), "Rexi")
    return household


@pytest.mark.parametrize(("deed", "said"), DEEDS.values(), ids=list(DEEDS))
def test_a_deed_is_one_step_that_says_what_it_was(
    busy: Household, deed: Callable[[Household], object], said: str
) -> None:
    deed(busy)
    assert [action.what for action in busy.undo()] == [said]


@pytest.mark.parametrize("deed", [deed for deed, _ in DEEDS.values()], ids=list(DEEDS))
def test_a_deed_that_is_taken_back_leaves_all_as_it_was(busy: Household, deed: Callable[[Household], object]) -> None:
    before = all_of(busy)
    deed(busy)
    after = all_of(busy)
    busy.undo()
    assert after != before == all_of(busy)
    busy.redo()
    assert all_of(busy) == after


def test_many_steps_are_taken_back_at_once(busy: Household) -> None:
    steps = len(busy.diary.actions(100))
    assert len(busy.undo(100)) == steps
    assert all_of(busy) == set()
    assert len(busy.redo(100)) == steps


def test_with_nothing_to_take_back_nothing_is(empty: Household) -> None:
    assert (empty.undo(), empty.redo()) == ((), ())


# The trash ------------------------------------------------------------------------------------------------------------------


def names(records: Iterable[Record]) -> list[str]:
    return [record.id for record in records]


def test_what_is_in_the_trash_is_out_of_sight(busy: Household) -> None:
    Trash(busy).put_moments(["hello"])
    assert "hello" not in names(busy.diary.moments())
    assert names(Trash(busy).moments) == ["hello"]


def test_what_comes_back_is_as_it_was(busy: Household) -> None:
    before = all_of(busy)
    Trash(busy).put_moments(["hello"])
    Trash(busy).restore("hello")
    assert all_of(busy) == before


def test_a_dog_goes_with_his_moments_and_comes_back_with_them(busy: Household) -> None:
    before = all_of(busy)
    assert Trash(busy).put_dog(busy.dog("Rex")) == 2
    assert names(busy.diary.moments()) == ["other"]
    Trash(busy).restore("rex")
    assert all_of(busy) == before


def test_a_moment_that_was_in_the_trash_before_its_dog_stays_there(busy: Household) -> None:
    earlier = busy.now()
    Trash(busy).put_moments(["hello"])
    busy.now = lambda: earlier.replace(hour=11)
    Trash(busy).put_dog(busy.dog("Rex"))
    Trash(busy).restore("Rex")
    assert names(Trash(busy).moments) == ["hello"]


def test_a_moment_does_not_come_back_without_its_dog(busy: Household) -> None:
    Trash(busy).put_dog(busy.dog("Rex"))
    with pytest.raises(InputError, match=r"Rex is in the trash too. Take him out first: houndsight trash restore Rex"):
        Trash(busy).restore("hello")


def test_a_dog_does_not_come_back_beside_another_of_his_name(busy: Household) -> None:
    Trash(busy).put_dog(busy.dog("Rex"))
    busy.add_dog(DogFacts("Rex"))
    with pytest.raises(InputError, match="has another dog called Rex by now"):
        Trash(busy).restore("Rex")


def test_a_dog_in_the_trash_takes_no_moments(busy: Household) -> None:
    Trash(busy).put_dog(busy.dog("Rex"))
    with pytest.raises(InputError, match=r"Rex is in the trash. To take it out again"):
        busy.log(Entry(text=HELLO), "Rex")


@pytest.mark.parametrize("named", [str, lambda name: f" {name.upper()} "])
def test_a_dog_in_the_trash_is_given_no_moment_of_another(busy: Household, named: Callable[[str], str]) -> None:
    gone = busy.dog("Rexi")
    Trash(busy).put_dog(gone)
    for given in (named(gone.name), gone.id, gone.id[:8]):
        with pytest.raises(InputError, match="Rexi is in the trash"):
            busy.edit(moment(busy), Entry(note="x"), given)
    assert (moment(busy).note, busy.dog_of(moment(busy)).name) == ("", "Rex")


def test_dogs_and_people_are_called_as_they_are_by_now_whoever_changed_them(busy: Household) -> None:
    line = busy.line(moment(busy))
    assert line.leaned_on is not None
    with open_diary(busy.diary.place) as other:
        other.keep("renamed", [replace(line.dog, name="Max"), replace(line.leaned_on, name="Benno")])
    again = busy.line(moment(busy))
    assert (again.dog.name, again.leaned_on and again.leaned_on.name) == ("Max", "Benno")


def test_a_person_who_was_forgotten_is_nobody_any_more(busy: Household) -> None:
    ben = busy.person("Ben")
    Trash(busy).put_person(ben)
    assert busy.person_called(ben.id) is not None
    Trash(busy).empty()
    assert busy.person_called(ben.id) is None


def test_a_dog_who_was_taken_in_is_known_at_once(busy: Household) -> None:
    busy.line(moment(busy))
    stray = Dog("stray", "Stray", busy.now())
    found = replace(moment(busy), id="found", dog=stray.id)
    busy.diary.take("took in", [stray, found])
    assert busy.dog_of(found) == stray


def test_what_is_in_the_trash_is_not_put_there_again(busy: Household) -> None:
    Trash(busy).put_moments(["hello"])
    with pytest.raises(InputError, match="The moment hello is in the trash already"):
        Trash(busy).put_moments(["queue", "hello"])
    assert busy.moment("queue").trashed is None


def test_what_is_not_in_the_trash_does_not_come_back(busy: Household) -> None:
    with pytest.raises(InputError, match="There is no 'hello' in the trash"):
        Trash(busy).restore("hello")


def test_an_emptied_trash_is_forgotten_for_good(busy: Household) -> None:
    Trash(busy).put_dog(busy.dog("Rex"))
    assert Trash(busy).empty() == 3
    assert names(busy.diary.moments(Query())) == ["other"]
    busy.undo(100)
    assert {"hello", "queue"}.isdisjoint(names(busy.diary.records()))


def test_an_empty_trash_is_emptied_in_vain(busy: Household) -> None:
    assert Trash(busy).empty() == 0


# Merging --------------------------------------------------------------------------------------------------------------------


def test_merged_dogs_share_their_moments(busy: Household) -> None:
    assert join_dogs(busy, busy.dog("Rex"), busy.dog("Rexi")) == 1
    assert {busy.dog_of(one).name for one in busy.diary.moments()} == {"Rex"}
    assert names(busy.diary.dogs(trashed=True)) == [busy.diary.dog("Rexi").id]


def test_a_dog_is_not_merged_with_himself(busy: Household) -> None:
    with pytest.raises(InputError, match="cannot be merged with itself"):
        join_dogs(busy, busy.dog("Rex"), busy.dog("rex"))


def test_merged_people_share_their_moments(busy: Household) -> None:
    join_people(busy, busy.person("Anna"), busy.person("Ben"))
    assert busy.moment("hello").leaned_on == busy.person("Anna").id


def test_merged_moments_tell_what_both_told(busy: Household) -> None:
    join_moments(busy, moment(busy), moment(busy, "queue"))
    assert "queue" in busy.moment("hello").text
    assert names(Trash(busy).moments) == ["queue"]
