"""Learns one dog: how often he leans for which motive, and how he shows it, drawn to dogs at large as far as little is known of him.

    θ ~ Dirichlet(α·π(facts))     his motive rates           ψ_m ~ Dirichlet(κ·φ_m)     his own rows of a cue
    p(moment | θ, ψ) = Σ_m θ_m L(m),  L(m) = what the canonical reading makes of the moment, over the prior that it was read with

The rates are found by expectation propagation (Minka 2001): each moment's factor is a Dirichlet that matches the mean and the summed
second moment. The rows are found with the moment's own share taken out of what it is read with (Asuncion et al. 2009, CVB0). All
moments are renewed together, from the same start, in one fixed order: what is learned does not depend on the order of the diary. At last
the doubt about the rows is carried into the rates (`carrying`).
A body cue's own row belongs to the hidden state; a motive shifts it no further than it does for dogs at large.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from houndsight.inference.carrying import carried
from houndsight.inference.cases import Cases, Whole, compile_cases, in_order
from houndsight.inference.draws import interval
from houndsight.inference.kin import Kin
from houndsight.inference.learner import LEAST, Learner
from houndsight.inference.network import Floats, Network
from houndsight.inference.posterior import log_scores, see
from houndsight.knowledge.settings import Pooling
from houndsight.records.observation import Observation
from houndsight.records.reading import MotiveShare

__all__ = ["Dialect", "Said", "learn", "of_the_dog"]


@dataclass(frozen=True, eq=False)
class Said:
    """What each moment says of the whole, in the order of learning: of the rates (`sites`), of rows and of faces, entry by entry.

    `place` (moments) is where each moment stands in that order.
    """

    sites: Floats
    cases: Cases
    own: Floats
    own_felt: Floats
    place: Whole


@dataclass(frozen=True, eq=False)
class Dialect:
    """What is known of one dog.

    `at_large` is the network of all dogs and `drawn_to` (M) the rates of dogs of whom the same facts hold. `rates` (M) are the
    parameters of the Dirichlet of his own motive rates; `rows` (V, M) and `faces` (V, S) are how often, as far as can be told, each value
    of `Network.rows` and `Network.faces` was seen with him. `likelihood` (moments, M) is how likely each moment is by motive, in the order
    given and read with what all the others say of his rows; `shares` (moments, M) are what it means in his own case.
    """

    at_large: Network
    drawn_to: Floats
    rates: Floats
    rows: Floats
    faces: Floats
    likelihood: Floats
    shares: Floats
    pooling: Pooling
    kin: Kin
    said: Said

    @cached_property
    def network(self) -> Network:
        """The network that his moments are read with: his mean rates and his mean rows."""
        rates = self.rates / self.rates.sum()
        return self.at_large.with_rows(rates, self.kin.rows(self.rows), self.kin.faces(self.faces))

    def without(self, moment: int) -> Dialect:
        """What is known but for one moment, by its place as given: what it is read with. Of the others it keeps what they mean."""
        said, at = self.said, self.said.place[moment]
        rows, faces = self.rows.copy(), self.faces.copy()
        own, felt = said.cases.moment == at, said.cases.felt_moment == at
        np.subtract.at(rows, said.cases.row[own], said.own[own])
        np.subtract.at(faces, said.cases.face[felt], said.own_felt[felt])
        return replace(
            self,
            rates=np.maximum(self.rates - said.sites[at], LEAST),
            rows=np.maximum(rows, 0.0),
            faces=np.maximum(faces, 0.0),
            likelihood=np.delete(self.likelihood, moment, axis=0),
            shares=np.delete(self.shares, moment, axis=0),
            said=replace(said, place=np.delete(said.place, moment)),
        )

    def with_facts(self, facts: Iterable[Observation]) -> Dialect:
        """The same of a dog of whom these facts hold: his rates are drawn to those of other dogs, and his moments keep what they mean."""
        drawn_to = _rates_of_dogs(self.at_large, facts)
        if np.array_equal(drawn_to, self.drawn_to):
            return self
        rates = self.rates + self.pooling.prior_strength * (drawn_to - self.drawn_to)
        return replace(self, drawn_to=drawn_to, rates=np.maximum(rates, LEAST))

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
    results: Sequence[Sequence[tuple[str, float]]] = (),
) -> Dialect:
    """One dog's dialect from all that was recorded of him.

    `moments` are his moments, each with its cues, the response, the outcome and what the person believes. Cues of the group `dog` are
    the dog's, not a moment's: they are passed over there, and count once as `facts`, by what they make of the rates that he is drawn
    to. `results` are tests: the Bayes factors of motives, each test worth one moment of that evidence. Raises UnknownCue or UnknownValue.
    """
    drawn_to = _rates_of_dogs(network, facts)
    shared = frozenset(cue.id for cue in network.cues.values() if pooling.is_shared(cue))
    kinds, told = in_order(network, moments)
    order = sorted(range(len(moments)), key=told.__getitem__)
    tested = sorted([dict(result).get(motive, 1.0) for motive in network.motives] for result in results)
    learner = Learner(
        network,
        pooling,
        pooling.prior_strength * drawn_to,
        compile_cases(network, kinds, [told[i] for i in order], shared),
        np.array(tested).reshape(-1, len(network.motives)),
    )
    learner.learn()
    rates = carried(learner, pooling)
    back = np.argsort(np.array(order, dtype=np.intp))
    likelihood, shares = learner.likelihood[back], learner.shares[back]
    said = Said(learner.sites * (rates.sum() / learner.rates.sum()), learner.cases, learner.own, learner.own_felt, back)
    return Dialect(
        network, drawn_to, rates, learner.counts, learner.felt, likelihood, shares, pooling, learner.kin, said
    )


def _rates_of_dogs(network: Network, facts: Iterable[Observation]) -> Floats:
    """Motive rates of dogs at large of whom these facts hold, (M).

    A lapse has no part in it: facts are weighed beside the cues of a moment, whose reading has its own.
    """
    told = sorted((o for o in facts if of_the_dog(network, o)), key=lambda o: o.cue)
    if not told:
        return network.prior
    score = log_scores(network, see(network, told)) - network.log_prior
    rates = network.prior * np.exp(score - score.max())
    drawn: Floats = rates / rates.sum()
    return drawn


def of_the_dog(network: Network, one: Observation) -> bool:
    """Whether an observation is a fact about the dog and not of a moment."""
    return one.cue in network.cues and network.cues[one.cue].group == "dog"
