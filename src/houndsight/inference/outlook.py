"""What each value of each cue would make of a reading: one pass over all values of all cues, told or not.

The next question and the counterfactual both rest on it, and so ask about the very posterior that would be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from houndsight.inference.network import Floats, Network
from houndsight.inference.posterior import Score, Seen, scaled

__all__ = ["Foresight", "Outlook"]

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """For every value of every cue, one under the other in the order of `Foresight.cues`: V values in all.

    `after` (V, M) is the posterior that would be read with this value, in place of what was told or besides it; `likely` (V)
    its probability given the rest of the moment. The values of a cue sum to 1 in `likely`.
    """

    after: Floats
    likely: Floats


class Foresight:
    """Makes outlooks with one network; all that does not depend on the moment is laid out once."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.direct = (*network.likelihood, "outcome")
        self.cues = (*self.direct, *network.body)
        sizes = [len(network.cues[cue].values) for cue in self.cues]
        self.starts: Places = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
        self.cue_of: Places = np.repeat(np.arange(len(self.cues)), sizes)
        self.place = {cue: i for i, cue in enumerate(self.cues)}
        self.values = [(cue, value) for cue in self.cues for value in network.cues[cue].values]
        fixed = len(network.row_of)
        split = fixed + network.outcome.shape[1]
        self._row_cue, self._face_cue = self.cue_of[:split], self.cue_of[split:] - len(self.direct)
        self._rows, self._chances = network.rows[:fixed], np.exp(network.rows[:fixed])
        self._ones = np.ones(len(network.motives))
        self._kin = np.array([network.kin[cue] for cue in self.direct])
        self._numbers = np.arange(len(network.shares))
        self._gains = np.array([network.gains[cue] for cue in self.direct])

    def outlook(self, seen: Seen, score: Score, given: Floats) -> Outlook:
        """The outlook of one moment. `given` (C, M): what is read without a cue, for every cue; p itself where it was not told."""
        base, weight = self._rest(seen, score)
        table = np.concatenate([self._rows, seen.outcomes])
        direct = base.take(self._row_cue, 0)
        direct += weight.take(self._row_cue)[:, None] * table
        felt, without = self._faces(seen, score)
        body = score.direct + self.network.gains["state"] * np.log(felt)
        chance = np.concatenate([self._chances, np.exp(seen.outcomes), felt / without])
        scores = np.concatenate([direct, body])
        # one shift for all rows: no single cue moves a score by the hundreds that the exponential would not bear
        after = scaled(self.network, np.exp(scores - scores.max()))
        return Outlook(after, (chance * given.take(self.cue_of, 0)) @ self._ones)

    def _rest(self, seen: Seen, score: Score) -> tuple[Floats, Floats]:
        """For every direct cue the log score of the rest of the moment (C, M), and the exponent that its value would have (C).

        A cue that joins its block changes what the others of the block keep.
        """
        total = score.total
        if not seen.direct:
            return total[None].repeat(len(self.direct), 0), self._gains
        terms, told = score.weights[:, None] * seen.rows, [self.place[cue] for cue in seen.direct]
        kin = self._kin.take(told)
        counts = np.bincount(kin, minlength=len(self._numbers))
        now, then = self.network.shares[self._numbers, counts], self.network.shares[self._numbers, counts + 1]
        loss = (then / now - 1)[:, None] * ((kin == self._numbers[:, None]).astype(float) @ terms)
        base, weight = total + loss.take(self._kin, 0), self._gains * then.take(self._kin)
        base[told], weight[told] = total - terms, score.weights
        return base, weight

    def _faces(self, seen: Seen, score: Score) -> tuple[Floats, Floats]:
        """For every value of a body cue: P(value, other faces | motive) and P(other faces | motive), (V, M) each."""
        state = score.state[None].repeat(len(self.network.body), 0)
        told = [self.place[cue] - len(self.direct) for cue in seen.felt]
        if told:
            state[told] /= seen.faces
        states = np.ones(state.shape[-1])
        felt: Floats = (self.network.faces * state.take(self._face_cue, 0)) @ states
        return felt, (state @ states).take(self._face_cue, 0)

    def given(self, p: Floats, told: Sequence[str], without: Floats) -> Floats:
        """(C, M): p for every cue, and for each cue told the row of `without` (n, M) that is read when it is left out."""
        given = p[None].repeat(len(self.cues), 0)
        if told:
            given[[self.place[cue] for cue in told]] = without
        return given
