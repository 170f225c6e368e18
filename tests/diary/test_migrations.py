"""Every diary that was ever released comes up to today's tables with all that is in it; the two ways to say the tables agree."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from tests.diary import released

from houndsight.diary.databases import located, made_engine
from houndsight.diary.migrating import STEPS, migrate
from houndsight.diary.opening import open_diary
from houndsight.diary.tables import SCHEMA, metadata
from houndsight.errors import DiaryFault

NEXT = """
from alembic import op
import sqlalchemy as sa

revision = "9000"
down_revision = "{before}"

def upgrade():
    op.add_column("people", sa.Column("letters", sa.Integer()))
    op.execute("UPDATE people SET letters = length(name)")
    with op.batch_alter_table("dogs") as dogs:
        dogs.alter_column("history", existing_type=sa.String(), nullable=True)
"""
TORN = "    op.execute('INSERT INTO nowhere VALUES (1)')\n"
CUTTING = "    op.execute(\"DELETE FROM dogs WHERE id = 'rex'\")\n"


@pytest.fixture(params=released.RELEASES)
def release(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old_place(release: str, new_place: str) -> str:
    """A diary of a release, in each database."""
    released.stored(release, new_place)
    return new_place


def steps_with(folder: Path, further: str = "") -> Path:
    """The folder of migrations, with one more after the last."""
    steps = Path(shutil.copytree(STEPS, folder / "migrations"))
    (steps / "versions" / "r9000_next.py").write_text(NEXT.format(before=SCHEMA) + further, encoding="utf-8")
    return steps


def gone_up(place: str, steps: Path) -> str | None:
    where = located(place)
    engine = made_engine(where)
    try:
        return migrate(engine, where, head="9000", steps=steps)
    finally:
        engine.dispose()


def rows(place: str, order: str) -> list[tuple[object, ...]]:
    engine = made_engine(located(place))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(order))]
    engine.dispose()
    return found


def test_the_steps_end_at_the_tables_that_this_houndsight_writes() -> None:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA]


def test_a_diary_of_each_step_is_at_hand() -> None:
    steps = sorted(path.stem[1:5] for path in (STEPS / "versions").glob("r*.py"))
    assert steps == released.RELEASES


def test_the_steps_lead_to_the_very_tables_of_the_code(new_place: str) -> None:
    with open_diary(new_place) as diary, diary.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_steps_lead_to_the_very_words_of_sqlite_that_the_code_would_write(sqlite_place: str) -> None:
    open_diary(sqlite_place).close()
    fresh = create_engine("sqlite://")
    with fresh.connect() as connection:
        metadata.create_all(connection)
        wanted = words(connection.connection.driver_connection)  # type: ignore[arg-type]
    fresh.dispose()
    with closing(sqlite3.connect(sqlite_place)) as connection_:
        assert words(connection_) == wanted


def test_a_diary_at_hand_has_the_very_tables_of_its_step(release: str, tmp_path: Path) -> None:
    at_hand, stepped = tmp_path / "at_hand.sqlite3", located(tmp_path / "stepped.sqlite3")
    released.stored(release, str(at_hand))
    engine = made_engine(stepped)
    migrate(engine, stepped, head=release)
    engine.dispose()
    with closing(sqlite3.connect(at_hand)) as one, closing(sqlite3.connect(stepped.shown)) as other:
        assert words(one) == words(other)


def words(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Each table and index with the lines that make it, in any order."""
    made = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL AND name <> 'alembic_version'")
    return {name: sorted(line.strip().rstrip(",") for line in sql.replace('"', "").split("\n")) for name, sql in made}


def test_a_released_diary_comes_up_with_all_that_is_in_it(release: str, old_place: str) -> None:
    with open_diary(old_place) as diary:
        assert list(diary.records()) == released.records(release)
        assert [data for _, data in diary.photos()] == [released.PHOTO]


def test_what_was_done_in_a_released_diary_can_still_be_undone_and_done_again(release: str, old_place: str) -> None:
    with open_diary(old_place) as diary:
        assert [action.what for action in diary.redo()] == ["logged by mistake"]
        assert len(diary.undo(4)) == 4
        assert list(diary.records()) == []
        diary.redo(3)
        assert list(diary.records()) == released.records(release)


def test_the_next_step_goes_up_with_what_is_there(old_place: str, tmp_path: Path) -> None:
    open_diary(old_place).close()
    gone_up(old_place, steps_with(tmp_path))
    assert rows(old_place, "SELECT name, letters FROM people") == [("Eve", 3)]
    assert rows(old_place, "SELECT count(*) FROM moments") == [(3,)]
    assert rows(old_place, "SELECT version_num FROM alembic_version") == [("9000",)]


def test_a_step_that_was_taken_is_not_taken_again(old_place: str, tmp_path: Path) -> None:
    steps = steps_with(tmp_path)
    assert gone_up(old_place, steps) is not None
    assert gone_up(old_place, steps) is None


@pytest.mark.parametrize("further", [TORN, CUTTING], ids=["fails", "cuts records off their dog"])
def test_a_step_that_fails_leaves_the_diary_as_it_was(
    old_place: str, release: str, tmp_path: Path, further: str
) -> None:
    open_diary(old_place).close()
    with pytest.raises(
        DiaryFault, match=r"cannot be brought to the tables of this Houndsight: .*It is as it was\. A backup is in"
    ):
        gone_up(old_place, steps_with(tmp_path, further))
    assert "letters" not in {column["name"] for column in columns(old_place)}
    with open_diary(old_place) as diary:
        assert list(diary.records()) == released.records(release)


def columns(place: str) -> list[dict[str, object]]:
    engine = made_engine(located(place))
    found = [dict(column) for column in inspect(engine).get_columns("people")]
    engine.dispose()
    return found


def test_a_backup_of_the_file_is_taken_before_a_step(tmp_path: Path) -> None:
    place = str(tmp_path / "diary.sqlite3")
    released.stored(released.RELEASES[-1], place)
    kept = gone_up(place, steps_with(tmp_path))
    assert kept is not None
    assert Path(kept).parent == tmp_path / "backups"
    with open_diary(kept) as diary:
        assert list(diary.records()) == released.records(released.RELEASES[-1])


def test_a_backup_within_postgresql_is_taken_before_a_step(postgres_place: str, tmp_path: Path) -> None:
    with open_diary(postgres_place) as diary:
        released.fill(diary)
        there = rows(postgres_place, "SELECT * FROM moments ORDER BY id")
    kept = gone_up(postgres_place, steps_with(tmp_path))
    assert kept is not None
    schema = kept.removeprefix("the schema ")
    assert rows(postgres_place, f'SELECT * FROM "{schema}".moments ORDER BY id') == there  # noqa: S608


def test_a_new_diary_needs_no_backup(new_place: str, tmp_path: Path) -> None:
    assert gone_up(new_place, steps_with(tmp_path)) is None
    assert not (tmp_path / "backups").exists()


def test_a_diary_of_a_newer_houndsight_is_left_alone(old_place: str, tmp_path: Path) -> None:
    gone_up(old_place, steps_with(tmp_path))
    with pytest.raises(
        DiaryFault, match=r"written by a newer Houndsight: its tables are of revision 9000, .* Update Houndsight"
    ):
        open_diary(old_place)
    assert rows(old_place, "SELECT version_num FROM alembic_version") == [("9000",)]


def test_the_tables_of_another_program_are_left_alone(new_place: str) -> None:
    engine = made_engine(located(new_place))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('1975ea83b712')"))
    engine.dispose()
    with pytest.raises(DiaryFault, match="is not a diary: its tables are of revision '1975ea83b712'"):
        open_diary(new_place)


def test_a_diary_of_today_is_opened_without_alembic(sqlite_place: str) -> None:
    open_diary(sqlite_place).close()
    look = "import sys; from houndsight.diary.opening import open_diary; open_diary(sys.argv[1]); print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look, sqlite_place], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
