"""The diary: what a household keeps of its dogs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, Select, select

from houndsight.diary import asking, forgetting, journal, pictures, taking, telling
from houndsight.diary.databases import faults, purged, reading, writing
from houndsight.diary.keeping import BATCH, fetched, ids_kept, whole
from houndsight.diary.lookups import moment_called, one_called
from houndsight.diary.shelves import CORRECTIONS, DOGS, MOMENTS, PEOPLE, PLANS, SHELVES, TESTS, Shelf
from houndsight.diary.tables import corrections, state
from houndsight.records.action import Action, Record
from houndsight.records.correction import Corrected
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.naming import is_id
from houndsight.records.person import Person
from houndsight.records.query import Query
from houndsight.records.taken import Taken
from houndsight.records.told import Told
from houndsight.records.undertaking import HomeTest, Plan

__all__ = ["Diary"]

EVERYTHING = Query()
Begun = TypeVar("Begun", HomeTest, Plan)


def _now() -> datetime:
    return datetime.now(UTC)


class Diary:
    """An open diary; `open_diary` opens it, and `with` closes it.

    `place` is where it is, as people are told. What a method changes is durably there once it returns, all of it or nothing. Every
    method raises DiaryFault when the diary cannot be read or written. One diary may be used from several threads, and several
    programs may have the same diary open.
    """

    def __init__(self, engine: Engine, place: str, now: Callable[[], datetime] = _now) -> None:
        self.engine, self.place, self._now = engine, place, now

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file or the server."""
        with faults(self.place, "closed"):
            self.engine.dispose()

    def _reading(self) -> AbstractContextManager[Connection]:
        return reading(self.engine, self.place)

    def _writing(self) -> AbstractContextManager[Connection]:
        return writing(self.engine, self.place)

    # changes

    def keep(self, what: str, records: Iterable[Record]) -> Action | None:
        """Keeps the records as they are to be, each new or in place of the one with its id; None when that changes nothing.

        `what` says it for undo, such as "logged a moment of Rex". A correction that was made before stays as it was. Raises NotInDiary
        when a record points to a dog, a person or a photo that is not there, InputError when a cue or a tag is longer than a diary takes.
        """
        given = tuple(records)
        with self._writing() as connection:
            return journal.keep(connection, what, given, self._now())

    def undo(self, steps: int = 1) -> tuple[Action, ...]:
        """Takes back so many actions and gives them, the newest first; fewer when there are fewer.

        Raises InputError, and takes nothing back, when a record is no longer as the action left it.
        """
        return self._turned(journal.undone, steps)

    def redo(self, steps: int = 1) -> tuple[Action, ...]:
        """Does again so many actions that were taken back, and gives them in the order done. Raises InputError as `undo` does."""
        return self._turned(journal.redone, steps)

    def _turned(self, turned: Callable[[Connection], Action | None], steps: int) -> tuple[Action, ...]:
        found: list[Action] = []
        with self._writing() as connection:
            while len(found) < steps and (action := turned(connection)) is not None:
                found.append(action)
        return tuple(found)

    def actions(self, limit: int = 20, *, whole: bool = True) -> tuple[Action, ...]:
        """What was done, the newest first, also what is taken back at present; without the changes unless `whole`."""
        with self._reading() as connection:
            return journal.latest(connection, limit, whole=whole)

    def forget(self, ids: Iterable[str], *, only_trashed: bool = False) -> int:
        """Takes the records with these ids out for good, and every trace of them out of the journal; how many records went.

        A dog goes with his moments, tests, plans and his photo; a moment with the corrections of its account, which are not counted.
        Moments of a person stay, without the person. Ids that are not there are passed over. It cannot be undone. `only_trashed`:
        raises InputError that names them, and forgets nothing, when something would go that is not in the trash.
        """
        wanted = set(filter(is_id, ids))
        with self._writing() as connection:
            count = forgetting.forget(connection, wanted, only_trashed=only_trashed)
        with faults(self.place, "written"):
            purged(self.engine)
        return count

    def take(
        self, what: str, records: Iterable[Record], photos: Iterable[bytes] = (), *, dry_run: bool = False
    ) -> Taken:
        """Adds records from elsewhere in one action, all or none; what is there already is left as it is.

        What comes for a dog that is in the trash here goes to the trash with him, and comes out of it with him. Records come in an order in
        which nothing points to what comes later. A dry run says what would be taken, and takes nothing. Raises InputError or NotInDiary as `keep` does.
        """
        with self._writing() as connection:
            taken = taking.take(connection, what, records, photos, self._now())
            if dry_run:
                connection.rollback()
        return replace(taken, dry_run=dry_run)

    def keep_photo(self, data: bytes) -> str:
        """Keeps a JPEG, PNG, WebP or GIF of up to 8 MB; its SHA-256. Raises InputError for anything else."""
        with self._writing() as connection:
            return pictures.keep_photo(connection, data)[0]

    # what is there

    def revision(self) -> int:
        """A number that rises with every change."""
        with self._reading() as connection:
            return connection.execute(select(state.c.revision)).scalar() or 0

    def dog(self, given: str) -> Dog:
        """The dog with this id, name or beginning of an id. Raises NotInDiary, or InputError when several fit."""
        everyone: list[Dog] = self._all(DOGS, select(DOGS.table))
        return one_called(everyone, "dog", given)

    def person(self, given: str) -> Person:
        """The person with this id, name or beginning of an id. Raises NotInDiary, or InputError when several fit."""
        everyone: list[Person] = self._all(PEOPLE, select(PEOPLE.table))
        return one_called(everyone, "person", given)

    def moment(self, given: str) -> Moment:
        """The moment with this id or beginning of an id, also in the trash. Raises NotInDiary, or InputError when several fit."""
        with self._reading() as connection:
            return moment_called(connection, given)

    def kept(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of the ids that moments have, the trash included."""
        with self._reading() as connection:
            return frozenset(ids_kept(connection, MOMENTS, ids))

    def dogs(self, *, trashed: bool = False) -> tuple[Dog, ...]:
        """The dogs by name, or those in the trash."""
        return tuple(sorted(self._kept(DOGS, trashed=trashed), key=_by_name))

    def people(self, *, trashed: bool = False) -> tuple[Person, ...]:
        """The people by name, or those in the trash."""
        return tuple(sorted(self._kept(PEOPLE, trashed=trashed), key=_by_name))

    def tests(self, dog: str | None = None, *, trashed: bool = False) -> tuple[HomeTest, ...]:
        """The tests of a dog or of all dogs, the first begun first; or those in the trash."""
        return self._begun(TESTS, dog, trashed=trashed)

    def plans(self, dog: str | None = None, *, trashed: bool = False) -> tuple[Plan, ...]:
        """The plans of a dog or of all dogs, the first begun first; or those in the trash."""
        return self._begun(PLANS, dog, trashed=trashed)

    def corrections(self) -> tuple[Corrected, ...]:
        """The corrections in the order kept."""
        return tuple(self._all(CORRECTIONS, select(corrections).order_by(corrections.c.key)))

    def moments(self, query: Query = EVERYTHING) -> tuple[Moment, ...]:
        """The moments that are asked for."""
        return tuple(self.each(query))

    def count(self, query: Query = EVERYTHING) -> int:
        """How many moments are asked for."""
        with self._reading() as connection:
            return asking.counted(connection, query)

    def each(self, query: Query = EVERYTHING, batch: int = BATCH) -> Iterator[Moment]:
        """The moments that are asked for, one after the other; only `batch` of them are in memory. They are as when the first was given."""
        with self._reading() as connection:
            for page in asking.pages(connection, query, batch):
                yield from page

    def told(self, dog: str) -> tuple[Told, ...]:
        """All moments of a dog outside the trash as learning wants them, the oldest first; of the same time, by id."""
        with self._reading() as connection:
            return telling.told(connection, dog) if is_id(dog) else ()

    def ever(self, dog: str) -> frozenset[tuple[str, str]]:
        """All (cue, value) ever recorded of a dog, outside the trash."""
        with self._reading() as connection:
            return telling.ever(connection, dog) if is_id(dog) else frozenset()

    def photo(self, sha: str) -> bytes:
        """A photo by its SHA-256. Raises NotInDiary."""
        with self._reading() as connection:
            return pictures.photo(connection, sha)

    def photos(self) -> Iterator[tuple[str, bytes]]:
        """Every photo with its SHA-256, one at a time in memory."""
        with self._reading() as connection:
            yield from pictures.all_photos(connection)

    def records(self) -> Iterator[Record]:
        """Everything, the trash too, kind by kind in the order of KINDS; as it stood when the first was given, a batch in memory."""
        with self._reading() as connection:
            for shelf in SHELVES.values():
                yield from whole(connection, shelf)

    def _all(self, shelf: Shelf[Any], chosen: Select[Any]) -> list[Any]:
        with self._reading() as connection:
            return fetched(connection, shelf, chosen)

    def _kept(self, shelf: Shelf[Any], *, trashed: bool) -> list[Any]:
        column = shelf.table.c.trashed
        return self._all(shelf, select(shelf.table).where(column.is_not(None) if trashed else column.is_(None)))

    def _begun(self, shelf: Shelf[Begun], dog: str | None, *, trashed: bool) -> tuple[Begun, ...]:
        found: list[Begun] = self._kept(shelf, trashed=trashed)
        return tuple(sorted((one for one in found if dog in {None, one.dog}), key=lambda one: (one.begun, one.id)))


def _by_name(one: Dog | Person) -> tuple[str, str]:
    return one.name.casefold(), one.id
