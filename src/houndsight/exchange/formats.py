"""The registry of formats: one line for each."""

from __future__ import annotations

from pathlib import Path

from houndsight.errors import InputError
from houndsight.exchange.archive import ARCHIVE
from houndsight.exchange.arrow import ARROW, PARQUET
from houndsight.exchange.calendar import CALENDAR
from houndsight.exchange.csv_table import CSV
from houndsight.exchange.protocol import Format

__all__ = ["FORMATS", "format_called", "format_of"]

FORMATS = (
    ARCHIVE,
    CSV,
    PARQUET,
    ARROW,
    CALENDAR,
)


def format_called(name: str) -> Format:
    """The format of that name. Raises InputError that lists the names."""
    for one in FORMATS:
        if one.name == name.strip().lower():
            return one
    raise InputError(f"There is no format called {name!r}. There are: {', '.join(one.name for one in FORMATS)}.")


def format_of(path: Path) -> Format:
    """The format that the ending of a file's name tells. Raises InputError that lists the endings."""
    for one in FORMATS:
        if path.name.lower().endswith(one.endings):
            return one
    endings = ", ".join(f"{ending} ({one.name})" for one in FORMATS for ending in one.endings[:1])
    raise InputError(
        f"The name {path.name!r} does not tell which kind of file it is. Use an ending that does: {endings}."
    )
