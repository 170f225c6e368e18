"""The trash: what is put there is out of sight, and comes back as it was until the trash is emptied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from houndsight.companion.household import Household
from houndsight.companion.when import fixed
from houndsight.errors import InputError
from houndsight.records.action import Record
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.person import Person
from houndsight.records.query import Query
from houndsight.records.undertaking import HomeTest, Plan

__all__ = ["Trash"]

Trashable = Dog | Person | Moment | HomeTest | Plan


@dataclass(frozen=True, slots=True)
class Trash:
    """The trash of one household's diary."""

    household: Household

    @property
    def dogs(self) -> tuple[Dog, ...]:
        """Dogs in the trash."""
        return self.household.diary.dogs(trashed=True)

    @property
    def people(self) -> tuple[Person, ...]:
        """People in the trash."""
        return self.household.diary.people(trashed=True)

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Moments in the trash, those of dogs in the trash among them."""
        return self.household.diary.moments(Query(trashed=True))

    def put_moments(self, given: Sequence[str]) -> tuple[Moment, ...]:
        """Puts moments into the trash, all or none."""
        found = tuple(dict.fromkeys(self.household.diary.moment(one) for one in given))
        there = [one for one in found if one.trashed is not None]
        if there:
            raise InputError(f"The moment {self.household.short(there[0])} is in the trash already.")
        names = sorted({self.household.dog_of(one).name for one in found})
        deed = "trashed_moment" if len(found) == 1 else "trashed_moments"
        self.household.keep(deed, self._thrown(found), count=len(found), dog=_joined(names))
        return found

    def put_dog(self, dog: Dog) -> int:
        """Puts a dog into the trash, with his moments, tests and plans; tells how many moments."""
        diary = self.household.diary
        moments = diary.moments(Query(dog=dog.id))
        self.household.keep(
            "trashed_dog", self._thrown((dog, *moments, *diary.tests(dog.id), *diary.plans(dog.id))), dog=dog.name
        )
        return len(moments)

    def put_person(self, person: Person) -> None:
        """Puts a person into the trash; moments with them stay as they are."""
        self.household.keep("trashed_person", self._thrown((person,)), person=person.name)

    def restore(self, given: str) -> Dog | Person | Moment:
        """Takes something out of the trash by its id, the beginning of its id or its name; with a dog comes what went with him."""
        found = self._found(given)
        assert found.trashed is not None
        records: list[Record] = [replace(found, trashed=None)]
        if isinstance(found, Dog):
            records += [replace(one, trashed=None) for one in self._went_with(found, found.trashed)]
        if not isinstance(found, Moment):
            self._name_is_free(found)
        if isinstance(found, Moment):
            self._has_his_dog(found)
        self._keep_restored(found, records)
        return found

    def _keep_restored(self, found: Dog | Person | Moment, records: Sequence[Record]) -> None:
        if isinstance(found, Moment):
            self.household.keep("restored_moment", records, dog=self.household.dog_of(found).name)
        elif isinstance(found, Dog):
            self.household.keep("restored_dog", records, dog=found.name)
        else:
            self.household.keep("restored_person", records, person=found.name)

    def empty(self) -> int:
        """Forgets for good all that is in the trash; tells how many things that were. Nothing of it can be undone.

        Raises InputError that names them, and forgets nothing, when moments, tests or plans would go that are not in the trash.
        """
        diary = self.household.diary
        there: list[Trashable] = [
            *self.moments, *self.dogs, *self.people, *diary.tests(trashed=True), *diary.plans(trashed=True),
        ]  # fmt: skip
        return diary.forget([one.id for one in there], only_trashed=True) if there else 0

    def _thrown(self, found: Sequence[Trashable]) -> list[Record]:
        now = fixed(self.household.now())
        return [replace(one, trashed=now) for one in found]

    def _went_with(self, dog: Dog, when: datetime) -> list[Moment | HomeTest | Plan]:
        diary = self.household.diary
        moments = diary.moments(Query(dog=dog.id, trashed=True))
        there: list[Moment | HomeTest | Plan] = [
            *moments, *diary.tests(dog.id, trashed=True), *diary.plans(dog.id, trashed=True),
        ]  # fmt: skip
        return [one for one in there if one.trashed == when]

    def _found(self, given: str) -> Dog | Person | Moment:
        there: list[Dog | Person | Moment] = [*self.dogs, *self.people, *self.moments]
        exact = [one for one in there if one.id == given or self._name(one) == given.casefold()]
        fitting = exact or [one for one in there if len(given) >= 4 and one.id.startswith(given)]
        if not fitting:
            raise InputError(f"There is no {given!r} in the trash. `houndsight trash list` shows what is there.")
        if len(fitting) > 1:
            raise InputError(f"Several things in the trash fit {given!r}: {', '.join(one.id[:12] for one in fitting)}.")
        return fitting[0]

    @staticmethod
    def _name(one: Dog | Person | Moment) -> str | None:
        return None if isinstance(one, Moment) else one.name.casefold()

    def _name_is_free(self, found: Dog | Person) -> None:
        diary = self.household.diary
        others: Sequence[Dog | Person] = diary.dogs() if isinstance(found, Dog) else diary.people()
        if any(one.name.casefold() == found.name.casefold() for one in others):
            what = "dog" if isinstance(found, Dog) else "person"
            raise InputError(
                f"The diary has another {what} called {found.name} by now. Give that one another name first: "
                f"houndsight {what} edit {found.name} --name …"
            )

    def _has_his_dog(self, moment: Moment) -> None:
        dog = self.household.dog_of(moment)
        if dog.trashed is not None:
            raise InputError(f"{dog.name} is in the trash too. Take him out first: houndsight trash restore {dog.name}")


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
