"""How values stand in a column, the same in both databases, so that they come back equal to what was kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from unicodedata import normalize

from sqlalchemy import String, TypeDecorator
from sqlalchemy.engine import Dialect

from houndsight.records.observation import Observation

__all__ = [
    "Id",
    "Time",
    "Words",
    "escaped",
    "instant",
    "offset",
    "searchable",
    "seen_in",
    "seen_of",
    "told_in",
    "unescaped",
]

ESCAPE = "\ufdd0"
"""Opens an escape of four hexadecimal digits; no character of any language, so that it is hardly ever met itself."""
BETWEEN_CUES, BETWEEN_PARTS = "\x1e", "\x1f"
_REFUSED = re.compile(f"[\x00\ud800-\udfff{BETWEEN_CUES}{BETWEEN_PARTS}{ESCAPE}]")
_ESCAPED = re.compile(f"{ESCAPE}([0-9a-f]{{4}})")


def escaped(text: str) -> str:
    """The text without what a database refuses (NUL, halves of surrogate pairs) and without our own marks: an escape stands instead."""
    return _REFUSED.sub(lambda found: f"{ESCAPE}{ord(found[0]):04x}", text) if _REFUSED.search(text) else text


def unescaped(text: str) -> str:
    """The text that was `escaped`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if ESCAPE in text else text


class Words(TypeDecorator[str]):
    """Any text at all, of any length."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy hands it over
        """The text as the column holds it."""
        return None if value is None else escaped(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy hands it over
        """The text as it was kept."""
        return None if value is None else unescaped(value)


class Time(TypeDecorator[datetime]):
    """A time with its offset from UTC, in ISO 8601. It does not sort; what is put in order by time has columns of its own."""

    impl = String(48)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy hands it over
        """The time as the column holds it."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy hands it over
        """The time as it was kept."""
        return None if value is None else datetime.fromisoformat(value)


def Id() -> String:  # noqa: N802  # stands where a type stands
    """The type of an id: compared letter by letter, whatever language the database sorts by."""
    return String(64).with_variant(String(64, collation="C"), "postgresql")


def instant(when: datetime) -> str:
    """The time in UTC as text of one width, which sorts as time does."""
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


def offset(when: datetime) -> str:
    """The offset from UTC, such as +02:00."""
    return when.isoformat(timespec="microseconds")[26:]


def told_in(moment: str, zone: str) -> datetime:
    """The time of an `instant` and an `offset`."""
    return datetime.fromisoformat(moment + "+00:00").astimezone(_zone(zone))


@lru_cache(maxsize=256)
def _zone(zone: str) -> timezone:
    apart = datetime.fromisoformat("2000-01-01T00:00:00" + zone).utcoffset() or timedelta(0)
    return timezone(apart) if apart else UTC


def searchable(*parts: str) -> str:
    """The parts as they are searched: in one case of letters, one below the other."""
    return escaped("\n".join(normalize("NFC", part.casefold()) for part in parts if part))


def seen_of(cues: Iterable[Observation]) -> str:
    """The cues without their spans, in one text."""
    parts = ((escaped(o.cue), escaped(o.value), repr(float(o.confidence)), escaped(o.origin)) for o in cues)
    return BETWEEN_CUES.join(map(BETWEEN_PARTS.join, parts))


def seen_in(text: str, known: dict[str, Observation]) -> tuple[Observation, ...]:
    """The cues of a `seen_of`; equal ones are one object, which `known` remembers."""
    said = text.split(BETWEEN_CUES) if text else []
    return tuple(known.get(one) or known.setdefault(one, _observation(one)) for one in said)


def _observation(text: str) -> Observation:
    cue, value, confidence, origin = text.split(BETWEEN_PARTS)
    return Observation(unescaped(cue), unescaped(value), float(confidence), unescaped(origin))
