"""The household: what its people do with the diary. Each deed is one step of undo, and comes with the words that tell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from houndsight.companion.acquaintance import Acquaintance, acquaintance
from houndsight.companion.companion import Companion
from houndsight.companion.dogs import DogFacts, changed_dog, new_dog
from houndsight.companion.entry import Entry, Written, changed, heard_after, written
from houndsight.companion.people import PersonFacts, changed_person, new_person
from houndsight.companion.roll import Roll
from houndsight.companion.when import here
from houndsight.diary.diary import Diary
from houndsight.diary.opening import open_diary
from houndsight.errors import InputError
from houndsight.records.action import Action, Record
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.observation import Observation
from houndsight.records.person import Person
from houndsight.records.query import Query
from houndsight.records.reading import Reading

__all__ = ["Household", "Line", "Logged", "Rewritten", "opened"]


@dataclass(frozen=True, slots=True)
class Logged:
    """A moment that is kept, its dog and its reading. `again`: it had been kept before under the same id, and stays as it was."""

    moment: Moment
    dog: Dog
    reading: Reading
    again: bool = False


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A moment that was changed, with its readings before and now. `changed` is False when it was just so already."""

    moment: Moment
    dog: Dog
    before: Reading
    reading: Reading
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A moment as it stands in a list: with its dog, who was leaned on, and its reading."""

    moment: Moment
    dog: Dog
    leaned_on: Person | None
    reading: Reading


@contextmanager
def opened(companion: Companion, place: str | None = None) -> Iterator[Household]:
    """The household with the diary at a place, or with this user's diary, which is closed again. Raises DiaryFault."""
    with open_diary(place) as diary:
        yield Household(companion, diary, now=here)


class Household(Roll):
    """The deeds of a household with one diary; who is meant in them, its roll tells. `now` gives the time in the household's zone."""

    def __init__(self, companion: Companion, diary: Diary, *, now: Callable[[], datetime] = here) -> None:
        super().__init__(diary)
        self.companion, self.now = companion, now
        self._known: dict[str, tuple[int, Acquaintance]] = {}

    # Reading ----------------------------------------------------------------------------------------------------------------

    def _read(self, moment: Moment, *, further: bool = True) -> Reading:
        """The one place where a kept moment is read: as its dog is known, but for what the moment itself tells.

        `further` reads the other moments that its text tells of as well.
        """
        of = self.acquaintance(self.dog_of(moment)).reading(moment.id, moment.when, brief=not further)
        return self.companion.read_kept(moment, of if of.known else None, further=further)

    def acquaintance(self, dog: Dog) -> Acquaintance:
        """What the diary knows of a dog by now; learned once for as long as the diary stays as it is."""
        revision = self.diary.revision()
        if dog.id not in self._known or self._known[dog.id][0] != revision:
            self._known[dog.id] = revision, acquaintance(self.companion, self.diary, dog, self.now())
        return self._known[dog.id][1]

    # Dogs and people --------------------------------------------------------------------------------------------------------

    def add_dog(self, facts: DogFacts, photo: bytes | None = None) -> Dog:
        """Adds a dog. Raises InputError when there is one of that name, or something told of him cannot be."""
        dog = new_dog(facts, self.now())
        self._unused(dog.name, self.diary.dogs(), "dog")
        dog = self._with_photo(dog, photo)
        self.keep("added_dog", [dog], dog=dog.name)
        return dog

    def change_dog(self, dog: Dog, facts: DogFacts, photo: bytes | None = None) -> Dog:
        """Changes what is known of a dog; gives him as he is now."""
        after = changed_dog(dog, facts, self.now())
        self._unused(after.name, [one for one in self.diary.dogs() if one.id != dog.id], "dog")
        after = self._with_photo(after, photo)
        self.keep("changed_dog", [after], dog=after.name, fields=self.fields(dog, after))
        return after

    def _with_photo(self, dog: Dog, photo: bytes | None) -> Dog:
        return dog if photo is None else replace(dog, photo=self.diary.keep_photo(photo))

    def add_person(self, facts: PersonFacts) -> Person:
        """Adds a person. Raises InputError when there is one of that name."""
        person = new_person(facts, self.now())
        self._unused(person.name, self.diary.people(), "person")
        self.keep("added_person", [person], person=person.name)
        return person

    def change_person(self, person: Person, facts: PersonFacts) -> Person:
        """Changes what is known of a person; gives them as they are now."""
        after = changed_person(person, facts)
        self._unused(after.name, [one for one in self.diary.people() if one.id != person.id], "person")
        self.keep("changed_person", [after], person=after.name, fields=self.fields(person, after))
        return after

    @staticmethod
    def _unused(name: str, others: Sequence[Dog | Person], what: str) -> None:
        there = next((one.name for one in others if one.name.casefold() == name.casefold()), None)
        if there is not None:
            raise InputError(f"The diary has a {what} called {there} already. Choose a name that tells them apart.")

    # Moments ----------------------------------------------------------------------------------------------------------------

    def log(self, entry: Entry, dog: str | None = None) -> Logged:
        """Keeps a moment, and what was put right in the hearing of its text with it, in one step.

        An id that is in the diary already keeps nothing new. Raises InputError when nothing was told, or something that cannot be.
        """
        of = self.dog(dog)
        there = None if entry.id is None else self._exactly(entry.id)
        if there is not None:
            return Logged(there, self.dog_of(there), self._read(there), again=True)
        made = written(self.companion, entry, of.id, self.now())
        self._born_by_then(of, made.moment)
        self.keep("logged", _records(made), dog=of.name)
        return Logged(made.moment, of, self._read(made.moment))

    def _exactly(self, id_: str) -> Moment | None:
        """The moment with this very id, also one in the trash."""
        try:
            found = self.diary.moment(id_)
        except InputError:
            return None
        return found if found.id == id_ else None

    def follow(self, moment: Moment, words: str | None = None, after: Sequence[Observation] = ()) -> Rewritten:
        """Adds what was done and what followed: heard in `words`, which join the note, and set by `after`, which outranks them."""
        heard = () if words is None else heard_after(self.companion, words)
        told = {one.cue: one for one in (*heard, *after)}
        if not told:
            raise InputError(
                "Say what you did or what followed: houndsight outcome --response petted --outcome settled"
            )
        note = None if words is None or words in moment.note else "\n".join(filter(None, (moment.note, words.strip())))
        return self._rewrite(moment, Entry(after=tuple(told.values()), note=note), "followed")

    def edit(self, moment: Moment, entry: Entry, dog: str | None = None) -> Rewritten:
        """Changes a moment; `dog` gives it to another dog."""
        given = moment if dog is None else replace(moment, dog=self.dog(dog).id)
        return self._rewrite(given, entry, "edited", moment)

    def _rewrite(self, moment: Moment, entry: Entry, deed: str, before: Moment | None = None) -> Rewritten:
        before = before or moment
        made = changed(self.companion, moment, entry, self.now())
        dog = self.dog_of(made.moment)
        self._born_by_then(dog, made.moment)
        kept = self.keep(deed, _records(made), dog=dog.name, fields=self.fields(before, made.moment))
        return Rewritten(made.moment, dog, self._read(before), self._read(made.moment), changed=kept is not None)

    @staticmethod
    def _born_by_then(dog: Dog, moment: Moment) -> None:
        if dog.born is not None and not dog.born_about and moment.when.date() < dog.born:
            raise InputError(f"{dog.name} was born on {dog.born}; the moment cannot have been on {moment.when.date()}.")

    # Looking back -----------------------------------------------------------------------------------------------------------

    def lines(self, query: Query, progress: Callable[[int], None] = lambda _: None) -> list[Line]:
        """The moments that are wanted, each with its reading; what else its text tells of is left out.

        `progress` is told how many are read.
        """
        found = []
        for one in self.diary.moments(query):
            found.append(self.line(one))
            progress(len(found))
        return found

    def line(self, moment: Moment) -> Line:
        """One moment as it stands in a list."""
        return Line(moment, self.dog_of(moment), self.person_called(moment.leaned_on), self.read(moment))

    def count(self, query: Query) -> int:
        """How many moments are wanted, whatever the page."""
        return self.diary.count(replace(query, limit=None, offset=0))

    def read(self, moment: Moment) -> Reading:
        """The reading of a moment by itself, as lists show it."""
        return self._read(moment, further=False)

    def shown(self, moment: Moment) -> Logged:
        """One moment with its whole reading."""
        return Logged(moment, self.dog_of(moment), self._read(moment))

    # Steps ------------------------------------------------------------------------------------------------------------------

    def undo(self, steps: int = 1) -> tuple[Action, ...]:
        """Takes back so many steps; gives them, the latest first. Raises InputError when one cannot be taken back."""
        return self.diary.undo(steps)

    def redo(self, steps: int = 1) -> tuple[Action, ...]:
        """Does again so many steps that were taken back."""
        return self.diary.redo(steps)

    def keep(self, deed: str, records: Sequence[Record], **values: object) -> Action | None:
        """Keeps records as one step; `deed` names the words that tell of it, `values` fill them in. None: nothing was new."""
        return self.diary.keep(self._words(f"did.{deed}").format(**values), records)

    def fields(self, before: Dog | Person | Moment, after: Dog | Person | Moment) -> str:
        """The names of the fields in which two records differ, in words."""
        names = [name for name in type(after).__dataclass_fields__ if getattr(before, name) != getattr(after, name)]
        return ", ".join(self._words(f"fields.{name}") for name in names) or self._words("fields.none")

    def _words(self, key: str) -> str:
        return self.companion.knowledge.wording.screen[key]


def _records(made: Written) -> list[Record]:
    return [made.moment] if made.correction is None else [made.moment, made.correction]
