"""A blocked Gibbs sampler of the model of `hierarchy`, in NumPy: a long-run reference that costs seconds, not minutes.

Given rates and rows every moment's motive and hidden state are drawn together; given those, rates and rows are Dirichlet. Means are
those of the Dirichlets, averaged over the sweeps (Rao-Blackwell), so that they settle sooner than the draws do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.hierarchy import CUES, rows_of, strength_of
from houndsight.inference.cases import Whole
from houndsight.inference.kin import Gathering
from houndsight.inference.network import Floats, Network
from houndsight.knowledge.settings import Pooling
from houndsight.records.observation import Observation

__all__ = ["LongRun", "long_run"]

LEAST = 1e-300
"""No draw counts for less: its logarithm is taken."""


@dataclass(frozen=True, slots=True, eq=False)
class LongRun:
    """Posterior means in the shapes of `hierarchy.rows_of`, standard deviations of the rates (M), and the largest error of their means."""

    means: dict[str, Floats]
    spread: Floats
    error: float


def long_run(
    network: Network,
    pooling: Pooling,
    moments: Sequence[Sequence[Observation]],
    *,
    chains: int = 4,
    sweeps: int = 3000,
    seed: int = 0,
) -> LongRun:
    """The means over some chains; a tenth of the sweeps of each are left out at its start."""
    dog = _Dog(network, pooling, moments)
    found = [dog.means(np.random.default_rng([seed, chain]), sweeps) for chain in range(chains)]
    rates = np.array([one["rates"] for one in found])
    error = float(rates.std(axis=0, ddof=1).max() / np.sqrt(chains))
    means = {name: np.mean([one[name] for one in found], axis=0) for name in found[0]}
    return LongRun(means, np.sqrt(means.pop("squares") - means["rates"] ** 2), error)


class _Block:
    """The rows of the cues of one kind (by motive, or by hidden state) one under the other, and where the moments saw them."""

    def __init__(
        self, network: Network, pooling: Pooling, cues: Sequence[str], moments: Sequence[Sequence[Observation]]
    ) -> None:
        tables, sizes = [rows_of(network)[cue].T for cue in cues], [len(network.cues[cue].values) for cue in cues]
        first = dict(zip(cues, np.cumsum([0, *sizes]), strict=False))
        seen = [
            (i, first[o.cue] + network.cues[o.cue].values.index(o.value))
            for i, moment in enumerate(moments)
            for o in moment
            if o.cue in first
        ]
        self.moment, self.row = np.array(seen, dtype=np.intp).reshape(-1, 2).T
        strength = np.repeat([strength_of(network, pooling, cue) for cue in cues], sizes)
        self.pull: Floats = strength[:, None] * np.concatenate(tables)
        self.cues, self.edges, self.of = tuple(cues), np.cumsum(sizes)[:-1], np.repeat(np.arange(len(cues)), sizes)
        columns = self.pull.shape[1]
        self._of_moment = Gathering(self.moment, len(moments), columns)
        self._of_cue = Gathering(self.of, len(cues), columns)
        self._columns = columns

    def drawn(self, rng: np.random.Generator, counts: Floats) -> Floats:
        """Log likelihood of each moment's cues under rows drawn once `counts` were seen, (N, columns)."""
        rows = self.shared(np.maximum(rng.standard_gamma(self.pull + counts), LEAST))
        return self._of_moment(np.log(rows)[self.row])

    def shared(self, weights: Floats) -> Floats:
        """The weights as shares of their cue."""
        share: Floats = weights / self._of_cue(weights)[self.of]
        return share

    def counted(self, column: Whole) -> Floats:
        """How often each row was seen in each column, the column of each moment given."""
        cells = self.row * self._columns + column[self.moment]
        return np.bincount(cells, minlength=self.pull.size).reshape(self.pull.shape).astype(np.float64)

    def by_cue(self, rows: Floats) -> dict[str, Floats]:
        return {cue: part.T for cue, part in zip(self.cues, np.split(rows, self.edges), strict=True)}


class _Dog:
    """One dog's moments, ready to be sampled."""

    def __init__(self, network: Network, pooling: Pooling, moments: Sequence[Sequence[Observation]]) -> None:
        self.count, self.affect = len(moments), np.log(network.affect)
        self.given = pooling.prior_strength * network.prior
        direct = [cue for cue in CUES if cue in network.likelihood]
        self.direct = _Block(network, pooling, direct, moments)
        self.felt = _Block(network, pooling, [cue for cue in CUES if cue not in direct], moments)

    def means(self, rng: np.random.Generator, sweeps: int) -> dict[str, Floats]:
        """The means of one chain, and the mean `squares` of the rates."""
        rates, rows, faces = rng.dirichlet(self.given), np.zeros_like(self.direct.pull), np.zeros_like(self.felt.pull)
        sums, burn = [np.zeros_like(part) for part in (rates, rates, rows, faces)], sweeps // 10
        for sweep in range(sweeps):
            motive, state = self._meant(rng, rates, self.direct.drawn(rng, rows), self.felt.drawn(rng, faces))
            led = self.given + np.bincount(motive, minlength=len(rates))
            rates, rows, faces = rng.dirichlet(led), self.direct.counted(motive), self.felt.counted(state)
            if sweep >= burn:
                sums[0] += led / led.sum()
                sums[1] += led * (led + 1) / (led.sum() * (led.sum() + 1))
                sums[2] += self.direct.shared(self.direct.pull + rows)
                sums[3] += self.felt.shared(self.felt.pull + faces)
        mean, squares, rows, faces = (total / (sweeps - burn) for total in sums)
        return {"rates": mean, "squares": squares} | self.direct.by_cue(rows) | self.felt.by_cue(faces)

    def _meant(self, rng: np.random.Generator, rates: Floats, direct: Floats, felt: Floats) -> tuple[Whole, Whole]:
        """A motive and a hidden state for each moment."""
        joint = (np.log(rates) + direct)[:, :, None] + self.affect + felt[:, None, :]
        flat = joint.reshape(self.count, -1)
        sums = np.exp(flat - flat.max(axis=1, keepdims=True)).cumsum(axis=1)
        picked = (sums < rng.random((self.count, 1)) * sums[:, -1:]).sum(axis=1)
        motive, state = np.divmod(picked, len(self.affect.T))
        return motive, state
