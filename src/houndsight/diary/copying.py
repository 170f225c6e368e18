"""Copies of a diary's SQLite file: taken while others read and write, checked, flushed to the disk, and there whole or not at all.

A copy is one plain file without a write-ahead log beside it, so that it can be carried about.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from houndsight.diary.databases import faults
from houndsight.errors import DiaryFault

__all__ = [
    "BACKUPS", "BESIDE", "aside", "copied", "counted", "damage", "flushed", "opened", "put_aside", "read_only", "swept", "to_read",
]  # fmt: skip

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file while it is in use; what a killed program leaves behind is taken in at the next opening."""
BACKUPS = "backups"
"""The folder beside a diary in which its backups are."""


def opened(path: Path, mode: str = "mode=rw") -> sqlite3.Connection:
    """A bare connection to a file that is there; `mode` as SQLite writes it. Raises sqlite3.Error when it is no SQLite file."""
    connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?{mode}", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that changes nothing, in a read-only folder too. Raises DiaryFault when the file cannot be read as SQLite."""
    with faults(str(path), "read"), closing(to_read(path)) as connection:
        yield connection


def to_read(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing. Raises sqlite3.Error when the file cannot be read.

    A file with a log beside it is opened so that the log stays. Without one nobody has it open; then SQLite is asked in turn to tidy
    up after itself, to write nothing, and (in a folder that may only be read) to trust that nobody else does.
    """
    modes = (
        ("mode=ro",) if path.with_name(path.name + "-wal").exists() else ("mode=rw", "mode=ro", "mode=ro&immutable=1")
    )
    for mode in modes[:-1]:
        with suppress(sqlite3.OperationalError):
            return _still(opened(path, mode))
    return _still(opened(path, modes[-1]))


def _still(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("PRAGMA query_only = ON").close()
    return connection


def damage(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong with the file itself, in SQLite's words: pages that are damaged, rows that point to nothing. () when all is well."""
    try:
        told = [" ".join(str(row[0]).split()) for row in connection.execute("PRAGMA integrity_check(20)")]
        adrift = connection.execute("PRAGMA foreign_key_check").fetchmany(20) if told == ["ok"] else []
    except sqlite3.DatabaseError as error:
        return (f"{error}",)
    points = (f"row {row} of {table} points to a row of {other} that is not there" for table, row, other, _ in adrift)
    return (*(one for one in told if one != "ok"), *points)


def counted(connection: sqlite3.Connection) -> Mapping[str, int]:
    """How many rows each table has."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608  # names of the file's own


def copied(source: Path, to: Path) -> Path:
    """Copies the file `source`, as it is at one instant, to `to`, which must not be there; gives `to`.

    The copy is checked after it is written: every page, every pointer, as many rows in each table. Raises DiaryFault when it cannot
    be written, or is not whole; then nothing is left of it.
    """
    if to.exists():
        raise DiaryFault(f"{to} is there already. Name a file that is not, so that no earlier copy is lost.")
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        with faults(str(source), f"copied to {to}"):
            to.parent.mkdir(parents=True, exist_ok=True)
            _copy(source, part)
            flushed(part)
            shutil.copymode(source, part)
            part.replace(to)
            flushed(to.parent)
    finally:
        swept(part)
    return to


def _copy(source: Path, part: Path) -> None:
    with read_only(source) as origin:
        origin.execute("BEGIN")
        there = counted(origin)
        with (
            faults(str(source), f"copied to {part.parent}"),
            closing(sqlite3.connect(part, isolation_level=None)) as copy,
        ):
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchone()
            wrong, found = damage(copy), counted(copy)
    if wrong or found != there:
        raise DiaryFault(f"The copy of {source} is not whole: {'; '.join(wrong) or 'rows are missing'}.")


def swept(path: Path) -> None:
    """Takes away a file that was made on the way, and what SQLite keeps beside it."""
    for beside in ("", *BESIDE):
        with suppress(OSError):
            path.with_name(path.name + beside).unlink()


def flushed(path: Path) -> None:
    """Sees that a file, or the names in a folder, are on the disk. Windows keeps the names by itself."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def aside(place: Path, why: str, folder: Path | None = None) -> Path:
    """A name that is free, for a copy of the diary at `place`: with the time in UTC and `why`, in `backups` beside it or in `folder`."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    named = (folder or place.parent / BACKUPS) / f"{place.stem}-{stamp}-{why}.sqlite3"
    return next(path for path in _numbered(named) if not path.exists())


def _numbered(path: Path) -> Iterator[Path]:
    yield path
    number = 2
    while True:
        yield path.with_stem(f"{path.stem}-{number}")
        number += 1


def put_aside(place: Path, to: Path) -> Path:
    """Copies a file that SQLite cannot read, byte for byte, with what lies beside it; gives `to`. Raises DiaryFault when it cannot."""
    with faults(str(place), f"kept aside in {to.parent}"):
        to.parent.mkdir(parents=True, exist_ok=True)
        for beside in ("", *BESIDE):
            one = place.with_name(place.name + beside)
            if one.exists():
                flushed(Path(shutil.copyfile(one, to.with_name(to.name + beside))))
    return to
