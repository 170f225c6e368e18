"""An explanation: what is known about one name, in passages, with grade and sources."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Explanation", "Passage", "Source"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and what stands under it, a line or more."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A citation that may be shown."""

    id: str
    reference: str
    link: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known about one name. `grade` is A to D, or empty where several stand in the text."""

    kind: str
    id: str
    title: str
    passages: tuple[Passage, ...]
    grade: str
    sources: tuple[Source, ...]
