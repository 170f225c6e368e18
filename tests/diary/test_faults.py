"""What was acknowledged survives `kill -9`, at whatever time it strikes; what was not is there whole or not at all.

This proves the death of a process. That the same holds when the power fails is SQLite's documented guarantee under
`synchronous=FULL`; here it is held that every connection has that setting.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.diary.killing import Believed, Writer, begun, chance, check, unharmed, writer
from tests.diary.writer import EARLIER, made, numbers

from houndsight.diary.backup import backup
from houndsight.diary.copying import opened
from houndsight.diary.opening import open_diary
from houndsight.records.query import Query

KILLS = 25
"""Of each test; there are more than 300 in all."""


@pytest.fixture(scope="module")
def killer() -> Iterator[Writer]:
    with writer() as one:
        yield one


@pytest.mark.parametrize("seed", range(5))
def test_what_was_acknowledged_survives_each_kill(seed: int, sqlite_place: str, killer: Writer) -> None:
    rng, believed = chance(seed), begun(sqlite_place)
    for number in range(KILLS):
        believed = check(sqlite_place, believed.hears(killer.killed("keeping", number + 1, sqlite_place, rng)))


@pytest.mark.parametrize("seed", range(4))
def test_what_was_taken_back_or_done_again_survives_each_kill(seed: int, sqlite_place: str, killer: Writer) -> None:
    rng, believed = chance(seed), begun(sqlite_place)
    for number in range(KILLS):
        believed = check(sqlite_place, believed.hears(killer.killed("turning", number + 1, sqlite_place, rng)))


def test_a_diary_opens_after_whoever_was_making_it_was_killed(tmp_path: Path, killer: Writer) -> None:
    rng = chance(0)
    for number in range(KILLS):
        place = str(tmp_path / f"{number}.sqlite3")
        check(place, Believed().hears(killer.killed("keeping", 1, place, rng, early=True)))


def test_a_backup_is_there_whole_or_not_at_all_after_each_kill(sqlite_place: str, killer: Writer) -> None:
    rng, believed = chance(0), begun(sqlite_place)
    for number in range(KILLS):
        said = killer.killed("copying", number + 1, sqlite_place, rng)
        believed = check(sqlite_place, believed.hears(said))
        assert finished(said) <= copies(Path(sqlite_place).parent, set(believed.standing))


def finished(said: list[list[str]]) -> set[str]:
    return {words[2] for words in said if words[:2] == ["done", "backup"]}


def copies(folder: Path, known: set[str]) -> set[str]:
    """The backups in the folder, each whole and of moments that are known; they are moved out of the way."""
    found = sorted(folder.glob("copy-*.sqlite3"))
    for file in found:
        assert unharmed(file)
        connection = opened(file)
        assert {row[0] for row in connection.execute("SELECT id FROM moments")} <= known
        connection.close()
        file.unlink()
    return {file.stem.removeprefix("copy-") for file in found}


def test_a_diary_is_the_old_or_the_restored_one_after_each_kill(sqlite_place: str, killer: Writer) -> None:
    rng, believed = chance(0), begun(sqlite_place)
    with open_diary(sqlite_place) as diary:
        for id_ in EARLIER:
            diary.keep(f"logged {id_}", [made(*numbers(id_))])
        backup(diary, Path(sqlite_place).with_name("earlier.sqlite3"))
        diary.undo(len(EARLIER))
    believed = Believed([], list(reversed(EARLIER)))
    for number in range(KILLS):
        believed = check(sqlite_place, believed.hears(killer.killed("bringing_back", number + 1, sqlite_place, rng)))


def test_what_was_acknowledged_survives_each_kill_of_who_writes_to_postgresql(
    postgres_place: str, killer: Writer
) -> None:
    rng, believed = chance(0), begun(postgres_place)
    for number in range(KILLS):
        believed = check(postgres_place, believed.hears(killer.killed("turning", number + 1, postgres_place, rng)))


def test_one_writer_that_is_killed_does_not_keep_another_from_writing(place: str, killer: Writer) -> None:
    rng = chance(0)
    begun(place)
    with open_diary(place) as diary:
        for number in range(10):
            said = killer.killed("keeping", number + 1, place, rng)
            mine = made(1000, number)
            assert diary.keep("logged a moment", [mine]) is not None
            there = {moment.id for moment in diary.moments(Query())}
            assert {mine.id, *(words[2] for words in said if words[:2] == ["done", "keep"])} <= there


def test_two_who_write_at_once_lose_nothing(place: str, killer: Writer) -> None:
    begun(place)
    child = killer.begin("keeping", 1, place)
    killer.until("open")
    with open_diary(place) as diary:
        mine = [made(2, number) for number in range(20)]
        for moment in mine:
            diary.keep("logged a moment", [moment])
        killer.until("done")
        theirs = [made(*numbers(words[2])) for words in killer.end(child) if words[:2] == ["done", "keep"]]
        there = {moment.id: moment for moment in diary.moments(Query())}
        assert all(there[one.id] == one for one in (*mine, *theirs))
        assert made(1, 0) in there.values()


def test_every_connection_waits_for_the_disk_and_watches_what_points_where(sqlite_place: str) -> None:
    with open_diary(sqlite_place) as diary, diary.engine.connect() as one, diary.engine.connect() as other:
        for connection in (one, other):
            told = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("synchronous", "foreign_keys")]
            assert told == [2, 1]
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
