"""The doctor: looks a diary over without changing anything, and says in plain words what it finds and what to do.

He looks at the file (where SQLite keeps one), then at what is in it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from glob import escape
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from houndsight.diary.contents import contents
from houndsight.diary.copying import BACKUPS, BESIDE, damage, read_only, to_read
from houndsight.diary.databases import Place, located, made_engine, reading
from houndsight.diary.opening import version_of
from houndsight.diary.places import diary_place
from houndsight.diary.tables import SCHEMA
from houndsight.diary.versions import checked_version
from houndsight.errors import DiaryFault
from houndsight.records.symptom import Symptom

__all__ = ["LITTLE", "examine", "room"]

LITTLE = 50_000_000
"""Bytes that should stay free beside room for one more copy of the diary."""

LEFT_OUT = "It is left out of the rest of the examination."


def examine(place: str | Path | None = None) -> tuple[Symptom, ...]:
    """What there is to say of the diary at a path or a URL, or of this user's diary; nothing is made, mended or brought up to date.

    Grave symptoms are those of damage and of what will keep the next words from being written. Without any, all is well.
    """
    where = located(place or diary_place())
    if where.path is None:
        return tuple(_inside(made_engine(where), where))
    if not where.path.exists():
        return (
            *_folder(where.path),
            Symptom(f"There is no diary at {where.path} yet.", do="It is made when the first dog is added."),
        )
    found = (*_folder(where.path), *_file(where.path))
    if any(one.what.endswith(LEFT_OUT) for one in found):
        return found
    path = where.path
    engine = create_engine(where.url, creator=lambda: to_read(path), poolclass=NullPool)
    return (*found, *_inside(engine, where))


def room(free: int, size: int) -> Symptom | None:
    """Whether the disk has room for a diary of this size to be copied, and to grow; both in bytes. None when it has."""
    if free >= size + LITTLE:
        return None
    return Symptom(
        f"The disk has {_megabytes(free)} left; the diary has {_megabytes(size)}.",
        grave=free < LITTLE,
        do="Make room: a backup needs as much as the diary itself, and without room nothing new can be kept.",
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _folder(path: Path) -> Iterator[Symptom]:
    folder = next(one for one in path.parents if one.exists())
    if not os.access(folder, os.W_OK):
        yield Symptom(
            f"The folder {folder} may only be read.",
            grave=True,
            do="Allow this user to write in it; until then nothing can be kept.",
        )
    size = path.stat().st_size if path.exists() else 0
    little = room(shutil.disk_usage(folder).free, size)
    if little:
        yield little
    cut_short = sorted(one.name for one in path.parent.glob(f".{escape(path.name)}.*") if not one.name.endswith(BESIDE))
    cut_short += sorted(one.name for one in (path.parent / BACKUPS).glob(".*.part"))
    if cut_short:
        yield Symptom(
            f"A copy was cut short and left behind: {', '.join(cut_short)}.", do="It is of no use; delete it."
        )


def _file(path: Path) -> Iterator[Symptom]:
    if not os.access(path, os.W_OK):
        yield Symptom(
            f"The file {path} may only be read.",
            grave=True,
            do="Allow this user to write it; until then nothing can be kept.",
        )
    beside = [path.with_name(path.name + end) for end in ("-wal", "-journal")]
    for one in beside:
        if one.exists() and one.stat().st_size:
            yield Symptom(
                f"{one.name} ({_megabytes(one.stat().st_size)}) lies beside the diary and belongs to it: the diary is open, or a program "
                "was ended while it was.",
                do=f"Never delete it, and never carry {path.name} away without it. It is taken in at the next opening.",
            )
    yield from _damage(path)


def _damage(path: Path) -> Iterator[Symptom]:
    try:
        with read_only(path) as connection:
            wrong = damage(connection)
    except DiaryFault as fault:
        yield Symptom(f"{fault} {LEFT_OUT}", grave=True, do=_from_backup(path))
        return
    if wrong:
        more = f"; and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        yield Symptom(f"The file is damaged: {'; '.join(wrong[:3])}{more}.", grave=True, do=_from_backup(path))


def _from_backup(path: Path) -> str:
    """Which backup to take, the newest first."""
    backups = [
        one for one in (path.parent / BACKUPS).glob(f"{escape(path.stem)}-*.sqlite3") if "-damaged" not in one.name
    ]
    newest = max(backups, key=lambda one: one.stat().st_mtime, default=None)
    if newest is None:
        return "There is no backup beside it. If you have one elsewhere, bring it back with: houndsight restore FILE"
    return f"Bring back the newest backup; what is there now is kept aside: houndsight restore '{newest}'"


def _inside(engine: Engine, where: Place) -> Iterator[Symptom]:
    """What the tables say; ends early where they are of another revision, or cannot be read."""
    try:
        with reading(engine, where.shown) as connection:
            yield from _version(connection, where)
            if version_of(connection) == SCHEMA:
                yield from contents(connection)
    except DiaryFault as fault:
        yield Symptom(str(fault), grave=True, do=_reachable(where))
    finally:
        engine.dispose()


def _version(connection: Connection, where: Place) -> Iterator[Symptom]:
    try:
        found = checked_version(version_of(connection), where.shown)
    except DiaryFault as fault:
        yield Symptom(str(fault), grave=True, do="Update Houndsight, or choose another place with HOUNDSIGHT_DIARY.")
        return
    if found is None:
        yield Symptom(f"{where.shown} is empty: it has no tables yet.", do="They are made when it is opened.")
    elif found != SCHEMA:
        yield Symptom(
            f"The diary is from an older Houndsight: its tables are of revision {found}, and today's are of {SCHEMA}.",
            do="It is brought up to date at the next opening, a backup first.",
        )


def _reachable(where: Place) -> str:
    if where.path is not None:
        return _from_backup(where.path)
    return "See whether the server runs and can be reached, and whether name and password are right."
