"""What is kept comes back equal, all of it or nothing of it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.diary.samples import ANNA, BEN, EVERYTHING, NOON, REX, WRONG, moment
from tests.strategies import AWKWARD, households

from houndsight.diary.diary import Diary
from houndsight.diary.opening import open_diary
from houndsight.errors import InputError, NotInDiary
from houndsight.records.action import Record
from houndsight.records.diary_form import as_plain
from houndsight.records.moment import OwnCue
from houndsight.records.observation import Observation
from houndsight.records.query import Query


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(households())
def test_every_record_comes_back_equal_and_is_forgotten_without_a_trace(
    diary: Diary, records: tuple[Record, ...]
) -> None:
    diary.keep("all of it", records)
    found = {(type(one), one.id): as_plain(one) for one in diary.records()}
    assert found == {(type(one), one.id): as_plain(one) for one in records}
    assert diary.forget(one.id for one in records) == len(records)
    assert (list(diary.records()), diary.actions()) == ([], ())


def test_what_is_kept_is_there_after_closing(place: str) -> None:
    with open_diary(place) as diary:
        diary.keep("everything", EVERYTHING)
    with open_diary(place) as diary:
        assert tuple(diary.records()) == EVERYTHING


def test_a_time_keeps_its_offset(diary: Diary) -> None:
    diary.keep("logged", [REX, moment("m1")])
    assert diary.moment("m1").when.utcoffset() == timedelta(hours=1)
    assert diary.moment("m1").logged.tzinfo is UTC


def test_a_record_takes_the_place_of_the_one_with_its_id(diary: Diary) -> None:
    diary.keep("logged", [REX, moment("m1", tags=("a", "b"))])
    diary.keep("changed", [moment("m1", tags=("b",), cues=(Observation("voice", "whine"),), note="hm")])
    assert diary.moments() == (moment("m1", tags=("b",), cues=(Observation("voice", "whine"),), note="hm"),)


def test_the_same_record_again_is_nothing_new(diary: Diary) -> None:
    diary.keep("everything", EVERYTHING)
    revision = diary.revision()
    assert diary.keep("everything", EVERYTHING) is None
    assert (len(diary.actions()), diary.revision()) == (1, revision)


def test_another_offset_of_the_same_time_is_a_change(diary: Diary) -> None:
    diary.keep("logged", [REX])
    assert diary.keep("moved", [replace(REX, added=NOON.astimezone(UTC))]) is not None
    assert diary.dog("rex").added.utcoffset() == timedelta(0)


def test_of_two_records_with_one_id_the_later_holds(diary: Diary) -> None:
    diary.keep("twice", [REX, replace(REX, name="Max")])
    assert [dog.name for dog in diary.dogs()] == ["Max"]


@pytest.mark.parametrize(
    ("record", "what"),
    [
        (moment("m1", "nobody"), "dog 'nobody'"),
        (moment("m1", leaned_on="nobody"), "person 'nobody'"),
        (moment("m1", logged_by="nobody"), "person 'nobody'"),
        (replace(REX, photo="0" * 64), "photo '0"),
    ],
)
def test_a_pointer_to_nothing_is_refused_and_nothing_is_kept(diary: Diary, record: Record, what: str) -> None:
    diary.keep("a dog", [REX])
    with pytest.raises(NotInDiary, match=what):
        diary.keep("logged", [ANNA, record])
    assert (diary.people(), len(diary.actions())) == ((), 1)


@pytest.mark.parametrize(
    "long",
    [
        moment("m1", tags=("x" * 201,)),
        moment("m1", own=(OwnCue("song", "x" * 201),)),
        moment("m1", cues=(Observation("x" * 201, "yes"),)),
        moment("m1", tags=("ß" * 100 + "x",)),
    ],
)
def test_a_name_that_no_index_holds_is_refused(diary: Diary, long: Record) -> None:
    with pytest.raises(InputError, match="has 201 characters"):
        diary.keep("logged", [REX, long])


def test_the_longest_name_is_kept_in_any_script(diary: Diary) -> None:
    one = moment("m1", tags=("🐕" * 200,), own=(OwnCue("犬" * 200, "𐍈" * 200),))
    diary.keep("logged", [REX, one])
    assert diary.moment("m1") == one


@pytest.mark.parametrize("text", [*AWKWARD, "wörter " * 15_000], ids=range(len(AWKWARD) + 1))
def test_any_text_holds_and_is_found(diary: Diary, text: str) -> None:
    one = moment("m1", text=f"before{text}after", note=text)
    diary.keep("logged", [REX, one])
    assert diary.moments(Query(words=(f"before{text}AFTER",))) == (one,)


def test_a_correction_made_again_stays_as_it_was_first_made(diary: Diary) -> None:
    diary.keep("put right", [WRONG])
    assert diary.keep("put right", [replace(WRONG, when="2027-01-01T00:00:00+00:00")]) is None
    assert diary.corrections() == (WRONG,)


def test_corrections_stand_in_the_order_kept(diary: Diary) -> None:
    several = [replace(WRONG, text=text) for text in "zamb"]
    for one in several:
        diary.keep("put right", [one])
    assert diary.corrections() == tuple(several)


ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from houndsight.diary.opening import open_diary
from tests.diary.samples import moment
with open_diary(sys.argv[1]) as diary:
    for number in range(40):
        diary.keep("logged", [moment(f"{sys.argv[2]}{number}")])
"""


def test_several_programs_write_at_once_and_none_is_turned_away(place: str) -> None:
    with open_diary(place) as diary:
        diary.keep("a dog", [REX])
        writers = [subprocess.Popen([sys.executable, "-c", WRITER, place, name], cwd=ROOT) for name in "abc"]
        assert [one.wait(60) for one in writers] == [0, 0, 0]
        assert diary.count() == 120
        assert len({action.number for action in diary.actions(200)}) == 121


def test_a_reader_sees_the_diary_as_it_stood_when_it_began(diary: Diary) -> None:
    diary.keep("logged", [REX, *(moment(f"m{n}", minutes=n) for n in range(5))])
    reader = diary.each(batch=2)
    first = next(reader)
    diary.keep("more", [BEN, moment("m9", minutes=-9)])
    assert [first.id, *(one.id for one in reader)] == ["m4", "m3", "m2", "m1", "m0"]
