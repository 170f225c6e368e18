"""An import: all of it in one transaction, a batch in memory at a time, and one action in the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from houndsight.diary.checking import check
from houndsight.diary.databases import surveyed
from houndsight.diary.journal import begun, noted
from houndsight.diary.keeping import BATCH, batches, by_kind, differ, present, put
from houndsight.diary.pictures import keep_photo
from houndsight.diary.shelves import SHELVES
from houndsight.diary.tables import dogs
from houndsight.records.action import Change, Record
from houndsight.records.diary_form import KINDS, kind_of
from houndsight.records.moment import Moment
from houndsight.records.taken import Taken
from houndsight.records.undertaking import HomeTest, Plan

__all__ = ["take"]


def take(connection: Connection, what: str, records: Iterable[Record], photos: Iterable[bytes], now: datetime) -> Taken:
    """Adds what is not there yet, and leaves what is there as it is; the action is begun with the first record that is new.

    What is new of a dog that was put in the trash here goes there too, as if it had been put there with him: emptying the trash
    forgets a dog whole.
    Raises InputError or NotInDiary for a record that cannot be kept; whoever began the transaction then takes it all back.
    """
    pictures = sum(keep_photo(connection, data)[1] for data in photos)
    taking = _Taking(connection, what, now)
    for batch in batches(records, BATCH):
        taking.take(batch)
    if taking.added.total() > BATCH:
        surveyed(connection)
    added = tuple((kind, taking.added[kind]) for kind in KINDS if taking.added[kind])
    same, trashed = tuple(taking.same), tuple(taking.trashed)
    return Taken(added, len(same), tuple(taking.differs), pictures, unchanged=same, trashed=trashed)


class _Taking:
    """An import under way."""

    def __init__(self, connection: Connection, what: str, now: datetime) -> None:
        self.connection, self.what, self.now = connection, what, now
        self.number: int | None = None
        self.added: Counter[str] = Counter()
        self.same: list[str] = []
        self.differs: list[str] = []
        self.trashed: list[str] = []
        self.gone = _trashed_dogs(connection)

    def take(self, batch: Sequence[Record]) -> None:
        new = self._new(batch)
        if not new:
            return
        check(self.connection, by_kind(new))
        if self.number is None:
            self.number = begun(self.connection, self.what, self.now)
        noted(self.connection, self.number, self.added.total(), [Change(None, record) for record in new])
        put(self.connection, new)
        self.added.update(map(kind_of, new))

    def _new(self, batch: Sequence[Record]) -> list[Record]:
        """The records of the batch that are not there yet; of two with one id the first."""
        there: dict[str, dict[str, Record]] = {
            kind: present(self.connection, SHELVES[kind], given) for kind, given in by_kind(batch).items()
        }
        new = []
        for record in batch:
            known = there[kind_of(record)]
            if record.id in known:
                self._count(known[record.id], record)
                continue
            known[record.id] = one = self._with_its_dog(record)
            self.trashed += [one.id] if one is not record else []
            new.append(one)
        return sorted(new, key=lambda record: list(KINDS).index(kind_of(record)))

    def _with_its_dog(self, record: Record) -> Record:
        """The record itself, or as it is in the trash when its dog was put there."""
        if not isinstance(record, Moment | HomeTest | Plan) or record.trashed is not None:
            return record
        when = self.gone.get(record.dog)
        return record if when is None else replace(record, trashed=when)

    def _count(self, known: Record, record: Record) -> None:
        """The same correction may have been made at two times, and a moment have gone to the trash with its dog; it is the same."""
        same = kind_of(record) == "correction" or not differ(known, record)
        if same or not differ(known, self._with_its_dog(record)):
            self.same.append(record.id)
        else:
            self.differs.append(record.id)


def _trashed_dogs(connection: Connection) -> dict[str, datetime]:
    """When each dog that is in the trash was put there."""
    chosen = select(dogs.c.id, dogs.c.trashed).where(dogs.c.trashed.is_not(None))
    return {row.id: row.trashed for row in connection.execute(chosen)}
