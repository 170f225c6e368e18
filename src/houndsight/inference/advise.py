"""What to do and what not: expected utility over all motives that are still plausible, vetoes first.

    EU(r) = Σ_m E[p(m | x)] U(r, m),   the expectation over the draws of the tables

A response is advised when it does some good on average, harms no plausible motive, and no veto blocks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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


def utilities(knowledge: Knowledge) -> NDArray[np.int64]:
    """U(response, motive), (R, M), from -2 to 2."""
    return np.array([[knowledge.utilities[r, m].value for m in knowledge.motives] for r in knowledge.responses])


def fired_vetoes(knowledge: Knowledge, scene: Scene) -> tuple[Veto, ...]:
    """The vetoes whose condition holds, in the order of the table (gravest first)."""
    return tuple(veto for veto in knowledge.vetoes if veto.condition.holds(scene))


def choose(knowledge: Knowledge, utility: NDArray[np.int64], p: Floats, expected: Floats, vetoes: Sequence[Veto]) -> Chosen:
    """`p` (M) is the canonical posterior, which decides what is plausible; `expected` (M) its mean over the draws."""
    rule, responses = knowledge.model.advice, knowledge.responses
    worth = utility @ expected
    harmful = (utility[:, p >= rule.plausible] < rule.harmful_below).any(axis=1)
    blocked = {r: veto for veto in reversed(vetoes) if veto.scope == "anyone" for r in veto.blocks}
    order = np.argsort(-worth, kind="stable").tolist()
    good = [i for i in order if worth[i] > 0 and not harmful[i] and responses[i] not in blocked]
    first = [Choice(None, veto=veto.id) for veto in vetoes if not veto.always]
    do = first + [_good(knowledge, utility, expected, i) for i in good[: rule.at_most]]
    bad = [i for i in reversed(order) if harmful[i] and responses[i] not in blocked]
    leave = [Choice(r, veto=veto.id) for r, veto in blocked.items() if not veto.always]
    leave += [_bad(knowledge, utility, p, i) for i in bad[: rule.at_most]]
    leave += [_bad(knowledge, utility, p, responses.index(r)) for r, veto in blocked.items() if veto.always]
    return Chosen(tuple(do), tuple(leave))


def _good(knowledge: Knowledge, utility: NDArray[np.int64], p: Floats, response: int) -> Choice:
    """Advised for the motive that gains most by it."""
    return Choice(knowledge.responses[response], motive=knowledge.motives[int((utility[response] * p).argmax())])


def _bad(knowledge: Knowledge, utility: NDArray[np.int64], p: Floats, response: int) -> Choice:
    """Advised against for the motive that loses most by it."""
    return Choice(knowledge.responses[response], motive=knowledge.motives[int((utility[response] * p).argmin())])
