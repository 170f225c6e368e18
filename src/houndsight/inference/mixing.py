"""Finds the fixed point of a round in a few rounds: Anderson's mixing (1965), after Walker and Ni (2011)."""

from __future__ import annotations

from collections import deque

import numpy as np

from houndsight.inference.network import Floats

__all__ = ["Mixing"]


class Mixing:
    """Remembers the last rounds: where each began and where it ended."""

    def __init__(self, memory: int = 5) -> None:
        self._begun: deque[Floats] = deque(maxlen=memory + 1)
        self._ended: deque[Floats] = deque(maxlen=memory + 1)

    def after(self, begun: Floats, ended: Floats) -> Floats:
        """Where to begin the next round once one led from `begun` to `ended`: the mixture of ends whose rounds together move least."""
        self._begun.append(begun)
        self._ended.append(ended)
        if len(self._begun) == 1:
            return ended
        moved = np.array(self._ended) - np.array(self._begun)
        change, ends = np.diff(moved, axis=0), np.diff(np.array(self._ended), axis=0)
        square = change @ change.T
        ridge = 1e-10 * np.trace(square) + np.finfo(float).tiny
        mixed: Floats = ended - np.linalg.solve(square + ridge * np.eye(len(square)), change @ moved[-1]) @ ends
        return mixed
