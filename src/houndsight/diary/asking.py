"""Which moments a query asks for, in SQL; and the moments, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, or_, select, tuple_

from houndsight.diary.columns import instant, searchable
from houndsight.diary.databases import stands_in
from houndsight.diary.keeping import fetched
from houndsight.diary.shelves import MOMENTS
from houndsight.diary.tables import cues, moments, own_cues, tags
from houndsight.records.moment import Moment
from houndsight.records.query import Query

__all__ = ["counted", "pages"]


def counted(connection: Connection, query: Query) -> int:
    """How many moments are asked for, within offset and limit."""
    chosen = select(moments.c.key).where(*_conditions(query)).limit(query.limit).offset(query.offset or None)
    return connection.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()


def pages(connection: Connection, query: Query, size: int) -> Iterator[list[Moment]]:
    """The moments asked for, in their order, at most `size` at a time; no more than a page is in memory."""
    chosen, left = _ordered(query), query.limit
    page = chosen.offset(query.offset or None)
    while left is None or left > 0:
        wanted = size if left is None else min(size, left)
        found = fetched(connection, MOMENTS, page.limit(wanted))
        if found:
            yield found
        if len(found) < wanted:
            return
        left = None if left is None else left - len(found)
        page = chosen.where(_beyond(found[-1], query))


def _ordered(query: Query) -> Select[Any]:
    columns = (moments.c.when, moments.c.id)
    order = columns if query.oldest_first else [column.desc() for column in columns]
    return select(moments).where(*_conditions(query)).order_by(*order)


def _beyond(last: Moment, query: Query) -> ColumnElement[bool]:
    place, end = tuple_(moments.c.when, moments.c.id), tuple_(instant(last.when), last.id)
    return place > end if query.oldest_first else place < end


def _conditions(query: Query) -> Iterator[ColumnElement[bool]]:
    column = moments.c
    yield column.trashed.is_not(None) if query.trashed else column.trashed.is_(None)
    if query.dog is not None:
        yield column.dog == query.dog
    if query.person is not None:
        yield or_(column.leaned_on == query.person, column.logged_by == query.person)
    if query.since is not None:
        yield column.when >= instant(query.since)
    if query.until is not None:
        yield column.when < instant(query.until)
    for cue, value in query.cues:
        yield _among(cues.c.moment, cues.c.cue == cue, cues.c.value, value)
    for name, value in query.own:
        named, sought = own_cues.c.search_name == searchable(name), None if value is None else searchable(value)
        yield _among(own_cues.c.moment, named, own_cues.c.search_value, sought)
    for tag in query.tags:
        yield column.key.in_(select(tags.c.moment).where(tags.c.search == searchable(tag)))
    if query.words or query.knocked_over is not None:
        yield _telling(query)


def _telling(query: Query) -> ColumnElement[bool]:
    """What no index knows. Of all dogs it is looked for in one run through the table, which is faster than in order of time."""
    if query.dog is not None:
        return and_(*_unindexed(moments, query))
    every = moments.alias()
    return moments.c.key.in_(select(every.c.key).where(*_unindexed(every, query)))


def _unindexed(table: FromClause, query: Query) -> Iterator[ColumnElement[bool]]:
    if query.knocked_over is not None:
        yield table.c.knocked_over.is_(query.knocked_over)
    for word in query.words:
        yield stands_in(table.c.search, searchable(word))


def _among(
    moment: ColumnElement[Any], named: ColumnElement[bool], column: ColumnElement[Any], value: str | None
) -> ColumnElement[bool]:
    right = named if value is None else and_(named, column == value)
    return moments.c.key.in_(select(moment).where(right))
