"""Backups of a diary, and bringing one back: whole, checked, and never instead of the only copy.

A diary in PostgreSQL is backed up by what comes with it, or by Houndsight's archive.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from os import getpid
from pathlib import Path

from houndsight.diary.copying import (
    BESIDE,
    aside,
    copied,
    damage,
    flushed,
    opened,
    put_aside,
    read_only,
    swept,
    to_read,
)
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
    """Changes the present diary into the fresh one, in one transaction, and keeps it aside first within that transaction.

    Nobody else can write from before the copy that is kept until the change is done: what was acknowledged is in the copy.
    """
    kept = aside(target, "before-restore")
    held = _Held(fresh, target, kept)
    with faults(str(target), "restored"), closing(to_read(fresh)) as origin, closing(opened(target)) as present:
        present.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
        present.execute(
            "PRAGMA journal_mode = WAL"
        ).fetchone()  # a file without a log could not be read while it is held
        present.execute("PRAGMA synchronous = FULL")
        origin.backup(present, pages=1, progress=held)
    return kept


class _Held:
    """What is done as soon as the present diary is held, which SQLite does with the first page that it pours.

    The first page is poured again after it, since the fresh file is another one by then.
    """

    def __init__(self, fresh: Path, target: Path, kept: Path) -> None:
        self.fresh, self.target, self.kept = fresh, target, kept
        self.patient, self.done = time.monotonic() + PATIENCE, False

    def __call__(self, status: int, _left: int, _pages: int) -> None:
        """Called after each step. Raises sqlite3.OperationalError when somebody else does not stop writing."""
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            self._wait()
        elif not self.done:
            self.done = True
            copied(self.target, self.kept)
            _risen(self.fresh, _revision(self.kept))

    def _wait(self) -> None:
        if time.monotonic() > self.patient:
            error = sqlite3.OperationalError("another program is writing")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error


def _revision(file: Path) -> int:
    """How often the diary in the file was changed."""
    with read_only(file) as connection:
        made = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'state'").fetchone()
        return int(connection.execute("SELECT revision FROM state").fetchone()[0]) if made else 0


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
