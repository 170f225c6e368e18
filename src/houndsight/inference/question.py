"""What to ask next: the expected information of every unasked cue, in one pass.

    I(M; X_q | x) = Σ_v Σ_m p(m | x) P(v | m, x) log2 [ P(v | m, x) / P(v | x) ]

With the learned temper, P(v | m) stands for its tempered row, scaled to sum to 1 again: the information that the reading would
really take from the answer. Lindley (1956); see docs/model.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from houndsight.inference.network import Floats, Network
from houndsight.inference.posterior import Seen

__all__ = ["Questioner"]


@dataclass(frozen=True, slots=True, eq=False)
class _Stack:
    """The tempered rows of all directly read cues, one under the other: P (V, M) and the row sums of P log P (V, M)."""

    rows: Floats
    plogp: Floats


@dataclass(eq=False)
class Questioner:
    """Expected information for one network; keeps the stacked tables between moments."""

    network: Network
    _stacks: dict[tuple[int, ...], _Stack] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.direct = (*self.network.likelihood, "outcome")
        self.felt = tuple(self.network.body)
        sizes = [len(self.network.cues[c].values) for c in (*self.direct, *self.felt)]
        self.starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self.faces = np.concatenate([self.network.body[c] for c in self.felt]) if self.felt else None
        face_sizes = [len(self.network.body[c]) for c in self.felt]
        self.face_starts = np.concatenate([[0], np.cumsum(face_sizes)[:-1]]).astype(int) if self.felt else None
        self.face_of = np.repeat(np.arange(len(self.felt)), face_sizes)

    def bits(self, seen: Seen, p: Floats, response: str | None = None) -> dict[str, float]:
        """Cue -> expected information of its answer in bits, for every cue that is not among `seen`; 0 or above."""
        stack = self._stack(seen, response)
        rows, plogp = stack.rows, stack.plogp
        if self.felt:
            felt = self._felt_rows(seen)
            rows, plogp = np.concatenate([rows, felt]), np.concatenate([plogp, felt * np.log(felt)])
        expected = rows @ p
        terms = plogp @ p - expected * np.log(expected)
        bits = np.maximum(np.add.reduceat(terms, self.starts), 0.0) / np.log(2)
        told = {*seen.direct, *seen.felt}
        return {cue: b for cue, b in zip((*self.direct, *self.felt), bits.tolist(), strict=True) if cue not in told}

    def _felt_rows(self, seen: Seen) -> Floats:
        """P(value | motive, what was seen) of every body cue, tempered as the hidden-state term is, (V, M)."""
        assert self.faces is not None and self.face_starts is not None
        state = self.network.affect * seen.faces.prod(axis=0)
        state /= state.sum(axis=-1, keepdims=True)
        rows: Floats = (self.faces * state).sum(axis=-1)
        return self._tempered(rows, self.network.gains["state"])

    def _tempered(self, rows: Floats, gain: float) -> Floats:
        if gain == 1.0:
            return rows
        assert self.face_starts is not None
        raised = rows**gain
        scaled: Floats = raised / np.add.reduceat(raised, self.face_starts)[self.face_of]
        return scaled

    def _stack(self, seen: Seen, response: str | None) -> _Stack:
        """The stacked rows with the weights that hold when one more cue of a block joins those already seen."""
        place = -1 if response is None else self.network.positions["response", response]
        blocks = [self.network.block_of.get(cue) for cue in seen.direct]
        counts = tuple(blocks.count(block) for block in self.network.temper.blocks)
        if (place, *counts) not in self._stacks:
            self._stacks[place, *counts] = self._make_stack(place, dict(zip(self.network.temper.blocks, counts, strict=True)))
        return self._stacks[place, *counts]

    def _make_stack(self, place: int, counts: Mapping[str, int]) -> _Stack:
        tables = [_raise(self.network.likelihood[c], self._weight(c, counts)) for c in self.direct[:-1]]
        tables.append(_raise(np.exp(self.network.log_outcome[place]), self.network.gains["outcome"]))
        rows = np.concatenate(tables)
        return _Stack(rows, rows * np.log(rows))

    def _weight(self, cue: str, counts: Mapping[str, int]) -> float:
        """The exponent that `cue` would have if it were told as well."""
        block = self.network.block_of.get(cue)
        return self.network.gains[cue] * (1.0 if block is None else self.network.share(block, counts[block] + 1))

    def ranked(
        self, seen: Seen, p: Floats, response: str | None, skip: Collection[str], price: Mapping[int, float]
    ) -> list[tuple[str, float, float]]:
        """(cue, bits, bits for each unit of cost), best first, without the cues in `skip`."""
        cues = self.network.cues
        found = [(c, b, b / price[cues[c].cost]) for c, b in self.bits(seen, p, response).items() if c not in skip]
        return sorted(found, key=lambda item: (-item[2], item[0]))


def _raise(table: Floats, weight: float) -> Floats:
    """P(value | motive) to the power `weight`, summing to 1 over the values again."""
    if weight == 1.0:
        return table
    raised = table**weight
    scaled: Floats = raised / raised.sum(axis=0)
    return scaled
