"""Times and ages as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from houndsight import Companion
from houndsight.companion.saying import Sayings
from houndsight.records.dog import Dog

NOW = datetime(2026, 11, 25, 9, 40, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def sayings(companion: Companion) -> Sayings:
    return Sayings(companion.knowledge.wording.screen, NOW)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-25T08:10+01:00", "today 08:10"),
        ("2026-11-24T18:30+01:00", "yesterday 18:30"),
        ("2026-11-24T23:30+00:00", "today 00:30"),
        ("2026-11-23T07:15+01:00", "Mon 23 Nov 07:15"),
        ("2026-03-01T07:15+01:00", "Sun 1 Mar 07:15"),
        ("2025-03-01T07:15+01:00", "2025-03-01"),
        ("2026-11-26T07:15+01:00", "2026-11-26"),
    ],
)
def test_a_time_is_said_in_the_zone_of_the_household(sayings: Sayings, at: str, said: str) -> None:
    assert sayings.time(datetime.fromisoformat(at)) == said


def test_a_day_long_ago_is_said_with_its_hour_when_that_is_wanted(sayings: Sayings) -> None:
    assert sayings.exactly(datetime(2025, 3, 1, 6, 15, tzinfo=UTC)) == "2025-03-01 07:15"


@pytest.mark.parametrize(("lasts", "said"), [(10, "today 08:10 to 08:20"), (-600, "yesterday 22:10 to today 08:10")])
def test_a_moment_is_said_with_its_end(sayings: Sayings, lasts: int, said: str) -> None:
    at = datetime(2026, 11, 25, 8, 10, tzinfo=NOW.tzinfo)
    begin, end = sorted((at, at + timedelta(minutes=lasts)))
    assert sayings.lasting(begin, end) == said


@pytest.mark.parametrize(
    ("born", "about", "said"),
    [
        (date(2019, 5, 1), False, "7 years"),
        (date(2019, 11, 25), False, "7 years"),
        (date(2024, 11, 25), True, "about 2 years"),
        (date(2025, 11, 25), False, "12 months"),
        (date(2026, 10, 25), False, "1 month"),
        (None, False, None),
    ],
)
def test_an_age_is_said_in_years_or_months(sayings: Sayings, born: date | None, about: bool, said: str | None) -> None:
    assert sayings.age(Dog("rex", "Rex", NOW, born, born_about=about)) == said
