"""Opening a diary: made when it is not there, brought up to the present tables when it is older."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from houndsight.diary.databases import Place, faults, located, made_engine, settled
from houndsight.diary.diary import Diary
from houndsight.diary.places import diary_place
from houndsight.diary.tables import SCHEMA
from houndsight.errors import DiaryFault

__all__ = ["diary_place", "is_diary", "open_diary", "version_of"]


def open_diary(place: str | Path | None = None) -> Diary:
    """The diary at a path or a postgresql:// URL, or this user's diary; folder, file and tables are made when they are missing.

    An older diary is brought up to the present tables, a backup first. Raises DiaryFault when it cannot be opened, or is from a newer
    Houndsight; InputError when the place is neither a file nor a PostgreSQL database; MissingExtra without the driver of PostgreSQL.
    """
    where = located(place or diary_place())
    engine = made_engine(where)
    with ExitStack() as unless_ready:
        unless_ready.callback(engine.dispose)
        with faults(where.shown, "opened"):
            _ready(engine, where)
        unless_ready.pop_all()
    return Diary(engine, where.shown)


def is_diary(place: str | Path | None = None) -> bool:
    """Whether there is a diary at a place, or this user's diary; nothing is made. Raises what `open_diary` raises."""
    where = located(place or diary_place())
    if where.path is not None:
        return where.path.exists()
    engine = made_engine(where)
    try:
        with faults(where.shown, "opened"), engine.connect() as connection:
            return version_of(connection) is not None
    finally:
        engine.dispose()


def version_of(connection: Connection) -> str | None:
    """The revision of the tables, or None when there are none. Raises DiaryFault when the tables are those of another program."""
    if connection.dialect.name == "sqlite":
        names = {name for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
    else:
        names = set(inspect(connection).get_table_names())
    if "alembic_version" in names:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if names:
        raise DiaryFault(f"There is a database, but it is not a diary: it holds the table {min(names)!r}.")
    return None


def _ready(engine: Engine, where: Place) -> None:
    if where.path is not None:
        where.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with engine.connect() as connection:
        found = version_of(connection)
    if found != SCHEMA:
        from houndsight.diary.migrating import migrate  # noqa: PLC0415  # a diary of today needs no Alembic

        migrate(engine, where)
    settled(engine)
