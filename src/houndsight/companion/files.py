"""Which kind of file a name tells of."""

from __future__ import annotations

from pathlib import Path

from houndsight.errors import InputError
from houndsight.exchange.formats import FORMATS, format_of

__all__ = ["kind_of_file", "kinds"]


def kind_of_file(path: Path, *, to: str) -> str:
    """The name of the format that the ending of a file's name tells; `to` is `write` or `read`. Raises InputError."""
    found = format_of(path)
    if getattr(found, to) is None:
        able = ", ".join(one.endings[0] for one in FORMATS if getattr(one, to) is not None)
        raise InputError(f"{path.name} can be made but not taken in. What can be taken in: {able}.")
    return found.name


def kinds(*, to: str) -> tuple[str, ...]:
    """The names of the formats that can be written (`write`) or taken in (`read`)."""
    return tuple(one.name for one in FORMATS if getattr(one, to) is not None)
