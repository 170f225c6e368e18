"""A profile: what the diary taught of one dog, beside dogs at large."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["Card", "Profile", "Rate", "Shift", "Slot", "Way", "Wish", "Work"]


@dataclass(frozen=True, slots=True)
class Rate:
    """How often he leans for a motive: mean, 90 % interval, and the rate of dogs at large of whom the same facts hold.

    `moments` is how many of his moments are probably of this motive, summed over their chances.
    """

    motive: str
    p: float
    low: float
    high: float
    at_large: float
    moments: float


@dataclass(frozen=True, slots=True)
class Way:
    """A cue that he shows more or less often with a motive than other dogs: in about `times` of `of` moments that told it.

    `p` is how often he does, as far as can be told, and `at_large` how often dogs do. `odds` (1 or more) are those that he really differs
    that way. `words` say it.
    """

    cue: str
    value: str
    motive: str
    times: int
    of: int
    p: float
    at_large: float
    odds: float
    words: str


@dataclass(frozen=True, slots=True)
class Work:
    """What a response brings when he leans for a motive: how often it was given, and its usual outcome in `times` of `of` such moments.

    `well` is the chance, as far as can be told, that it ends well, and `well_at_large` that of dogs at large.
    """

    motive: str
    response: str
    outcome: str
    times: int
    of: int
    well: float
    well_at_large: float


@dataclass(frozen=True, slots=True)
class Slot:
    """Moments at a time of day or in a place, `name`: how many, and the motive that they are mostly for, with its share of them."""

    name: str
    moments: int
    motive: str
    share: float


@dataclass(frozen=True, slots=True)
class Shift:
    """A motive that became more or less frequent: `before` and `after` are its rates, `odds` those of any change against none.

    It began at `since`; with 90 % between `earliest` and `latest`.
    """

    motive: str
    before: float
    after: float
    odds: float
    since: datetime
    earliest: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """Something worth recording: a cue, how often it was told, and what an answer would tell of the motive on average, in bits."""

    cue: str
    told: int
    of: int
    bits: float


@dataclass(frozen=True, slots=True)
class Card:
    """How earlier readings were borne out by what followed. Every reading here knew only what was recorded before it.

    Of `readings` with an outcome, the leader kept its lead in `kept` once the outcome was known, and `expected` such were to be expected by
    the chances that the readings gave. `foretold` is the mean chance that the outcome had been given, `foretold_at_large` the same by
    dogs at large.
    """

    readings: int
    kept: int
    expected: float
    foretold: float
    foretold_at_large: float


@dataclass(frozen=True, slots=True)
class Profile:
    """All of that for one dog. `first` and `last` are the times of his first and last moment, None without any.

    `thin` tells that the moments are too few to say much.
    """

    dog: str
    moments: int
    outcomes: int
    tests: int
    first: datetime | None
    last: datetime | None
    thin: bool
    rates: tuple[Rate, ...]
    ways: tuple[Way, ...]
    works: tuple[Work, ...]
    times: tuple[Slot, ...]
    places: tuple[Slot, ...]
    change: Shift | None
    wishes: tuple[Wish, ...]
    card: Card | None
