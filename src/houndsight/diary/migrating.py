"""Bringing the tables of an older diary to those of today: in one transaction, a backup first, all steps or none.

Imported only when a diary is new or older; a diary of today is opened without Alembic.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from houndsight.diary.copying import aside, copied
from houndsight.diary.databases import Place
from houndsight.diary.opening import version_of
from houndsight.diary.tables import SCHEMA
from houndsight.diary.versions import checked_version
from houndsight.errors import DiaryFault

__all__ = ["STEPS", "migrate"]

STEPS = Path(__file__).with_name("migrations")
"""The folder that Alembic reads: how a step is run, and the steps."""


def migrate(engine: Engine, where: Place, *, head: str = SCHEMA, steps: Path = STEPS) -> str | None:
    """Brings the tables from whatever they are, also from none, to `head`; gives where the backup is, None when there was no need.

    The backup is a file beside a SQLite file, and a schema of its own (`before_…`) in PostgreSQL. Raises DiaryFault when the diary
    is newer than this Houndsight, or a step fails; then the diary is as it was.
    """
    with engine.connect().execution_options(writes=True) as connection, _unchained(connection), connection.begin():
        found = checked_version(version_of(connection), where.shown, head)
        if found == head:
            return None
        kept = None if found is None else _kept(connection, where, head)
        try:
            adrift = _adrift(connection)
            _run(connection, head, steps)
            _none_cut_loose(connection, adrift)
        except (SQLAlchemyError, CommandError, DiaryFault) as error:
            raise DiaryFault(_failed(where, kept, error)) from error
    return kept


def _run(connection: Connection, head: str, steps: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(steps).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, head)


def _failed(where: Place, kept: str | None, error: Exception) -> str:
    cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0].rstrip(".")
    backup = f" A backup is in {kept}." if kept else ""
    return (
        f"The diary {where.shown} cannot be brought to the tables of this Houndsight: {cause}. It is as it was.{backup}"
    )


def _kept(connection: Connection, where: Place, head: str) -> str:
    if where.path is not None:
        return str(copied(where.path, aside(where.path, f"before-{head}")))
    return _kept_beside(connection, where, head)


def _kept_beside(connection: Connection, where: Place, head: str) -> str:
    """Copies every table into a schema of its own, within the transaction that is open."""
    schema = f"before_{head}_{datetime.now(UTC):%Y%m%d_%H%M%S}"
    try:
        connection.execute(text(f'CREATE SCHEMA "{schema}"'))
        for name in inspect(connection).get_table_names():
            connection.execute(text(f'CREATE TABLE "{schema}"."{name}" AS TABLE "{name}"'))
    except SQLAlchemyError as error:
        raise DiaryFault(
            f"The diary {where.shown} is to be brought to the tables of this Houndsight, and cannot be backed up before that: "
            f"{str(getattr(error, 'orig', None) or error).strip().splitlines()[0]}. The user needs the right to create a schema."
        ) from error
    return f"the schema {schema}"


@contextmanager
def _unchained(connection: Connection) -> Iterator[None]:
    """Lets SQLite rebuild a table without taking what points to it along; nothing of the sort is needed in PostgreSQL."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.execute("PRAGMA foreign_keys=OFF").close()
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON").close()


def _adrift(connection: Connection) -> int:
    """How many rows point to nothing."""
    if connection.dialect.name != "sqlite":
        return 0
    return len(connection.execute(text("PRAGMA foreign_key_check")).all())


def _none_cut_loose(connection: Connection, before: int) -> None:
    now = _adrift(connection)
    if now > before:
        raise DiaryFault(f"{now - before} rows would point to rows that are not there")
