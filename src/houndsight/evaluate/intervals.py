"""Bootstrap intervals: how far a figure would move with other accounts of the same kind (Efron 1979, percentile method)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Figure", "Places", "figures"]

Places = NDArray[np.intp]
"""Places of the accounts drawn, with repetition."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A score and the ends of its interval; all NaN when it cannot be had, as recall is of what never occurs."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """`0.812 [0.74 0.88]`, or a dash when there is none."""
        return "-" if np.isnan(self.value) else f"{self.value:.3f} [{self.low:.2f} {self.high:.2f}]"


def figures(
    statistic: Callable[[Places], Mapping[str, float]],
    count: int,
    draws: int = 1000,
    seed: int = 20,
    mass: float = 0.90,
) -> dict[str, Figure]:
    """Each score of `statistic` over all `count` accounts, with the interval that holds `mass` of its bootstrap draws.

    Draws in which a score is NaN are left out of its interval. `draws` 0 gives intervals without width.
    """
    rng = np.random.default_rng(seed)
    point = statistic(np.arange(count))
    drawn = [statistic(rng.integers(0, count, count)) for _ in range(draws)] or [point]
    found = {}
    for name, value in point.items():
        known = np.array([draw[name] for draw in drawn if not np.isnan(draw[name])] or [np.nan])
        low, high = np.quantile(known, [(1 - mass) / 2, (1 + mass) / 2]).tolist()
        found[name] = Figure(value, low, high)
    return found
