"""Fields of a record that were told, and fields that are emptied again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.naming import one_of
from houndsight.records.person import Person

__all__ = ["checked_clear", "emptied", "filled"]

Told = TypeVar("Told", Dog, Person, Moment)


def filled(record: Told, told: Mapping[str, Any]) -> Told:
    """The record with the fields that were told; None was not told."""
    return replace(record, **{name: value for name, value in told.items() if value is not None})


def emptied(record: Told, names: Iterable[str]) -> Told:
    """The record with these fields as they are when nothing is told of them."""
    known = type(record).__dataclass_fields__
    values: dict[str, Any] = {name: known[name].default for name in names}
    return replace(record, **values)


def checked_clear(names: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """The names of fields that can be emptied. Raises InputError for another one."""
    found = tuple(name.strip().casefold().replace("-", "_") for name in names)
    for name in found:
        one_of(name, known, "field to clear")
    return found
