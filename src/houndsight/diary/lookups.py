"""A dog, a person or a moment by what a person calls it: its id, the beginning of its id, or its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Connection, select

from houndsight.diary.keeping import fetched, present
from houndsight.diary.shelves import MOMENTS, Shelf
from houndsight.errors import InputError, NotInDiary
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.naming import is_id
from houndsight.records.person import Person

__all__ = ["SHORTEST", "moment_called", "one_called"]

SHORTEST = 4
"""Characters of an id that are enough when they fit no other."""
SHOWN = 6
"""So many of those that fit are named."""

Named = TypeVar("Named", Dog, Person)


def one_called(all_: Sequence[Named], what: str, given: str) -> Named:
    """The dog or person with this id, name (in any case of letters) or beginning of an id, rather than one in the trash.

    Raises NotInDiary when there is none and InputError when several fit.
    """
    named = given.strip()
    fits = [one for one in all_ if one.id == named]
    fits = fits or [one for one in all_ if one.name.strip().casefold() == named.casefold()]
    fits = fits or [one for one in all_ if len(named) >= SHORTEST and one.id.startswith(named)]
    fits = [one for one in fits if one.trashed is None] or fits
    if not fits:
        raise NotInDiary(what, given, [one.name for one in all_ if one.trashed is None])
    if len(fits) > 1:
        raise _several(what, given, [f"{one.id} ({one.name})" for one in fits])
    return fits[0]


def moment_called(connection: Connection, given: str) -> Moment:
    """The moment with this id or beginning of an id. Raises NotInDiary when there is none and InputError when several fit."""
    named = given.strip()
    if not is_id(named):  # not every database can even be asked for it
        raise NotInDiary("moment", given)
    whole = present(connection, MOMENTS, [named])
    if whole:
        return whole[named]
    fits = _beginning(connection, MOMENTS, named) if len(named) >= SHORTEST else []
    if not fits:
        raise NotInDiary("moment", given)
    if len(fits) > 1:
        raise _several("moment", given, [f"{one.id} ({one.when:%Y-%m-%d %H:%M})" for one in fits])
    return fits[0]


def _beginning(connection: Connection, shelf: Shelf[Moment], named: str) -> list[Moment]:
    column = shelf.table.c.id
    chosen = select(shelf.table).where(column >= named, column < named + "~").order_by(column)  # no id holds a tilde
    return fetched(connection, shelf, chosen.limit(SHOWN + 1))


def _several(what: str, given: str, fits: Sequence[str]) -> InputError:
    more = ", …" if len(fits) > SHOWN else ""
    named = ", ".join(sorted(fits)[:SHOWN])
    return InputError(f"Several fit the {what} {given!r}: {named}{more}. Give more of the id.")
