"""When something was, as people say it: always the latest time that fits, never in the future."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houndsight.companion.when import here, span, until, when, zone_name
from houndsight.errors import InputError

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 9, 40, tzinfo=BERLIN)  # a Wednesday

SAID = {
    "now": "2026-11-25 09:40",
    "just now": "2026-11-25 09:40",
    "10 min ago": "2026-11-25 09:30",
    "ten minutes ago": "2026-11-25 09:30",
    "10 min": "2026-11-25 09:30",
    "half an hour ago": "2026-11-25 09:10",
    "a quarter of an hour ago": "2026-11-25 09:25",
    "three quarters of an hour ago": "2026-11-25 08:55",
    "an hour and a half ago": "2026-11-25 08:10",
    "2 and a half hours ago": "2026-11-25 07:10",
    "1h30 ago": "2026-11-25 08:10",
    "a couple of hours ago": "2026-11-25 07:40",
    "earlier": "2026-11-25 08:40",
    "2 days ago": "2026-11-23 09:40",
    "a week ago": "2026-11-18 09:40",
    "3 months ago": "2026-08-25 09:40",
    "this morning": "2026-11-25 08:00",
    "last night": "2026-11-24 22:00",
    "last night 2am": "2026-11-25 02:00",
    "last night at 11pm": "2026-11-24 23:00",
    "in the night": "2026-11-25 03:00",
    "today": "2026-11-25 09:40",
    "yesterday": "2026-11-24 12:00",
    "yesterday evening": "2026-11-24 19:00",
    "yesterday 18:30": "2026-11-24 18:30",
    "yesterday 8": "2026-11-24 08:00",
    "yesterday at 7 in the evening": "2026-11-24 19:00",
    "quarter to 8 yesterday": "2026-11-24 07:45",
    "the day before yesterday": "2026-11-23 12:00",
    "ten past six this morning": "2026-11-25 06:10",
    "half past seven": "2026-11-25 07:30",
    "08:10": "2026-11-25 08:10",
    "18:30": "2026-11-24 18:30",
    "at 8": "2026-11-25 08:00",
    "monday": "2026-11-23 12:00",
    "monday 9am": "2026-11-23 09:00",
    "on Tuesday morning": "2026-11-24 08:00",
    "last wednesday": "2026-11-18 12:00",
    "wednesday 10am": "2026-11-18 10:00",
    "2026-11-24": "2026-11-24 12:00",
    "2026-11-24 08:30": "2026-11-24 08:30",
    "3 March 8am": "2026-03-03 08:00",
    "12/03/2026": "2026-03-12 12:00",
}


@pytest.mark.parametrize(("words", "wanted"), SAID.items(), ids=list(SAID))
def test_what_people_say_is_the_time_they_mean(words: str, wanted: str) -> None:
    assert f"{when(words, NOW).astimezone(BERLIN):%Y-%m-%d %H:%M}" == wanted


@pytest.mark.parametrize("words", ["2026-11-24T08:30+05:00", "2026-11-24T03:30Z"])
def test_a_time_with_an_offset_keeps_it(words: str) -> None:
    assert when(words, NOW) == datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
    assert when(words, NOW).isoformat().endswith(words[-6:] if "+" in words else "+00:00")


def test_a_time_comes_with_the_offset_of_its_own_day() -> None:
    assert when("2026-07-01 08:30", NOW).utcoffset() == timedelta(hours=2)
    assert type(when("this morning", NOW).tzinfo) is timezone


def test_this_morning_said_at_seven_is_not_in_the_future() -> None:
    seven = datetime(2026, 11, 25, 7, 0, tzinfo=BERLIN)
    assert when("this morning", seven) == seven


def test_this_evening_said_after_midnight_is_the_one_gone_by() -> None:
    late = datetime(2026, 11, 25, 0, 30, tzinfo=BERLIN)
    assert when("this evening", late) == datetime(2026, 11, 24, 19, 0, tzinfo=BERLIN)


@pytest.mark.parametrize("words", ["tomorrow", "in 10 min", "this evening", "2027-01-01", "next week"])
def test_a_time_in_the_future_is_told(words: str) -> None:
    with pytest.raises(InputError, match="lies in the future: 202"):
        when(words, NOW)


def test_the_clock_of_another_device_may_run_a_minute_ahead() -> None:
    assert when("2026-11-25T09:41+01:00", NOW) == NOW


@pytest.mark.parametrize(
    "words", ["", "banana", "8", "-5", "yesterday 25:00", "99999999 years ago", "friday banana", "٣"]
)
def test_what_is_not_understood_is_told_with_examples(words: str) -> None:
    with pytest.raises(InputError, match=r"was not understood. Write it like: 10 min ago, this morning"):
        when(words, NOW)


@pytest.mark.parametrize("words", ["last week", "March 2026", "the last 7 days", "2025"])
def test_a_moment_is_not_longer_than_a_day(words: str) -> None:
    with pytest.raises(InputError, match=r"is longer than a day. Name a day or a time"):
        when(words, NOW)


@given(st.text(max_size=30))
def test_any_text_is_a_time_that_has_been_or_an_error(words: str) -> None:
    try:
        found = when(words, NOW)
    except InputError:
        return
    assert found <= NOW


SPANS = {
    "yesterday": ("2026-11-24 00:00", "2026-11-25 00:00"),
    "last week": ("2026-11-16 00:00", "2026-11-23 00:00"),
    "this week": ("2026-11-23 00:00", "2026-11-30 00:00"),
    "last weekend": ("2026-11-21 00:00", "2026-11-23 00:00"),
    "last month": ("2026-10-01 00:00", "2026-11-01 00:00"),
    "this year": ("2026-01-01 00:00", "2027-01-01 00:00"),
    "2025": ("2025-01-01 00:00", "2026-01-01 00:00"),
    "2025-12": ("2025-12-01 00:00", "2026-01-01 00:00"),
    "March 2026": ("2026-03-01 00:00", "2026-04-01 00:00"),
    "the last 7 days": ("2026-11-18 09:40", "2026-11-25 09:40"),
    "the last 2 months": ("2026-09-25 09:40", "2026-11-25 09:40"),
    "yesterday morning": ("2026-11-24 00:00", "2026-11-24 12:00"),
    "monday": ("2026-11-23 00:00", "2026-11-24 00:00"),
}


@pytest.mark.parametrize(("words", "wanted"), SPANS.items(), ids=list(SPANS))
def test_a_stretch_of_time_begins_and_ends_where_people_mean(words: str, wanted: tuple[str, str]) -> None:
    found = span(words, NOW)
    assert (
        f"{found.begin.astimezone(BERLIN):%Y-%m-%d %H:%M}",
        f"{found.end.astimezone(BERLIN):%Y-%m-%d %H:%M}",
    ) == wanted


def test_an_hour_that_the_clocks_left_out_moves_on() -> None:
    assert when("2026-03-29 02:30", NOW).isoformat() == "2026-03-29T03:30:00+02:00"


def test_of_an_hour_that_came_twice_the_first_is_meant() -> None:
    assert when("2026-10-25 02:30", NOW).isoformat() == "2026-10-25T02:30:00+02:00"


def test_hours_ago_are_real_hours_when_the_clocks_went_back() -> None:
    morning = datetime(2026, 10, 25, 4, 0, tzinfo=BERLIN)
    assert when("2 hours ago", morning).astimezone(UTC) == morning.astimezone(UTC) - timedelta(hours=2)


def test_a_day_with_25_hours_is_a_day() -> None:
    assert when("2026-10-25", NOW) == datetime(2026, 10, 25, 12, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("for 10 min", "08:10"),
        ("15 min later", "08:15"),
        ("half an hour", "08:30"),
        ("8:20", "08:20"),
        ("10 min ago", "09:30"),
    ],
)
def test_the_end_of_a_moment_is_told_from_its_beginning(words: str, wanted: str) -> None:
    begin = datetime(2026, 11, 25, 8, 0, tzinfo=BERLIN)
    assert f"{until(words, begin, NOW).astimezone(BERLIN):%H:%M}" == wanted


def test_an_end_after_midnight_is_on_the_next_day() -> None:
    begin = datetime(2026, 11, 23, 23, 50, tzinfo=BERLIN)
    assert until("0:10", begin, NOW) == datetime(2026, 11, 24, 0, 10, tzinfo=BERLIN)


def test_an_end_in_the_future_is_told() -> None:
    with pytest.raises(InputError, match="lies in the future"):
        until("for 3 hours", NOW, NOW)


def test_the_household_lives_in_the_zone_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOUNDSIGHT_ZONE", "America/New_York")
    assert zone_name(here()) == "America/New_York"


def test_a_zone_that_does_not_exist_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOUNDSIGHT_ZONE", "Europe/Atlantis")
    with pytest.raises(InputError, match="There is no time zone 'Europe/Atlantis'"):
        here()


def test_a_zone_without_a_name_is_told_by_its_offset() -> None:
    assert zone_name(NOW.astimezone(timezone(timedelta(hours=-3, minutes=-30)))) == "-03:30"
