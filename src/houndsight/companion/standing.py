"""Warnings that stand from an earlier day: since when, and what ends them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from houndsight.companion.acquaintance import Acquaintance
from houndsight.inference.flags import fired
from houndsight.knowledge.conditions import Scene
from houndsight.records.observation import Observation
from houndsight.records.reading import Flag

__all__ = ["dated"]

OVER = ("no", "normal")
"""Values that tell of nothing wrong."""


def dated(
    of: Acquaintance, told: Sequence[Observation], p: dict[str, float], flags: Sequence[Flag]
) -> tuple[Flag, ...]:
    """The flags, with day and end in those that would not fire by what is told now. `p` is the posterior by motive."""
    knowledge, now = of.companion.knowledge, {o.cue: o.value for o in told}
    by_now = {flag.id for flag in fired(knowledge, Scene(now, p, of.history))}
    return tuple(flag if flag.id in by_now else _dated(of, now, p, flag) for flag in flags)


def _dated(of: Acquaintance, now: dict[str, str], p: dict[str, float], flag: Flag) -> Flag:
    """The flag with the latest fact without which it would not fire."""
    knowledge, standing = of.companion.knowledge, of.life.standing(of.at, of.but)
    rule = next(one for one in knowledge.flags if one.id == flag.id)
    values = {o.cue: o.value for o in of.facts} | now
    found = []
    for cue, (since, _) in standing.items():
        left = {name: value for name, value in values.items() if name != cue}
        over = next((value for value in OVER if value in knowledge.cue(cue).values), None)
        if cue not in now and over is not None and not rule.condition.holds(Scene(left, p, of.history)):
            found.append((since, f"{cue}={over}"))
    if not found:
        return flag
    since, ends = max(found)
    return replace(flag, since=since.date().isoformat(), ends=ends)
