"""Drift: whether one of a dog's motives became more or less frequent at some moment, and when.

With no change the log odds of a motive keep one tilt against his mean rates throughout; with a change they have one tilt before it and
another after it, while the other motives share the rest as ever. Tilts run over a grid; their middle and their step are normal a priori; the evidence of each change
point is the product of that of its two sides, so that all points, motives and tilts take one pass (after Barry and Hartigan 1993).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houndsight.inference.network import Floats
from houndsight.knowledge.settings import DriftRule

__all__ = ["Drift", "drift"]

GRID = np.linspace(-2.4, 2.4, 17)
"""Tilts of the log odds: a motive becomes eleven times as frequent at most, or an eleventh."""


@dataclass(frozen=True, slots=True)
class Drift:
    """The likeliest change, if there was one. `odds` are those of any change against none, prior odds included.

    `motive` is the place of the motive and `sure` the probability that it is this one, given that one changed. It had the rate `before`
    and has `after`. `place` is the number of moments before the change; with the mass asked for it lies between `first` and `last`.
    """

    odds: float
    motive: int
    sure: float
    before: float
    after: float
    place: int
    first: int
    last: int


def drift(rates: Floats, likelihood: Floats, rule: DriftRule, mass: float) -> Drift | None:
    """The likeliest change of one motive's rate.

    `rates` (M) are the dog's mean rates, `likelihood` (N, M) how likely each moment is by motive, in the order of time. None when there
    are too few moments for two sides.
    """
    count, least = len(likelihood), rule.least
    if count < 2 * least:
        return None
    places = np.arange(least, count - least + 1)
    same, change = _beliefs(rule)
    found = [_Change(rate, _foretold(rates, likelihood, m), places, same, change) for m, rate in enumerate(rates)]
    factors = np.array([one.factors for one in found])
    odds = rule.prior / (1 - rule.prior) * factors.mean()
    motive = int(factors.sum(axis=1).argmax())
    own = factors[motive]
    reach: Floats = np.cumsum(own) / own.sum()
    first, last = (int(np.searchsorted(reach, edge)) for edge in ((1 - mass) / 2, (1 + mass) / 2))
    at = int(own.argmax())
    before, after = found[motive].rates(at)
    return Drift(
        float(odds), motive, float(own.sum() / factors.sum()), before, after, least + at, least + first, least + last
    )


def _beliefs(rule: DriftRule) -> tuple[Floats, Floats]:
    """Prior of one tilt throughout (T), and of a tilt before with another after (T, T); each sums to 1."""
    base = np.exp(-0.5 * (GRID / rule.tilt) ** 2)
    middle, step = (GRID[:, None] + GRID[None, :]) / 2, GRID[None, :] - GRID[:, None]
    pair = np.exp(-0.5 * (middle / rule.tilt) ** 2 - 0.5 * (step / rule.change) ** 2)
    return base / base.sum(), pair / pair.sum()


def _tilted(rate: float) -> Floats:
    """A rate under every tilt of its log odds, (T)."""
    odds = rate / (1 - rate) * np.exp(GRID)
    tilted: Floats = odds / (1 + odds)
    return tilted


def _foretold(rates: Floats, likelihood: Floats, m: int) -> Floats:
    """Log evidence of the first n moments under every tilt of motive m, (T, N + 1)."""
    ours = likelihood[:, m]
    rest = np.maximum(likelihood @ rates - rates[m] * ours, 0.0) / (1 - rates[m])
    p = _tilted(rates[m])[:, None]
    told = np.log(p * ours + (1 - p) * rest)
    return np.concatenate([np.zeros((len(GRID), 1)), np.cumsum(told, axis=1)], axis=1)


class _Change:
    """A change of one motive at each of the places: Bayes factors against no change, and what the rates were."""

    def __init__(
        self,
        rate: float,
        foretold: Floats,
        places: np.ndarray[tuple[int], np.dtype[np.intp]],
        same: Floats,
        change: Floats,
    ) -> None:
        self.rate = rate
        whole = foretold[:, -1]
        peak = whole.max()
        none = same @ np.exp(whole - peak)
        before = foretold[:, places]
        after = whole[:, None] - before
        self._high, self._low = before.max(axis=0), after.max(axis=0)
        self._before, self._after, self._change = np.exp(before - self._high), np.exp(after - self._low), change
        both = np.einsum("bp,bp->p", np.einsum("ab,ap->bp", change, self._before), self._after)
        self.factors = both / none * np.exp(np.minimum(self._high + self._low - peak, 600.0))

    def rates(self, at: int) -> tuple[float, float]:
        """Mean rates before and after a change at that place."""
        joint = self._before[:, at, None] * self._change * self._after[None, :, at]
        joint /= joint.sum()
        tilted = _tilted(self.rate)
        return float(joint.sum(axis=1) @ tilted), float(joint.sum(axis=0) @ tilted)
