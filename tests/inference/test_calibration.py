"""Simulation-based calibration: worlds drawn from the tables' own uncertainty are simulated and read back.

In every world each table row is drawn from its Dirichlet; a motive, a hidden state and some cues are drawn from that world's
tables; the moment is read with the tables as they are. The interval should hold the probability that somebody who knew the
world's tables would give, in about 90 of 100 cases, and what is read with 30 % should be so in about 30 of 100.
Cook, Gelman and Rubin (2006); here the intervals come from draws of the tables alone, not weighed by the moment's fit to
them, so that some points of coverage are lost (0.88 over all motives and 0.85 for the leading one, when this was written).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from houndsight.inference.draws import TableDraws, interval
from houndsight.inference.network import Floats, Network, compile_network
from houndsight.inference.posterior import posterior
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.distributions import Distribution
from houndsight.knowledge.temper import PLAIN
from houndsight.records.observation import Observation

WORLDS, MOMENTS, TOLD = 300, 8, 0.25


@dataclass(frozen=True)
class ReadBack:
    """N simulated moments: the true motive, what is read (N, M), the interval's ends, and what the world's own tables say."""

    motive: NDArray[np.int64]
    p: Floats
    low: Floats
    high: Floats
    true: Floats


def drawn_world(knowledge: Knowledge, network: Network, rng: np.random.Generator) -> Network:
    """The network of one world, drawn apart from the code that is tested."""
    tables, motives, states = knowledge.tables, network.motives, network.states
    grades = knowledge.concentrations

    def row(found: Distribution) -> Floats:
        return rng.dirichlet(grades[found.grade] * len(found.values) * np.array(found.probabilities)) + 1e-12

    bodies = {key: row(found) for key, found in tables.rows.items() if key[0] == "body"}
    weakest = max(motive.grade for motive in knowledge.vocabulary.motives.values())
    return replace(
        network,
        prior=rng.dirichlet(grades[weakest] * len(motives) * network.prior),
        affect=np.stack([row(tables.state(m)) for m in motives]),
        likelihood={c: np.stack([row(tables.likelihood(c, m)) for m in motives], axis=1) for c in network.likelihood},
        body={
            c: np.stack([np.stack([bodies[tables.body(c, m, s).key] for s in states], axis=1) for m in motives], axis=1)
            for c in network.body
        },
        outcome=np.stack([np.stack([row(tables.outcome(m, r)) for m in motives], axis=1) for r in knowledge.responses]),
        mix=np.stack([row(tables.likelihood("response", m)) for m in motives], axis=1),
    )


def simulated(network: Network, rng: np.random.Generator) -> tuple[int, list[Observation]]:
    """A motive and a moment out of one world."""
    motive = rng.choice(len(network.motives), p=network.prior / network.prior.sum())
    state = rng.choice(len(network.states), p=network.affect[motive] / network.affect[motive].sum())
    rows = {cue: table[:, motive] for cue, table in network.likelihood.items()}
    rows |= {cue: table[:, motive, state] for cue, table in network.body.items()}
    response = int(rng.choice(len(network.outcome)))
    after = {"response": np.eye(len(network.outcome))[response], "outcome": network.outcome[response, :, motive]}
    told = [cue for cue in rows if rng.random() < TOLD] + (["response", "outcome"] if rng.random() < TOLD else [])
    chosen = {cue: int(rng.choice(len(row), p=row / row.sum())) for cue, row in (rows | after).items()}
    return int(motive), [Observation(cue, network.cues[cue].values[chosen[cue]]) for cue in told]


@pytest.fixture(scope="module")
def read_back(knowledge: Knowledge) -> ReadBack:
    network, rng = compile_network(knowledge, PLAIN), np.random.default_rng(11)
    own, found = TableDraws(knowledge, network, 400, seed=20), []
    for _ in range(WORLDS):
        world = drawn_world(knowledge, network, rng)
        for _ in range(MOMENTS):
            motive, moment = simulated(world, rng)
            low, high = interval(own.weighed(moment), 0.9)
            found.append((motive, posterior(network, moment), low, high, posterior(world, moment)))
    motives, *arrays = zip(*found, strict=True)
    return ReadBack(np.array(motives), *(np.array(a) for a in arrays))


def test_nine_in_ten_intervals_hold_what_the_true_tables_would_say(read_back: ReadBack) -> None:
    inside = (read_back.low <= read_back.true) & (read_back.true <= read_back.high)
    assert 0.88 <= inside.mean() <= 0.93


def test_the_intervals_of_the_leading_motive_hold_too(read_back: ReadBack) -> None:
    rows, leader = np.arange(len(read_back.p)), read_back.p.argmax(axis=1)
    low, high, true = (a[rows, leader] for a in (read_back.low, read_back.high, read_back.true))
    assert 0.86 <= ((low <= true) & (true <= high)).mean() <= 0.94


def test_what_is_read_with_a_probability_is_so_that_often(read_back: ReadBack) -> None:
    """Expected calibration error of the leading motive, ten bins; 2,400 moments leave about 0.02 of it to chance."""
    confidence, right = read_back.p.max(axis=1), read_back.p.argmax(axis=1) == read_back.motive
    bins = np.minimum((confidence * 10).astype(int), 9)
    gaps = [abs(confidence[bins == b].sum() - right[bins == b].sum()) for b in range(10)]
    assert sum(gaps) / len(right) <= 0.05


def test_the_reading_scores_better_than_the_prior(read_back: ReadBack, knowledge: Knowledge) -> None:
    """Brier score over all motives."""
    truth = np.eye(read_back.p.shape[1])[read_back.motive]
    prior = np.array([m.prior for m in knowledge.vocabulary.motives.values()])
    assert ((read_back.p - truth) ** 2).sum(axis=1).mean() < 0.8 * ((prior - truth) ** 2).sum(axis=1).mean()
