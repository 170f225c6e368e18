"""What differs between SQLite and PostgreSQL: how a diary is reached, how a change begins, and what a failure means in words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Boolean, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from houndsight.errors import DiaryFault, InputError, MissingExtra

__all__ = [
    "PATIENCE",
    "Place",
    "faults",
    "located",
    "made_engine",
    "purged",
    "reading",
    "settled",
    "stands_in",
    "surveyed",
    "writing",
]

PATIENCE = 20.0
"""Seconds that a change waits while another program is writing."""

LOCK = 5_101_886_310
"""The number of the lock that writers of one PostgreSQL database take in turn."""

_PRAGMAS = ("foreign_keys=ON", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY", "cache_size=-16000")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a diary is. `path` is its file, or None in PostgreSQL; `shown` is how people are told of it, without a password."""

    url: URL
    shown: str
    path: Path | None


def located(given: str | Path) -> Place:
    """The place of a path or a URL. Raises InputError when it is neither a file nor a PostgreSQL database."""
    text = str(given)
    if "://" not in text:
        return _file(Path(text))
    try:
        url = make_url(text)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise InputError(f"The diary cannot be at {_name(text)}. {_RIGHT}") from None
    if backend == "sqlite" and url.database:
        return _file(Path(url.database))
    if backend not in {"postgresql", "postgres"}:
        raise InputError(f"The diary cannot be at {_name(text)}. {_RIGHT}")
    return Place(url.set(drivername="postgresql+psycopg"), _shown(url), None)


_RIGHT = "It can be a file, such as ~/dogs.sqlite3, or a PostgreSQL database, such as postgresql://user@host/dogs."


def _name(text: str) -> str:
    """The beginning of an address, which shows no password."""
    return repr(text.partition("://")[0] + "://…")


def _file(path: Path) -> Place:
    whole = path.expanduser().absolute()
    return Place(URL.create("sqlite", database=str(whole)), str(whole), whole)


def _shown(url: URL) -> str:
    query = {name: value for name, value in url.query.items() if name != "password"}
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    return bare.render_as_string()


def made_engine(place: Place) -> Engine:
    """An engine that has not connected yet. Raises MissingExtra when PostgreSQL is asked for and its driver is not installed."""
    if place.path is None:
        return _postgres_engine(place)
    engine = create_engine(place.url, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _prepared)
    event.listen(engine, "begin", _begun)
    return engine


def _postgres_engine(place: Place) -> Engine:
    try:
        engine = create_engine(place.url, pool_pre_ping=True, isolation_level="READ COMMITTED")
    except ModuleNotFoundError:
        raise MissingExtra("A diary in PostgreSQL", "postgres") from None
    event.listen(engine, "begin", _begun_in_turn)
    return engine


def _prepared(raw: Any, _record: object) -> None:
    """Every connection to a SQLite file: transactions begin when we say so, and a commit is on the disk when it returns."""
    raw.isolation_level = None
    for pragma in _PRAGMAS:
        raw.execute(f"PRAGMA {pragma}").close()


def _begun(connection: Connection) -> None:
    """A change takes the right to write at once, so that it never finds the diary changed under its hands."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begun_in_turn(connection: Connection) -> None:
    """A change waits for its turn, and sees what those before it did: READ COMMITTED, whatever the server is set to."""
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(PATIENCE)}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


def settled(engine: Engine) -> None:
    """Sees to it that a SQLite file keeps a write-ahead log: readers and a writer do not wait for each other."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        raw: sqlite3.Connection = connection.connection.dbapi_connection  # type: ignore[assignment]
        patient = time.monotonic() + PATIENCE
        while raw.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            try:
                raw.execute("PRAGMA journal_mode=WAL").fetchall()
            except sqlite3.OperationalError:  # another program is opening the same new file
                if time.monotonic() > patient:
                    raise
                time.sleep(0.02)


def purged(engine: Engine) -> None:
    """Sees to it that what was deleted is not left in the write-ahead log of a SQLite file, as far as nobody is reading it."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw: sqlite3.Connection = connection.connection.dbapi_connection  # type: ignore[assignment]
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def surveyed(connection: Connection) -> None:
    """Lets PostgreSQL count what a large import brought; until it has, it looks through whole tables for a few rows."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE")


class stands_in(FunctionElement[bool]):  # noqa: N801  # stands where a function of SQL stands
    """`stands_in(text, word)`: whether the word stands somewhere in the text, letter for letter."""

    type = Boolean()
    inherit_cache = True


@compiles(stands_in, "sqlite")
def _instr(element: stands_in, compiler: SQLCompiler, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)}) > 0"


@compiles(stands_in, "postgresql")
def _strpos(element: stands_in, compiler: SQLCompiler, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)}) > 0"


@contextmanager
def reading(engine: Engine, shown: str) -> Iterator[Connection]:
    """A connection that sees the diary as it stood at one moment. Raises DiaryFault when it cannot be read."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with faults(shown, "read"), engine.connect().execution_options(**level) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, shown: str) -> Iterator[Connection]:
    """A connection whose changes are all kept, durably, once the block ends, or none of them. Raises DiaryFault."""
    with faults(shown, "written"), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def faults(shown: str, done: str) -> Iterator[None]:
    """Turns a failure of the database into DiaryFault; `done` says what cannot be done: opened, read or written."""
    try:
        yield
    except DBAPIError as error:
        raise DiaryFault(f"The diary {shown} cannot be {done}: {_cause(error.orig)}") from error
    except sqlite3.Error as error:
        raise DiaryFault(f"The diary {shown} cannot be {done}: {_cause(error)}") from error
    except OSError as error:
        raise DiaryFault(f"The diary {shown} cannot be {done}: {error.strerror or error}.") from error


_SAFE = "Nothing of what was there is lost."
_SQLITE = {
    sqlite3.SQLITE_FULL: f"the disk is full. {_SAFE} Make room and try again.",
    sqlite3.SQLITE_READONLY: f"the file or its folder may only be read. {_SAFE} Allow writing there, or choose another place with HOUNDSIGHT_DIARY.",
    sqlite3.SQLITE_CANTOPEN: "the file or its folder cannot be opened. See whether the folder is there and whether you may write in it.",
    sqlite3.SQLITE_PERM: "you may not open the file. See who it belongs to.",
    sqlite3.SQLITE_BUSY: f"another program has been writing to it for {PATIENCE:.0f} seconds. {_SAFE} Try again when it is done.",
    sqlite3.SQLITE_LOCKED: f"another program has been writing to it for {PATIENCE:.0f} seconds. {_SAFE} Try again when it is done.",
    sqlite3.SQLITE_NOTADB: "the file is not a diary. Choose another place with HOUNDSIGHT_DIARY, or restore a backup.",
    sqlite3.SQLITE_CORRUPT: "the file is damaged. `houndsight doctor` says how, and `houndsight restore` brings back a backup.",
    sqlite3.SQLITE_IOERR: f"the disk failed. {_SAFE} See whether it is full, or was taken out.",
}
_POSTGRES = {
    "53100": f"the disk of the server is full. {_SAFE} Make room and try again.",
    "25006": f"the database may only be read at present. {_SAFE}",
    "42501": "this user may not do that in the database. Ask whoever looks after it for the right to write.",
    "55P03": f"another program has been writing to it for {PATIENCE:.0f} seconds. {_SAFE} Try again when it is done.",
    "3D000": "the server has no such database. Make it first, with createdb.",
    "28P01": "the password is not right.",
}


def _cause(error: BaseException | None) -> str:
    """Why it failed, in a sentence or two."""
    code = getattr(error, "sqlite_errorcode", None)
    known = _SQLITE.get(code & 0xFF) if code is not None else _POSTGRES.get(getattr(error, "sqlstate", None) or "")
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return known or f"{first.rstrip('.')}. {_SAFE}"
