"""What an examination of the diary found."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Symptom"]


@dataclass(frozen=True, slots=True)
class Symptom:
    """One thing that was found, in a sentence or two. `grave`: something is lost, or will be. `do` is what to do; "" when nothing is."""

    what: str
    grave: bool = False
    do: str = ""
