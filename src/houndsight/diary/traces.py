"""The traces that those who are forgotten left in the journal: found in one run through it, then taken out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, or_, select, update

from houndsight.diary.databases import stands_in
from houndsight.diary.keeping import BATCH, batches
from houndsight.diary.shelves import form_of, record_of
from houndsight.diary.tables import actions, changes, home_tests, moments, plans
from houndsight.records.moment import Moment

__all__ = ["OF_A_DOG", "clear", "pictured", "without"]

OF_A_DOG = {"moment": moments, "test": home_tests, "plan": plans}
PERSONS = ("leaned_on", "logged_by")

_POINTS = re.compile(r'"(dog|leaned_on|logged_by)":"([^"\\]+)"')
"""A field of a plain form that holds an id. Inside a text the quotation marks would be written otherwise."""


def clear(
    connection: Connection, gone: Mapping[str, Collection[str]], dogs: Collection[str], people: Collection[str]
) -> None:
    """Takes out every line about what is `gone` (ids by kind), and the `dogs` and `people` among it out of the lines about others."""
    for kind, ids in gone.items():
        for batch in batches(ids):
            connection.execute(delete(changes).where(changes.c.kind == kind, changes.c.id.in_(batch)))
    lines = list(_naming(connection, dogs, people)) if dogs or people else []
    _clear_his(connection, [line for line in lines if _points(line, "dog", dogs)])
    _clear_theirs(connection, [line for line in lines if not _points(line, "dog", dogs)], people)
    some_left = select(changes.c.action).where(changes.c.action == actions.c.number).exists()
    connection.execute(delete(actions).where(~some_left))


def without(moment: Moment, people: Collection[str]) -> Moment:
    """The moment with nobody where one of the people stood."""
    nobody = {name: None for name in PERSONS if getattr(moment, name) in people}
    return replace(moment, **nobody)  # type: ignore[arg-type]


def pictured(connection: Connection, sha: str) -> bool:
    """Whether an undo could bring this photo back to a dog."""
    said = or_(*(stands_in(form, f'"photo":"{sha}"') for form in (changes.c.before, changes.c.after)))
    return connection.execute(select(changes.c.id).where(changes.c.kind == "dog", said).limit(1)).first() is not None


def _naming(connection: Connection, dogs: Collection[str], people: Collection[str]) -> Iterator[Row[Any]]:
    """The lines that name one of them, in one run through the journal; memory holds only these."""
    chosen = select(changes).where(changes.c.kind.in_(OF_A_DOG)).execution_options(yield_per=BATCH)
    for line in connection.execute(chosen):
        if _points(line, "dog", dogs) or any(_points(line, name, people) for name in PERSONS):
            yield line


def _points(line: Row[Any], field: str, ids: Collection[str]) -> bool:
    """Whether the field held one of the ids before or after."""
    forms = (form for form in (line.before, line.after) if form is not None)
    return any(name == field and id_ in ids for form in forms for name, id_ in _POINTS.findall(form))


def _clear_his(connection: Connection, lines: Sequence[Row[Any]]) -> None:
    """What was once a dog's and is another's now begins when it became the other's."""
    last = {(line.kind, line.id): line.action for line in sorted(lines, key=lambda line: int(line.action))}
    earlier = delete(changes).where(
        changes.c.kind == bindparam("of"), changes.c.id == bindparam("which"), changes.c.action <= bindparam("until")
    )
    if last:
        given = [{"of": kind, "which": id_, "until": action} for (kind, id_), action in last.items()]
        connection.execute(earlier, given)


def _clear_theirs(connection: Connection, lines: Sequence[Row[Any]], people: Collection[str]) -> None:
    """Nobody stands where a person stood; a change that was about nothing else goes."""
    this = changes.c.action == bindparam("of"), changes.c.place == bindparam("at")
    said = [_said(line, people) for line in lines]
    gone = [{"of": one["of"], "at": one["at"]} for one in said if one["told_before"] == one["told_after"]]
    left = [one for one in said if one["told_before"] != one["told_after"]]
    if gone:
        connection.execute(delete(changes).where(*this), gone)
    if left:
        told: dict[str, Any] = {"before": bindparam("told_before"), "after": bindparam("told_after")}
        connection.execute(update(changes).where(*this).values(told), left)


def _said(line: Row[Any], people: Collection[str]) -> dict[str, Any]:
    before, after = (_cleared(form, people) for form in (line.before, line.after))
    return {"of": line.action, "at": line.place, "told_before": before, "told_after": after}


def _cleared(form: str | None, people: Collection[str]) -> str | None:
    record = record_of(form)
    return form_of(without(record, people) if isinstance(record, Moment) else record)
