"""Why: the weight of evidence of each cue, and the smallest change that would turn the answer.

Weight of evidence after Good (1950): the change in log odds of a motive against all others, in decibans (10 log10). Here each
cue is left out in turn, from the canonical reading, so the weights need not add up: cues that overlap share theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from houndsight.inference.network import Floats, Network
from houndsight.inference.posterior import Seen, log_scores, normalise, see, weights
from houndsight.records.observation import Observation

__all__ = ["Turn", "decibans", "left_out", "turning"]


def decibans(p: Floats) -> Floats:
    """Log odds of each motive against the rest, in decibans; p is (…, M)."""
    return 10 * (np.log10(p) - np.log10(1 - p))


def left_out(network: Network, seen: Seen, observations: Sequence[Observation]) -> dict[str, Floats]:
    """Cue -> posterior (M) of the same moment without that cue. A response goes with the outcome that needs it."""
    rest: dict[str, Floats] = {}
    for i, cue in enumerate(seen.direct):
        keep = [j for j in range(len(seen.direct)) if j != i]
        fewer = Seen(tuple(seen.direct[j] for j in keep), seen.rows[keep], seen.felt, seen.faces)
        rest[cue] = normalise(network, log_scores(network, fewer))
    for i, cue in enumerate(seen.felt):
        keep = [j for j in range(len(seen.felt)) if j != i]
        fewer = Seen(seen.direct, seen.rows, tuple(seen.felt[j] for j in keep), seen.faces[keep])
        rest[cue] = normalise(network, log_scores(network, fewer))
    if any(o.cue == "response" for o in observations) and "outcome" in rest:
        rest["response"] = normalise(network, log_scores(network, see(network, [o for o in observations if o.cue != "response"])))
    return rest


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of one cue that puts another motive in the lead: `value` heard (None: not told), `instead`, and the new leader."""

    cue: str
    value: str | None
    instead: str
    motive: str
    p: float


def turning(network: Network, seen: Seen, observations: Sequence[Observation], p: Floats, never: Collection[str]) -> Turn | None:
    """The likeliest one-cue change that turns the answer: first among the cues that were told, else among those that were not."""
    values = {o.cue: o.value for o in observations}
    told = [_changed(network, seen, i, cue) for i, cue in enumerate(seen.direct) if cue in network.likelihood and cue not in never]
    told += [_changed_face(network, seen, i, cue) for i, cue in enumerate(seen.felt) if cue not in never]
    turn = _likeliest(network, told, values, int(p.argmax()))
    if turn is not None:
        return turn
    untold = [c for c in (*network.likelihood, *network.body) if c not in values and c not in never]
    return _likeliest(network, [_added(network, seen, cue, p) for cue in untold], values, int(p.argmax()))


Change = tuple[str, Floats, Floats]
"""A cue, the posterior for each of its values (V, M), and how likely each value is given the rest (V)."""


def _changed(network: Network, seen: Seen, place: int, cue: str) -> Change:
    weight = weights(network, seen.direct)
    scores = log_scores(network, seen)
    without = scores - weight[place] * seen.rows[place]
    after = normalise(network, without + weight[place] * network.log_likelihood[cue])
    return cue, after, network.likelihood[cue] @ normalise(network, without)


def _changed_face(network: Network, seen: Seen, place: int, cue: str) -> Change:
    keep = [j for j in range(len(seen.felt)) if j != place]
    rest = Seen(seen.direct, seen.rows, tuple(seen.felt[j] for j in keep), seen.faces[keep])
    return _added(network, rest, cue, normalise(network, log_scores(network, rest)))


def _added(network: Network, seen: Seen, cue: str, p: Floats) -> Change:
    """What each value of an untold cue would make of the posterior `p`."""
    if cue in network.likelihood:
        names = (*seen.direct, cue)
        weight = weights(network, names)
        base = log_scores(network, Seen((), seen.rows[:0], seen.felt, seen.faces)) + weight[:-1] @ seen.rows
        return cue, normalise(network, base + weight[-1] * network.log_likelihood[cue]), network.likelihood[cue] @ p
    state = network.affect * seen.faces.prod(axis=0)
    felt = (network.body[cue] * state).sum(axis=-1)
    direct = network.log_prior + weights(network, seen.direct) @ seen.rows
    after = normalise(network, direct + network.gains["state"] * np.log(felt))
    return cue, after, (felt / state.sum(axis=-1)) @ p


def _likeliest(network: Network, changes: Sequence[Change], values: dict[str, str], leader: int) -> Turn | None:
    """Among all changes that give another leader, the one whose value is likeliest."""
    best: Turn | None = None
    most = 0.0
    for cue, after, likely in changes:
        leaders = after.argmax(axis=1)
        for place in np.flatnonzero(leaders != leader):
            value = network.cues[cue].values[place]
            if likely[place] > most and value != values.get(cue):
                most, new = float(likely[place]), int(leaders[place])
                best = Turn(cue, values.get(cue), value, network.motives[new], float(after[place, new]))
    return best
