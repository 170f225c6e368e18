"""What the moments of a dog tell, for learning: thousands of moments in a few hundredths of a second."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, select, type_coerce

from houndsight.diary.columns import seen_in, unescaped
from houndsight.diary.tables import cues, moments
from houndsight.records.observation import Observation
from houndsight.records.told import Told

__all__ = ["ever", "told"]


def told(connection: Connection, dog: str) -> tuple[Told, ...]:
    """All moments of a dog that are not in the trash, the oldest first; of the same time, by id."""
    columns = moments.c.id, moments.c.when, _raw(moments.c.zone), moments.c.told
    chosen = select(*columns).where(moments.c.dog == dog, moments.c.trashed.is_(None))
    known: dict[str, Observation] = {}
    return tuple(
        Told(id_, datetime.fromisoformat(when + "+00:00"), unescaped(zone), seen_in(said, known))
        for id_, when, zone, said in connection.execute(chosen.order_by(moments.c.when, moments.c.id))
    )


def ever(connection: Connection, dog: str) -> frozenset[tuple[str, str]]:
    """All (cue, value) ever recorded of a dog, outside the trash."""
    chosen = select(_raw(cues.c.cue), _raw(cues.c.value)).distinct().join(moments, moments.c.key == cues.c.moment)
    rows = connection.execute(chosen.where(moments.c.dog == dog, moments.c.trashed.is_(None)))
    return frozenset((unescaped(cue), unescaped(value)) for cue, value in rows)


def _raw(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The text as it stands in the column: told apart first, taken out of its escapes once."""
    return type_coerce(column, String)
