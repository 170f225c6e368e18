"""What the doctor looks at in the tables of either database: records, journal, photos, and how much there is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, or_, select

from houndsight.diary.amounts import several, some
from houndsight.diary.columns import searchable
from houndsight.diary.keeping import BATCH, batches, fetched
from houndsight.diary.pictures import all_photos
from houndsight.diary.shelves import MOMENTS, SHELVES, Shelf, record_of
from houndsight.diary.tables import actions, changes, dogs, moments, own_cues, photos, tags
from houndsight.errors import InputError
from houndsight.records.symptom import Symptom

__all__ = ["contents"]

UNREADABLE = (InputError, ValueError, TypeError, AttributeError, AssertionError)
"""What comes of a row or a text that is not a record."""

RESTORE = "Everything else is there. To have this too, bring back a backup from before: houndsight restore FILE"
SOUGHT = (
    (tags.c.tag, tags.c.search),
    (own_cues.c.name, own_cues.c.search_name),
    (own_cues.c.value, own_cues.c.search_value),
)
"""The household's own words as written, and as they are searched."""


def contents(connection: Connection) -> Iterator[Symptom]:
    """Symptoms of what is in the tables; the last says how much there is."""
    for kind, shelf in SHELVES.items():
        torn = [one for ids in _ids(connection, shelf) for one in _unreadable(connection, shelf, ids)]
        if torn:
            yield Symptom(f"{several(len(torn), kind)} cannot be read: {some(torn)}.", grave=True, do=RESTORE)
    astray = [one for ids in _ids(connection, MOMENTS) for one in _astray(connection, ids)]
    if astray:
        yield Symptom(
            f"{several(len(astray), 'moment')} would be searched or learned from otherwise than written: {some(astray)}.",
            grave=True,
            do="What is written is whole. Change anything in them with `houndsight edit`, and it is put right.",
        )
    yield from _journal(connection)
    yield from _photos(connection)
    yield Symptom(f"The diary holds {_counts(connection)}.")


def _ids(connection: Connection, shelf: Shelf[Any]) -> Iterator[list[str]]:
    column = shelf.table.c.id
    return batches(connection.execute(select(column).order_by(column)).scalars().all())


def _unreadable(connection: Connection, shelf: Shelf[Any], ids: list[str]) -> list[str]:
    """Ids of rows that are no records any more."""
    readable = {one.id for one in _readable(connection, shelf, ids)}
    return [id_ for id_ in ids if id_ not in readable]


def _readable(connection: Connection, shelf: Shelf[Any], ids: list[str]) -> list[Any]:
    """The records of all rows that are records: together, or one by one where one among them is none."""
    together = _read(connection, shelf, ids)
    if together is not None:
        return together
    return [record for id_ in ids for record in _read(connection, shelf, [id_]) or ()]


def _read(connection: Connection, shelf: Shelf[Any], ids: list[str]) -> list[Any] | None:
    try:
        return fetched(connection, shelf, select(shelf.table).where(shelf.table.c.id.in_(ids)))
    except UNREADABLE:
        return None


def _astray(connection: Connection, ids: list[str]) -> list[str]:
    """Ids of moments that are kept for search and for learning otherwise than they say."""
    chosen = select(moments.c.id, moments.c.search, moments.c.told).where(moments.c.id.in_(ids))
    there = {row.id: (row.search, row.told) for row in connection.execute(chosen)}
    rows = map(MOMENTS.row, _readable(connection, MOMENTS, ids))
    astray = {row["id"] for row in rows if there[row["id"]] != (row["search"], row["told"])}
    return sorted(astray | _misnamed(connection, ids))


def _misnamed(connection: Connection, ids: list[str]) -> set[str]:
    """Ids of moments with a tag or a cue of the household's own that is kept for search otherwise than written."""
    found = set()
    for written, sought in SOUGHT:
        chosen = select(moments.c.id, written, sought).join_from(moments, written.table).where(moments.c.id.in_(ids))
        found |= {id_ for id_, word, search in connection.execute(chosen) if search != searchable(word)}
    return found


def _journal(connection: Connection) -> Iterator[Symptom]:
    torn = [number for number, readable in _entries(connection) if not readable]
    if torn:
        numbers = some(map(str, dict.fromkeys(torn)))
        yield Symptom(
            f"The journal cannot be read at action {numbers}: {len(torn)} of its lines {'is' if len(torn) == 1 else 'are'} torn.",
            grave=True,
            do=f"The records themselves are not touched by this. What was done up to there cannot be undone. {RESTORE}",
        )


def _entries(connection: Connection) -> Iterator[tuple[int, bool]]:
    """Each line of the journal: the number of its action, and whether it can be read. Memory stays flat."""
    after = (0, -1)
    while True:
        later = (changes.c.action > after[0]) | ((changes.c.action == after[0]) & (changes.c.place > after[1]))
        chosen = select(changes).where(later).order_by(changes.c.action, changes.c.place).limit(BATCH)
        rows = connection.execute(chosen).all()
        yield from ((row.action, _is_entry(row)) for row in rows)
        if len(rows) < BATCH:
            return
        after = (rows[-1].action, rows[-1].place)


def _is_entry(row: Any) -> bool:
    """Whether a line of the journal holds a record before or after, with the id that it is said to have."""
    try:
        told = [record_of(form) for form in (row.before, row.after) if form is not None]
    except UNREADABLE:
        return False
    return bool(told) and all(one is not None and one.id == row.id for one in told)


def _photos(connection: Connection) -> Iterator[Symptom]:
    used = set(connection.execute(select(dogs.c.photo)).scalars())
    damaged, unused, size = [], [], 0
    for sha, data in all_photos(connection):
        if hashlib.sha256(data).hexdigest() != sha:
            damaged.append(sha)
        elif sha not in used and not _in_journal(connection, sha):
            unused.append(sha)
            size += len(data)
    if damaged:
        many = several(len(damaged), "photo")
        yield Symptom(f"{many} cannot be shown any more: {some(damaged)}.", grave=True, do=RESTORE)
    if unused:
        many = several(len(unused), "photo")
        yield Symptom(
            f"{many} of no dog ({size / 1e6:,.1f} MB): {some(unused)}.",
            do="They do no harm; nothing needs to be done.",
        )


def _in_journal(connection: Connection, sha: str) -> bool:
    """Whether an undo could bring the photo back to a dog."""
    told = or_(changes.c.before.contains(sha), changes.c.after.contains(sha))
    return connection.execute(select(changes.c.id).where(changes.c.kind == "dog", told).limit(1)).first() is not None


def _counts(connection: Connection) -> str:
    told = [several(_count(connection, shelf.table), kind) for kind, shelf in SHELVES.items()]
    told += [several(_count(connection, photos), "photo"), several(_count(connection, actions), "action")]
    return f"{', '.join(told[:-1])} and {told[-1]}"


def _count(connection: Connection, table: Any) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
