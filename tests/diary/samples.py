"""A small household for the tests of the diary."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from houndsight.records.action import Record
from houndsight.records.correction import Corrected, Correction
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.observation import Observation
from houndsight.records.person import Person
from houndsight.records.undertaking import HomeTest, Plan, Session

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=1)))
PNG = b"\x89PNG\r\n\x1a\n and a picture of Rex"

REX, BELLA = Dog("rex", "Rex", NOON), Dog("bella", "Bella", NOON)
ANNA, BEN = Person("anna", "Anna", NOON), Person("ben", "Ben", NOON)
GREETING = (Observation("arrival", "yes"), Observation("tail", "loose_wag", 0.8, "words", (3, 9)))
TEST = HomeTest("t1", "rex", "turn_away", NOON, None, (Session(NOON, None, "test", 2.5),), (("greeting", 3.0),))
PLAN = Plan("p1", "rex", "four_on_the_floor", NOON, 2, None, (Session(NOON, NOON),))
WRONG = Corrected("He growled", (), (Correction("voice", "growl", None),), lean=True, when="2026-03-01T11:00:00+00:00")


def moment(id: str, dog: str = "rex", minutes: int = 0, **more: Any) -> Moment:  # noqa: A002
    """A moment so many minutes after noon."""
    when = NOON + timedelta(minutes=minutes)
    return replace(Moment(id, dog, when, NOON.astimezone(UTC), cues=GREETING), **more)


EVERYTHING: tuple[Record, ...] = (
    ANNA,
    BEN,
    BELLA,
    REX,
    moment("m1", leaned_on="anna", logged_by="ben", tags=("walk",), own=(OwnCue("song", "humming"),)),
    moment("m2", "bella", 5),
    TEST,
    PLAN,
    WRONG,
)
