"""Where a diary is, and what opening it makes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.diary.samples import REX

from houndsight.diary.databases import located, writing
from houndsight.diary.opening import diary_place, is_diary, open_diary
from houndsight.diary.places import data_folder
from houndsight.errors import DiaryFault, InputError


def test_the_folder_and_the_diary_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HOUNDSIGHT_DIARY", raising=False)
    monkeypatch.setenv("HOUNDSIGHT_DATA", str(tmp_path))
    assert (data_folder(), diary_place()) == (tmp_path, str(tmp_path / "diary.sqlite3"))
    monkeypatch.setenv("HOUNDSIGHT_DIARY", "postgresql://localhost/dogs")
    assert diary_place() == "postgresql://localhost/dogs"


def test_without_a_name_the_folder_is_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOUNDSIGHT_DATA", raising=False)
    assert data_folder().name == "houndsight"


def test_folder_and_file_are_made(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "deeper" / "dogs.sqlite3"
    with open_diary(place) as diary:
        diary.keep("a dog", [REX])
    assert place.is_file()
    assert not place.stat().st_mode & 0o077 or place.parent.stat().st_mode & 0o777 == 0o700


def test_a_diary_of_the_user_is_opened_without_naming_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOUNDSIGHT_DIARY", str(tmp_path / "mine.sqlite3"))
    with open_diary() as diary:
        assert diary.place == str(tmp_path / "mine.sqlite3")


@pytest.mark.parametrize("name", ["with space.db", "ümlaut 🐕.sqlite3", "a%20b?c=d.db", "100% [x].sqlite3"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    with open_diary(tmp_path / name) as diary:
        diary.keep("a dog", [REX])
    assert (tmp_path / name).is_file()


def test_a_file_can_be_given_as_an_address(tmp_path: Path) -> None:
    assert located(f"sqlite:///{tmp_path}/dogs.db").path == tmp_path / "dogs.db"
    assert located("~/dogs.db").path == Path.home() / "dogs.db"


@pytest.mark.parametrize(
    "place", ["mysql://u:secret@host/dogs", "http://u:secret@host/dogs", "x://", "postgresql://h:x/d"]
)
def test_an_address_of_another_kind_is_refused_without_its_password(place: str) -> None:
    with pytest.raises(InputError, match="It can be a file") as refused:
        open_diary(place)
    assert "secret" not in str(refused.value)


def test_a_password_is_not_shown(postgres_place: str) -> None:
    with_password = postgres_place.replace("houndsight@", "houndsight:secret@")
    with open_diary(with_password + "&password=secret") as diary:
        assert "secret" not in diary.place
        assert "houndsight@" in diary.place


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_an_address_of_postgresql_is_written_in_any_of_its_ways(postgres_place: str, scheme: str) -> None:
    with open_diary(postgres_place.replace("postgresql", scheme, 1)) as diary:
        assert diary.dogs() == ()


def test_a_server_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DiaryFault, match="cannot be opened: ") as fault:
        open_diary(f"postgresql://dog:secret@/dogs?host={tmp_path}")
    assert "secret" not in str(fault.value)
    assert "\n" not in str(fault.value)


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "music.db"
    with closing(sqlite3.connect(place)) as other:
        other.execute("CREATE TABLE songs (name TEXT)")
    before = place.read_bytes()
    with pytest.raises(DiaryFault, match="not a diary: it holds the table 'songs'"):
        open_diary(place)
    assert place.read_bytes() == before


TODAY = """
import sys
from houndsight.diary.opening import open_diary
with open_diary(sys.argv[1]) as diary:
    diary.dogs()
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def test_a_diary_of_today_is_opened_without_alembic(place: str) -> None:
    open_diary(place).close()
    done = subprocess.run([sys.executable, "-c", TODAY, place], capture_output=True, text=True, check=True)
    assert "alembic" not in done.stdout.split()
    assert "sqlalchemy" in done.stdout.split()


def test_whether_there_is_a_diary_is_told_without_making_one(new_place: str) -> None:
    assert (is_diary(new_place), is_diary(new_place)) == (False, False)
    open_diary(new_place).close()
    assert is_diary(new_place)


def test_a_writer_sees_what_those_before_him_did_however_the_server_is_set(postgres_place: str) -> None:
    with open_diary(postgres_place) as diary, diary.engine.begin() as connection:
        name = located(postgres_place).url.database
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    with open_diary(postgres_place) as diary, writing(diary.engine, diary.place) as connection:
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"
