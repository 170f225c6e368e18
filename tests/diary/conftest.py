"""A diary of each database for the tests that are to hold on both, and the server that one of them needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from houndsight.diary.diary import Diary
from houndsight.diary.opening import open_diary

sys.path.append(str(Path(__file__).parents[2]))

from tests.diary.postgres import Server, found, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real server, started once; without one the test is skipped at home and fails in CI."""
    with server(found()) as one:
        yield one


@pytest.fixture(scope="session")
def template(postgres: Server) -> str:
    """The name of a database that holds an empty diary."""
    postgres.run("CREATE DATABASE template_diary TEMPLATE template0")
    open_diary(postgres.url("template_diary")).close()
    return "template_diary"


@pytest.fixture
def postgres_place(postgres: Server, template: str) -> Iterator[str]:
    """The URL of an empty diary in PostgreSQL."""
    with postgres.database(template) as url:
        yield url


@pytest.fixture
def sqlite_place(tmp_path: Path) -> str:
    """The path of a diary that is not there yet."""
    return str(tmp_path / "diary.sqlite3")


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest) -> str:
    """Where a diary is to be, in each database."""
    return str(request.getfixturevalue(f"{request.param}_place"))


@pytest.fixture(params=["sqlite", "postgres"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place without a schema, in each database: a file that is not there yet, or a database without tables."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            yield str(tmp_path / "new.sqlite3")
        else:
            yield stack.enter_context(request.getfixturevalue("postgres").database())


@pytest.fixture
def diary(place: str) -> Iterator[Diary]:
    """An open, empty diary, in each database."""
    with open_diary(place) as opened:
        yield opened
