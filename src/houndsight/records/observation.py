"""What a sense reports: one value of one cue, how sure, and where it was heard."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Heard", "Observation", "Span"]

Span = tuple[int, int]
"""Half-open range [start, end) in Unicode code points of the account."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One cue with one value.

    `confidence` is the chance, 0 to 1, that the account really tells this value; 1 is "said so".
    `origin` says where it came from: `words`, `given` (typed as a cue), `asked` (answered in the interview).
    `span` is where in the account the words stand, or None when there is no account.
    """

    cue: str
    value: str
    confidence: float = 1.0
    origin: str = "given"
    span: Span | None = None

    def __post_init__(self) -> None:
        if not 0.0 < self.confidence <= 1.0:
            raise ValueError(
                f"confidence of {self.cue}={self.value} is {self.confidence}; it must be above 0 and at most 1"
            )


@dataclass(frozen=True, slots=True)
class Heard:
    """What the words sense got out of one account.

    `observations` belong to the main moment, one for each cue at most. `heard_lean` tells whether any lean or other
    contact bid was told. `further` holds the other moments of the same account, in the order told. `notes` say what kind of
    text it was: `markup`, `chat`, `not_english`.
    """

    observations: tuple[Observation, ...] = ()
    heard_lean: bool = False
    further: tuple[Heard, ...] = ()
    notes: tuple[str, ...] = ()
