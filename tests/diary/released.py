"""A diary of every schema that was released, with something in every column: what migrations are tested on.

    python -m tests.diary.released

adds that of today's schema to `tests/samples/diaries/`, as the SQL of its SQLite file and the records as they must come out. What was
released stays as it is.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import MetaData, delete, insert

from houndsight.diary.databases import located, made_engine
from houndsight.diary.diary import Diary
from houndsight.diary.migrating import migrate
from houndsight.diary.opening import open_diary
from houndsight.diary.tables import SCHEMA
from houndsight.records.action import Record
from houndsight.records.correction import Corrected, Correction
from houndsight.records.diary_form import as_plain, from_plain
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.observation import Observation
from houndsight.records.person import Person
from houndsight.records.undertaking import HomeTest, Plan, Session

SAMPLES = Path(__file__).parents[1] / "samples" / "diaries"
RELEASES = sorted(path.stem for path in SAMPLES.glob("*.sql"))
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(32))
SUMMER = timezone(timedelta(hours=2))
BEGUN = datetime(2026, 3, 1, 8, 30, 15, 250, tzinfo=UTC)


def stored(release: str, place: str) -> None:
    """Puts the diary of a release, in the schema that it had, where none is yet."""
    where = located(place)
    if where.path is not None:
        with closing(sqlite3.connect(where.path)) as connection:
            connection.executescript(_sql(release))
        return
    engine = made_engine(where)
    migrate(engine, where, head=release)
    tables = MetaData()
    tables.reflect(engine)
    with closing(sqlite3.connect(":memory:")) as source, engine.begin() as connection:
        source.executescript(_sql(release))
        source.row_factory = sqlite3.Row
        connection.execute(delete(tables.tables["state"]))
        for table in tables.sorted_tables:
            rows = [dict(row) for row in source.execute(f'SELECT * FROM "{table.name}"')]  # noqa: S608
            if rows and table.name != "alembic_version":
                connection.execute(insert(table), rows)
    engine.dispose()


def records(release: str) -> list[Record]:
    """What must be in it."""
    lines = (SAMPLES / f"{release}.jsonl").read_text("utf-8").splitlines()
    return [from_plain(json.loads(line)) for line in lines]


def _sql(release: str) -> str:
    return (SAMPLES / f"{release}.sql").read_text("utf-8")


def fill(diary: Diary) -> None:
    """Keeps something of every kind, with every field in use somewhere, things in the trash, and an action that was taken back."""
    eve = Person("eve", "Eve", BEGUN, "carer", "Walks him on Tuesdays.")
    rex = Dog(
        "rex",
        "Rex",
        BEGUN,
        date(2019, 5, 4),
        born_about=True,
        size="large",
        breed="half a collie",
        sex="male",
        neutered=True,
        history="From a shelter.",
        photo=diary.keep_photo(PHOTO),
    )
    dogs = [rex, Dog("ada", "Ada “the late” Ωmega", BEGUN.astimezone(SUMMER), trashed=BEGUN + timedelta(days=2))]
    diary.keep("added two dogs and a person", [*dogs, eve])
    diary.keep("logged what happened", [*_moments(), _test(), _plan(), _correction()])
    diary.keep("wrote a note of Eve", [Person("eve", "Eve", BEGUN, "carer", "Walks him on Fridays.")])
    diary.keep("logged by mistake", [Moment("mistake", "rex", BEGUN, BEGUN)])
    diary.undo()


def _moments() -> list[Moment]:
    cues = (
        Observation("leans_on", "owner", 0.75, "words", (3, 14)),
        Observation("tail", "low", 1.0, "asked"),
        Observation("arrival", "yes"),
    )
    whole = Moment(
        "whole",
        "rex",
        BEGUN.astimezone(SUMMER),
        BEGUN + timedelta(minutes=10),
        "Europe/Berlin",
        BEGUN + timedelta(minutes=2),
        "eve",
        "eve",
        "He leaned on me \ud800 at the \x00 door.",
        cues,
        severity=2,
        knocked_over=True,
        note="100 % “sure”\nit’s him; DROP TABLE moments --",
        tags=("door", "évening"),
        own=(OwnCue("song", "humming"), OwnCue("song", "radio")),
    )
    return [
        whole,
        Moment("bare", "rex", BEGUN, BEGUN, lean=False),
        Moment("binned", "ada", BEGUN, BEGUN, trashed=BEGUN),
    ]


def _test() -> HomeTest:
    sessions = (Session(BEGUN, BEGUN + timedelta(hours=1), "test", 3.5, "Windy."), Session(BEGUN.astimezone(SUMMER)))
    ended = BEGUN + timedelta(days=7)
    return HomeTest(
        "t1", "rex", "departure", BEGUN, ended, sessions, (("security", 2.25), ("itch", 1 / 3)), "Went well."
    )


def _plan() -> Plan:
    return Plan("p1", "rex", "settle", BEGUN, 2, None, (Session(BEGUN, None, "1", 0.1),), "Slowly.")


def _correction() -> Corrected:
    changes = (Correction("tail", "high", "low"), Correction("voice", None, "whine"))
    return Corrected("He leaned.", (Observation("tail", "low"),), changes, lean=True, when="2026-03-01T08:30:00+00:00")


def main() -> None:
    """Adds the diary of today's schema."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    sql = SAMPLES / f"{SCHEMA}.sql"
    with tempfile.TemporaryDirectory() as folder, open_diary(Path(folder) / "diary.sqlite3") as opened:
        diary = Diary(opened.engine, opened.place, lambda: BEGUN)
        fill(diary)
        lines = [json.dumps(as_plain(record)) + "\n" for record in diary.records()]
        with closing(sqlite3.connect(diary.place)) as connection, sql.open("x", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in connection.iterdump())
    (SAMPLES / f"{SCHEMA}.jsonl").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
