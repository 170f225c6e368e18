"""Expected counts: what labelled accounts say about each row of the tables, one step of expectation-maximisation.

The labelled beliefs stand for the unknown motive, the elicited rows say how likely each hidden state was (Dempster, Laird and
Rubin 1977). Each cue counts as much as it was surely told. The row of `response` is left alone: it is the mix that an untold
response is averaged over, and alike for all motives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from houndsight.evaluate.accounts import LabelledAccount, LabelledCue
from houndsight.inference.network import Floats, Network
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.distributions import Distribution, Key, Tables, with_counts

__all__ = ["Counts", "elicited", "expected_counts", "informed", "total"]

Counts = dict[Key, dict[str, float]]
"""Distribution -> value -> expected number of times that it was seen."""


def elicited(knowledge: Knowledge) -> Knowledge:
    """The same knowledge with nothing learned laid beside its rows."""
    rows = {key: replace(row, counts=()) for key, row in knowledge.tables.rows.items()}
    return replace(knowledge, tables=Tables(rows))


def informed(knowledge: Knowledge, counts: Counts) -> Knowledge:
    """The knowledge with exactly these counts laid beside its elicited rows."""
    return replace(knowledge, tables=with_counts(elicited(knowledge).tables, counts))


def expected_counts(knowledge: Knowledge, network: Network, account: LabelledAccount) -> Counts:
    """What one account adds to the rows; nothing when it tells of no lean. `network` is that of the elicited rows."""
    counts: Counts = {}
    if account.beliefs is None:
        return counts
    believed = dict(zip(network.motives, account.beliefs, strict=True))
    for cue in account.cues:
        if cue.cue in network.likelihood:
            for motive, belief in believed.items():
                _add(counts, knowledge.tables.likelihood(cue.cue, motive), cue.value, belief * cue.sure)
    _add_outcome(counts, knowledge, network, account)
    _add_felt(counts, knowledge, network, account)
    return counts


def _add(counts: Counts, row: Distribution, value: str, amount: float) -> None:
    cell = counts.setdefault(row.key, {})
    cell[value] = cell.get(value, 0.0) + amount


def _add_outcome(counts: Counts, knowledge: Knowledge, network: Network, account: LabelledAccount) -> None:
    """An outcome counts for the response that was told, or for all of them as far as each explains it."""
    told = {cue.cue: cue for cue in account.cues}
    if "outcome" not in told:
        return
    outcome = told["outcome"]
    if "response" in told:
        share = np.zeros_like(network.mix)
        share[network.positions["response", told["response"].value]] = 1.0
    else:
        share = network.mix * network.outcome[:, network.positions["outcome", outcome.value]]
        share /= share.sum(axis=0)
    amounts = share * np.array(account.beliefs) * outcome.sure
    for response, row in zip(knowledge.responses, amounts.tolist(), strict=True):
        for motive, amount in zip(network.motives, row, strict=True):
            if amount > 0:
                _add(counts, knowledge.tables.outcome(motive, response), outcome.value, amount)


def _add_felt(counts: Counts, knowledge: Knowledge, network: Network, account: LabelledAccount) -> None:
    """Body cues count for each hidden state as far as it explains all of them together; the states count once."""
    felt = [cue for cue in account.cues if cue.cue in network.body]
    if not felt:
        return
    share = _states(network, felt) * np.array(account.beliefs)[:, None] * max(cue.sure for cue in felt)
    for motive, row in zip(network.motives, share.tolist(), strict=True):
        for state, amount in zip(network.states, row, strict=True):
            _add(counts, knowledge.tables.state(motive), state, amount)
    for cue in felt:
        for motive, row in zip(network.motives, (share * cue.sure).tolist(), strict=True):
            for state, amount in zip(network.states, row, strict=True):
                _add(counts, knowledge.tables.body(cue.cue, motive, state), cue.value, amount)


def _states(network: Network, felt: Sequence[LabelledCue]) -> Floats:
    """P(state | motive, body cues), (M, S)."""
    share = network.affect.copy()
    for cue in felt:
        share *= network.body[cue.cue][network.positions[cue.cue, cue.value]]
    share /= share.sum(axis=1, keepdims=True)
    return share


def total(many: Sequence[Mapping[Key, Mapping[str, float]]]) -> Counts:
    """The sum of counts."""
    counts: Counts = {}
    for one in many:
        for key, cells in one.items():
            into = counts.setdefault(key, {})
            for value, amount in cells.items():
                into[value] = into.get(value, 0.0) + amount
    return counts
