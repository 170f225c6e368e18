"""What to do and what not: expected utility over all motives that are still plausible, vetoes first.

    EU(r) = Σ_m E[p(m | x)] U(r, m),   the expectation over the draws of the tables

A response is advised when it does some good on average, harms no plausible motive, and no veto blocks it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from houndsight.inference.network import Floats
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.conditions import Scene
from houndsight.knowledge.rules import Veto

__all__ = ["Choice", "Chosen", "choose", "fired_vetoes", "utilities"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A response to give or to leave, and its reason: the veto that speaks, or else the motive whose utility decided.

    `response` is None when a veto's own words come first, whatever the responses.
    """

    response: str | None
    motive: str | None = None
    veto: str | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to do, best first, and what to leave, gravest first."""

    do: tuple[Choice, ...]
    leave: tuple[Choice, ...]


def utilities(knowledge: Knowledge) -> Floats:
    """U(response, motive), (R, M), from -2 to 2."""
    values = [[knowledge.utilities[r, m].value for m in knowledge.motives] for r in knowledge.responses]
    return np.array(values, dtype=float)


def fired_vetoes(knowledge: Knowledge, scene: Scene) -> tuple[Veto, ...]:
    """The vetoes whose condition holds and that yield to none that does, in the order of the table (gravest first)."""
    holding = {veto.id: veto for veto in knowledge.vetoes if veto.condition.holds(scene)}
    return tuple(veto for veto in holding.values() if holding.keys().isdisjoint(veto.yields_to))


def choose(knowledge: Knowledge, utility: Floats, p: Floats, expected: Floats, vetoes: Sequence[Veto]) -> Chosen:
    """`p` (M) is the canonical posterior, which decides what is plausible; `expected` (M) its mean over the draws.

    What is advised names the motive that gains most by it, what is advised against the one that loses most.
    """
    rule, responses, motives = knowledge.model.advice, knowledge.responses, knowledge.motives
    worth = (utility @ expected).tolist()
    harmful = np.any(utility[:, p >= rule.plausible] < rule.harmful_below, axis=1).tolist()
    gains, losses = (utility * expected).argmax(axis=1).tolist(), (utility * p).argmin(axis=1).tolist()
    blocked = _blocked(vetoes)
    order = sorted((i for i, r in enumerate(responses) if r not in blocked), key=lambda i: -worth[i])
    first = [veto for veto in vetoes if not veto.always]
    said = {response for veto in first for response in veto.includes}
    good = [i for i in order if worth[i] > 0 and not harmful[i]]
    good = _compatible(good, responses, rule.apart, said)[: max(rule.at_most - len(first), 1)]
    bad = [i for i in reversed(order) if harmful[i] and responses[i] not in said][: rule.at_most]
    bad += [responses.index(r) for r, veto in blocked.items() if veto.always]
    do = [Choice(None, veto=veto.id) for veto in first]
    do += [Choice(responses[i], motive=motives[gains[i]]) for i in good]
    leave = [Choice(r, veto=veto.id) for r, veto in blocked.items() if not veto.always and r not in said]
    leave += [Choice(responses[i], motive=motives[losses[i]]) for i in bad]
    return Chosen(tuple(do), tuple(leave))


def _compatible(
    ranked: Sequence[int], responses: Sequence[str], apart: Sequence[Sequence[str]], said: Collection[str]
) -> list[int]:
    """The ranked responses without those that were said already, or that contradict one said or a better one."""
    kept: list[int] = []
    taken = set(said)
    for i in ranked:
        rivals = {responses[i]}.union(*(group for group in apart if responses[i] in group))
        if not rivals & taken:
            kept.append(i)
            taken.add(responses[i])
    return kept


def _blocked(vetoes: Sequence[Veto]) -> dict[str, Veto]:
    """Response -> the gravest veto that blocks it, gravest first. A veto for children does not bind their adults."""
    blocked: dict[str, Veto] = {}
    for veto in vetoes:
        for response in veto.blocks if veto.scope == "anyone" else ():
            blocked.setdefault(response, veto)
    return blocked
