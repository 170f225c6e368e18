"""Flags: signs that outrank every motive. Rules on cues, apart from the probabilities; no posterior silences one."""

from __future__ import annotations

from collections.abc import Container

from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.conditions import Scene
from houndsight.knowledge.rules import URGENCIES, Flag

__all__ = ["fired", "follow_up"]


def fired(knowledge: Knowledge, scene: Scene) -> tuple[Flag, ...]:
    """The flags whose condition holds, most urgent first, otherwise in the order of the table."""
    found = [flag for flag in knowledge.flags if flag.condition.holds(scene)]
    return tuple(sorted(found, key=lambda flag: URGENCIES.index(flag.urgency)))


def follow_up(knowledge: Knowledge, scene: Scene, known: Container[str]) -> str | None:
    """The cue that a flag wants asked next: of the flags that may be about to fire, the most urgent; None when there is none."""
    waiting = [
        f
        for f in knowledge.flags
        if f.asks and f.asks not in known and f.ask_when is not None and f.ask_when.holds(scene)
    ]
    return min(waiting, key=lambda flag: URGENCIES.index(flag.urgency)).asks if waiting else None
