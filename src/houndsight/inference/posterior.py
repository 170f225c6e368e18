"""The exact posterior over the motives of one moment.

    p(m | x)  ∝  π(m)^a · Π_j P(x_j | m)^w_j · [Σ_s P(s | m) Π_b P(x_b | s, m)]^g · P(outcome | m, response)^w_o

with every exponent 1 in the pure network; the learned temper sets them (docs/model.md). A missing cue has no factor: nothing
is imputed. A response told is given, not weighed: it only says which outcome row holds. A cue heard with confidence c < 1
contributes c·P(x | m) + (1 - c)·P(x): with chance 1 - c the words told nothing; for cues heard in words the temper lowers c.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from houndsight.errors import UnknownCue, UnknownValue
from houndsight.inference.network import Floats, Network
from houndsight.records.observation import Observation

__all__ = [
    "TINY",
    "Score",
    "Seen",
    "block_counts",
    "log_scores",
    "normalise",
    "posterior",
    "scaled",
    "score",
    "see",
    "strange",
    "weights",
]

TINY = 1e-300
"""Stands for a probability that was rounded to 0 where its logarithm is wanted."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The cues of a moment that bear on its motive, as arrays.

    `direct` are the names read by the motive (an outcome stands last), `rows` (n, M) their log-likelihoods; `felt` are the
    names read by the hidden state and `faces` (k, M, S) their likelihoods. `outcomes` (O, M) are the log rows that an outcome
    has after the response that was told, or over the mix of responses when none was.
    """

    direct: tuple[str, ...]
    rows: Floats
    felt: tuple[str, ...]
    faces: Floats
    outcomes: Floats


def see(network: Network, observations: Sequence[Observation]) -> Seen:
    """Looks up the rows of the observed cues, one observation a cue; cues that only rules read are left out."""
    row_of, face_of = network.row_of, network.face_of
    direct: dict[str, int] = {}
    felt: dict[str, int] = {}
    after: dict[str, str] = {}
    sure = True
    for o in observations:
        pair = o.cue, o.value
        sure = sure and network.believed(o) == 1.0
        if (row := row_of.get(pair)) is not None:
            direct[o.cue] = row
        elif (row := face_of.get(pair)) is not None:
            felt[o.cue] = row
        elif pair in network.positions:
            after[o.cue] = o.value
        else:
            raise strange(network, o)
    response = after.get("response")
    if "outcome" in after:
        direct["outcome"] = network.outcome_row(after["outcome"], response)
    outcomes = network.log_outcome[-1 if response is None else network.positions["response", response]]
    rows, faces = _taken(network.rows, direct.values()), _taken(network.faces, felt.values())
    seen = Seen(tuple(direct), rows, tuple(felt), faces, outcomes)
    return seen if sure else _doubted(network, seen, observations)


def _taken(table: Floats, rows: Collection[int]) -> Floats:
    return table.take([*rows], 0) if rows else table[:0]  # `take` is three times as fast as indexing with a list


def strange(network: Network, observation: Observation) -> UnknownCue | UnknownValue:
    """The error that names what the network does not know of an observation: the cue, or its value."""
    if observation.cue not in network.cues:
        return UnknownCue(observation.cue, network.cues)
    return UnknownValue(observation.cue, observation.value, network.cues[observation.cue].values)


def _doubted(network: Network, seen: Seen, observations: Sequence[Observation]) -> Seen:
    """The same moment with every row mixed with what it would be had the words told nothing."""
    sure = {o.cue: network.believed(o) for o in observations}
    outcomes, rows, faces = seen.outcomes, seen.rows.copy(), seen.faces.copy()
    if sure.get("response", 1.0) < 1.0:
        outcomes = _mixed(outcomes, network.log_outcome[-1], sure["response"])
    for i, cue in enumerate(seen.direct):
        if cue == "outcome":
            rows[i] = outcomes[_place(network, observations, cue)]
        if sure[cue] < 1.0:
            rows[i] = _mixed(rows[i], np.log(network.prior @ np.exp(rows[i])), sure[cue])
    for i, cue in enumerate(seen.felt):
        expected = (network.prior @ (network.affect * faces[i])).sum()
        faces[i] = sure[cue] * faces[i] + (1 - sure[cue]) * expected
    return Seen(seen.direct, rows, seen.felt, faces, outcomes)


def _place(network: Network, observations: Sequence[Observation], cue: str) -> int:
    return next(network.positions[o.cue, o.value] for o in reversed(observations) if o.cue == cue)


def _mixed(told: Floats, untold: Floats, confidence: float) -> Floats:
    """Log of the mixture of two log rows."""
    total: Floats = np.log(confidence * np.exp(told) + (1 - confidence) * np.exp(untold))
    return total


def block_counts(network: Network, direct: Sequence[str]) -> dict[str, int]:
    """Block -> how many of its cues were seen, without the blocks of which none was."""
    counts: dict[str, int] = {}
    for cue in direct:
        if (block := network.block_of.get(cue)) is not None:
            counts[block] = counts.get(block, 0) + 1
    return counts


def weights(network: Network, direct: Sequence[str], counts: Mapping[str, int] | None = None) -> Floats:
    """The exponent of each directly read cue when exactly these were seen: its group's weight, shared within its block.

    `counts` gives other numbers of cues seen in each block to share by.
    """
    gains, block_of = network.gains, network.block_of
    counts = block_counts(network, direct) if counts is None else counts
    shares = {block: network.share(block, n) for block, n in counts.items()}
    return np.array([gains[cue] * shares.get(block_of.get(cue, ""), 1.0) for cue in direct])


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """The parts of a moment's log score: exponents of the direct rows (n), their sum with the prior (M), and the hidden state.

    `state` (M, S) is P(state, faces | motive); `felt` (M) the log of its sum over the states, with its exponent.
    """

    weights: Floats
    direct: Floats
    state: Floats
    felt: Floats

    @property
    def total(self) -> Floats:
        """Unnormalised log posterior, (M)."""
        return self.direct + self.felt


def score(network: Network, seen: Seen) -> Score:
    """The parts of the unnormalised log posterior."""
    weight = np.ones(len(seen.direct)) if network.unweighted else weights(network, seen.direct)
    state = network.affect * np.multiply.reduce(seen.faces)
    felt = np.log(np.add.reduce(state, axis=-1)) if seen.felt else np.zeros(len(network.motives))
    return Score(weight, network.log_prior + weight @ seen.rows, state, network.gains["state"] * felt)


def log_scores(network: Network, seen: Seen) -> Floats:
    """Unnormalised log posterior of each motive, (M)."""
    scores = network.log_prior
    if seen.direct:
        rows = seen.rows
        scores = scores + (np.add.reduce(rows) if network.unweighted else weights(network, seen.direct) @ rows)
    if seen.felt:
        state = network.affect * np.multiply.reduce(seen.faces)
        scores = scores + network.gains["state"] * np.log(np.add.reduce(state, axis=-1))
    return scores


def normalise(network: Network, scores: Floats) -> Floats:
    """Probabilities from log scores along the last axis (M), with the share of lapses given to the prior."""
    return scaled(network, np.exp(scores - _over(max, np.maximum, scores)))


def scaled(network: Network, raw: Floats) -> Floats:
    """Probabilities from positive weights along the last axis (M), with the share of lapses given to the prior."""
    p: Floats = raw / _over(sum, np.add, raw)
    lapse = network.temper.lapse
    return p if lapse == 0 else (1 - lapse) * p + lapse * network.prior


def _over(few: Callable[[list[float]], float], many: np.ufunc, values: Floats) -> float | Floats:
    """Reduced along the last axis, which is kept: for one moment's few numbers Python is twice as fast as NumPy."""
    if values.ndim == 1:
        return few(values.tolist())
    total: Floats = many.reduce(values, axis=-1, keepdims=True)
    return total


def posterior(network: Network, observations: Sequence[Observation]) -> Floats:
    """p(motive | observations), (M); sums to 1, in the order of `network.motives`.

    At most one observation for each cue; of several the last stands. Raises UnknownCue or UnknownValue.
    """
    return normalise(network, log_scores(network, see(network, observations)))
