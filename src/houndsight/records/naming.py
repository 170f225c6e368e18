"""Names of records: an id that the whole household's devices can make by themselves, or that another program gives."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

from houndsight.errors import InputError

__all__ = ["aware", "checked_id", "is_id", "new_id", "one_of"]

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")


def new_id() -> str:
    """An id that nobody else has made: 32 hexadecimal digits."""
    return uuid4().hex


def is_id(given: str) -> bool:
    """Whether it is 1 to 64 letters, digits, dots, colons, dashes or underscores, and begins with a letter or a digit."""
    return ID.fullmatch(given) is not None


def checked_id(given: str, what: str = "id") -> str:
    """The id itself. Raises InputError when it is not 1 to 64 letters, digits, dots, colons, dashes or underscores."""
    if not is_id(given):
        raise InputError(
            f"The {what} {given[:70]!r} cannot be used: an id has 1 to 64 letters, digits, dots, colons, dashes or underscores, "
            "and begins with a letter or a digit."
        )
    return given


def aware(when: datetime, what: str) -> datetime:
    """The time itself. Raises InputError when it does not say in which time zone it is, or is outside the years 1 to 9999 in UTC."""
    if when.tzinfo is None or when.utcoffset() is None:
        raise InputError(
            f"The time of {what} has no time zone: {when.isoformat()}. Write it with one, such as 2026-03-01T08:30+01:00."
        )
    try:
        when.astimezone(UTC)
    except OverflowError:
        raise InputError(f"The time of {what} is outside the years 1 to 9999: {when.isoformat()}.") from None
    return when


def one_of(given: str | None, known: tuple[str, ...], what: str) -> str | None:
    """The word itself, or None. Raises InputError when it is none of `known`."""
    if given is not None and given not in known:
        raise InputError(f"The {what} cannot be {given!r}. It can be: {', '.join(known)}.")
    return given
