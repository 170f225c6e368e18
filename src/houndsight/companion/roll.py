"""The roll of a household: which dog, person or moment is meant by a name or an id, and how a short id names one of them alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from houndsight.diary.diary import Diary
from houndsight.errors import InputError, NotInDiary
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.person import Person
from houndsight.records.query import Query

__all__ = ["Roll"]

Named = TypeVar("Named", Dog, Person)

SHORTEST = 4
"""Characters of a short id, at least."""

LONGEST_SHOWN = 12
"""An id of so many characters is shown whole: it was given by a person or a program and means something."""


class Roll:
    """Who is in one diary. What is in the trash is meant only where that is said."""

    def __init__(self, diary: Diary) -> None:
        self.diary = diary
        self._seen: tuple[int, dict[str, Dog], dict[str, Person]] | None = None

    def dog(self, given: str | None = None) -> Dog:
        """The dog of that name or id; when none is named, the only one. Raises NotInDiary, InputError when there are several or none."""
        if given is not None:
            return _live(self.diary.dog(given))
        dogs = self.diary.dogs()
        if not dogs:
            raise InputError("The diary has no dog yet. Add yours first: houndsight dog add Rex")
        if len(dogs) > 1:
            raise InputError(f"Which dog? Say it with --dog: {', '.join(dog.name for dog in dogs)}.")
        return dogs[0]

    def person(self, given: str) -> Person:
        """The person of that name or id. Raises InputError that says how to add one."""
        try:
            return _live(self.diary.person(given))
        except NotInDiary as error:
            raise InputError(f"{error} To add somebody: houndsight person add {given}") from None

    def dog_or_new(self, given: str | None) -> str:
        """The id of a dog of the diary, or the name of one who is not there yet; "" for none. Raises InputError as `dog` does."""
        return _or_new(self.diary.dog, given)

    def person_or_new(self, given: str | None) -> str:
        """The id of a person of the diary, or the name of somebody who is not there yet; "" for nobody. Raises InputError."""
        return _or_new(self.diary.person, given)

    def moment(self, given: str | None = None, dog: str | None = None, *, anywhere: bool = False) -> Moment:
        """The moment of that id or beginning of an id; when none is named, the latest of the dog; `anywhere`: in the trash too.

        Raises NotInDiary, and InputError when several fit or it is in the trash.
        """
        if given is None:
            return self._latest(self.dog(dog))
        found = self.diary.moment(given)
        if found.trashed is not None and not anywhere:
            id_ = self.short(found)
            raise InputError(f"The moment {id_} is in the trash. To take it out again: houndsight trash restore {id_}")
        return found

    def _latest(self, dog: Dog) -> Moment:
        latest = self.diary.moments(Query(dog=dog.id, limit=1))
        if not latest:
            raise InputError(
                f'There is no moment of {dog.name} yet. Log one: houndsight log "He leaned on me while I cooked"'
            )
        return latest[0]

    def dog_of(self, moment: Moment) -> Dog:
        """The dog of a moment, also one in the trash."""
        return self._everyone()[0][moment.dog]

    def person_called(self, id_: str | None) -> Person | None:
        """The person with that id, also one in the trash."""
        return None if id_ is None else self._everyone()[1].get(id_)

    def _everyone(self) -> tuple[dict[str, Dog], dict[str, Person]]:
        """All dogs and people by id, those in the trash among them; looked up once for as long as the diary stays as it is."""
        revision = self.diary.revision()
        if self._seen is None or self._seen[0] != revision:
            dogs = {one.id: one for trashed in (True, False) for one in self.diary.dogs(trashed=trashed)}
            people = {one.id: one for trashed in (True, False) for one in self.diary.people(trashed=trashed)}
            self._seen = revision, dogs, people
        return self._seen[1:]

    def short(self, record: Moment | Dog | Person) -> str:
        """The shortest beginning of the id, of four characters or more, that names this record alone."""
        if len(record.id) <= LONGEST_SHOWN:
            return record.id
        for length in range(SHORTEST, len(record.id), 2):
            if self._means(record, record.id[:length]):
                return record.id[:length]
        return record.id

    def _means(self, record: Moment | Dog | Person, beginning: str) -> bool:
        """Whether the beginning of an id names this record alone."""
        try:
            return self._called_like(record, beginning).id == record.id
        except InputError:  # several fit
            return False

    def _called_like(self, record: Moment | Dog | Person, given: str) -> Moment | Dog | Person:
        """What of the record's kind is called so."""
        if isinstance(record, Moment):
            return self.diary.moment(given)
        return self.diary.dog(given) if isinstance(record, Dog) else self.diary.person(given)


def _live(one: Named) -> Named:
    if one.trashed is not None:
        raise InputError(f"{one.name} is in the trash. To take it out again: houndsight trash restore {one.name}")
    return one


def _or_new(find: Callable[[str], Named], given: str | None) -> str:
    name = (given or "").strip()
    try:
        return _live(find(name)).id if name else ""
    except NotInDiary:
        return name
