"""A reading: what a moment probably means, how sure that is and why, what to do, and when somebody should be asked."""

from __future__ import annotations

from dataclasses import dataclass

from houndsight.records.effect import DialectEffect
from houndsight.records.observation import Observation

__all__ = [
    "PRESSING",
    "PROFESSIONALS",
    "SCHEMA",
    "Advice",
    "Counterfactual",
    "Evidence",
    "Flag",
    "MotiveShare",
    "Question",
    "Reading",
]

SCHEMA = "houndsight/reading/1"
"""Name and version of the JSON form of a reading; the version rises when a key changes its meaning or goes."""

PRESSING = ("now", "soon")
"""Urgencies of a flag that replace "this is normal"."""

PROFESSIONALS = ("vet", "behaviour")
"""Who is called when a flag wants a professional."""


@dataclass(frozen=True, slots=True)
class MotiveShare:
    """A motive's probability, and the interval that holds it in 90 % of the draws of the tables."""

    motive: str
    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """How far one cue speaks for (above 0) or against (below 0) one motive against all others, in decibans.

    Leave-one-out: the change of the motive's log odds when this cue alone is taken out. 10 decibans are odds of 10 : 1.
    """

    cue: str
    value: str
    motive: str
    decibans: float
    grade: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """The likeliest single change of a cue that would put another motive in the lead.

    `value` is what was heard, or None when the cue was not told; `instead` is the value that would turn the answer.
    """

    cue: str
    value: str | None
    instead: str
    motive: str
    p: float
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """The one question worth asking next. `bits` is what its answer is expected to tell about the motive.

    `why` is `safety` when a flag wants it asked, whatever the bits, and `meaning` otherwise.
    """

    cue: str
    text: str
    bits: float
    why: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to do, or not to do. `response` is None for a safety rule that is not one of the responses."""

    response: str | None
    words: str
    because: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A sign that outranks every motive. `urgency`: now (at once or today), soon (within days) or watch; `who`: vet, behaviour or you.

    A flag that fires by what was told of the dog before, and not by this moment, says `since` which day, and which answer `ends` it:
    "collapse=no". Both are empty in any other.
    """

    id: str
    urgency: str
    who: str
    words: str
    because: str
    citation: tuple[str, ...]
    since: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one moment probably means.

    `motives` are all motives, likeliest first; their probabilities sum to 1. `verdict` is `clear`, `leaning` or `open`.
    `flags` are those of all moments of the account, most urgent first: what is told of another day must not wait either.
    `normal` is False when one of them is of urgency now or soon. `heard_lean` is False when nothing was told of a lean at
    all. `also` holds the readings of the other moments of the same account. `notes` say what kind of text the account was, where
    that bears on how well it was heard: `markup`, `chat`, `not_english`. `dialect` tells what knowing the dog did to the reading; None
    when it was read as that of any dog.
    """

    id: str
    knowledge: str
    cues: tuple[Observation, ...]
    motives: tuple[MotiveShare, ...]
    verdict: str
    normal: bool
    evidence: tuple[Evidence, ...]
    counterfactual: Counterfactual | None
    question: Question | None
    advice: tuple[Advice, ...]
    avoid: tuple[Advice, ...]
    flags: tuple[Flag, ...]
    heard_lean: bool
    also: tuple[Reading, ...] = ()
    notes: tuple[str, ...] = ()
    dialect: DialectEffect | None = None

    @property
    def leader(self) -> MotiveShare:
        """The likeliest motive."""
        return self.motives[0]

    @property
    def wants_professional(self) -> bool:
        """Whether a vet or a behaviour professional is wanted now or soon."""
        return any(flag.who in PROFESSIONALS and flag.urgency in PRESSING for flag in self.flags)
