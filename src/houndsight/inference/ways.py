"""Which cues a dog shows with a motive more or less often than other dogs, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np

from houndsight.inference.dialect import Dialect
from houndsight.inference.network import chance
from houndsight.records.observation import Observation

__all__ = ["OwnWay", "own_ways"]

SUREST = 1e4
"""No odds are told above this: the model itself is not surer."""


@dataclass(frozen=True, slots=True)
class OwnWay:
    """A value of a cue with the motive at place `motive`; `times`, `of`, `p`, `at_large` and `odds` as in a profile."""

    cue: str
    value: str
    motive: int
    times: float
    of: float
    p: float
    at_large: float
    odds: float


def own_ways(dialect: Dialect, moments: Sequence[Sequence[Observation]], *, least: float) -> list[OwnWay]:
    """`moments` are those that the dialect was learned from. Every (cue, value, motive) told in at least `least` moments of the motive, the largest difference first.

    His own rate is Beta, drawn to dogs at large as the cue's group is; the odds take it for normal. An outcome and what people believe
    are no ways of a dog.
    """
    network, found = dialect.at_large, []
    places: dict[tuple[str, str], list[int]] = {}
    for place, told in enumerate(moments):
        for o in told:
            places.setdefault((o.cue, o.value), []).append(place)
    for cue in (*network.likelihood, *network.body):
        group = network.cues[cue].group
        if group not in ("context", "lean", "body") or dialect.pooling.is_shared(network.cues[cue]):
            continue
        values, alike = network.cues[cue].values, dialect.pooling.cue_strength[group]
        counts = np.array([dialect.shares[places.get((cue, value), [])].sum(axis=0) for value in values])
        large = np.array([chance(network, cue, value) for value in values])
        own = (alike * large + counts) / (alike + counts.sum(axis=0))
        of = np.broadcast_to(counts.sum(axis=0), counts.shape)
        for v, m in zip(*np.nonzero(of >= least), strict=True):
            odds = _odds(float(own[v, m]), float(large[v, m]), float(alike + of[v, m]))
            times, told_in, p, at_large = (float(table[v, m]) for table in (counts, of, own, large))
            found.append(OwnWay(cue, values[v], int(m), times, told_in, p, at_large, odds))
    return sorted(found, key=lambda way: (-abs(way.p - way.at_large), way.cue, way.value, way.motive))


def _odds(own: float, large: float, strength: float) -> float:
    """Odds that a rate known as Beta(strength x own, strength x (1 - own)) lies on that side of `large` on which its mean is (normal)."""
    spread = sqrt(own * (1 - own) / (strength + 1))
    wrong = 0.5 * erfc(abs(own - large) / spread / sqrt(2))
    return min((1 - wrong) / max(wrong, 1e-12), SUREST)
