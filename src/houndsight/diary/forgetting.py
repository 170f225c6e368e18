"""Forgetting for good: a record, what belongs to it, and every trace of either in the journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Column, ColumnElement, Connection, and_, delete, or_, select, update

from houndsight.diary.databases import stands_in
from houndsight.diary.keeping import batches, fetched, put, remove, risen
from houndsight.diary.shelves import MOMENTS, form_of, record_of
from houndsight.diary.tables import actions, changes, dogs, home_tests, moments, people, photos, plans
from houndsight.records.action import Record
from houndsight.records.diary_form import KINDS
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.person import Person

__all__ = ["forget"]

OF_A_DOG = {"moment": moments, "test": home_tests, "plan": plans}
PERSONS = ("leaned_on", "logged_by")
SINCE_FORGOTTEN = "changed something that was forgotten since"
"""What an action is called whose own words name somebody who was forgotten."""


def forget(connection: Connection, ids: Iterable[str]) -> int:
    """Takes the records with these ids out, a dog with his moments, tests and plans; how many records went.

    A person who is forgotten is nobody in the moments that stay. An action of the journal keeps what is about others.
    """
    return _Forgetting(connection, set(ids)).done()


class _Forgetting:
    """One forgetting under way: `ids` are those named, `gone` every id that goes, by kind."""

    def __init__(self, connection: Connection, ids: set[str]) -> None:
        self.connection, self.ids = connection, ids
        self.gone = {kind: set(ids) for kind in KINDS}
        for kind, table in OF_A_DOG.items():
            self.gone[kind] |= self._found(table.c.id, table.c.dog)
        self.names, self.pictures = self._told()

    def done(self) -> int:
        self._clear_moments()
        self._clear_journal()
        count = sum(remove(self.connection, kind, self.gone[kind]) for kind in reversed(list(KINDS)))
        self._clear_photos()
        risen(self.connection)
        return count

    def _found(self, wanted: Column[str], pointing: Column[str]) -> set[str]:
        """What stands in one column where the other is one of the ids."""
        chosen = (select(wanted).where(pointing.in_(batch)) for batch in batches(self.ids))
        return {one for select_ in chosen for one in self.connection.execute(select_).scalars()}

    def _told(self) -> tuple[set[str], set[str]]:
        """Every name that those who go have or had, and the photos of the dogs."""
        names = self._found(dogs.c.name, dogs.c.id) | self._found(people.c.name, people.c.id)
        pictures = self._found(dogs.c.photo, dogs.c.id)
        for batch in batches(self.ids):
            known = changes.c.id.in_(batch), changes.c.kind.in_(("dog", "person"))
            for row in self.connection.execute(select(changes.c.before, changes.c.after).where(*known)):
                for record in map(record_of, row):
                    names |= {record.name} if isinstance(record, Dog | Person) else set()
                    pictures |= {record.photo} if isinstance(record, Dog) and record.photo else set()
        return names, {one for one in pictures if one}

    def _clear_moments(self) -> None:
        """Takes those who go out of the moments that stay."""
        for batch in batches(self.ids):
            pointing = or_(moments.c.leaned_on.in_(batch), moments.c.logged_by.in_(batch))
            put(self.connection, map(self._without, fetched(self.connection, MOMENTS, select(moments).where(pointing))))

    def _without(self, moment: Moment) -> Moment:
        nobody = {name: None for name in PERSONS if getattr(moment, name) in self.ids}
        return replace(moment, **nobody)  # type: ignore[arg-type]

    def _clear_journal(self) -> None:
        for kind, ids in self.gone.items():
            for batch in batches(ids):
                self.connection.execute(delete(changes).where(changes.c.kind == kind, changes.c.id.in_(batch)))
        for id_ in self.ids:
            self._clear_his(id_)
            self._clear_theirs(id_)
        some_left = select(changes.c.action).where(changes.c.action == actions.c.number).exists()
        self.connection.execute(delete(actions).where(~some_left))
        self._clear_words()

    def _clear_his(self, dog: str) -> None:
        """What was once a dog's and is another's now begins when it became the other's."""
        rows = self.connection.execute(select(changes.c.action, changes.c.kind, changes.c.id).where(_says("dog", dog)))
        for action, kind, id_ in rows.all():
            earlier = and_(changes.c.kind == kind, changes.c.id == id_, changes.c.action <= action)
            self.connection.execute(delete(changes).where(earlier))

    def _clear_theirs(self, person: str) -> None:
        says = or_(*(_says(name, person) for name in PERSONS))
        for row in self.connection.execute(select(changes).where(says)).all():
            this = changes.c.action == row.action, changes.c.place == row.place
            before, after = (form_of(self._cleared(record_of(form))) for form in (row.before, row.after))
            said = update(changes).where(*this).values(before=before, after=after)
            self.connection.execute(delete(changes).where(*this) if before == after else said)

    def _cleared(self, record: Record | None) -> Record | None:
        return self._without(record) if isinstance(record, Moment) else record

    def _clear_words(self) -> None:
        named = [name.casefold() for name in self.names]
        rows = self.connection.execute(select(actions.c.number, actions.c.what)).all() if named else []
        for number, what in rows:
            if any(name in what.casefold() for name in named):
                told = update(actions).where(actions.c.number == number).values(what=SINCE_FORGOTTEN)
                self.connection.execute(told)

    def _clear_photos(self) -> None:
        for sha in self.pictures:
            used = select(dogs.c.id).where(dogs.c.photo == sha).limit(1)
            known = select(changes.c.id).where(_says("photo", sha)).limit(1)
            if self.connection.execute(used).first() is None and self.connection.execute(known).first() is None:
                self.connection.execute(delete(photos).where(photos.c.sha == sha))


def _says(field: str, id_: str) -> ColumnElement[bool]:
    """Changes of records whose field holds this id. Inside a text the quotation marks would be written otherwise."""
    said = f'"{field}":"{id_}"'
    return or_(*(stands_in(form, said) for form in (changes.c.before, changes.c.after)))
