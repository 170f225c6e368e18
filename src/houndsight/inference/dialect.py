"""Learns one dog: how often he leans for which motive, and how he shows it, drawn to dogs at large as far as little is known of him.

    θ ~ Dirichlet(α·π)            his motive rates           ψ_m ~ Dirichlet(κ·φ_m)     his own rows of a cue
    p(moment | θ, ψ) = Σ_m θ_m L(m),  L(m) = what the canonical reading makes of the moment, over the prior that it was read with

The rates are found by expectation propagation (Minka 2001): each moment's factor is a Dirichlet that matches the mean and the summed
second moment. The rows are found with the moment's own share taken out of what it is read with (Asuncion et al. 2009, CVB0). All
moments are renewed together, from the same start, in one fixed order: what is learned does not depend on the order of the diary.
A body cue's own row belongs to the hidden state; a motive shifts it no further than it does for dogs at large.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from houndsight.inference.cases import compile_cases, in_order
from houndsight.inference.draws import interval
from houndsight.inference.kin import Kin
from houndsight.inference.learner import Learner
from houndsight.inference.network import Floats, Network
from houndsight.knowledge.settings import Pooling
from houndsight.records.observation import Observation
from houndsight.records.reading import MotiveShare

__all__ = ["Dialect", "learn"]


@dataclass(frozen=True, eq=False)
class Dialect:
    """What is known of one dog.

    `rates` (M) are the parameters of the Dirichlet of his motive rates. `rows` (V, M) and `faces` (V, S) are how often, as far as can be
    told, each value of `Network.rows` and `Network.faces` was seen with him. `at_large` is the network of all dogs, `moments` the number
    learned from, and `shares` (moments, M) what each of them means in his own case, in the order given.
    """

    at_large: Network
    rates: Floats
    rows: Floats
    faces: Floats
    moments: int
    shares: Floats
    pooling: Pooling

    @cached_property
    def network(self) -> Network:
        """The network that his moments are read with: his mean rates and his mean rows."""
        base = self.at_large
        kin = Kin(base, self.pooling)
        rows, faces = kin.rows(self.rows), kin.faces(self.faces)
        at, likelihood, body = 0, {}, {}
        for cue, table in base.likelihood.items():
            likelihood[cue] = rows[at : at + len(table)]
            at += len(table)
        outcome = rows[at:].reshape(len(base.outcome) + 1, *base.outcome.shape[1:])[:-1]
        at = 0
        for cue, table in base.body.items():
            body[cue] = faces[at : at + len(table)]
            at += len(table)
        rates = self.rates / self.rates.sum()
        return replace(base, prior=rates, likelihood=likelihood, body=body, outcome=outcome)

    def motive_rates(self, mass: float, draws: int = 4000, seed: int = 20) -> tuple[MotiveShare, ...]:
        """His motive rates with the interval that holds `mass` of their posterior, the commonest first."""
        drawn = np.random.default_rng(seed).standard_gamma(self.rates[:, None], size=(len(self.rates), draws))
        low, high = interval(drawn / drawn.sum(axis=0), mass)
        mean = self.rates / self.rates.sum()
        shares = map(MotiveShare, self.at_large.motives, mean.tolist(), low.tolist(), high.tolist())
        return tuple(sorted(shares, key=lambda share: -share.p))


def learn(
    network: Network,
    pooling: Pooling,
    moments: Sequence[Sequence[Observation]],
    *,
    facts: Iterable[Observation] = (),
    results: Sequence[Mapping[str, float]] = (),
) -> Dialect:
    """One dog's dialect from all that was recorded of him.

    `moments` are his moments, each with its cues, the response, the outcome and what the person believes. Cues of the group `dog` are
    the dog's, not a moment's: they are passed over there, and count once as `facts`. `results` are tests: motive -> Bayes factor, each
    worth one moment of that evidence. Raises UnknownCue or UnknownValue.
    """
    kinds, told = in_order(network, moments, tuple(facts))
    order = sorted(range(len(moments)), key=told.__getitem__)
    cases = compile_cases(network, kinds, [told[i] for i in order] + [told[-1]] * bool(told[-1]))
    tested = sorted([result.get(motive, 1.0) for motive in network.motives] for result in results)
    learner = Learner(network, pooling, cases, np.array(tested).reshape(-1, len(network.motives)), len(order))
    learner.learn()
    shares = np.empty_like(learner.shares)
    shares[order] = learner.shares
    return Dialect(network, learner.rates, learner.counts, learner.felt, len(order), shares, pooling)
