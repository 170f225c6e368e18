"""Forgetting for good: a record, what belongs to it, and every trace of either in the journal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Connection, Row, delete, or_, select, update

from houndsight.diary import traces
from houndsight.diary.amounts import several, some
from houndsight.diary.keeping import batches, fetched, put, remove, risen
from houndsight.diary.shelves import MOMENTS, SHELVES, record_of
from houndsight.diary.tables import actions, changes, corrections, dogs, moments, people, photos
from houndsight.diary.traces import OF_A_DOG, without
from houndsight.errors import InputError
from houndsight.records.diary_form import KINDS
from houndsight.records.dog import Dog
from houndsight.records.person import Person

__all__ = ["forget"]

SINCE_FORGOTTEN = "changed something that was forgotten since"
"""What an action is called whose own words name somebody who was forgotten."""

_ACCOUNT = re.compile(r'"text":("(?:[^"\\]|\\.)*")')
"""The account of a moment or a correction in its plain form."""


def forget(connection: Connection, ids: Iterable[str], *, only_trashed: bool = False) -> int:
    """Takes the records with these ids out, a dog with his moments, tests and plans; how many records went.

    Corrections of an account go with the moment that told it, and are not counted. A person who is forgotten is nobody in the
    moments that stay. An action of the journal keeps what is about others. `only_trashed`: raises InputError when something would
    go that is not in the trash. It takes time in proportion to what goes and to the length of the journal, not to their product.
    """
    forgetting = _Forgetting(connection, set(ids))
    if only_trashed:
        forgetting.spare()
    return forgetting.done()


class _Forgetting:
    """One forgetting under way: `ids` are those named, `gone` every id that goes, by kind."""

    def __init__(self, connection: Connection, ids: set[str]) -> None:
        self.connection, self.ids = connection, ids
        self.gone = {kind: set(ids) for kind in KINDS}
        for kind, table in OF_A_DOG.items():
            self.gone[kind] |= self._found(table.c.id, table.c.dog, ids)
        self.gone["correction"] |= self._corrections()
        self.dogs = self._found(dogs.c.id, dogs.c.id, ids)
        self.people = self._found(people.c.id, people.c.id, ids)
        self.names = self._found(dogs.c.name, dogs.c.id, ids) | self._found(people.c.name, people.c.id, ids)
        self.pictures = self._found(dogs.c.photo, dogs.c.id, ids) - {None}
        self._ask_the_journal()

    def spare(self) -> None:
        """Raises InputError that names what would go and is not in the trash."""
        living = {kind: self._living(kind) for kind in KINDS if kind != "correction"}
        told = [f"{several(len(ids), kind)} ({some(sorted(ids))})" for kind, ids in living.items() if ids]
        if not told:
            return
        of = {id_ for kind, table in OF_A_DOG.items() for id_ in self._found(table.c.dog, table.c.id, living[kind])}
        names = sorted(self._found(dogs.c.name, dogs.c.id, of)) or ["NAME"]
        raise InputError(
            f"Nothing was forgotten: of {some(names)} this would go too, and is not in the trash: {', '.join(told)}. To put all of a dog "
            f"there, take him out and put him in again: houndsight trash restore {names[0]}, then houndsight trash dog {names[0]}"
        )

    def done(self) -> int:
        self._clear_moments()
        traces.clear(self.connection, self.gone, self.dogs, self.people)
        self._clear_words()
        remove(self.connection, "correction", self.gone["correction"] - self.ids)
        count = sum(remove(self.connection, kind, self.gone[kind]) for kind in reversed(list(KINDS)))
        self._clear_photos()
        risen(self.connection)
        return count

    def _found(self, wanted: Column[str], pointing: Column[str], ids: Iterable[str]) -> set[str]:
        """What stands in one column where the other is one of the ids."""
        chosen = (select(wanted).where(pointing.in_(batch)) for batch in batches(ids))
        return {one for select_ in chosen for one in self.connection.execute(select_).scalars()}

    def _living(self, kind: str) -> set[str]:
        """Ids of this kind that would go and are not in the trash."""
        table = SHELVES[kind].table
        chosen = (select(table.c.id).where(table.c.id.in_(batch)) for batch in batches(self.gone[kind]))
        return {
            id_ for one in chosen for id_ in self.connection.execute(one.where(table.c.trashed.is_(None))).scalars()
        }

    def _ask_the_journal(self) -> None:
        """Dogs and people that are there no more, every name that those who go had, and the photos of the dogs."""
        for row in self._journalled(self.ids, "dog", "person"):
            for record in map(record_of, (row.before, row.after)):
                if isinstance(record, Dog):
                    self.dogs.add(record.id)
                    self.pictures |= {record.photo} if record.photo else set()
                if isinstance(record, Person):
                    self.people.add(record.id)
                self.names |= {record.name} if isinstance(record, Dog | Person) else set()

    def _journalled(self, ids: Iterable[str], *kinds: str) -> Iterator[Row[Any]]:
        """The lines of the journal about records of these kinds with these ids."""
        for batch in batches(ids):
            yield from self.connection.execute(
                select(changes).where(changes.c.id.in_(batch), changes.c.kind.in_(kinds))
            ).all()

    def _corrections(self) -> set[str]:
        """Ids of the corrections whose account a moment that goes tells or told."""
        lines = select(changes.c.id, changes.c.after).where(
            changes.c.kind == "correction", changes.c.after.is_not(None)
        )
        made = [*self.connection.execute(select(corrections.c.id, corrections.c.form)), *self.connection.execute(lines)]
        if not made:
            return set()
        told = {text.strip() for text in self._found(moments.c.text, moments.c.id, self.gone["moment"])}
        for row in self._journalled(self.gone["moment"], "moment"):
            told |= {_account(form) for form in (row.before, row.after)}
        return {id_ for id_, form in made if _account(form) in told - {""}}

    def _clear_moments(self) -> None:
        """Takes those who go out of the moments that stay."""
        for batch in batches(self.people):
            pointing = or_(moments.c.leaned_on.in_(batch), moments.c.logged_by.in_(batch))
            there = fetched(self.connection, MOMENTS, select(moments).where(pointing))
            put(self.connection, [without(one, self.people) for one in there])

    def _clear_words(self) -> None:
        """Other words for the actions whose own words name somebody who goes; a name is a whole word."""
        names = sorted({name.strip().casefold() for name in self.names}, key=len, reverse=True)
        named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
        rows = self.connection.execute(select(actions.c.number, actions.c.what)).all() if names else []
        telling = [number for number, what in rows if named.search(what.casefold())]
        for batch in batches(telling):
            self.connection.execute(update(actions).where(actions.c.number.in_(batch)).values(what=SINCE_FORGOTTEN))

    def _clear_photos(self) -> None:
        for sha in self.pictures:
            used = select(dogs.c.id).where(dogs.c.photo == sha).limit(1)
            if self.connection.execute(used).first() is None and not traces.pictured(self.connection, sha):
                self.connection.execute(delete(photos).where(photos.c.sha == sha))


def _account(form: str | None) -> str:
    """The account that a plain form holds; "" when it holds none."""
    found = None if form is None else _ACCOUNT.search(form)
    return "" if found is None else str(json.loads(found[1])).strip()
