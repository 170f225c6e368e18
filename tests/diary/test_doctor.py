"""The doctor finds what is wrong, says it plainly, tells what to do, and touches nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event
from tests.diary.released import BEGUN, PHOTO, fill

from houndsight.diary.backup import backup
from houndsight.diary.databases import located, made_engine
from houndsight.diary.doctor import LITTLE, examine, room
from houndsight.diary.opening import open_diary
from houndsight.records.person import Person
from houndsight.records.symptom import Symptom


@pytest.fixture
def filled(place: str) -> str:
    """A diary with something of every kind, in each database."""
    with open_diary(place) as diary:
        fill(diary)
    return place


@pytest.fixture
def file(sqlite_place: str) -> Path:
    """The same in a file."""
    with open_diary(sqlite_place) as diary:
        fill(diary)
    return Path(sqlite_place)


def does(place: str | Path, *orders: str) -> None:
    """What no program of ours would do."""
    engine = made_engine(located(place))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=OFF"))
    with engine.begin() as connection:
        for order in orders:
            connection.exec_driver_sql(order)
    engine.dispose()


def grave(place: str | Path) -> list[Symptom]:
    return [one for one in examine(place) if one.grave]


def test_a_sound_diary_has_nothing_grave_and_is_counted(filled: str) -> None:
    (only,) = examine(filled)
    counts = "1 person, 2 dogs, 3 moments, 1 test, 1 plan, 1 correction, 1 photo and 4 actions"
    assert only == Symptom(f"The diary holds {counts}.")


def test_an_examination_changes_no_file(file: Path) -> None:
    before = {path: path.read_bytes() for path in file.parent.iterdir()}
    examine(file)
    assert {path: path.read_bytes() for path in file.parent.iterdir()} == before


def test_a_diary_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    (only,) = examine(tmp_path / "diary.sqlite3")
    assert "There is no diary at" in only.what
    assert not only.grave
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_page_is_found_and_the_newest_backup_is_named(file: Path) -> None:
    with open_diary(file) as diary:
        saved = backup(diary)
    with closing(sqlite3.connect(file)) as connection:
        page, size = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'moments'").fetchone()[0], 4096
    with file.open("rb+") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xff" * size)
    first = grave(file)[0]
    assert first.what.startswith("The file is damaged: ")
    assert first.do.endswith(f"houndsight restore '{saved}'")


def test_a_file_that_is_no_diary_is_said_to_be_none(file: Path) -> None:
    file.write_text("Dear diary, " * 1000)
    (only,) = examine(file)
    assert "the file is not a diary" in only.what
    assert "houndsight restore FILE" in only.do


def test_a_moment_whose_dog_is_gone_is_found(file: Path) -> None:
    does(file, "DELETE FROM dogs WHERE id = 'rex'")
    (only,) = grave(file)
    assert "of moments points to a row of dogs that is not there" in only.what


def test_a_torn_line_of_the_journal_is_found(filled: str) -> None:
    does(filled, "UPDATE changes SET after = substr(after, 1, 40) WHERE action = 2 AND place = 1")
    (only,) = grave(filled)
    assert only.what == "The journal cannot be read at action 2: 1 of its lines is torn."
    assert "cannot be undone" in only.do


def test_a_line_of_the_journal_that_tells_of_another_record_is_found(filled: str) -> None:
    does(filled, "UPDATE changes SET id = 'other' WHERE action = 3")
    (only,) = grave(filled)
    assert "The journal cannot be read at action 3" in only.what


def test_a_record_that_cannot_be_read_is_named(filled: str) -> None:
    does(filled, "UPDATE people SET added = 'yesterday'", "UPDATE corrections SET form = '{'")
    person, correction = grave(filled)
    assert person.what == "1 person cannot be read: eve."
    assert correction.what.startswith("1 correction cannot be read: c-")


@pytest.mark.parametrize("column", ["search", "told"])
def test_a_moment_that_would_be_found_otherwise_than_written_is_named(column: str, filled: str) -> None:
    does(filled, f"UPDATE moments SET {column} = 'nonsense' WHERE id = 'whole'")  # noqa: S608
    (only,) = grave(filled)
    assert only.what == "1 moment would be searched or learned from otherwise than written: whole."


def test_a_moment_that_cannot_be_read_hides_no_other(filled: str) -> None:
    does(
        filled,
        "UPDATE moments SET logged = 'yesterday' WHERE id = 'bare'",
        "UPDATE moments SET told = 'x' WHERE id = 'whole'",
    )
    assert [one.what.rpartition(": ")[2] for one in grave(filled)] == ["bare.", "whole."]


@pytest.mark.parametrize("column", ["tags SET search", "own_cues SET search_name", "own_cues SET search_value"])
def test_a_word_of_the_household_that_would_be_found_otherwise_than_written_is_named(column: str, filled: str) -> None:
    does(filled, f"UPDATE {column} = 'nonsense' WHERE place = 0")
    (only,) = grave(filled)
    assert only.what == "1 moment would be searched or learned from otherwise than written: whole."


def test_a_photo_of_no_dog_is_found_and_is_not_grave(filled: str) -> None:
    with open_diary(filled) as diary:
        sha = diary.keep_photo(PHOTO + b"another")
    found = [one for one in examine(filled) if sha in one.what]
    assert [one.what.partition(" (")[0] for one in found] == ["1 photo of no dog"]
    assert grave(filled) == []


def test_a_photo_that_an_undo_would_bring_back_is_of_a_dog(filled: str) -> None:
    with open_diary(filled) as diary:
        diary.keep("took the photo away", [replace(diary.dog("rex"), photo=None)])
    assert not any("of no dog" in one.what for one in examine(filled))


def test_a_damaged_photo_is_found(filled: str) -> None:
    spoilt = "x'89504e47'" if filled.endswith(".sqlite3") else "'\\x89504e47'"
    does(filled, f"UPDATE photos SET data = {spoilt}")  # noqa: S608
    (only,) = grave(filled)
    assert only.what.startswith("1 photo cannot be shown any more: ")


def test_an_older_diary_will_be_brought_up_at_the_next_opening(filled: str) -> None:
    does(filled, "UPDATE alembic_version SET version_num = '0000'")
    (only,) = examine(filled)
    assert "from an older Houndsight" in only.what
    assert "a backup first" in only.do


def test_a_newer_diary_asks_for_a_newer_houndsight(filled: str) -> None:
    does(filled, "UPDATE alembic_version SET version_num = '9000'")
    (only,) = grave(filled)
    assert "written by a newer Houndsight" in only.what
    assert "Update Houndsight" in only.do


def test_a_log_that_a_killed_program_left_is_explained(file: Path) -> None:
    with open_diary(file) as diary:
        diary.keep("added Ben", [Person("ben", "Ben", BEGUN)])
        log = next(one for one in examine(file) if "-wal" in one.what)
    assert "Never delete it" in log.do
    assert not log.grave


def test_a_copy_that_was_cut_short_is_named(file: Path) -> None:
    (file.parent / "backups").mkdir()
    (file.parent / "backups" / ".diary-1.sqlite3.17.part").write_bytes(b"half")
    assert "A copy was cut short and left behind: .diary-1.sqlite3.17.part." in {one.what for one in examine(file)}


def test_a_disk_with_room_is_not_spoken_of() -> None:
    assert room(LITTLE + 10, 10) is None


@pytest.mark.parametrize(("free", "grave"), [(LITTLE + 4_900_000, False), (LITTLE - 1, True)])
def test_a_disk_with_little_room_is_told_with_sizes(free: int, grave: bool) -> None:
    found = room(free, 5_000_000)
    assert found is not None
    assert found.what == f"The disk has {free / 1e6:.1f} MB left; the diary has 5.0 MB."
    assert found.grave == grave


def test_a_server_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    (only,) = examine(f"postgresql://houndsight:secret@/dogs?host={tmp_path}")
    assert only.grave
    assert "secret" not in only.what
    assert "whether the server runs" in only.do
