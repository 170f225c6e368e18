"""Finds the least value of a smooth function of a few numbers without its derivatives.

Pattern search of Hooke and Jeeves (1961): try a step along each number in turn, then leap on in the direction that helped;
halve the step when nothing helps. Deterministic, and never ends above where it began.
"""

from __future__ import annotations

from collections.abc import Callable

from houndsight.inference.network import Floats

__all__ = ["least"]


def least(
    loss: Callable[[Floats], float], start: Floats, step: float = 0.5, finest: float = 1e-3, tries: int = 20_000
) -> Floats:
    """The place of the least loss that was found, from `start`, with steps from `step` down to `finest`."""
    budget = [tries]

    def counted(x: Floats) -> float:
        budget[0] -= 1
        return loss(x)

    best, lowest = start.copy(), counted(start)
    while step > finest and budget[0] > 0:
        found, value = _around(counted, best, lowest, step)
        if value >= lowest:
            step /= 2
            continue
        while value < lowest and budget[0] > 0:
            leap = 2 * found - best
            best, lowest = found, value
            found, value = _around(counted, leap, counted(leap), step)
    return best


def _around(loss: Callable[[Floats], float], start: Floats, value: float, step: float) -> tuple[Floats, float]:
    """The best place that one step along each number in turn leads to."""
    best = start.copy()
    for i in range(len(best)):
        for move in (step, -step):
            tried = best.copy()
            tried[i] += move
            if (found := loss(tried)) < value:
                best, value = tried, found
                break
    return best, value
