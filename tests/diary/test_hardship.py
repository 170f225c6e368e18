"""A full disk, a folder that may only be read, a server that goes away: a clear sentence, and nothing lost."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from tests.diary.killing import ENVIRONMENT, ROOT, unharmed
from tests.diary.postgres import Server
from tests.diary.writer import REX, made

from houndsight.diary.backup import backup
from houndsight.diary.databases import located
from houndsight.diary.diary import Diary
from houndsight.diary.opening import open_diary
from houndsight.errors import DiaryFault
from houndsight.records.moment import Moment

BIG = 40_000
"""Bytes of room: enough to go on for a little while, and not for long."""


@contextmanager
def few_pages(diary: Diary) -> Iterator[None]:
    """SQLite itself says that the disk is full."""
    hooks = diary.engine

    def limit(raw: object, _record: object, _proxy: object) -> None:
        raw.execute("PRAGMA max_page_count = 60")  # type: ignore[attr-defined]

    event.listen(hooks, "checkout", limit)
    try:
        yield
    finally:
        event.remove(hooks, "checkout", limit)
        diary.engine.dispose()


@contextmanager
def short_files(diary: Diary) -> Iterator[None]:
    """The system lets no file grow beyond what the diary and its log have now, and a little more."""
    sizes = (path.stat().st_size for path in Path(diary.place).parent.iterdir())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(sizes) + BIG, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


Fullness = Callable[[Diary], AbstractContextManager[None]]


def until_refused(diary: Diary) -> tuple[set[Moment], str]:
    """Logs moments for as long as it goes; those that were kept, and what was said in the end."""
    kept: set[Moment] = set()
    for number in count():
        try:
            diary.keep("logged a moment", [made(1, number)])
        except DiaryFault as fault:
            return kept, str(fault)
        kept.add(made(1, number))
    raise AssertionError("the numbers have ended")


@pytest.mark.parametrize("full", [few_pages, short_files])
def test_on_a_full_disk_what_was_kept_stays_and_what_was_not_is_not_there(full: Fullness, sqlite_place: str) -> None:
    with open_diary(sqlite_place) as diary:
        diary.keep("added Rex", [REX])
        with full(diary):
            kept, said = until_refused(diary)
        assert re.search(r"cannot be written: the disk (is full|failed)\. Nothing of what was there is lost", said)
        assert set(diary.moments()) == kept
        assert unharmed(Path(sqlite_place))


@pytest.mark.parametrize("full", [few_pages, short_files])
def test_when_there_is_room_again_the_same_diary_goes_on(full: Fullness, sqlite_place: str) -> None:
    with open_diary(sqlite_place) as diary:
        diary.keep("added Rex", [REX])
        with full(diary):
            kept, _ = until_refused(diary)
        assert diary.keep("logged a moment", [made(2, 0)]) is not None
        assert set(diary.moments()) == {*kept, made(2, 0)}


def test_a_backup_on_a_full_disk_says_so_and_leaves_nothing(sqlite_place: str, tmp_path: Path) -> None:
    with open_diary(sqlite_place) as diary:
        diary.keep("added Rex", [REX, *(made(1, number) for number in range(200))])
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (BIG, hard))
        try:
            with pytest.raises(DiaryFault, match=r"cannot be copied to .*: the disk (is full|failed)"):
                backup(diary, tmp_path / "stick" / "saved.sqlite3")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert list((tmp_path / "stick").iterdir()) == []
        assert diary.count() == 200


def test_a_backup_to_a_device_is_refused(sqlite_place: str) -> None:
    with open_diary(sqlite_place) as diary, pytest.raises(DiaryFault, match="/dev/full is there already"):
        backup(diary, Path("/dev/full"))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, so that somebody else than root can be kept from writing in it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def stranger(job: str, place: Path) -> str:
    """What somebody without any right says who opens the diary."""
    command = [sys.executable, "-m", "tests.diary.stranger", job, str(place)]
    return subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def locked(open_folder: Path) -> Iterator[Path]:
    """A diary with one moment, in a folder that may only be read."""
    place = open_folder / "diary.sqlite3"
    with open_diary(place) as diary:
        diary.keep("logged", [REX, made(1, 0)])
    place.chmod(0o444)
    open_folder.chmod(0o555)
    yield place
    open_folder.chmod(0o755)


def test_a_diary_in_a_folder_that_may_only_be_read_says_so(locked: Path) -> None:
    said = stranger("writes", locked)
    assert said.startswith(f"DiaryFault: The diary {locked} cannot be")
    assert "folder" in said


def test_a_new_diary_in_a_folder_that_may_only_be_read_says_so(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    said = stranger("writes", open_folder / "new" / "diary.sqlite3")
    assert said.startswith("DiaryFault: The diary")
    assert "Permission denied" in said


def test_a_file_that_may_only_be_read_can_be_read_and_says_so_when_it_is_written(open_folder: Path) -> None:
    place = open_folder / "diary.sqlite3"
    with open_diary(place) as diary:
        diary.keep("logged", [REX, made(1, 0)])
        place.chmod(0o444)
        open_folder.chmod(0o777)
        for beside in open_folder.iterdir():
            beside.chmod(0o444)
        assert stranger("reads", place) == "1 moments"
        said = stranger("writes", place)
    assert said.startswith(f"DiaryFault: The diary {place} cannot be written: the file or its folder may only be read.")


def test_the_doctor_looks_into_a_folder_that_may_only_be_read(locked: Path) -> None:
    said = stranger("examines", locked)
    assert f"The folder {locked.parent} may only be read." in said
    assert f"The file {locked} may only be read." in said
    assert "1 moment" in said


@contextmanager
def at_statement(engine: Engine, number: int, strike: Callable[[], object]) -> Iterator[None]:
    """Does something at the time of the so manieth statement from now on."""
    left = count(number - 1, -1)

    def tick(*_: object) -> None:
        if next(left) == 0:
            strike()

    event.listen(engine, "before_cursor_execute", tick)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", tick)


def cut_off(postgres: Server, place: str) -> Callable[[], object]:
    """Ends everybody's connection to the diary, as a server does that is being stopped."""
    name = located(place).url.database
    order = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608
    return lambda: postgres.run(order)


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 12])
def test_a_server_that_goes_away_in_the_middle_leaves_all_or_nothing(
    number: int, postgres: Server, postgres_place: str
) -> None:
    with open_diary(postgres_place) as diary:
        diary.keep("added Rex", [REX])
        with (
            at_statement(diary.engine, number, cut_off(postgres, postgres_place)),
            pytest.raises(DiaryFault, match="cannot be written"),
        ):
            diary.keep("logged two", [made(1, 0), made(1, 1)])
        assert diary.moments() == ()
        assert diary.keep("logged two", [made(1, 0), made(1, 1)]) is not None
        assert diary.count() == 2


def test_a_server_that_goes_away_before_it_confirms_leaves_all_or_nothing(
    postgres: Server, postgres_place: str
) -> None:
    with open_diary(postgres_place) as diary:
        diary.keep("added Rex", [REX])
        strike = cut_off(postgres, postgres_place)
        event.listen(diary.engine, "commit", lambda _: strike(), once=True)
        with pytest.raises(DiaryFault, match="cannot be written"):
            diary.keep("logged two", [made(1, 0), made(1, 1)])
        assert diary.count() in {0, 2}


def test_a_server_that_came_back_is_found_again(postgres: Server, postgres_place: str) -> None:
    with open_diary(postgres_place) as diary:
        diary.keep("added Rex", [REX])
        cut_off(postgres, postgres_place)()
        assert diary.keep("logged a moment", [made(1, 0)]) is not None


def test_a_server_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(DiaryFault, match=r"cannot be opened: .*(is the server running|No such file)"):
        open_diary(f"postgresql://houndsight:secret@/dogs?host={tmp_path}")


class Stopped(Exception):
    """Somebody pressed the keys that stop a program."""


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 12])
def test_whoever_is_stopped_in_the_middle_leaves_nothing_half(number: int, place: str) -> None:
    def stop() -> None:
        raise Stopped

    with open_diary(place) as diary:
        diary.keep("added Rex", [REX])
        with at_statement(diary.engine, number, stop), pytest.raises(Stopped):
            diary.keep("logged two", [made(1, 0), made(1, 1)])
        assert diary.moments() == ()
        assert diary.keep("logged two", [made(1, 0), made(1, 1)]) is not None
