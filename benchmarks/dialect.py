"""Learning one dog: how far off the rates are, by how much is known of him, pooled, counted alone, and for dogs at large; and its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.timing import Line, median_seconds
from houndsight.inference.dialect import Dialect, learn
from houndsight.inference.network import Floats, Network, compile_network
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.temper import PLAIN
from houndsight.records.observation import Observation

__all__ = ["dialect", "lived"]

TOLD = 0.3
"""Chance that a cue of a moment is told."""


def dialect(knowledge: Knowledge, *, quick: bool) -> Iterator[Line]:
    """Dogs are drawn and live as the pure network says; then their moments are learned."""
    network, pooling = compile_network(knowledge, PLAIN), knowledge.model.pooling
    dogs = 10 if quick else 40
    for count in (5, 20, 80, 320):
        pooled, alone, at_large, held = [], [], [], []
        for dog in range(dogs):
            rng = np.random.default_rng([dog, count])
            rates = rng.dirichlet(pooling.prior_strength * network.prior)
            learned = learn(network, pooling, [lived(network, rates, rng) for _ in range(count)])
            pooled.append(_off(learned.network.prior, rates))
            alone.append(_off(_counted(learned), rates))
            at_large.append(_off(network.prior, rates))
            held += [s.low <= rates[network.motives.index(s.motive)] <= s.high for s in learned.motive_rates(0.9)]
        job = f"mean error of the rates, {count} moments"
        peer = f"counted alone {np.mean(alone):.3f}, dogs at large {np.mean(at_large):.3f}"
        yield Line(job, f"{np.mean(pooled):.3f}", peer, f"{np.mean(alone) / np.mean(pooled):.1f} x")
        yield Line("  90 % intervals hold the truth", f"{np.mean(held):.2f}")
    rng = np.random.default_rng(1)
    years = [lived(network, network.prior, rng) for _ in range(500 if quick else 2000)]
    seconds = median_seconds(lambda told: learn(network, pooling, told), [years], 3)
    yield Line(f"learning a dog from {len(years):,} moments", f"{1000 * seconds:,.0f} ms")


def lived(
    network: Network, rates: Floats, rng: np.random.Generator, cues: Sequence[str] | None = None, told: float = TOLD
) -> list[Observation]:
    """One moment of a dog with these motive rates, each of the cues told or not; None: every cue of a moment but what people believe."""
    m = rng.choice(len(rates), p=rates)
    s = rng.choice(len(network.states), p=network.affect[m] / network.affect[m].sum())
    rows = {cue: table[:, m] for cue, table in network.likelihood.items()}
    rows |= {cue: table[:, m, s] for cue, table in network.body.items()}
    if cues is None:
        cues = [cue for cue in rows if network.cues[cue].group != "dog" and cue != "believes"]
    seen = [cue for cue in cues if rng.random() < told]
    return [Observation(cue, network.cues[cue].values[rng.choice(len(rows[cue]), p=rows[cue])]) for cue in seen]


def _counted(learned: Dialect) -> Floats:
    """The rates as the share of moments that each motive leads, without drawing them to anything."""
    leads = np.bincount(learned.shares.argmax(axis=1), minlength=len(learned.rates))
    return np.asarray(leads / leads.sum())


def _off(found: Floats, true: Floats) -> float:
    return float(np.abs(found - true).mean())
