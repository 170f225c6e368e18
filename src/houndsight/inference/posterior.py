"""The exact posterior over the motives of one moment.

    p(m | x)  ∝  π(m)^a · Π_j P(x_j | m)^w_j · [Σ_s P(s | m) Π_b P(x_b | s, m)]^g · P(outcome | m, response)^w_o

with every exponent 1 in the pure network; the learned temper sets them (docs/model.md). A missing cue has no factor: nothing
is imputed. A cue heard with confidence c < 1 contributes c·P(x | m) + (1 - c)·P(x): with chance 1 - c the words told nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from houndsight.inference.network import Floats, Network
from houndsight.records.observation import Observation

__all__ = ["Seen", "log_scores", "normalise", "posterior", "see", "weights"]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The cues of a moment that bear on its motive, as arrays.

    `direct` are the names read by the motive (an outcome stands last), `rows` (n, M) their log-likelihoods; `felt` are the
    names read by the hidden state and `faces` (k, M, S) their likelihoods.
    """

    direct: tuple[str, ...]
    rows: Floats
    felt: tuple[str, ...]
    faces: Floats


def see(network: Network, observations: Sequence[Observation]) -> Seen:
    """Looks up the rows of the observed cues; cues that only rules read are left out."""
    values = {o.cue: o.value for o in observations}
    direct = [o for o in observations if o.cue in network.likelihood]
    felt = [o for o in observations if o.cue in network.body]
    rows = [_row(network, o) for o in direct]
    names = [o.cue for o in direct]
    if "outcome" in values:
        names.append("outcome")
        rows.append(_outcome_row(network, values["outcome"], values.get("response")))
    m, s = network.affect.shape
    return Seen(
        tuple(names),
        np.array(rows) if rows else np.zeros((0, m)),
        tuple(o.cue for o in felt),
        np.array([_face(network, o) for o in felt]) if felt else np.zeros((0, m, s)),
    )


def _row(network: Network, observation: Observation) -> Floats:
    place = network.positions[observation.cue, observation.value]
    if observation.confidence == 1.0:
        return network.log_likelihood[observation.cue][place]
    likelihood = network.likelihood[observation.cue][place]
    told: Floats = np.log(observation.confidence * likelihood + (1 - observation.confidence) * (network.prior @ likelihood))
    return told


def _face(network: Network, observation: Observation) -> Floats:
    face: Floats = network.body[observation.cue][network.positions[observation.cue, observation.value]]
    if observation.confidence == 1.0:
        return face
    expected = float((network.prior[:, None] * network.affect * face).sum())
    return observation.confidence * face + (1 - observation.confidence) * expected


def _outcome_row(network: Network, outcome: str, response: str | None) -> Floats:
    place = -1 if response is None else network.positions["response", response]
    row: Floats = network.log_outcome[place, network.positions["outcome", outcome]]
    return row


def weights(network: Network, direct: Sequence[str]) -> Floats:
    """The exponent of each directly read cue when exactly these were seen: its group's weight, shared within its block."""
    block_of, gains = network.block_of, network.gains
    counts: dict[str, int] = {}
    for cue in direct:
        if (block := block_of.get(cue)) is not None:
            counts[block] = counts.get(block, 0) + 1
    shares = {block: network.share(block, n) for block, n in counts.items()}
    return np.array([gains[cue] * shares.get(block_of.get(cue, ""), 1.0) for cue in direct])


def log_scores(network: Network, seen: Seen) -> Floats:
    """Unnormalised log posterior of each motive, (M)."""
    scores = network.log_prior + weights(network, seen.direct) @ seen.rows if seen.direct else network.log_prior
    if not seen.felt:
        return scores
    felt = np.log((network.affect * seen.faces.prod(axis=0)).sum(axis=-1))
    total: Floats = scores + network.gains["state"] * felt
    return total


def normalise(network: Network, scores: Floats) -> Floats:
    """Probabilities from log scores along the last axis (M), with the share of lapses given to the prior."""
    raw = np.exp(scores - scores.max(axis=-1, keepdims=True))
    p: Floats = raw / raw.sum(axis=-1, keepdims=True)
    lapse = network.temper.lapse
    return p if lapse == 0 else (1 - lapse) * p + lapse * network.prior


def posterior(network: Network, observations: Sequence[Observation]) -> Floats:
    """p(motive | observations), (M); sums to 1, in the order of `network.motives`."""
    return normalise(network, log_scores(network, see(network, observations)))
