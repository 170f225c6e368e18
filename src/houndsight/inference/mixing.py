"""Finds the fixed point of a round in a few rounds: Anderson's mixing (1965), after Walker and Ni (2011)."""

from __future__ import annotations

import numpy as np

from houndsight.inference.network import Floats

__all__ = ["Mixing"]


class Mixing:
    """Remembers how the last rounds differed from each other: in how far they moved what matters, and in where they ended."""

    def __init__(self, memory: int = 5) -> None:
        self._memory, self._rounds = memory, 0
        self._moved = self._ended = np.empty(0)
        self._moves = self._ends = self._square = np.empty((0, 0))

    def after(self, moved: Floats, ended: Floats) -> Floats:
        """Where to begin the next round once one ended at `ended` and moved what matters by `moved`.

        It is the mixture of ends whose rounds together move it least.
        """
        if self._rounds == 0:
            self._moves, self._ends = np.zeros((self._memory, len(moved))), np.zeros((self._memory, len(ended)))
            self._square = np.zeros((self._memory, self._memory))
        else:
            self._remember((self._rounds - 1) % self._memory, moved, ended)
        self._moved, self._ended = moved, ended
        used = min(self._rounds, self._memory)
        self._rounds += 1
        if not used:
            return ended
        square = self._square[:used, :used]
        ridge = 1e-10 * np.trace(square) + np.finfo(float).tiny
        share = np.linalg.solve(square + ridge * np.eye(used), self._moves[:used] @ moved)
        mixed = ended.copy()
        for part, end in zip(share.tolist(), self._ends, strict=False):  # a matrix product would wait for idle threads
            mixed -= part * end
        return mixed

    def _remember(self, place: int, moved: Floats, ended: Floats) -> None:
        np.subtract(moved, self._moved, out=self._moves[place])
        np.subtract(ended, self._ended, out=self._ends[place])
        self._square[place] = self._square[:, place] = self._moves @ self._moves[place]
