"""Backups are whole, lose nothing, and come back; what is no backup is refused before anything is touched."""

from __future__ import annotations

import itertools
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from tests.diary.released import fill
from tests.diary.writer import REX, made

from houndsight.diary.backup import backup, restore
from houndsight.diary.copying import BESIDE
from houndsight.diary.diary import Diary
from houndsight.diary.opening import open_diary
from houndsight.errors import DiaryFault, InputError
from houndsight.records.action import Record


@pytest.fixture
def filled(sqlite_place: str) -> str:
    """A diary with something of every kind."""
    with open_diary(sqlite_place) as diary:
        fill(diary)
    return sqlite_place


@pytest.fixture
def saved(filled: str, tmp_path: Path) -> Path:
    """A backup of it."""
    with open_diary(filled) as diary:
        return backup(diary, tmp_path / "saved.sqlite3")


def records(place: str | Path) -> list[Record]:
    with open_diary(place) as diary:
        return list(diary.records())


def log(diary: Diary, number: int) -> None:
    diary.keep("added Rex", [REX])
    diary.keep("logged a moment", [made(7, number)])


def test_a_backup_holds_all_that_the_diary_holds(filled: str, saved: Path) -> None:
    assert records(saved) == records(filled)


def test_a_backup_is_one_file_that_can_be_carried_away(saved: Path) -> None:
    assert [end for end in BESIDE if saved.with_name(saved.name + end).exists()] == []
    with closing(sqlite3.connect(saved)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_backup_without_a_name_goes_beside_the_diary(filled: str) -> None:
    with open_diary(filled) as diary:
        first, second = backup(diary), backup(diary)
    assert first.parent == second.parent == Path(filled).parent / "backups"
    assert first != second
    assert records(first) == records(second)


def test_a_backup_can_go_into_a_folder(filled: str, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    with open_diary(filled) as diary:
        assert backup(diary, tmp_path / "stick").parent == tmp_path / "stick"


def test_a_backup_never_takes_the_place_of_another(filled: str, saved: Path) -> None:
    before = saved.read_bytes()
    with open_diary(filled) as diary, pytest.raises(DiaryFault, match=r"is there already"):
        backup(diary, saved)
    assert saved.read_bytes() == before


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(filled: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with (
        open_diary(filled) as diary,
        pytest.raises(DiaryFault, match=r"cannot be copied to .*saved.sqlite3: File exists"),
    ):
        backup(diary, tmp_path / "file" / "saved.sqlite3")
    assert list(tmp_path.glob("**/*.part")) == []


def test_a_damaged_diary_is_not_backed_up_as_if_it_were_whole(filled: str, tmp_path: Path) -> None:
    with open_diary(filled) as diary:
        with closing(sqlite3.connect(filled)) as connection:
            connection.execute("DELETE FROM dogs WHERE id = 'rex'")
            connection.commit()
        with pytest.raises(DiaryFault, match=r"is not whole: row .* points to a row of dogs that is not there"):
            backup(diary, tmp_path / "saved.sqlite3")
    assert not (tmp_path / "saved.sqlite3").exists()


def test_a_restored_diary_is_the_one_that_was_backed_up(filled: str, saved: Path) -> None:
    wanted = records(filled)
    with open_diary(filled) as diary:
        log(diary, 1)
    restore(saved, filled)
    assert records(filled) == wanted


def test_the_diary_that_was_there_is_kept_aside(filled: str, saved: Path) -> None:
    with open_diary(filled) as diary:
        log(diary, 1)
    before = records(filled)
    kept = restore(saved, filled)
    assert kept is not None
    assert records(kept) == before
    restore(kept, filled)
    assert records(filled) == before


def test_a_diary_can_be_restored_where_there_is_none(saved: Path, tmp_path: Path) -> None:
    place = tmp_path / "new" / "home" / "diary.sqlite3"
    assert restore(saved, place) is None
    assert records(place) == records(saved)


def test_whoever_has_the_diary_open_sees_the_restored_one_and_goes_on(filled: str, saved: Path) -> None:
    wanted = records(saved)
    with open_diary(filled) as diary:
        log(diary, 1)
        revision = diary.revision()
        restore(saved, filled)
        assert list(diary.records()) == wanted
        assert diary.revision() > revision
        log(diary, 2)
        assert made(7, 2) in diary.records()


def until(stop: threading.Event, place: str, logged: list[str]) -> None:
    """Logs moments as fast as it goes; `logged` are those that were acknowledged."""
    with open_diary(place) as diary:
        for number in itertools.takewhile(lambda _: not stop.is_set(), itertools.count(100)):
            log(diary, number)
            logged.append(made(7, number).id)


def test_whatever_is_logged_meanwhile_is_kept_aside_or_in_the_restored_diary(filled: str, saved: Path) -> None:
    stop, logged, kept = threading.Event(), list[str](), list[Path]()
    writer = threading.Thread(target=until, args=(stop, filled, logged))
    writer.start()
    with open_diary(filled) as diary:
        seen = [diary.revision()]
        for _ in range(8):
            kept += filter(None, [restore(saved, filled)])
            seen.append(diary.revision())
    stop.set()
    writer.join()
    found = {one.id for place in (Path(filled), *kept) for one in records(place)}
    assert found >= set(logged) != set()
    assert seen == sorted(set(seen))


def test_a_restore_that_somebody_keeps_from_writing_gives_up_and_changes_nothing(
    filled: str, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("houndsight.diary.backup.PATIENCE", 0.1)
    with closing(sqlite3.connect(filled)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        with pytest.raises(DiaryFault, match="cannot be restored: another program has been writing to it"):
            restore(saved, filled)


def test_a_file_that_nobody_has_opened_yet_is_restored_too(saved: Path, tmp_path: Path) -> None:
    place = tmp_path / "copy.sqlite3"
    restore(saved, place)
    kept = restore(saved, place)
    assert kept is not None
    assert records(place) == records(kept) == records(saved)


def test_a_damaged_diary_is_kept_aside_byte_for_byte_and_replaced(filled: str, saved: Path) -> None:
    Path(filled).write_bytes(b"\0" * 5000)
    log_beside = Path(filled + "-wal")
    log_beside.write_bytes(b"of another file")
    kept = restore(saved, filled)
    assert kept is not None
    assert kept.read_bytes() == b"\0" * 5000
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"of another file"
    assert records(filled) == records(saved)


def test_a_backup_that_was_taken_with_its_log_comes_back_with_it(filled: str, tmp_path: Path) -> None:
    with open_diary(filled) as diary:
        log(diary, 1)
        wanted = list(diary.records())
        for end in ("", "-wal"):
            (tmp_path / f"carried{end}").write_bytes(Path(filled + end).read_bytes())
    restore(tmp_path / "carried", tmp_path / "elsewhere.sqlite3")
    assert records(tmp_path / "elsewhere.sqlite3") == wanted


def _text(file: Path) -> None:
    file.write_text("Dear diary, " * 1000)


def _torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: 8 * 4096])


def _foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9000'")
        connection.commit()


def _adrift(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DELETE FROM dogs")
        connection.commit()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_text, "cannot be read: the file is not a diary"),
        (_torn, "the file is damaged|is not whole"),
        (_foreign, "is not a diary"),
        (_newer, "written by a newer Houndsight"),
        (_adrift, "is not whole"),
    ],
)
def test_what_is_no_whole_backup_is_refused_and_nothing_is_touched(
    spoil: object, said: str, filled: str, saved: Path
) -> None:
    assert callable(spoil)
    spoil(saved)
    before, names = records(filled), sorted(Path(filled).parent.rglob("*"))
    with pytest.raises(DiaryFault, match=said):
        restore(saved, filled)
    assert records(filled) == before
    assert sorted(Path(filled).parent.rglob("*")) == names


def test_a_file_that_is_not_there_cannot_be_restored(filled: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file .* to restore"):
        restore(tmp_path / "nothing", filled)


def test_a_diary_is_not_restored_from_itself(filled: str) -> None:
    with pytest.raises(InputError, match=r"is the diary itself"):
        restore(Path(filled), filled)


def test_another_programs_database_is_not_replaced(saved: Path, tmp_path: Path) -> None:
    other = tmp_path / "recipes.sqlite3"
    other.write_bytes(b"")
    _foreign(other)
    before = other.read_bytes()
    with pytest.raises(DiaryFault, match=r"another program's database"):
        restore(saved, other)
    assert other.read_bytes() == before


def test_a_diary_in_postgresql_is_told_how_it_is_saved(postgres_place: str, saved: Path) -> None:
    with open_diary(postgres_place) as diary, pytest.raises(DiaryFault, match=r"`houndsight export`.*pg_dump"):
        backup(diary)
    with pytest.raises(DiaryFault, match=r"is in PostgreSQL and cannot be restored: .*pg_restore"):
        restore(saved, postgres_place)
