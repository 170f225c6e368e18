"""0001: the first schema that was released."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

__all__ = ["upgrade"]

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes every table and index of an empty diary, and its one row of state."""
    _household()
    _moments()
    _belonging_to_moments()
    _undertakings()
    _journal()
    op.execute("INSERT INTO state (one, revision, action, key) VALUES (1, 0, 0, 0)")


def _household() -> None:
    whole, words = sa.BigInteger(), sa.String()
    op.create_table(
        "state",
        sa.Column("one", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", whole, nullable=False),
        sa.Column("action", whole, nullable=False),
        sa.Column("key", whole, nullable=False),
        _key("state", "one"),
    )
    op.create_table(
        "photos",
        sa.Column("sha", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        _key("photos", "sha"),
    )
    op.create_table(
        "people",
        sa.Column("id", _id(), nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("added", sa.String(48), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("note", words, nullable=False),
        sa.Column("trashed", sa.String(48)),
        _key("people", "id"),
    )
    op.create_table(
        "dogs",
        sa.Column("id", _id(), nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("added", sa.String(48), nullable=False),
        sa.Column("born", sa.Date()),
        sa.Column("born_about", sa.Boolean(), nullable=False),
        sa.Column("size", sa.String(20)),
        sa.Column("breed", words, nullable=False),
        sa.Column("sex", sa.String(20)),
        sa.Column("neutered", sa.Boolean()),
        sa.Column("history", words, nullable=False),
        sa.Column("photo", sa.String(64)),
        sa.Column("trashed", sa.String(48)),
        _key("dogs", "id"),
        _points("dogs", "photo", "photos.sha"),
    )
    op.create_index("ix_dogs_photo", "dogs", ["photo"])


def _moments() -> None:
    words = sa.String()
    op.create_table(
        "moments",
        sa.Column("key", _number(), autoincrement=False, nullable=False),
        sa.Column("id", _id(), nullable=False),
        sa.Column("dog", _id(), nullable=False),
        sa.Column("when", sa.String(26), nullable=False),
        sa.Column("offset", sa.String(16), nullable=False),
        sa.Column("logged", sa.String(48), nullable=False),
        sa.Column("zone", words, nullable=False),
        sa.Column("ended", sa.String(48)),
        sa.Column("leaned_on", _id()),
        sa.Column("logged_by", _id()),
        sa.Column("text", words, nullable=False),
        sa.Column("lean", sa.Boolean(), nullable=False),
        sa.Column("severity", sa.Integer()),
        sa.Column("knocked_over", sa.Boolean()),
        sa.Column("note", words, nullable=False),
        sa.Column("trashed", sa.String(48)),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        _key("moments", "key"),
        _only("moments", "id"),
        _points("moments", "dog", "dogs.id"),
        _points("moments", "leaned_on", "people.id"),
        _points("moments", "logged_by", "people.id"),
    )
    op.create_index("ix_moments_dog_when_id", "moments", ["dog", "when", "id"])
    op.create_index("ix_moments_when_id", "moments", ["when", "id"])
    trash = sa.text("trashed IS NOT NULL")
    op.create_index("ix_moments_trash", "moments", ["when", "id"], sqlite_where=trash, postgresql_where=trash)
    op.create_index("ix_moments_leaned_on", "moments", ["leaned_on"])
    op.create_index("ix_moments_logged_by", "moments", ["logged_by"])


def _belonging_to_moments() -> None:
    words, whole = sa.String(), sa.BigInteger()
    _of_moment(
        "cues",
        sa.Column("cue", words, nullable=False),
        sa.Column("value", words, nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("origin", words, nullable=False),
        sa.Column("begins", whole),
        sa.Column("ends", whole),
    )
    op.create_index("ix_cues_cue_value_moment", "cues", ["cue", "value", "moment"])
    _of_moment(
        "own_cues",
        sa.Column("name", words, nullable=False),
        sa.Column("value", words, nullable=False),
        sa.Column("search_name", sa.Text(), nullable=False),
        sa.Column("search_value", sa.Text(), nullable=False),
    )
    op.create_index(
        "ix_own_cues_search_name_search_value_moment", "own_cues", ["search_name", "search_value", "moment"]
    )
    _of_moment("tags", sa.Column("tag", words, nullable=False), sa.Column("search", sa.Text(), nullable=False))
    op.create_index("ix_tags_search_moment", "tags", ["search", "moment"])


def _of_moment(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("moment", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        _key(name, "moment", "place"),
        _points(name, "moment", "moments.key", "CASCADE"),
        sqlite_with_rowid=False,
    )


def _undertakings() -> None:
    words = sa.String()
    _of_dog("home_tests", sa.Column("test", words, nullable=False))
    _of_dog("plans", sa.Column("plan", words, nullable=False), sa.Column("step", sa.BigInteger(), nullable=False))
    _owned("factors", "home_tests", sa.Column("motive", words, nullable=False), _double("factor", needed=True))
    _owned("test_sessions", "home_tests", *_session())
    _owned("plan_sessions", "plans", *_session())


def _of_dog(name: str, what: sa.Column[Any], *further: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", _id(), nullable=False),
        sa.Column("dog", _id(), nullable=False),
        what,
        sa.Column("when", sa.String(26), nullable=False),
        sa.Column("offset", sa.String(16), nullable=False),
        *further,
        sa.Column("ended", sa.String(48)),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("trashed", sa.String(48)),
        _key(name, "id"),
        _points(name, "dog", "dogs.id"),
    )
    op.create_index(f"ix_{name}_dog_when", name, ["dog", "when"])


def _session() -> list[sa.Column[Any]]:
    return [
        sa.Column("due", sa.String(48), nullable=False),
        sa.Column("done", sa.String(48)),
        sa.Column("condition", sa.String(), nullable=False),
        _double("measure"),
        sa.Column("note", sa.String(), nullable=False),
    ]


def _owned(name: str, owner: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("owner", _id(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        _key(name, "owner", "place"),
        _points(name, "owner", f"{owner}.id", "CASCADE"),
    )


def _journal() -> None:
    words = sa.String()
    op.create_table(
        "corrections",
        sa.Column("key", _number(), autoincrement=False, nullable=False),
        sa.Column("id", _id(), nullable=False),
        sa.Column("form", words, nullable=False),
        _key("corrections", "key"),
        _only("corrections", "id"),
    )
    op.create_table(
        "actions",
        sa.Column("number", _number(), autoincrement=False, nullable=False),
        sa.Column("when", sa.String(48), nullable=False),
        sa.Column("what", words, nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        _key("actions", "number"),
    )
    op.create_table(
        "changes",
        sa.Column("action", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("id", _id(), nullable=False),
        sa.Column("before", words),
        sa.Column("after", words),
        _key("changes", "action", "place"),
        _points("changes", "action", "actions.number", "CASCADE"),
    )
    op.create_index("ix_changes_id", "changes", ["id"])


def _id() -> sa.String:
    return sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")


def _number() -> sa.BigInteger:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _double(name: str, *, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=not needed)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _only(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=f"uq_{table}_{column}")


def _points(table: str, column: str, to: str, deleted: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}", ondelete=deleted)
