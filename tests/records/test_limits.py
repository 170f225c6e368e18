"""What no record of a diary can say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from houndsight.errors import InputError
from houndsight.records.dog import Dog
from houndsight.records.naming import aware
from houndsight.records.query import MOST, Query
from houndsight.records.undertaking import Plan, Session

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "when",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-2))),
    ],
)
def test_a_time_that_utc_cannot_tell_is_refused(when: datetime) -> None:
    with pytest.raises(InputError, match="outside the years 1 to 9999"):
        aware(when, "a moment")


@pytest.mark.parametrize("measure", [float("nan"), float("inf"), float("-inf")])
def test_a_session_measures_a_number(measure: float) -> None:
    with pytest.raises(InputError, match="must be a number"):
        Session(NOON, measure=measure)


@pytest.mark.parametrize("step", [0, -1, 1001, 2**70])
def test_a_plan_stands_at_a_step_that_it_can_have(step: int) -> None:
    with pytest.raises(InputError, match=f"step of a plan is {step}"):
        Plan("p", "rex", "plan", NOON, step=step)


@pytest.mark.parametrize("number", [-1, -(10**5000), MOST + 1, 10**30, 10**5000], ids=range(5))
def test_a_query_asks_for_no_more_moments_than_there_can_be(number: int) -> None:
    with pytest.raises(InputError, match=r"The limit is .* it can be 0 to 1,000,000,000,000"):
        Query(limit=number)
    with pytest.raises(InputError, match=r"The offset is .* it can be 0 to 1,000,000,000,000"):
        Query(offset=number)


def test_a_query_asks_for_ids() -> None:
    with pytest.raises(InputError, match=r"The id of a dog '.udcff' cannot be used"):
        Query(dog="\udcff")
    with pytest.raises(InputError, match=r"The id of a person .Anna M\.. cannot be used"):
        Query(person="Anna M.")


def test_a_dog_may_have_been_born_after_he_was_written_down() -> None:
    assert Dog("rex", "Rex", NOON, born=date(2026, 3, 4)).age(date(2027, 3, 4)) == pytest.approx(1, abs=0.01)
