"""The tables of a diary, once for both databases.

Vocabularies are rows, not columns: a new cue needs no change here. A record is a row of its kind's table and rows of the tables that
belong to it, in the order of `place`. What the household's devices make by themselves (ids) stays; `key` is a short number inside one
database. A time that puts things in order is an instant in UTC (`when`) beside its `offset`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from houndsight.diary.columns import Id, Time, Words

__all__ = [
    "LONGEST_NAME", "SCHEMA", "actions", "changes", "corrections", "cues", "dogs", "factors", "home_tests", "metadata", "moments",
    "own_cues", "people", "photos", "plan_sessions", "plans", "state", "tags", "test_sessions",
]  # fmt: skip

SCHEMA = "0001"
"""The revision of the migrations that these tables are."""

LONGEST_NAME = 200
"""Characters that the name or value of a cue, or a tag, may have, also as it is searched: longer ones would not fit an index."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

state = Table(
    "state",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
    Column("action", BigInteger, nullable=False),
    Column("key", BigInteger, nullable=False),
)
"""One row: how often the diary was changed, the number of the latest action, and the latest key."""

photos = Table(
    "photos",
    metadata,
    Column("sha", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Id(), primary_key=True),
    Column("name", Words, nullable=False),
    Column("added", Time, nullable=False),
    Column("role", String(20), nullable=False),
    Column("note", Words, nullable=False),
    Column("trashed", Time),
)

dogs = Table(
    "dogs",
    metadata,
    Column("id", Id(), primary_key=True),
    Column("name", Words, nullable=False),
    Column("added", Time, nullable=False),
    Column("born", Date),
    Column("born_about", Boolean, nullable=False),
    Column("size", String(20)),
    Column("breed", Words, nullable=False),
    Column("sex", String(20)),
    Column("neutered", Boolean),
    Column("history", Words, nullable=False),
    Column("photo", String(64), ForeignKey("photos.sha"), index=True),
    Column("trashed", Time),
)

moments = Table(
    "moments",
    metadata,
    Column("key", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("id", Id(), nullable=False, unique=True),
    Column("dog", Id(), ForeignKey("dogs.id"), nullable=False),
    Column("when", String(26), nullable=False),
    Column("offset", String(16), nullable=False),
    Column("logged", Time, nullable=False),
    Column("zone", Words, nullable=False),
    Column("ended", Time),
    Column("leaned_on", Id(), ForeignKey("people.id"), index=True),
    Column("logged_by", Id(), ForeignKey("people.id"), index=True),
    Column("text", Words, nullable=False),
    Column("lean", Boolean, nullable=False),
    Column("severity", Integer),
    Column("knocked_over", Boolean),
    Column("note", Words, nullable=False),
    Column("trashed", Time),
    Column("search", Text, nullable=False),
    Column("told", Text, nullable=False),
)
"""`search` is text, note and tags in one case of letters. `told` is the cues once more, in one text: learning reads thousands at once."""

Index(None, moments.c.dog, moments.c.when, moments.c.id)
Index(None, moments.c.when, moments.c.id)
_TRASH = moments.c.trashed.is_not(None)
Index("ix_moments_trash", moments.c.when, moments.c.id, sqlite_where=_TRASH, postgresql_where=_TRASH)


def _of_a_moment(name: str, *columns: Column[Any]) -> Table:
    """A table of what belongs to moments, several to each and in their order."""
    return Table(
        name,
        metadata,
        Column(
            "moment", BigInteger, ForeignKey("moments.key", ondelete="CASCADE"), primary_key=True, autoincrement=False
        ),
        Column("place", Integer, primary_key=True, autoincrement=False),
        *columns,
        sqlite_with_rowid=False,
    )


cues = _of_a_moment(
    "cues",
    Column("cue", Words, nullable=False),
    Column("value", Words, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("origin", Words, nullable=False),
    Column("begins", BigInteger),
    Column("ends", BigInteger),
)
"""`begins` and `ends` are the span."""

Index(None, cues.c.cue, cues.c.value, cues.c.moment)

own_cues = _of_a_moment(
    "own_cues",
    Column("name", Words, nullable=False),
    Column("value", Words, nullable=False),
    Column("search_name", Text, nullable=False),
    Column("search_value", Text, nullable=False),
)
"""`search_name` and `search_value` are name and value in one case of letters."""

Index(None, own_cues.c.search_name, own_cues.c.search_value, own_cues.c.moment)

tags = _of_a_moment(
    "tags",
    Column("tag", Words, nullable=False),
    Column("search", Text, nullable=False),
)
"""`search` is the tag in one case of letters."""

Index(None, tags.c.search, tags.c.moment)

home_tests = Table(
    "home_tests",
    metadata,
    Column("id", Id(), primary_key=True),
    Column("dog", Id(), ForeignKey("dogs.id"), nullable=False),
    Column("test", Words, nullable=False),
    Column("when", String(26), nullable=False),
    Column("offset", String(16), nullable=False),
    Column("ended", Time),
    Column("note", Words, nullable=False),
    Column("trashed", Time),
)
"""`when` and `offset` are its beginning."""

Index(None, home_tests.c.dog, home_tests.c.when)

factors = Table(
    "factors",
    metadata,
    Column("owner", Id(), ForeignKey("home_tests.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("motive", Words, nullable=False),
    Column("factor", Double, nullable=False),
)

plans = Table(
    "plans",
    metadata,
    Column("id", Id(), primary_key=True),
    Column("dog", Id(), ForeignKey("dogs.id"), nullable=False),
    Column("plan", Words, nullable=False),
    Column("when", String(26), nullable=False),
    Column("offset", String(16), nullable=False),
    Column("step", BigInteger, nullable=False),
    Column("ended", Time),
    Column("note", Words, nullable=False),
    Column("trashed", Time),
)
"""`when` and `offset` are its beginning."""

Index(None, plans.c.dog, plans.c.when)


def _sessions(name: str, of: Table) -> Table:
    return Table(
        name,
        metadata,
        Column("owner", Id(), ForeignKey(of.c.id, ondelete="CASCADE"), primary_key=True),
        Column("place", Integer, primary_key=True, autoincrement=False),
        Column("due", Time, nullable=False),
        Column("done", Time),
        Column("condition", Words, nullable=False),
        Column("measure", Double),
        Column("note", Words, nullable=False),
    )


test_sessions = _sessions("test_sessions", home_tests)
plan_sessions = _sessions("plan_sessions", plans)

corrections = Table(
    "corrections",
    metadata,
    Column("key", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("id", Id(), nullable=False, unique=True),
    Column("form", Words, nullable=False),
)
"""`form` is the record in its plain form, as JSON: a correction is kept and taken out whole, and never asked about in parts."""

actions = Table(
    "actions",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("when", Time, nullable=False),
    Column("what", Words, nullable=False),
    Column("undone", Boolean, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column(
        "action", BigInteger, ForeignKey("actions.number", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("id", Id(), nullable=False),
    Column("before", Words),
    Column("after", Words),
)
"""The journal: each record before and after an action, in its plain form as JSON; null: it was not there."""

Index(None, changes.c.id)
