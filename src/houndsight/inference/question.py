"""What to ask next: how far the answer to each cue is expected to lower the doubt about the motive.

    bits(q) = H[p(m | x)] - Σ_v P(v | x) H[p(m | x, v)]          H in bits

With the pure network this is the mutual information I(M; X_q | x) (Lindley 1956). With the learned temper each p(m | x, v) is
still the very posterior that would be read, so an answer that would only repeat its block is worth less; where doubt would
rather grow, the question is worth nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from houndsight.inference.network import Floats, Network
from houndsight.inference.outlook import Foresight, Outlook
from houndsight.inference.posterior import TINY, Seen, score

__all__ = ["Questioner", "entropy"]


def entropy(p: Floats) -> Floats:
    """Shannon entropy in bits along the last axis."""
    total: Floats = (p * np.log2(np.maximum(p, TINY))) @ np.full(p.shape[-1], -1.0)
    return total


class Questioner:
    """Expected information for one network."""

    def __init__(self, network: Network, foresight: Foresight | None = None) -> None:
        self.network = network
        self.foresight = Foresight(network) if foresight is None else foresight

    def bits(self, seen: Seen, p: Floats) -> dict[str, float]:
        """Cue -> expected information of its answer in bits, for every cue that bears on the motive and is not among `seen`."""
        given = self.foresight.given(p, (), p)
        return self.foreseen(self.foresight.outlook(seen, score(self.network, seen), given), seen, p)

    def foreseen(self, outlook: Outlook, seen: Seen, p: Floats) -> dict[str, float]:
        """The same from an outlook that was made already."""
        left = np.add.reduceat(outlook.likely * entropy(outlook.after), self.foresight.starts)
        bits = np.maximum(entropy(p) - left, 0.0)
        told = {*seen.direct, *seen.felt}
        return {cue: b for cue, b in zip(self.foresight.cues, bits.tolist(), strict=True) if cue not in told}

    def ranked(
        self, bits: Mapping[str, float], skip: Collection[str], price: Mapping[int, float]
    ) -> list[tuple[str, float, float]]:
        """(cue, bits, bits for each unit of cost), best first, without the cues in `skip`."""
        cues = self.network.cues
        found = [(c, b, b / price[cues[c].cost]) for c, b in bits.items() if c not in skip]
        return sorted(found, key=lambda item: (-item[2], item[0]))
