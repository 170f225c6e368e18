"""What knowing the dog did to a reading."""

from __future__ import annotations

from dataclasses import dataclass

from houndsight.records.observation import Observation

__all__ = ["DialectEffect", "Reason"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that the diary tells of the dog and that bears on the moment, in `words`.

    `decibans` is how far it moves the leading motive against all others, beside dogs at large; None for what only illustrates: earlier
    moments like this one. It was so in about `times` of `of` moments.
    """

    words: str
    decibans: float | None
    times: int
    of: int


@dataclass(frozen=True, slots=True)
class DialectEffect:
    """How far the dog's own dialect moved the answer, and why.

    `moments` is how many it was learned from. `motive` leads the reading with probability `p`; for dogs at large it would have
    `at_large`, and `leader_at_large` would lead. `facts` are what is known of the dog and was not told again. `words` say it in a line.
    """

    dog: str
    moments: int
    motive: str
    p: float
    at_large: float
    leader_at_large: str
    words: str
    because: tuple[Reason, ...] = ()
    facts: tuple[Observation, ...] = ()
