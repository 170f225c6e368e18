"""The commands that keep a diary safe and hand it on: backup, restore, doctor, export and import."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from houndsight.errors import InputError

Run = Callable[..., Any]


@pytest.fixture
def told(typed: Run) -> Run:
    typed("dog", "add", "Rex")
    typed(
        "log", "--cue", "part=backside", "--note", "in the queue", "--id", "queue", "--when", "2025-03-01 07:15", "-q"
    )
    return typed


def test_a_backup_comes_back(told: Run, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite3"
    assert f"A backup is in {file}" in " ".join(told("backup", str(file)).lines)
    told("log", "--cue", "leans_on=thing", "-q")
    done = told("restore", str(file), "--yes")
    assert "What was there before is kept in" in " ".join(done.lines)
    assert told("diary").lines[-1] == "One moment."


def test_a_backup_goes_beside_the_diary_when_no_file_is_named(told: Run, tmp_path: Path) -> None:
    told("backup")
    assert len(list((tmp_path / "data" / "backups").glob("*.sqlite3"))) == 1


def test_restoring_asks_first(told: Run, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite3"
    told("backup", str(file))
    told("trash", "queue")
    done = told("restore", str(file), stdin="n\n")
    assert (done.status, done.lines[-1].endswith("Nothing was changed.")) == (1, True)
    assert told("diary").out.startswith("The diary has no moment yet")


def test_a_backup_is_restored_where_no_diary_is(told: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "backup.sqlite3"
    told("backup", str(file))
    monkeypatch.setenv("HOUNDSIGHT_DATA", str(tmp_path / "elsewhere"))
    told("restore", str(file))
    assert told("diary").lines[-1] == "One moment."


def test_a_healthy_diary_is_called_so(told: Run) -> None:
    done = told("doctor")
    assert (done.status, done.lines[-1]) == (0, "The diary is in good order.")
    assert "1 dog" in json.dumps(told("doctor", "--json").json)


def test_a_damaged_diary_is_to_be_mended(told: Run, tmp_path: Path) -> None:
    file = tmp_path / "data" / "diary.sqlite3"
    file.write_bytes(b"nothing of a diary" * 1000)
    done = told("doctor")
    assert done.status == 1
    assert done.lines[0] == "To mend"


# Out ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("all.houndsight.zip", "The whole diary is in"),
        ("rex.csv", "1 moment is in"),
        ("rex.parquet", "1 moment is in"),
        ("rex.arrow", "1 moment is in"),
        ("rex.ics", "0 dates are in"),
    ],
)
def test_the_ending_of_the_name_tells_the_kind(told: Run, tmp_path: Path, name: str, said: str) -> None:
    done = told("export", str(tmp_path / name))
    assert done.out.startswith(said)
    assert (tmp_path / name).stat().st_size > 0


def test_some_moments_go_out(told: Run, tmp_path: Path) -> None:
    assert told("export", str(tmp_path / "x.csv"), "--search", "sofa").out.startswith("0 moments are in")


def test_a_table_goes_to_standard_output(command: Run, tmp_path: Path) -> None:
    command("dog", "add", "Rex", HOUNDSIGHT_DATA=str(tmp_path))
    done = command("export", "-", "--format", "csv", HOUNDSIGHT_DATA=str(tmp_path))
    assert done.out.startswith("moment_id,dog,")
    assert done.err == ""


# In -------------------------------------------------------------------------------------------------------------------------

TABLE = "Date,Time,Pet,Story\n2026-03-01,08:10,Rex,He leaned on me at the door\n2026-03-02,late,Rex,He leaned on me\n"


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "leans.csv"
    path.write_text(TABLE)
    return str(path)


def test_an_archive_moves_to_another_diary(told: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = str(tmp_path / "all.houndsight.zip")
    told("export", archive)
    monkeypatch.setenv("HOUNDSIGHT_DATA", str(tmp_path / "elsewhere"))
    assert "new: 1 dog, 1 moment" in told("import", archive).out
    assert "already in the diary: 2" in told("import", archive).out
    assert told("undo").out.startswith("Taken back: took in all.houndsight.zip")


def test_a_dry_run_tells_and_changes_nothing(told: Run, table: str) -> None:
    done = told("import", table, "--dry-run")
    assert "would be new: 1 moment" in done.out
    assert "row 3" in done.out
    assert told("diary").lines[-1] == "One moment."


def test_faulty_rows_stop_an_import_unless_they_are_skipped(told: Run, table: str) -> None:
    assert told("import", table).status == 1
    assert told("import", table, "--skip-faulty").status == 0
    assert told("diary").lines[-1] == "2 moments."


def test_the_text_of_a_row_is_heard(told: Run, table: str) -> None:
    told("import", table, "--skip-faulty", "--map", "Story=text")
    assert "leans_on" in told("diary", "--since", "2026-03-01", "--until", "2026-03-01", "--json").out


BARE = "Date,Time,Story\n2026-03-01,08:10,He leaned on me\n"


def test_a_dog_may_be_called_by_name_or_by_a_short_id(told: Run, tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text(BARE)
    id_ = told("dog", "show", "Rex", "--json").json["id"]
    assert "new: 1 moment" in told("import", str(path), "--dog", "Rex").out
    for again in ("rex", id_, id_[:6]):
        assert told("import", str(path), "--dog", again).lines == ["bare.csv: done.", "  already in the diary: 1"]


def test_whoever_is_in_the_trash_is_given_no_moments(told: Run, tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text(BARE)
    id_ = told("dog", "show", "Rex", "--json").json["id"]
    told("trash", "dog", "Rex")
    for name in ("Rex", id_, id_[:6]):
        with pytest.raises(InputError, match="Rex is in the trash"):
            told("import", str(path), "--dog", name)


def test_a_report_shows_no_signs_that_steer_a_terminal(told: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Date,Time,Pet,\x1b[31mMood\n2026-03-01,08:10,\x1b[2JBella,fine\n")
    out = told("import", str(path)).out
    assert "new dogs:  [2JBella" in out
    assert "\x1b" not in out


ODD = ["🐕‍🦺", 'O\'Brien "Rex" {name} %s [red]', "x" * 300, "\udcff half a sign", "\ud83d", "=1+1;,"]


@pytest.mark.parametrize("name", ODD)
def test_odd_names_go_into_the_trash_together_and_in_and_out(told: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / "bare.csv"
    path.write_text(BARE)
    told("dog", "add", name)
    told("person", "add", name)
    assert "new: 1 moment" in told("import", str(path), "--dog", name, "--on", name, "--by", name).out
    assert told("export", str(tmp_path / "out.csv")).status == told("import", str(tmp_path / "out.csv")).status == 0
    assert told("merge", "dogs", "Rex", name).status == told("trash", "person", name).status == 0
    assert told("trash", "list").status == 0
    assert told("trash", "empty", "--yes").lines[-1] == "The trash is empty now. 2 things were forgotten."


def test_rows_without_a_dog_are_given_one(told: Run, tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("When,What happened\n2026-03-01 08:10,He leaned on me\n")
    told(
        "import",
        str(path),
        "--dog",
        "Rex",
        "--map",
        "When=start",
        "--map",
        "What happened=text",
        "--zone",
        "Asia/Tokyo",
    )
    assert json.loads(told("diary", "--limit", "1", "--json").lines[0])["when"] == "2026-03-01T08:10:00+09:00"


MISTAKES = {
    "no ending": (["export", "x.xyz"], "does not tell which kind of file it is"),
    "no format": (["export", "-"], "houndsight export - --format csv"),
    "a part of an archive": (["export", "x.houndsight.zip", "--dog", "Rex"], "An archive holds the whole diary."),
    "a calendar of a tag": (["export", "x.ics", "--tag", "x"], "of the filters only --dog goes with it"),
    "cannot be taken in": (["import", "x.ics"], "x.ics can be made but not taken in."),
    "no file": (["import", "missing.csv"], "missing.csv"),
    "no pair": (
        ["import", "missing.csv", "--map", "Date"],
        'A column is given as THEIRS=OURS, for example "Date=start"',
    ),
    "no backup": (["restore", "missing.sqlite3"], "There is no file missing.sqlite3 to restore."),
}


@pytest.mark.parametrize(("arguments", "words"), MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_told_in_a_sentence(command: Run, bare: dict[str, str], arguments: list[str], words: str) -> None:
    done = command(*arguments, **bare)
    assert (done.status, done.out) == (2, "")
    assert words in done.err
