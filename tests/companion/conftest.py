"""One companion for all tests of the use cases, a short way to read cues with it, and a household with a diary of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from houndsight import Companion, Reading
from houndsight.companion.dogs import DogFacts
from houndsight.companion.household import Household
from houndsight.companion.people import PersonFacts
from houndsight.diary.opening import open_diary

WEDNESDAY = datetime(2026, 11, 25, 9, 40, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture(scope="session")
def companion() -> Companion:
    return Companion()


@pytest.fixture(scope="session")
def read_cues(companion: Companion) -> Callable[..., Reading]:
    """Reads cues written as keywords: `read_cues(arrival="yes")`."""
    return lambda **cues: companion.read(given=companion.given(cues.items()))


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a diary in which nothing stands."""
    path = tmp_path_factory.mktemp("blank") / "diary.sqlite3"
    open_diary(path).close()
    return path


@pytest.fixture
def empty(companion: Companion, blank: Path, tmp_path: Path) -> Iterator[Household]:
    """A household whose diary is empty; it is always the same Wednesday, twenty to ten."""
    with open_diary(shutil.copy(blank, tmp_path / "diary.sqlite3")) as diary:
        yield Household(companion, diary, now=lambda: WEDNESDAY)


@pytest.fixture
def household(empty: Household) -> Household:
    """The household of Rex, Anna and Ben."""
    empty.add_dog(DogFacts("Rex", born="2019-05-01"))
    for name in ("Anna", "Ben"):
        empty.add_person(PersonFacts(name))
    return empty
