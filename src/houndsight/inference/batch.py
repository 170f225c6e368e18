"""Posteriors of very many moments: a gather over small tables of joined cues.

Cues are put into groups, and for every combination of values of a group, missing ones included, the product of their factors
is worked out once. A moment is then one row out of each group's table, multiplied and scaled to sum to 1: no logarithm, no
loop over cues, nothing imputed. The hidden state is summed out in the tables of the body cues. Where a block of overlapping
cues shares its weight (the learned temper), the group's table has a layer for each number of cues seen in the block's other
groups, so that a tempered batch costs little more than a plain one.

Exact up to rounding: the same numbers as `posterior`, to about 1e-13. Cues are certain here (no confidence).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from houndsight.errors import InputError, UnknownCue, UnknownValue
from houndsight.inference.joined import Joined, direct_groups, felt_groups, outcome_group
from houndsight.inference.network import Floats, Network

__all__ = ["MISSING", "BatchReader", "Codes"]

Codes = NDArray[np.signedinteger[Any]]
"""Moments as whole numbers, (N, C): the place of each cue's value, in the order of `BatchReader.cues`, or MISSING."""

MISSING = -1

CHUNK = 8192
"""Moments worked on at a time: small enough for the processor's cache, large enough for two threads not to wait for each other."""


class BatchReader:
    """Reads moments by the million with one network.

    `rows` bounds the rows of a group's table: more rows make fewer groups, and tables that leave the processor's cache.
    """

    def __init__(self, network: Network, rows: int = 4096) -> None:
        self.network = network
        self.cues = (*network.likelihood, "response", "outcome", *network.body)
        self.sizes = np.array([len(network.cues[cue].values) for cue in self.cues])
        self._groups = [*direct_groups(network, rows), outcome_group(network)]
        self._felt = felt_groups(network, rows)
        self._first = network.prior**network.temper.prior
        joined: list[Joined] = [*self._groups, *self._felt]
        self._strides = np.array(
            [[group.strides.get(cue, 0) for cue in self.cues] for group in joined], dtype=np.float32
        )
        self._shift = self._strides.sum(axis=1, keepdims=True)  # a missing cue is coded -1 and stands in row 0

    def encode(self, moments: Sequence[Mapping[str, str]]) -> Codes:
        """Codes of moments given as cue -> value; cues that do not bear on the motive are left out."""
        column = {cue: i for i, cue in enumerate(self.cues)}
        codes = np.full((len(moments), len(self.cues)), MISSING, dtype=np.int8 if self.sizes.max() < 128 else np.int32)
        for code, moment in zip(codes, moments, strict=True):
            for cue, value in moment.items():
                if cue in column:
                    code[column[cue]] = self._place(cue, value)
                elif cue not in self.network.cues:
                    raise UnknownCue(cue, self.network.cues)
        return codes

    def _place(self, cue: str, value: str) -> int:
        try:
            return self.network.positions[cue, value]
        except KeyError:
            raise UnknownValue(cue, value, self.network.cues[cue].values) from None

    def posteriors(self, codes: Codes, out: Floats | None = None, threads: int = 1) -> Floats:
        """p(motive | cues) of every moment, (N, M), into `out` when it is given; each row sums to 1.

        Beyond the result, memory does not grow with N. More `threads` help: NumPy lets go of the interpreter in every step.
        Raises InputError for codes of the wrong shape or that no value has.
        """
        if codes.ndim != 2 or codes.shape[1] != len(self.cues):
            raise InputError(
                f"The codes have the shape {codes.shape}; wanted is one row a moment with {len(self.cues)} cues each."
            )
        out = np.empty((len(codes), len(self.network.motives))) if out is None else out
        edges = np.linspace(0, len(codes), threads + 1).astype(int).tolist()
        spans = [(codes[a:b], out[a:b]) for a, b in pairwise(edges)]
        if threads == 1:
            self._read(*spans[0])
        else:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(self._read, *zip(*spans, strict=True)))
        return out

    def _read(self, codes: Codes, out: Floats) -> None:
        factor = np.empty((CHUNK, out.shape[1]))
        for start in range(0, len(codes), CHUNK):
            chunk = codes[start : start + CHUNK]
            self._check(chunk)
            self._multiply(chunk, out[start : start + CHUNK], factor[: len(chunk)])

    def _check(self, chunk: Codes) -> None:
        """Raises InputError for a code that no value has. Rows are compared many at once, which is ten times faster."""
        fold = 64 if len(chunk) % 64 == 0 else 1
        highest = chunk.reshape(-1, fold * chunk.shape[1]).max(axis=0).reshape(fold, -1).max(axis=0)
        wrong = np.flatnonzero(highest >= self.sizes)
        if wrong.size or chunk.min() < MISSING:
            names = ", ".join(self.cues[i] for i in wrong) or "some cue"
            raise InputError(
                f"A code of {names} is out of range; it must be {MISSING} (missing) or the place of a value."
            )

    def _multiply(self, chunk: Codes, out: Floats, factor: Floats) -> None:
        """Writes the posteriors of one chunk to `out`; `factor` is room to work in."""
        index = (self._strides @ chunk.astype(np.float32).T + self._shift).astype(np.intp)
        out[:] = self._first
        for group, rows in zip(self._groups, self._layered(index), strict=True):
            np.take(group.table, rows, axis=0, out=factor, mode="clip")
            out *= factor
        self._feel(index[len(self._groups) :], out, factor)
        lapse = self.network.temper.lapse
        out *= (1 - lapse) / (out @ np.ones(out.shape[1]))[:, None]
        if lapse:
            out += lapse * self.network.prior

    def _layered(self, index: NDArray[np.intp]) -> list[NDArray[np.intp]]:
        """The row of each direct group: moved to the layer for what was seen in the other groups of its block."""
        rows = list(index[: len(self._groups)])
        for i, group in enumerate(self._groups):
            for j in group.partners:
                rows[i] = rows[i] + len(group.seen) * self._groups[j].seen[index[j]]
        return rows

    def _feel(self, index: NDArray[np.intp], out: Floats, factor: Floats) -> None:
        """Multiplies `out` by the factor of the body cues, with the hidden state summed out."""
        if not self._felt:
            return
        if len(self._felt) == 1 and self._felt[0].table.ndim == 2:
            np.take(self._felt[0].table, index[0], axis=0, out=factor, mode="clip")
            out *= factor
            return
        state = self.network.affect
        for group, rows in zip(self._felt, index, strict=True):
            state = state * group.table[rows]
        out *= state.sum(axis=-1) ** self.network.gains["state"]
