"""A household to write down and read back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from houndsight.exchange.formats import format_called
from houndsight.exchange.protocol import Home, Outgoing, Wishes
from houndsight.exchange.report import Fault
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.load import load
from houndsight.records.action import Record
from houndsight.records.correction import Corrected, Correction
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.observation import Observation
from houndsight.records.person import Person
from houndsight.records.undertaking import HomeTest, Plan, Session

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
EVENING = datetime(2026, 2, 27, 18, 30, tzinfo=timezone(timedelta(hours=1)))
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(40)

REX = Dog("dog-rex", "Rex", EVENING, breed="Boxer mix", neutered=True)
LUNA = Dog("dog-luna", "Luna", EVENING, trashed=NOW)
ANNA = Person("person-anna", "Anna", EVENING)
BEN = Person("person-ben", "Ben", EVENING, role="carer", note="walks him; on Mondays")

LEAN = Moment(
    "moment-1",
    REX.id,
    EVENING,
    EVENING + timedelta(minutes=5),
    "Europe/Berlin",
    EVENING + timedelta(minutes=2),
    ANNA.id,
    BEN.id,
    "He backed into my legs,\r\nwiggling.",
    (
        Observation("rump", "wiggles", 0.624, "words", (24, 32)),
        Observation("arrival", "yes"),
        Observation("outcome", "settled", 1.0, "asked"),
    ),
    severity=1,
    knocked_over=False,
    note="=1+1",
    tags=("evening", "two, in one"),
    own=(OwnCue("song", "humming"), OwnCue("song", "-5")),
)
PLAIN = Moment("moment-2", REX.id, EVENING + timedelta(days=1), EVENING + timedelta(days=1), trashed=NOW)
TEST = HomeTest(
    "test-1",
    REX.id,
    "t_attention",
    EVENING,
    sessions=(Session(EVENING, EVENING, "test", 3.0, "calm"), Session(EVENING + timedelta(days=1), None, "control")),
    factors=(("attention", 2.5),),
)
PLAN = Plan(
    "plan-1", REX.id, "redirect", EVENING, step=2, sessions=(Session(EVENING + timedelta(days=2), None, "step_1"),)
)
WRONG = Corrected("He leaned.", (Observation("part", "side"),), (Correction("part", None, "side"),), lean=True)

ALL: tuple[Record, ...] = (ANNA, BEN, REX, LUNA, LEAN, PLAIN, TEST, PLAN, WRONG)


@cache
def known() -> Knowledge:
    """The knowledge, for laws that are tried many times."""
    return load()


def home(records: Iterable[Record] = ALL) -> Home:
    """The dogs and the people of these records."""
    given = tuple(records)
    dogs = tuple(one for one in given if isinstance(one, Dog))
    return Home(known(), NOW, "0.1.0", dogs, tuple(one for one in given if isinstance(one, Person)))


def outgoing(records: Sequence[Record] = ALL, photos: Sequence[tuple[str, bytes]] = ()) -> Outgoing:
    """All of these records on their way out."""
    return Outgoing(
        home(records),
        lambda: iter(records),
        lambda: iter(photos),
        lambda: (one for one in records if isinstance(one, Moment)),
        tuple(one for one in records if isinstance(one, HomeTest)),
        tuple(one for one in records if isinstance(one, Plan)),
    )


def written(name: str, given: Outgoing) -> bytes:
    """What a format makes of them."""
    to = io.BytesIO()
    write = format_called(name).write
    assert write is not None
    write(to, given, lambda _: None)
    return to.getvalue()


def read(path: Path, name: str, who: Home | None = None, wishes: Wishes = Wishes()) -> list[Record]:  # noqa: B008
    """The records of a file."""
    opener = format_called(name).read
    assert opener is not None
    with opener(path, who or home(), wishes, lambda _: None) as incoming:
        return list(incoming.records())


def faults(path: Path, wishes: Wishes = Wishes()) -> tuple[Fault, ...]:  # noqa: B008
    """The faulty rows of a table."""
    opener = format_called("csv").read
    assert opener is not None
    with opener(path, home(), wishes, lambda _: None) as incoming:
        return incoming.faults
