"""A household that is made up, large enough for a shelter: dogs with rates and rows of their own, and years of their moments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import numpy as np

from benchmarks.lives import Shared, days, own_dog
from houndsight.inference.network import Network, compile_network
from houndsight.knowledge.base import Knowledge
from houndsight.records.action import Record
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.observation import Observation
from houndsight.records.person import Person

__all__ = ["BEGUN", "COMMON", "RARE", "Size", "dog_named", "household", "moments_of", "sentence"]

BEGUN = datetime(2022, 1, 1, 6, tzinfo=timezone(timedelta(hours=1)))
"""When the first diaries begin; each has a moment every eighteen hours."""
PEOPLE = ("anna", "ben", "carla", "dan", "eva", "finn", "greta", "hugo")
COMMON, RARE = "leaned", "harmonica"
"""A word of most texts, and one of a few in a hundred thousand."""
EVERY_RARE = 5000

DID = (
    "He leaned on me",
    "She leaned on my legs",
    "He leaned into the visitor",
    "She backed into me",
    "He pressed against my knee",
)
WHERE = (
    "in the kitchen",
    "at the door",
    "on the sofa",
    "by the gate",
    "in the car",
    "at the vet's",
    "in the hall",
    "on the stairs",
)
WHILE = (
    "while I cooked", "when the bell rang", "after the long walk", "before his dinner", "as the neighbour's dog went by",
    "during the fireworks", "when I came home", "while we watched the rain", "as soon as I sat down",
)  # fmt: skip
TAGS = ("walk", "evening", "guests", "training")


@dataclass(frozen=True, slots=True)
class Size:
    """How many dogs, and how many moments each."""

    dogs: int
    moments: int

    @property
    def whole(self) -> int:
        """All moments."""
        return self.dogs * self.moments


def household(knowledge: Knowledge, size: Size) -> Iterator[Record]:
    """People, dogs and moments, in the order in which a diary takes them; the same ones in every run."""
    network, known = compile_network(knowledge), Shared()
    yield from (Person(name, name.title(), BEGUN) for name in PEOPLE)
    yield from (Dog(dog_named(i).lower(), dog_named(i), BEGUN) for i in range(size.dogs))
    for i in range(size.dogs):
        yield from moments_of(knowledge, network, i, size.moments, known)


def dog_named(i: int) -> str:
    """The name of a dog by number; his id is the same in small letters."""
    return f"Dog{i:02d}"


def moments_of(knowledge: Knowledge, network: Network, i: int, count: int, known: Shared) -> Iterator[Moment]:
    """The moments of a dog by number, the oldest first, about eight cues each; every third tells what was done and what followed."""
    rng = np.random.default_rng(i)
    dog = own_dog(network, knowledge.model.pooling, rng)
    for place, cues in enumerate(days(dog, rng, count, followed=0.3, known=known)):
        yield _moment(rng, i, place, cues)


def _moment(rng: np.random.Generator, i: int, place: int, cues: Sequence[Observation]) -> Moment:
    when = BEGUN + timedelta(hours=18 * place, minutes=int(rng.integers(600)), seconds=i)
    whole = rng.random(4) < (0.1, 0.1, 0.05, 0.5)
    noted, tagged, fell, on = whole.tolist()
    return Moment(
        rng.bytes(16).hex(),
        dog_named(i).lower(),
        when,
        when.astimezone(UTC) + timedelta(minutes=3),
        "Europe/Berlin",
        leaned_on=_one(rng, PEOPLE) if on else None,
        logged_by=_one(rng, PEOPLE),
        text=sentence(rng, rare=(i * 7919 + place) % EVERY_RARE == 0),
        cues=tuple(cues),
        severity=1 if fell else None,
        knocked_over=True if fell else None,
        note="We had been out for an hour before." if noted else "",
        tags=(_one(rng, TAGS),) if tagged else (),
    )


def sentence(rng: np.random.Generator, *, rare: bool = False) -> str:
    """What a person writes of a moment."""
    end = f", and somebody played the {RARE}" if rare else ""
    return f"{_one(rng, DID)} {_one(rng, WHERE)} {_one(rng, WHILE)}{end}."


def _one(rng: np.random.Generator, words: Sequence[str]) -> str:
    return words[int(rng.integers(len(words)))]
