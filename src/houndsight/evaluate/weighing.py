"""The evidence of many accounts as arrays, so that a temper can be tried on all of them at once.

    log p(m | x)  =  a·log π(m) + Σ_g Σ_b gain_g · share_b(n_b) · D[g, b, m] + gain_state · F[m]   (then the lapse)

with D the summed log rows of the cues of gain group g in block b, n_b the number of cues seen of the block, and F the hidden
state's term: the reading of `inference.posterior` in the order that makes its exponents plain factors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from houndsight.inference.network import Floats, Network
from houndsight.inference.posterior import see
from houndsight.knowledge.temper import Temper
from houndsight.records.observation import Observation

__all__ = ["GAINS", "Weighed", "joined", "posteriors", "weigh"]

GAINS = ("context", "lean", "body", "dog", "believes", "outcome", "state")
"""What has a weight of its own; `body` is for a body cue that the motive itself reads, `state` for all that the state reads."""


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """`direct` (N, G, B + 1, M), the first block for cues that are in none; `seen` (N, B); `felt` (N, M); `prior` (M)."""

    blocks: tuple[str, ...]
    direct: Floats
    seen: NDArray[np.int64]
    felt: Floats
    prior: Floats

    def __getitem__(self, inside: NDArray[np.bool_]) -> Weighed:
        return Weighed(self.blocks, self.direct[inside], self.seen[inside], self.felt[inside], self.prior)


def weigh(network: Network, moments: Sequence[Sequence[Observation]]) -> Weighed:
    """The evidence of each moment under the rows and blocks of `network`; its weights are left out."""
    blocks = tuple(network.temper.blocks)
    m = len(network.motives)
    direct = np.zeros((len(moments), len(GAINS), len(blocks) + 1, m))
    counts = np.zeros((len(moments), len(blocks)), dtype=np.int64)
    felt = np.zeros((len(moments), m))
    for n, moment in enumerate(moments):
        seen = see(network, moment)
        for cue, row in zip(seen.direct, seen.rows, strict=True):
            block = blocks.index(network.block_of[cue]) if cue in network.block_of else -1
            if block >= 0:
                counts[n, block] += 1
            direct[n, GAINS.index(_gain(network, cue)), block + 1] += row
        if seen.felt:
            felt[n] = np.log((network.affect * seen.faces.prod(axis=0)).sum(axis=-1))
    return Weighed(blocks, direct, counts, felt, network.prior)


def _gain(network: Network, cue: str) -> str:
    return cue if cue in GAINS else network.cues[cue].group


def joined(parts: Sequence[Weighed], places: Sequence[NDArray[np.intp]]) -> Weighed:
    """The evidence of parts of a file put back into the order of the file; `places` tells where each part's accounts stand."""
    order = np.argsort(np.concatenate(places))
    first = parts[0]
    return Weighed(
        first.blocks,
        np.concatenate([part.direct for part in parts])[order],
        np.concatenate([part.seen for part in parts])[order],
        np.concatenate([part.felt for part in parts])[order],
        first.prior,
    )


def posteriors(weighed: Weighed, temper: Temper) -> Floats:
    """p(motive | cues) of each account, (N, M): what `inference.posterior` reads under that temper."""
    gains = np.array([temper.groups.get(name, 1.0) for name in GAINS])
    weight = np.array([temper.blocks[name][0] if name in temper.blocks else 1.0 for name in weighed.blocks])
    n = np.maximum(weighed.seen, 1)
    share = np.concatenate([np.ones((len(n), 1)), (1 + (n - 1) * weight) / n], axis=1)
    by_block = np.tensordot(weighed.direct, gains, axes=([1], [0]))
    scores = (
        temper.prior * np.log(weighed.prior) + (by_block * share[:, :, None]).sum(axis=1) + gains[-1] * weighed.felt
    )
    raw = np.exp(scores - scores.max(axis=1, keepdims=True))
    p: Floats = raw / raw.sum(axis=1, keepdims=True)
    return (1 - temper.lapse) * p + temper.lapse * weighed.prior
