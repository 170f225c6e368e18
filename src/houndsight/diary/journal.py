"""The journal: what was done to the diary, one action after the other, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from houndsight.diary.checking import check
from houndsight.diary.keeping import batches, by_kind, differ, present, put, remove, risen
from houndsight.diary.shelves import SHELVES, form_of, record_of
from houndsight.diary.tables import actions, changes
from houndsight.errors import InputError
from houndsight.records.action import Action, Change, Record
from houndsight.records.diary_form import KINDS, kind_of

__all__ = ["begun", "changed", "keep", "latest", "noted", "redone", "undone"]

Turn = tuple[str, str, Record | None, Record | None]
"""Kind and id of a record, what it should be now, and what it is to be."""


def keep(connection: Connection, what: str, records: Iterable[Record], now: datetime) -> Action | None:
    """Puts the records as they are to be and writes the action down; None when nothing changes."""
    found = changed(connection, records)
    if not found:
        return None
    after = [change.after for change in found if change.after is not None]
    check(connection, by_kind(after))
    number = begun(connection, what, now)
    noted(connection, number, 0, found)
    put(connection, after)
    return Action(number, now, what, tuple(found))


def changed(connection: Connection, records: Iterable[Record]) -> list[Change]:
    """What keeping the records would change, in the order of KINDS. A correction that is there stays as it was first made."""
    found = []
    for kind, given in by_kind(records).items():
        there = present(connection, SHELVES[kind], given)
        if kind == "correction":
            given = {id_: one for id_, one in given.items() if id_ not in there}  # noqa: PLW2901  # those left
        found += [Change(there.get(id_), one) for id_, one in given.items() if differ(there.get(id_), one)]
    return found


def begun(connection: Connection, what: str, now: datetime) -> int:
    """The number of a new action; what was undone before it can be redone no more."""
    number, _ = risen(connection, actions=1)
    connection.execute(delete(actions).where(actions.c.undone))
    connection.execute(insert(actions).values(number=number, when=now, what=what, undone=False))
    return number


def noted(connection: Connection, number: int, first: int, found: Sequence[Change]) -> None:
    """Writes down changes of an action, the first at place `first`."""
    rows = [
        {"action": number, "place": place, **_named(one), "before": form_of(one.before), "after": form_of(one.after)}
        for place, one in enumerate(found, first)
    ]
    for batch in batches(rows):
        connection.execute(insert(changes), batch)


def _named(change: Change) -> dict[str, str]:
    one = change.after if change.after is not None else change.before
    assert one is not None
    return {"kind": kind_of(one), "id": one.id}


def latest(connection: Connection, limit: int, *, whole: bool = True) -> tuple[Action, ...]:
    """The newest actions first; without their changes unless `whole`."""
    rows = connection.execute(select(actions).order_by(actions.c.number.desc()).limit(limit)).all()
    return tuple(
        Action(row.number, row.when, row.what, _changes(connection, row.number) if whole else (), row.undone)
        for row in rows
    )


def _changes(connection: Connection, number: int) -> tuple[Change, ...]:
    chosen = select(changes.c.before, changes.c.after).where(changes.c.action == number).order_by(changes.c.place)
    return tuple(Change(record_of(row.before), record_of(row.after)) for row in connection.execute(chosen))


def undone(connection: Connection) -> Action | None:
    """Takes back the latest action that stands; None when there is none."""
    last = select(actions).where(~actions.c.undone).order_by(actions.c.number.desc()).limit(1)
    return _turned(connection, last, back=True)


def redone(connection: Connection) -> Action | None:
    """Does again the action that was taken back last; None when there is none."""
    first = select(actions).where(actions.c.undone).order_by(actions.c.number).limit(1)
    return _turned(connection, first, back=False)


def _turned(connection: Connection, chosen: Select[Any], *, back: bool) -> Action | None:
    row = connection.execute(chosen).first()
    if row is None:
        return None
    found = _changes(connection, row.number)
    turns = [_turn(one, back=back) for one in found]
    verb = "undone" if back else "redone"
    _as_left(connection, turns, f"“{row.what}” cannot be {verb}")
    try:
        _set(connection, turns)
    except IntegrityError:
        raise InputError(f"“{row.what}” cannot be {verb}: something that was kept since belongs to it.") from None
    connection.execute(update(actions).where(actions.c.number == row.number).values(undone=back))
    risen(connection)
    return Action(row.number, row.when, row.what, found, undone=back)


def _turn(change: Change, *, back: bool) -> Turn:
    named = _named(change)
    expected, wanted = (change.after, change.before) if back else (change.before, change.after)
    return named["kind"], named["id"], expected, wanted


def _as_left(connection: Connection, turns: Sequence[Turn], sentence: str) -> None:
    """Raises InputError when a record is not as the action left it, so that nothing done since is lost."""
    expected = {(kind, id_): record for kind, id_, record, _ in turns}
    for kind in KINDS:
        ids = [id_ for one, id_ in expected if one == kind]
        there = present(connection, SHELVES[kind], ids)
        for id_ in ids:
            if differ(expected[kind, id_], there.get(id_)):
                raise InputError(f"{sentence}: the {kind} {id_} is no longer as it was left.")


def _set(connection: Connection, turns: Sequence[Turn]) -> None:
    put(connection, [record for *_, record in turns if record is not None])
    for kind in reversed(list(KINDS)):
        remove(connection, kind, [id_ for one, id_, _, record in turns if one == kind and record is None])
