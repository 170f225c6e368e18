"""Compiles the knowledge base into arrays: the network that every reading is read with.

Order of axes everywhere: value, motive, state. A row is the fitted one where accounts have moved it, else the elicited one; it is
drawn around as a Dirichlet of strength = concentration of its grade x number of values + accounts that spoke of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.distributions import Distribution
from houndsight.knowledge.temper import PLAIN, Temper
from houndsight.knowledge.vocabulary import Cue
from houndsight.records.observation import Observation

__all__ = ["Floats", "Network", "chance", "compile_network", "drawn_strength", "mean_row", "row_strength"]

Floats = NDArray[np.float64]


def row_strength(knowledge: Knowledge, row: Distribution) -> float:
    """Dirichlet strength of an elicited row: how many observations its grade of evidence is thought to be worth."""
    return knowledge.concentrations[row.grade] * len(row.values)


def mean_row(row: Distribution, temper: Temper) -> Floats:
    """The row that is read with: the fitted one where there is one, and in the pure network the elicited one."""
    return np.array(row.fitted if row.fitted and temper != PLAIN else row.probabilities)


def drawn_strength(knowledge: Knowledge, row: Distribution, temper: Temper) -> float:
    """Dirichlet strength with which a row is drawn: what its grade is worth, and every account that spoke of it."""
    return row_strength(knowledge, row) + (0.0 if temper == PLAIN else row.seen)


@dataclass(frozen=True, eq=False)
class Network:
    """The network as arrays. M motives, S states; a cue has V values.

    `prior` (M), `affect` = P(state | motive) (M, S), `likelihood` cue -> P(value | motive) (V, M), `body` cue ->
    P(value | motive, state) (V, M, S), `outcome` = P(outcome | response, motive) (R, O, M), `mix` = share of each response
    (R, M), which an outcome whose response was not told is averaged over.
    """

    motives: tuple[str, ...]
    states: tuple[str, ...]
    cues: Mapping[str, Cue]
    temper: Temper
    prior: Floats
    affect: Floats
    likelihood: Mapping[str, Floats]
    body: Mapping[str, Floats]
    outcome: Floats
    mix: Floats

    @cached_property
    def log_prior(self) -> Floats:
        """Log prior raised to the temper's exponent, (M)."""
        return np.log(self.prior) * self.temper.prior

    @cached_property
    def log_likelihood(self) -> dict[str, Floats]:
        """Cue -> log P(value | motive), (V, M)."""
        return {cue: np.log(table) for cue, table in self.likelihood.items()}

    @cached_property
    def log_outcome(self) -> Floats:
        """Log P(outcome | response, motive), (R + 1, O, M); the last row stands for an untold response."""
        unknown = np.einsum("rm,rom->om", self.mix, self.outcome)
        total: Floats = np.log(np.concatenate([self.outcome, unknown[None]]))
        return total

    @cached_property
    def rows(self) -> Floats:
        """Log rows of all directly read cues, one under the other: first `likelihood` in its order, then `log_outcome`, (V, M)."""
        return np.concatenate([*self.log_likelihood.values(), self.log_outcome.reshape(-1, len(self.motives))])

    @cached_property
    def row_of(self) -> dict[tuple[str, str], int]:
        """(cue, value) -> its row in `rows`, for the cues of `likelihood`."""
        pairs = [(cue, value) for cue in self.likelihood for value in self.cues[cue].values]
        return {pair: row for row, pair in enumerate(pairs)}

    def believed(self, observation: Observation) -> float:
        """How far an observation is believed, 0 to 1: what was heard in words less than its confidence says by itself."""
        return observation.confidence * (self.temper.heard if observation.origin == "words" else 1.0)

    def outcome_row(self, outcome: str, response: str | None) -> int:
        """The row of `rows` that an outcome has after a response; None: the response was not told."""
        place = len(self.outcome) if response is None else self.positions["response", response]
        size: int = self.outcome.shape[1]
        return len(self.row_of) + place * size + self.positions["outcome", outcome]

    @cached_property
    def faces(self) -> Floats:
        """P(value | motive, state) of all body cues, one under the other in the order of `body`, (V, M, S)."""
        empty = np.empty((0, len(self.motives), len(self.states)))
        return np.concatenate([empty, *self.body.values()])

    @cached_property
    def face_of(self) -> dict[tuple[str, str], int]:
        """(cue, value) -> its row in `faces`, for the cues of `body`."""
        pairs = [(cue, value) for cue in self.body for value in self.cues[cue].values]
        return {pair: row for row, pair in enumerate(pairs)}

    def with_rows(self, prior: Floats, rows: Floats, faces: Floats) -> Network:
        """The same network with other numbers: `prior` (M), `rows` (V, M) in the order of `rows` but not in logs, `faces` (V, M, S)."""
        direct = _cut(self.likelihood, rows)
        after = rows[len(self.row_of) :].reshape(len(self.outcome) + 1, *self.outcome.shape[1:])
        return replace(self, prior=prior, likelihood=direct, body=_cut(self.body, faces), outcome=after[:-1])

    @cached_property
    def unweighted(self) -> bool:
        """Whether every directly read cue counts in full, whatever else was seen."""
        return not self.temper.blocks and all(self.gains[cue] == 1.0 for cue in (*self.likelihood, "outcome"))

    @cached_property
    def kin(self) -> dict[str, int]:
        """Directly read cue -> a number that the cues of its block share, and nobody shares with a cue of no block.

        Blocks have the numbers from 0 in the order of the temper.
        """
        blocks = {name: i for i, name in enumerate(self.temper.blocks)}
        alone = {cue: len(blocks) + i for i, cue in enumerate((*self.likelihood, "outcome"))}
        return alone | {cue: blocks[block] for cue, block in self.block_of.items()}

    @cached_property
    def shares(self) -> Floats:
        """`share` as a table: by the number of `kin` and how many were seen; all cues of no block keep 1."""
        blocks, cues = [*self.temper.blocks], len(self.likelihood) + 1
        table = np.ones((len(blocks) + cues, cues + 2))
        for i, block in enumerate(blocks):
            table[i] = [self.share(block, seen) for seen in range(cues + 2)]
        return table

    @cached_property
    def block_of(self) -> dict[str, str]:
        """Cue -> the block of overlapping cues that it belongs to."""
        return {cue: name for name, (_, cues) in self.temper.blocks.items() for cue in cues}

    @cached_property
    def positions(self) -> dict[tuple[str, str], int]:
        """(cue, value) -> place of the value on the cue's axis."""
        return {(cue.id, value): i for cue in self.cues.values() for i, value in enumerate(cue.values)}

    @cached_property
    def gains(self) -> dict[str, float]:
        """Cue -> weight of its group; the key `state` is the weight of the hidden-state term."""
        groups = self.temper.groups
        gains = {cue.id: groups.get(cue.id, groups.get(cue.group, 1.0)) for cue in self.cues.values()}
        return {**gains, "outcome": groups.get("outcome", 1.0), "state": groups.get("state", 1.0)}

    def share(self, block: str, seen: int) -> float:
        """What each of `seen` cues of a block keeps of its weight: 1 for one cue, falling towards the block's own weight."""
        weight = self.temper.blocks[block][0]
        return (1 + (seen - 1) * weight) / seen if seen else 1.0


def chance(network: Network, cue: str, value: str, response: str | None = None) -> Floats:
    """P(value | motive), (M), for any cue that bears on the motive; of an outcome after the response, None: after any."""
    place = network.positions[cue, value]
    if cue in network.body:
        felt: Floats = (network.affect * network.body[cue][place]).sum(axis=1)
        return felt
    row = network.outcome_row(value, response) if cue == "outcome" else network.row_of[cue, value]
    told: Floats = np.exp(network.rows[row])
    return told


def _cut(tables: Mapping[str, Floats], rows: Floats) -> dict[str, Floats]:
    """Rows that stand one under the other as one table for each cue."""
    ends = np.cumsum([len(table) for table in tables.values()])
    return dict(zip(tables, np.split(rows[: ends[-1]], ends[:-1]), strict=True)) if len(ends) else {}


def compile_network(knowledge: Knowledge, temper: Temper | None = None) -> Network:
    """Arrays of the knowledge base. `temper` None takes the learned one; `PLAIN` gives the pure network on elicited rows."""
    temper = knowledge.temper if temper is None else temper
    motives, states, tables = knowledge.motives, knowledge.vocabulary.states, knowledge.tables
    cues = knowledge.vocabulary.cues

    def row(distribution: Distribution) -> Floats:
        return mean_row(distribution, temper)

    likelihood = {
        cue.id: np.stack([row(tables.likelihood(cue.id, m)) for m in motives], axis=1)
        for cue in cues.values()
        if cue.read_by == "motive"
    }
    body = {
        cue.id: np.stack([np.stack([row(tables.body(cue.id, m, s)) for s in states], axis=1) for m in motives], axis=1)
        for cue in cues.values()
        if cue.read_by == "state"
    }
    return Network(
        motives=motives,
        states=states,
        cues=cues,
        temper=temper,
        prior=np.array([m.prior for m in knowledge.vocabulary.motives.values()]),
        affect=np.stack([row(tables.state(m)) for m in motives]),
        likelihood=likelihood,
        body=body,
        outcome=np.stack([np.stack([row(tables.outcome(m, r)) for m in motives], axis=1) for r in knowledge.responses]),
        mix=np.stack([row(tables.likelihood("response", m)) for m in motives], axis=1),
    )
