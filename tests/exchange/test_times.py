from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from houndsight.errors import InputError
from houndsight.exchange.times import (
    as_day,
    as_length,
    as_time,
    as_when,
    day_comes_first,
    offset_name,
    settled,
    zone_of,
)

WALL = datetime.fromisoformat("2026-03-14T18:30")


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-14T18:30", "2026-03-14 18:30:00", "2026/03/14 18:30", "14.3.2026 18:30", "14.03.26 18.30", "3/14/2026 6:30 PM",
        "14/3/2026 18:30", "14 March 2026 6.30pm", "March 14, 2026 at 6:30 p.m.", "Sat 14 Mar 2026 18:30", "14-Mar-2026 18:30",
        "  2026-03-14   18:30 ", "3/14/26, 6:30 PM",
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_and_programs_write_it(cell: str) -> None:
    assert as_when(cell, None) == WALL


def test_a_time_with_an_offset_keeps_it() -> None:
    assert as_when("2026-03-14T18:30:00+01:00", None).utcoffset() == timedelta(hours=1)
    assert as_when("2026-03-14T18:30Z", None).tzinfo == UTC


@pytest.mark.parametrize("cell", ["2026-03-14", "20260314", "2026-W11-6"])
def test_a_day_alone_is_no_time(cell: str) -> None:
    with pytest.raises(InputError, match="no time of the day"):
        as_when(cell, None)


@pytest.mark.parametrize(
    "cell", ["", "soon", "14.3.2026", "2026-13-01 18:30", "30.2.2026 18:30", "2026-03-14 25:00", "18:30"]
)
def test_what_is_no_time_is_told(cell: str) -> None:
    with pytest.raises(InputError, match=r"is not a (day|time)"):
        as_when(cell, None)


@pytest.mark.parametrize(("day_first", "day"), [(True, date(2026, 4, 3)), (False, date(2026, 3, 4))])
def test_the_order_of_day_and_month_can_be_said(day_first: bool, day: date) -> None:
    assert as_day("03/04/2026", day_first) == day


def test_an_order_that_is_not_plain_is_asked_for() -> None:
    with pytest.raises(InputError, match="day first or with the month first"):
        as_day("03/04/2026", None)


def test_a_day_that_is_plain_by_itself_holds_whatever_was_said() -> None:
    assert as_day("13/04/2026", day_first=False) == date(2026, 4, 13)
    assert as_day("05/05/2026", None) == date(2026, 5, 5)


@pytest.mark.parametrize(
    ("cell", "first"), [("13/04/2026", True), ("04/13/2026 8:00", False), ("03/04/2026", None), ("2026-04-13", None), ("13.4.2026", None)]
)  # fmt: skip
def test_some_days_tell_the_order(cell: str, first: bool | None) -> None:
    assert day_comes_first(cell) is first


@pytest.mark.parametrize(
    ("cell", "wall"),
    [("18:30", time(18, 30)), ("6.30 pm", time(18, 30)), ("12 am", time(0)), ("12:15 PM", time(12, 15)), ("7:05:09", time(7, 5, 9)), ("18h30", time(18, 30))],
)  # fmt: skip
def test_a_time_of_day_is_read(cell: str, wall: time) -> None:
    assert as_time(cell) == wall


@pytest.mark.parametrize("cell", ["7", "25:00", "13 pm", "0 am", "noonish", "10:61"])
def test_what_is_no_time_of_day_is_told(cell: str) -> None:
    with pytest.raises(InputError, match="is not a time of the day"):
        as_time(cell)


@pytest.mark.parametrize(
    ("cell", "seconds"), [("2", 120), ("2 min", 120), ("90 s", 90), ("1,5 h", 5400), ("0:45", 45), ("1:00:00", 3600), ("30 Seconds", 30)]
)  # fmt: skip
def test_a_length_of_time_is_read(cell: str, seconds: int) -> None:
    assert as_length(cell) == timedelta(seconds=seconds)


@pytest.mark.parametrize("cell", ["a while", "-2 min", "9" * 30 + " h"])
def test_what_is_no_length_of_time_is_told(cell: str) -> None:
    with pytest.raises(InputError):
        as_length(cell)


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("Europe/Berlin", 60),
        ("+02:00", 120),
        ("-0330", -210),
        ("UTC", 0),
        ("Z", 0),
        ("UTC+5", 300),
        ("America/New_York", -240),
    ],
)
def test_a_time_without_an_offset_is_meant_in_the_zone(zone: str, offset: int) -> None:
    assert settled(WALL, zone).utcoffset() == timedelta(minutes=offset)


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    assert settled(datetime.fromisoformat("2026-10-25T02:30"), "Europe/Berlin").utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "+99:00", "../etc/passwd", "Europe"])
def test_a_zone_that_is_not_known_is_told(zone: str) -> None:
    with pytest.raises(InputError, match="There is no time zone"):
        zone_of(zone)


@pytest.mark.parametrize(("minutes", "name"), [(0, "UTC"), (90, "+01:30"), (-210, "-03:30")])
def test_an_offset_has_a_name(minutes: int, name: str) -> None:
    assert offset_name(WALL.replace(tzinfo=timezone(timedelta(minutes=minutes)))) == name
