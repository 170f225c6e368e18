"""Learning one dog: how far off the rates are, by how much is known of him, pooled, counted alone, and for dogs at large; and its time."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.timing import Line
from houndsight.inference.dialect import Dialect, learn
from houndsight.inference.network import Floats, Network, compile_network
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.temper import PLAIN
from houndsight.records.observation import Observation

__all__ = ["dialect"]

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
    times = []
    for _ in range(3):
        started = perf_counter()
        learn(network, pooling, years)
        times.append(perf_counter() - started)
    yield Line(f"learning a dog from {len(years):,} moments", f"{1000 * median(times):,.0f} ms")


def lived(network: Network, rates: Floats, rng: np.random.Generator) -> list[Observation]:
    """One moment of a dog with these motive rates, each cue told or not."""
    m = rng.choice(len(rates), p=rates)
    s = rng.choice(len(network.states), p=network.affect[m] / network.affect[m].sum())
    rows = {cue: table[:, m] for cue, table in network.likelihood.items()}
    rows |= {cue: table[:, m, s] for cue, table in network.body.items()}
    told = [cue for cue in rows if network.cues[cue].group != "dog" and cue != "believes" and rng.random() < TOLD]
    return [Observation(cue, network.cues[cue].values[rng.choice(len(rows[cue]), p=rows[cue])]) for cue in told]


def _counted(learned: Dialect) -> Floats:
    """The rates as the share of moments that each motive leads, without drawing them to anything."""
    leads = np.bincount(learned.shares.argmax(axis=1), minlength=len(learned.rates))
    return np.asarray(leads / leads.sum())


def _off(found: Floats, true: Floats) -> float:
    return float(np.abs(found - true).mean())
