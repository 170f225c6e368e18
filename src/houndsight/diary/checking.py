"""What a diary refuses before it reaches the tables: pointers to what is not there, and names too long for an index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Table, select

from houndsight.diary import tables
from houndsight.diary.columns import searchable
from houndsight.diary.keeping import batches
from houndsight.diary.tables import LONGEST_NAME
from houndsight.errors import InputError, NotInDiary
from houndsight.records.action import Record
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.undertaking import HomeTest, Plan

__all__ = ["check"]

LARGEST = 2**63


def check(connection: Connection, given: Mapping[str, Mapping[str, Record]]) -> None:
    """Raises NotInDiary when one of the records (by kind and id) points to what is neither in the diary nor among them.

    Raises InputError when a cue or a tag is too long, or a photo is not in the diary.
    """
    records = [record for found in given.values() for record in found.values()]
    for record in records:
        if isinstance(record, Moment):
            _check_names(record)
    dogs = {one.dog for one in records if isinstance(one, Moment | HomeTest | Plan)}
    people = {who for one in records if isinstance(one, Moment) for who in (one.leaned_on, one.logged_by) if who}
    photos = {one.photo for one in records if isinstance(one, Dog) and one.photo}
    _all_there(connection, tables.dogs, "dog", dogs - set(given.get("dog", ())))
    _all_there(connection, tables.people, "person", people - set(given.get("person", ())))
    _all_there(connection, tables.photos, "photo", photos)


def _all_there(connection: Connection, table: Table, what: str, wanted: Iterable[str]) -> None:
    column = next(iter(table.primary_key.columns))
    for batch in batches(sorted(wanted)):
        found = set(connection.execute(select(column).where(column.in_(batch))).scalars())
        missing = [one for one in batch if one not in found]
        if missing:
            raise NotInDiary(what, missing[0])


def _check_names(one: Moment) -> None:
    own = [name for cue in one.own for name in (cue.name, cue.value)] + list(one.tags)
    names = [name for cue in one.cues for name in (cue.cue, cue.value)] + own
    for name in [*names, *map(searchable, own)]:
        if len(name) > LONGEST_NAME:
            raise InputError(
                f"A cue, its value or a tag has {len(name):,} characters, beginning with {name[:30]!r}; it can have {LONGEST_NAME}. "
                "Longer words belong into the note."
            )
    if any(abs(end) >= LARGEST for cue in one.cues for end in cue.span or ()):
        raise InputError(f"A cue of the moment {one.id} points to words that no account can have.")
