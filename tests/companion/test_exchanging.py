from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from houndsight import Companion
from houndsight.companion.exchanging import Exchange, Wishes
from houndsight.diary.diary import Diary
from houndsight.diary.opening import open_diary
from houndsight.errors import InputError
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.observation import Observation
from houndsight.records.person import Person
from houndsight.records.query import Query
from houndsight.records.undertaking import HomeTest, Session

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
COMPANION = Companion()
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(60)
REX, LUNA = Dog("dog-1", "Rex", NOW), Dog("dog-2", "Luna", NOW, trashed=NOW)
ANNA = Person("person-1", "Anna", NOW)
LEANS = tuple(
    Moment(
        f"moment-{number}", REX.id, NOW + timedelta(hours=number), NOW, "Europe/Berlin", leaned_on=ANNA.id, text="He leaned.",
        cues=(Observation("part", "side", 0.7, "words", (3, 9)), Observation("arrival", "no")), own=(OwnCue("song", "low"),),
        trashed=NOW if number == 3 else None,
    )
    for number in range(4)
)  # fmt: skip
TEST = HomeTest("test-1", REX.id, "t_scratch", NOW, sessions=(Session(NOW + timedelta(days=1)),))
LOG = "Date,Time,Dog,Behavior\n2026-03-01,18:30,Rex,He leaned on me with his side\n2026-03-02,7:05,Bella,She leaned on me\n"


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    """A diary with a little of everything."""
    with open_diary(tmp_path / "diary.sqlite3") as opened:
        sha = opened.keep_photo(PHOTO)
        rex = Dog("dog-1", "Rex", NOW, photo=sha)
        opened.keep("began", (ANNA, rex, LUNA, *LEANS, TEST))
        yield opened


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Diary]:
    """A diary with nothing in it."""
    with open_diary(tmp_path / "empty.sqlite3") as opened:
        yield opened


def exchange(diary: Diary) -> Exchange:
    return Exchange(COMPANION, diary, now=lambda: NOW)


def saved(folder: Path, text: str) -> Path:
    path = folder / "log.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_diary_moves_whole_to_another_place(diary: Diary, empty: Diary, tmp_path: Path) -> None:
    written = exchange(diary).export("archive", tmp_path / "all.houndsight.zip")
    report = exchange(empty).take_in("archive", tmp_path / "all.houndsight.zip")
    assert (written.count, report.done) == (8, True)
    assert report.added == (("person", 1), ("dog", 2), ("moment", 4), ("test", 1))
    assert list(empty.records()) == list(diary.records())
    assert list(empty.photos()) == list(diary.photos())


def test_the_same_archive_a_second_time_adds_nothing(diary: Diary, tmp_path: Path) -> None:
    exchange(diary).export("archive", tmp_path / "all.zip")
    before = diary.revision()
    report = exchange(diary).take_in("archive", tmp_path / "all.zip")
    assert (report.added, len(report.unchanged), report.differing) == ((), 8, ())
    assert diary.revision() == before


def test_a_dry_run_of_an_archive_changes_nothing(diary: Diary, empty: Diary, tmp_path: Path) -> None:
    exchange(diary).export("archive", tmp_path / "all.zip")
    report = exchange(empty).take_in("archive", tmp_path / "all.zip", dry_run=True)
    assert (report.dry_run, report.done, dict(report.added)["moment"]) == (True, False, 4)
    assert list(empty.records()) == []


def test_a_damaged_archive_changes_nothing(diary: Diary, empty: Diary, tmp_path: Path) -> None:
    to = io.BytesIO()
    exchange(diary).export("archive", to)
    (tmp_path / "bad.zip").write_bytes(to.getvalue().replace(b"PNG", b"PMG"))
    with pytest.raises(InputError, match=r"bad\.zip: photos/.* is damaged"):
        exchange(empty).take_in("archive", tmp_path / "bad.zip")
    assert list(empty.records()) == []


def test_an_import_is_one_step_to_undo(empty: Diary, tmp_path: Path) -> None:
    exchange(empty).take_in("csv", saved(tmp_path, LOG))
    assert [action.what for action in empty.undo()] == ["took in log.csv"]
    assert list(empty.records()) == []


def test_a_log_is_taken_with_its_dogs_and_told_row_by_row(diary: Diary, tmp_path: Path) -> None:
    report = exchange(diary).take_in("csv", saved(tmp_path, LOG), Wishes(zone="Europe/Berlin"))
    assert (report.done, report.taken, report.new_dogs) == (True, (2, 3), ("Bella",))
    assert diary.count(Query(dog=diary.dog("Bella").id)) == 1
    assert diary.count(Query(dog=REX.id)) == 4


def test_a_second_import_of_a_log_adds_nothing(diary: Diary, tmp_path: Path) -> None:
    path = saved(tmp_path, LOG)
    exchange(diary).take_in("csv", path)
    more = saved(tmp_path, LOG + "2026-03-03,8:00,Rex,He sat on my feet\n")
    report = exchange(diary).take_in("csv", more)
    assert (report.taken, report.same, report.new_dogs) == ((4,), (2, 3), ())
    assert exchange(diary).take_in("csv", more).added == ()


NAMELESS = LOG.replace(",Rex,", ",,").replace(",Bella,", ",,")


@pytest.mark.parametrize("again", ["Rex", " rex ", REX.id, "Max"])
def test_a_second_import_adds_nothing_however_the_dog_is_called(diary: Diary, tmp_path: Path, again: str) -> None:
    exchange(diary).take_in("csv", saved(tmp_path, NAMELESS), Wishes(dog="Rex"))
    if again == "Max":
        diary.keep("renamed", [replace(diary.dog(REX.id), name=again)])
    report = exchange(diary).take_in("csv", saved(tmp_path, NAMELESS), Wishes(dog=again))
    assert (report.added, report.same, report.new_dogs) == ((), (2, 3), ())


@pytest.mark.parametrize("again", ["Bella", "Bella Luna"])
def test_a_dog_who_came_with_a_table_is_the_same_the_next_time(empty: Diary, tmp_path: Path, again: str) -> None:
    exchange(empty).take_in("csv", saved(tmp_path, NAMELESS), Wishes(dog="Bella"))
    bella = empty.dog("Bella")
    empty.keep("renamed", [replace(bella, name=again)])
    for wished in ("Bella", again, bella.id):
        assert exchange(empty).take_in("csv", saved(tmp_path, NAMELESS), Wishes(dog=wished)).added == ()


def test_nobody_comes_with_moments_that_are_there_already(diary: Diary, tmp_path: Path) -> None:
    log = LOG.replace("Behavior", "Behavior,Person").replace("side\n", "side,Anna\n")
    exchange(diary).take_in("csv", saved(tmp_path, log))
    diary.keep("renamed", [replace(ANNA, name="Annika")])
    report = exchange(diary).take_in("csv", saved(tmp_path, log))
    assert (report.added, report.differs, report.same, report.new_people) == ((), (2,), (3,), ())
    more = exchange(diary).take_in("csv", saved(tmp_path, log + "2026-03-03,8:00,Rex,He sat on my feet,Anna\n"))
    assert (more.added, more.new_people) == ((("person", 1), ("moment", 1)), ("Anna",))


@pytest.mark.parametrize("named", ["Luna", LUNA.id])
def test_a_table_gives_no_moments_to_a_dog_in_the_trash(diary: Diary, tmp_path: Path, named: str) -> None:
    report = exchange(diary).take_in("csv", saved(tmp_path, NAMELESS), Wishes(dog=named))
    assert (report.done, len(report.skipped)) == (False, 2)
    assert "The dog 'Luna' is in the trash; take dog-2 out of it first." in str(report.skipped[0])


def test_what_was_changed_in_the_diary_since_is_left_as_it_is(diary: Diary, tmp_path: Path) -> None:
    path = saved(tmp_path, LOG)
    exchange(diary).take_in("csv", path)
    changed = next(one for one in diary.moments() if one.text.startswith("She"))
    diary.keep("wrote a note", [Moment(changed.id, changed.dog, changed.when, changed.logged, text="Changed.")])
    report = exchange(diary).take_in("csv", path)
    assert (report.same, report.differs, report.differing) == ((2,), (3,), (changed.id,))
    assert diary.moment(changed.id).text == "Changed."


FAULTY = LOG + "2026-03-03,soon,Rex,He sat\n"


def test_one_faulty_row_stops_it_all_unless_it_is_to_be_skipped(empty: Diary, tmp_path: Path) -> None:
    path = saved(tmp_path, FAULTY)
    report = exchange(empty).take_in("csv", path)
    assert (report.done, report.taken, [fault.row for fault in report.skipped]) == (False, (2, 3), [4])
    assert list(empty.records()) == []
    assert exchange(empty).take_in("csv", path, skip_faulty=True).done
    assert empty.count() == 2


def test_a_dry_run_of_a_table_changes_nothing(empty: Diary, tmp_path: Path) -> None:
    report = exchange(empty).take_in("csv", saved(tmp_path, FAULTY), dry_run=True, skip_faulty=True)
    assert report.text.startswith("log.csv: a dry run. Nothing was changed.")
    assert "row 4, column Time: 'soon' is not a time of the day" in report.text
    assert list(empty.records()) == []


def test_cues_are_heard_in_the_words_of_a_log(empty: Diary, tmp_path: Path) -> None:
    wishes = Wishes(hear=lambda text: COMPANION.hear(text).observations)
    exchange(empty).take_in("csv", saved(tmp_path, LOG), wishes)
    assert {one.value("part") for one in empty.moments()} == {"side", None}


def test_moments_go_out_as_a_table_and_their_own_table_is_nothing_new(diary: Diary, tmp_path: Path) -> None:
    written = exchange(diary).export("csv", tmp_path / "moments.csv")
    report = exchange(diary).take_in("csv", tmp_path / "moments.csv")
    assert (written.count, report.added, report.same, report.differs) == (3, (), (2, 3, 4), ())


def test_only_the_moments_that_are_asked_for_go_out(diary: Diary) -> None:
    to = io.BytesIO()
    written = exchange(diary).export("csv", to, Query(since=LEANS[1].when, oldest_first=True))
    assert (written.count, written.to) == (2, None)
    assert [line.split(b",")[0] for line in to.getvalue().splitlines()[1:]] == [b"moment-1", b"moment-2"]


@pytest.mark.parametrize(("name", "mark"), [("parquet", b"PAR1"), ("arrow", b"ARROW1")])
def test_moments_go_out_as_columns(diary: Diary, tmp_path: Path, name: str, mark: bytes) -> None:
    assert exchange(diary).export(name, tmp_path / "moments").count == 3
    assert (tmp_path / "moments").read_bytes().startswith(mark)


def test_the_sessions_of_a_dog_go_out_as_dates(diary: Diary) -> None:
    to = io.BytesIO()
    assert exchange(diary).export("calendar", to, Query(dog=REX.id)).count == 1
    assert b"SUMMARY:Rex: " in to.getvalue()
    assert exchange(diary).export("calendar", io.BytesIO(), Query(dog=LUNA.id)).count == 0


def test_a_format_that_cannot_be_taken_in_is_told(diary: Diary, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot take in calendar"):
        exchange(diary).take_in("calendar", tmp_path / "x.ics")


def test_nothing_is_left_behind_when_an_export_fails(diary: Diary, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    broken = Exchange(COMPANION, diary, progress=_refuse)
    with pytest.raises(InputError, match="enough"):
        broken.export("archive", folder / "all.zip")
    assert list(folder.iterdir()) == []


def _refuse(_: int) -> None:
    raise InputError("enough")
