"""Records of the diary as plain values, for the archive and the journal: lossless, and checked on the way back.

A record is an object with `kind` and its fields. Times are ISO 8601 with their offset, days `YYYY-MM-DD`; a field that has its
default is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any

from houndsight.errors import InputError
from houndsight.records.action import Record
from houndsight.records.correction import Corrected, Correction
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.observation import Observation
from houndsight.records.person import Person
from houndsight.records.undertaking import HomeTest, Plan, Session

__all__ = ["KINDS", "as_plain", "from_plain", "kind_of"]

KINDS: Mapping[str, type[Record]] = {
    "person": Person,
    "dog": Dog,
    "moment": Moment,
    "test": HomeTest,
    "plan": Plan,
    "correction": Corrected,
}
"""Kind -> class, in an order in which nothing points to what comes later."""

_NAMES: Mapping[type, str] = {made: kind for kind, made in KINDS.items()}


def kind_of(record: Record) -> str:
    """The kind of a record: a key of KINDS."""
    return _NAMES[type(record)]


def as_plain(record: Record) -> dict[str, Any]:
    """The record as dicts, lists, strings, numbers and truth values."""
    return {"kind": kind_of(record), **_object(record)}


def from_plain(raw: Mapping[str, Any]) -> Record:
    """The record of a plain form. Raises InputError that names the field when the form is not that of a record."""
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise InputError(f"The kind of a record is {kind!r}; it can be: {', '.join(KINDS)}.")
    record: Record = _made(KINDS[kind], {key: value for key, value in raw.items() if key != "kind"}, kind)
    return record


def _object(one: Any) -> dict[str, Any]:
    told = {field.name: (getattr(one, field.name), field.default) for field in fields(one)}
    return {name: _plain(value) for name, (value, default) in told.items() if value != default}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return _object(value)
    return value


def _made(kind: type[Any], raw: Mapping[str, Any], where: str) -> Any:
    known = {field.name: field for field in fields(kind)}
    for name in raw:
        if name not in known:
            raise InputError(f"{where} has the field {name!r}; its fields are {', '.join(known)}.")
    for name, field in known.items():
        if field.default is MISSING and name not in raw:
            raise InputError(f"{where} lacks its field {name!r}.")
    values = {}
    for name, value in raw.items():
        try:
            values[name] = _READ[str(known[name].type)](value)
        except (TypeError, ValueError, KeyError) as error:
            raise InputError(f"{where}: {name} cannot be {value!r:.80} ({error}).") from None
    try:
        return kind(**values)
    except ValueError as error:  # an observation whose confidence is out of range
        raise InputError(f"{where}: {error}.") from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is wanted")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false is wanted")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a whole number is wanted")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("a number is wanted")
    return float(value)


def _time(value: Any) -> datetime:
    return datetime.fromisoformat(_text(value))


def _day(value: Any) -> date:
    return date.fromisoformat(_text(value))


def _span(value: Any) -> tuple[int, int]:
    begin, end = value
    return _whole(begin), _whole(end)


def _factor(value: Any) -> tuple[str, float]:
    motive, factor = value
    return _text(motive), _number(factor)


def _several(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def reads(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise TypeError("a list is wanted")
        return tuple(read(one) for one in value)

    return reads


def _part(kind: type[Any], where: str) -> Callable[[Any], Any]:
    def reads(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise TypeError("an object is wanted")
        return _made(kind, value, where)

    return reads


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


_READ: Mapping[str, Callable[[Any], Any]] = {
    "str": _text,
    "bool": _truth,
    "int": _whole,
    "float": _number,
    "datetime": _time,
    "str | None": _or_none(_text),
    "bool | None": _or_none(_truth),
    "int | None": _or_none(_whole),
    "float | None": _or_none(_number),
    "datetime | None": _or_none(_time),
    "date | None": _or_none(_day),
    "Span | None": _or_none(_span),
    "tuple[str, ...]": _several(_text),
    "tuple[tuple[str, float], ...]": _several(_factor),
    "tuple[Observation, ...]": _several(_part(Observation, "a cue")),
    "tuple[OwnCue, ...]": _several(_part(OwnCue, "a cue of your own")),
    "tuple[Session, ...]": _several(_part(Session, "a session")),
    "tuple[Correction, ...]": _several(_part(Correction, "a correction")),
}
"""How a field of each type is read; the types are those written in the records."""
