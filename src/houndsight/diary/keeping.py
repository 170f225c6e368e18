"""Records taken from the tables and put into them, inside a transaction that somebody else began and ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, bindparam, delete, insert, select, update

from houndsight.diary import tables
from houndsight.diary.shelves import SHELVES, Shelf
from houndsight.records.action import Record
from houndsight.records.diary_form import KINDS, as_plain, kind_of

__all__ = ["BATCH", "batches", "by_kind", "differ", "fetched", "ids_kept", "present", "put", "remove", "risen", "whole"]

T = TypeVar("T")
R = TypeVar("R", bound=Record)

BATCH = 500
"""Records that are worked on together: few enough for memory, enough for speed."""


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def by_kind(records: Iterable[Record]) -> dict[str, dict[str, Record]]:
    """The records by kind, in the order of KINDS, and by id; of two with one id the later holds."""
    found: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}
    for record in records:
        found[kind_of(record)][record.id] = record
    return {kind: records for kind, records in found.items() if records}


def differ(one: Record | None, other: Record | None) -> bool:
    """Whether two records say different things, the offsets of their times among them."""
    if one is None or other is None:
        return one is not other
    return as_plain(one) != as_plain(other)


def risen(connection: Connection, *, actions: int = 0, keys: int = 0) -> tuple[int, int]:
    """Counts a change to the diary, and numbers for so many new actions and keys; the first of either."""
    row = connection.execute(select(tables.state)).first()
    if row is None:
        connection.execute(insert(tables.state).values(one=1, revision=1, action=actions, key=keys))
        return 1, 1
    new = {"revision": row.revision + 1, "action": row.action + actions, "key": row.key + keys}
    connection.execute(update(tables.state).values(**new))
    return row.action + 1, row.key + 1


def present(connection: Connection, shelf: Shelf[R], ids: Iterable[str]) -> dict[str, R]:
    """The records of one kind with these ids, as far as they are there."""
    found: dict[str, R] = {}
    for batch in batches(ids):
        chosen = select(shelf.table).where(shelf.table.c.id.in_(batch))
        found |= {record.id: record for record in fetched(connection, shelf, chosen)}
    return found


def ids_kept(connection: Connection, shelf: Shelf[Any], ids: Iterable[str]) -> Iterator[str]:
    """Those of the ids under which a record of this kind is there."""
    column = shelf.table.c.id
    for batch in batches(ids):
        yield from connection.execute(select(column).where(column.in_(batch))).scalars()


def fetched(connection: Connection, shelf: Shelf[R], chosen: Select[Any]) -> list[R]:
    """The records of the chosen rows of the shelf's table, in their order."""
    return _made(connection, shelf, connection.execute(chosen).all())


def _made(connection: Connection, shelf: Shelf[R], rows: Sequence[Row[Any]]) -> list[R]:
    if not rows or not shelf.parts:
        return [shelf.made(row, ()) for row in rows]
    owners = [getattr(row, shelf.owner) for row in rows]
    parts = [_parts(connection, table, owners) for table in shelf.parts]
    return [shelf.made(row, [part.get(owner, ()) for part in parts]) for row, owner in zip(rows, owners, strict=True)]


def whole(connection: Connection, shelf: Shelf[R]) -> Iterator[R]:
    """Everything of one kind, in the order kept where the tables tell it; a batch at a time in memory."""
    column = shelf.table.c["key" if "key" in shelf.table.c else "id"]
    page = chosen = select(shelf.table).order_by(column).limit(BATCH)
    while found := connection.execute(page).all():
        yield from _made(connection, shelf, found)
        page = chosen.where(column > getattr(found[-1], column.name))


def _parts(connection: Connection, table: Table, owners: Sequence[object]) -> Mapping[object, Sequence[Row[Any]]]:
    """The rows of a part, by owner, each in their order."""
    owner, place = list(table.primary_key.columns)
    found = connection.execute(select(table).where(owner.in_(owners)).order_by(owner, place))
    return {one: list(rows) for one, rows in groupby(found, itemgetter(0))}


def put(connection: Connection, records: Iterable[Record]) -> None:
    """The records as they are to be: each is new, or stands in for the one with its id."""
    for kind, given in by_kind(records).items():
        for batch in batches(given.values()):
            _put(connection, SHELVES[kind], batch)


def _put(connection: Connection, shelf: Shelf[Any], records: Sequence[Record]) -> None:
    owners = _owners(connection, shelf, [record.id for record in records])
    added = [record for record in records if record.id not in owners]
    replaced = [record for record in records if record.id in owners]
    if replaced:
        _replace(connection, shelf, replaced, owners)
    if added:
        rows = [shelf.row(record) for record in added]
        if "key" in shelf.table.c:
            _, first = risen(connection, keys=len(added))
            rows = [{"key": key, **row} for key, row in enumerate(rows, first)]
        connection.execute(insert(shelf.table), rows)
        owners |= {row["id"]: row[shelf.owner] for row in rows}
    _add_parts(connection, shelf, records, owners)


def _owners(connection: Connection, shelf: Shelf[Any], ids: Sequence[str]) -> dict[str, Any]:
    """What the parts of the records that are there point to, by id."""
    columns = shelf.table.c
    found = connection.execute(select(columns.id, columns[shelf.owner]).where(columns.id.in_(ids)))
    return {row[0]: row[1] for row in found}


def _replace(connection: Connection, shelf: Shelf[Any], records: Sequence[Record], owners: Mapping[str, Any]) -> None:
    for table in shelf.parts:
        owner = next(iter(table.primary_key.columns))
        connection.execute(delete(table).where(owner.in_([owners[record.id] for record in records])))
    rows = [shelf.row(record) for record in records]
    changed = update(shelf.table).where(shelf.table.c.id == bindparam("which"))
    names = [name for name in rows[0] if name != "id"]
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    given = [{"which": row["id"]} | {f"new_{name}": row[name] for name in names} for row in rows]
    connection.execute(changed.values(values), given)


def _add_parts(connection: Connection, shelf: Shelf[Any], records: Sequence[Record], owners: Mapping[str, Any]) -> None:
    told = [(owners[record.id], shelf.part_rows(record)) for record in records] if shelf.parts else []
    for index, table in enumerate(shelf.parts):
        name = next(iter(table.primary_key.columns)).name
        rows = [{name: owner, "place": place, **row} for owner, parts in told for place, row in enumerate(parts[index])]
        if rows:
            connection.execute(insert(table), rows)


def remove(connection: Connection, kind: str, ids: Iterable[str]) -> int:
    """Takes records out, with what belongs to them; how many were there."""
    table = SHELVES[kind].table
    gone = (connection.execute(delete(table).where(table.c.id.in_(batch))) for batch in batches(ids))
    return sum(one.rowcount for one in gone)
