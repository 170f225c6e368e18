"""Why: the weight of evidence of each cue, and the smallest change that would turn the answer.

Weight of evidence after Good (1950): the change in log odds of a motive against all others, in decibans (10 log10). Here each
cue is left out in turn, from the canonical reading, so the weights need not add up: cues that overlap share theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from houndsight.inference.network import Floats, Network
from houndsight.inference.outlook import Foresight, Outlook
from houndsight.inference.posterior import TINY, Score, Seen, block_counts, normalise, posterior, weights
from houndsight.records.observation import Observation

__all__ = ["Turn", "decibans", "left_out", "turning", "without_response"]


def decibans(p: Floats) -> Floats:
    """Log odds of each motive against the rest, in decibans; p is (…, M).

    The rest is summed, not taken as 1 - p, which would round to nothing for a motive that is all but certain.
    """
    p = np.maximum(p, TINY)
    total: Floats = 10 * np.log10(p / (p @ _rest(p.shape[-1])))
    return total


@lru_cache
def _rest(size: int) -> Floats:
    """Ones but on the diagonal: sums all others."""
    return np.ones((size, size)) - np.eye(size)


def left_out(network: Network, seen: Seen, score: Score) -> Floats:
    """What would be read without each cue in turn, (n + k, M): first the cues of `seen.direct`, then those of `seen.felt`."""
    direct = network.log_prior + _others(network, seen, score) @ seen.rows + score.felt
    state = score.state / seen.faces
    felt = score.direct + network.gains["state"] * np.log(np.add.reduce(state, axis=-1))
    return normalise(network, np.concatenate([direct, felt]))


def _others(network: Network, seen: Seen, score: Score) -> Floats:
    """The exponents that the direct cues keep (along a row) when one of them is left out (the row), (n, n)."""
    n = len(seen.direct)
    kept = score.weights[None].repeat(n, 0)
    counts = block_counts(network, seen.direct)
    if counts:
        raised = weights(network, seen.direct, {block: count - 1 for block, count in counts.items()})
        kin = np.array([network.kin[cue] for cue in seen.direct])
        kept = np.where(kin[:, None] == kin, raised, kept)
    kept.flat[:: n + 1] = 0.0
    return kept


def without_response(network: Network, observations: Sequence[Observation]) -> Floats | None:
    """What would be read had the response not been told, (M); None when none was, or no outcome that it goes with."""
    if not {"response", "outcome"} <= {o.cue for o in observations}:
        return None
    return posterior(network, [o for o in observations if o.cue != "response"])


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of one cue that puts another motive in the lead: `value` heard (None: not told), `instead`, and the new leader."""

    cue: str
    value: str | None
    instead: str
    motive: str
    p: float


def turning(
    foresight: Foresight, outlook: Outlook, values: Mapping[str, str], leader: int, never: Collection[str]
) -> Turn | None:
    """The likeliest one-cue change that turns the answer: first among the cues that were told, else among those that were not.

    Likeliest: the new value's probability given the rest of the moment. `values` are the cues told, `leader` the place of the
    likeliest motive, `never` the cues that cannot be otherwise.
    """
    leaders = outlook.after.argmax(axis=1)
    pairs = foresight.values
    rows = [r for r in np.flatnonzero(leaders != leader).tolist() if _open(pairs[r], values, never)]
    if not rows:
        return None
    best = max(rows, key=lambda row: (pairs[row][0] in values, outlook.likely[row], -row))
    (cue, instead), new = pairs[best], int(leaders[best])
    return Turn(cue, values.get(cue), instead, foresight.network.motives[new], float(outlook.after[best, new]))


def _open(pair: tuple[str, str], values: Mapping[str, str], never: Collection[str]) -> bool:
    """Whether the cue could be otherwise and the value is not the one that was told."""
    return pair[0] not in never and values.get(pair[0]) != pair[1]
