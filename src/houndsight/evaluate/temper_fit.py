"""Fits the temper: how much each kind of cue counts, so that readings are as sure as they are right.

Few numbers, each with a prior of its own that says how far it is thought to lie from where it starts (penalised likelihood): a
gain common to all cues, what each group differs from it, what the blocks keep, and the lapse. The exponent of the motives' prior is
held at 1, so that a moment of which nothing is known reads as the prior, unless the recipe sets it free.

The loss of an account mixes two cross-entropies: against the labelled beliefs, and against the motive that leads them. The first
alone teaches to be as unsure as the labeller, and so less sure than right; the second alone teaches nothing about the other motives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from types import MappingProxyType

import numpy as np

from houndsight.evaluate.scores import cross_entropy, leaders
from houndsight.evaluate.search import least
from houndsight.evaluate.weighing import Weighed, posteriors
from houndsight.inference.network import Floats
from houndsight.knowledge.temper import Temper

__all__ = ["LARGEST_GAIN", "Recipe", "as_temper", "fit_temper", "loss_of", "start_of"]

FREE = ("context", "lean", "dog", "believes", "outcome", "state")
"""Groups with a gain of their own; the one body cue that the motive reads itself (scenting) goes with the lean."""
LARGEST_GAIN = 3.0
"""What the file of the learned temper allows."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the fit is made.

    The numbers were chosen by cross-validation on the training accounts, as the boldest with which every case that was written
    with a wanted leader still has it.

    `leader` is the share of the loss that looks at the leading motive alone. `common`, `group`, `prior`, `block` and `lapsing`
    are standard deviations of the numbers' priors: of the log of the common gain, of a group's log ratio to it, of the log of the
    prior's exponent, and of the log odds of a block's weight and of the lapse. `lapse` is where the lapse starts, and nearly
    where it stays. `overlap` is what each further cue of a block keeps at the start: fitted rows have shared out already what
    overlapping cues tell. `strength` is the price of moving a row, `case` how often each case is taught along, and the rows of the
    cues `held` do not move: what an ailing body does rests on veterinary sources, not on accounts (rows_fit).
    """

    leader: float = 0.65
    common: float = 2.0
    group: float = 0.2
    prior: float = 0.0
    block: float = 0.5
    lapsing: float = 0.03
    lapse: float = 0.1
    overlap: float = 0.95
    strength: float = 1.0
    case: float = 16.0
    held: Sequence[str] = ("leans_on_things", "mobility", "rear_discomfort")
    folds: int = 5
    seed: int = 20


def start_of(blocks: Mapping[str, tuple[float, tuple[str, ...]]], recipe: Recipe) -> Temper:
    """Where the fit starts: every group in full, cues of a block nearly so."""
    nearly = MappingProxyType({name: (recipe.overlap, cues) for name, (_, cues) in blocks.items()})
    return Temper(1.0, _groups(np.zeros(1 + len(FREE))), nearly, recipe.lapse)


def _groups(logs: Floats) -> Mapping[str, float]:
    gains = np.minimum(np.exp(logs[0] + logs[1:]), LARGEST_GAIN)
    named = dict(zip(FREE, gains.tolist(), strict=True))
    return MappingProxyType({**named, "body": named["lean"]})


def _scales(start: Temper, recipe: Recipe) -> Floats:
    """Standard deviation of each number's prior."""
    return np.array(
        [recipe.common, *[recipe.group] * len(FREE), *[recipe.block] * len(start.blocks), recipe.lapsing, recipe.prior]
    )


def as_temper(x: Floats, start: Temper, recipe: Recipe) -> Temper:
    """The temper that lies `x` standard deviations of the priors away from the start."""
    moved = x * _scales(start, recipe)
    gains, blocks, lapse, prior = moved[: 1 + len(FREE)], moved[1 + len(FREE) : -2], moved[-2], moved[-1]
    weights = [
        _logistic(_log_odds(weight) + by)
        for (weight, _), by in zip(start.blocks.values(), blocks.tolist(), strict=True)
    ]
    named = zip(start.blocks.items(), weights, strict=True)
    return Temper(
        start.prior * exp(prior),
        _groups(gains),
        MappingProxyType({name: (weight, cues) for (name, (_, cues)), weight in named}),
        _logistic(_log_odds(start.lapse) + float(lapse)),
        start.heard,
    )


def _log_odds(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return log(p / (1 - p))


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x))


def loss_of(p: Floats, q: Floats, recipe: Recipe) -> Floats:
    """Loss of each account in nats: cross-entropy against the beliefs and against their leader, mixed as the recipe says."""
    leader = np.eye(q.shape[1])[leaders(q)]
    return cross_entropy(p, (1 - recipe.leader) * q + recipe.leader * leader)


def fit_temper(weighed: Weighed, q: Floats, start: Temper, recipe: Recipe) -> Temper:
    """The temper with the least penalised loss on accounts with beliefs `q` (N, M); never worse than the start."""

    def penalised(x: Floats) -> float:
        p = posteriors(weighed, as_temper(x, start, recipe))
        return float(loss_of(p, q, recipe).sum() + (x**2).sum() / 2)

    return as_temper(least(penalised, np.zeros(len(_scales(start, recipe)))), start, recipe)
