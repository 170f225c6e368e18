"""Backups of a diary, and bringing one back: whole, checked, and never instead of the only copy.

A diary in PostgreSQL is backed up by what comes with it, or by Houndsight's archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from os import getpid
from pathlib import Path

from houndsight.diary.copying import BESIDE, aside, copied, damage, flushed, opened, put_aside, read_only, swept
from houndsight.diary.databases import PATIENCE, Place, faults, located
from houndsight.diary.diary import Diary
from houndsight.diary.places import diary_place
from houndsight.diary.versions import checked_version
from houndsight.errors import DiaryFault, InputError

__all__ = ["backup", "restore"]


def backup(diary: Diary, to: Path | None = None) -> Path:
    """Copies the diary, as it is at one instant, while others may go on writing; gives the file.

    `to` is a file that is not there yet, or a folder; without it the copy goes to `backups` beside the diary. The copy is checked
    after it is written. Raises DiaryFault when that fails, or the diary is in PostgreSQL.
    """
    path = _file(located(diary.place), "backed up here")
    if to is None or to.is_dir():
        return copied(path, aside(path, "backup", to))
    return copied(path, to)


def restore(file: Path, place: str | Path | None = None) -> Path | None:
    """Puts a backup in the place of the diary; gives where the diary that was there is kept now, None when there was none.

    The backup is copied and checked first; when it is not whole, or from a newer Houndsight, nothing is touched. The change is
    one transaction: whoever has the diary open sees the old or the new. Raises DiaryFault when it cannot be done.
    """
    target = _file(located(place or diary_place()), "restored")
    if not file.is_file():
        raise InputError(f"There is no file {file} to restore.")
    if target.exists() and file.samefile(target):
        raise InputError(f"{file} is the diary itself. Name a backup of it.")
    fresh = target.with_name(f".{target.name}.{getpid()}.restored")
    try:
        _taken_out(file, fresh)
        if not target.exists():
            return _moved(fresh, target, None)
        return (
            _poured(fresh, target)
            if _whole(target)
            else _moved(fresh, target, put_aside(target, aside(target, "damaged")))
        )
    finally:
        swept(fresh)


def _file(where: Place, done: str) -> Path:
    if where.path is None:
        raise DiaryFault(
            f"The diary {where.shown} is in PostgreSQL and cannot be {done}: `houndsight export` and `houndsight import` write and read "
            "an archive of it, and pg_dump and pg_restore save and bring back the whole database."
        )
    return where.path


def _taken_out(file: Path, fresh: Path) -> None:
    """Copies the backup beside the diary, and checks the copy: that it is whole, and a diary that this Houndsight can read."""
    copied(file, fresh)
    with read_only(fresh) as connection:
        if checked_version(_version(connection), str(file)) is None:
            raise DiaryFault(f"{file} is not a diary: it has none of its tables. Nothing was changed.")


def _version(connection: sqlite3.Connection) -> str | None:
    known = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).fetchone()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return None if row is None else str(row[0])


def _whole(target: Path) -> bool:
    """Whether the present file is a diary that SQLite can read. Raises DiaryFault when it is another program's database."""
    try:
        with read_only(target) as connection:
            if damage(connection):
                return False
            version, empty = _version(connection), connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    except DiaryFault:
        return False
    if version is None and not empty:
        raise DiaryFault(f"{target} is not a diary, but another program's database. Nothing was changed.")
    return True


def _poured(fresh: Path, target: Path) -> Path:
    """Keeps the present diary aside, then changes it into the fresh one, in one transaction."""
    with faults(str(target), "restored"):
        with _held(target) as revision:
            kept = copied(target, aside(target, "before-restore"))
        _risen(fresh, revision)
        with read_only(fresh) as origin, closing(opened(target)) as present:
            present.execute("PRAGMA synchronous = FULL")
            origin.backup(present)
    return kept


@contextmanager
def _held(target: Path) -> Iterator[int]:
    """Keeps others from writing meanwhile; gives how often the diary was changed."""
    with closing(opened(target)) as connection:
        connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
        connection.execute("BEGIN IMMEDIATE")
        made = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'state'").fetchone()
        yield connection.execute("SELECT revision FROM state").fetchone()[0] if made else 0


def _risen(fresh: Path, revision: int) -> None:
    """Whoever remembers what he made of the diary by its revision must see that it is another one now."""
    with closing(opened(fresh)) as connection:
        connection.execute("UPDATE state SET revision = max(revision, ?) + 1", (revision,))


def _moved(fresh: Path, target: Path, kept: Path | None) -> Path | None:
    """Puts the fresh file where none is, or where a damaged one is that was put aside."""
    with faults(str(target), "restored"):
        for beside in BESIDE:  # a log of another file would be taken for this one's
            target.with_name(target.name + beside).unlink(missing_ok=True)
        fresh.replace(target)
        flushed(target.parent)
    return kept
