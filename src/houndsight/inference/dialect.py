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

from houndsight.inference.cases import Cases, compile_cases
from houndsight.inference.draws import interval
from houndsight.inference.mixing import Mixing
from houndsight.inference.network import Floats, Network
from houndsight.inference.posterior import TINY
from houndsight.knowledge.settings import Pooling
from houndsight.records.observation import Observation
from houndsight.records.reading import MotiveShare

__all__ = ["Dialect", "learn"]

SWEEPS = 200
"""At most so many rounds; a dog of whom years are known takes some forty."""
CLOSE = 1e-5
"""Rounds end when no mean rate and no mean row has moved further than this."""
LEAST = 1e-6
"""No rate counts for less: what all other moments say together may round below nothing."""


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
        kin = _Kin(base, self.pooling)
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


class _Kin:
    """Which rows make up one distribution, and how strongly it is drawn to dogs at large."""

    def __init__(self, network: Network, pooling: Pooling) -> None:
        strength = {cue.id: pooling.cue_strength[cue.group] for cue in network.cues.values()}
        after, size = strength["outcome"], network.outcome.shape[1]
        places = [(len(table), strength[cue]) for cue, table in network.likelihood.items()]
        places += [(size, after)] * (len(network.outcome) + 1)
        faces = [(len(table), strength[cue]) for cue, table in network.body.items()]
        self.base, self.base_faces = np.exp(network.rows), network.faces
        self.of, self.strength = _spread(places)
        self.of_face, self.face_strength = _spread(faces)

    def rows(self, counts: Floats) -> Floats:
        """Mean rows, (V, M), once `counts` were seen."""
        total = self.strength + _sums(self.of, counts)[self.of]
        mean: Floats = (self.strength * self.base + counts) / total
        return mean

    def faces(self, counts: Floats) -> Floats:
        """Mean faces, (V, M, S), once `counts` (V, S) were seen."""
        strength = self.face_strength[:, :, None]
        total = strength + _sums(self.of_face, counts)[self.of_face][:, None, :]
        mean: Floats = (strength * self.base_faces + counts[:, None, :]) / total
        return mean


def _spread(places: Sequence[tuple[int, float]]) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], Floats]:
    """For each row the number of its distribution (V), and that distribution's strength (V, 1)."""
    of = np.repeat(np.arange(len(places), dtype=np.intp), [size for size, _ in places])
    return of, np.repeat([strength for _, strength in places], [size for size, _ in places])[:, None]


def _sums(place: np.ndarray[tuple[int], np.dtype[np.intp]], values: Floats) -> Floats:
    """The values (n, k) summed by place, (largest place + 1, k)."""
    size = int(place.max()) + 1 if len(place) else 0
    return _gathered(place, values, size)


def _gathered(place: np.ndarray[tuple[int], np.dtype[np.intp]], values: Floats, size: int) -> Floats:
    columns = values.shape[1]
    cells = (place[:, None] * columns + np.arange(columns)).ravel()
    total: Floats = np.bincount(cells, values.ravel(), size * columns).astype(np.float64)
    return total.reshape(size, columns)


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
    own = [sorted((o for o in told if not _of_the_dog(network, o)), key=_key) for told in moments]
    order = sorted(range(len(own)), key=lambda i: [_key(o) for o in own[i]])
    standing = sorted((o for o in facts if _of_the_dog(network, o)), key=_key)
    told = [own[i] for i in order] + ([standing] if standing else [])
    tested = [[result.get(motive, 1.0) for motive in network.motives] for result in results]
    learner = _Learner(
        network,
        pooling,
        compile_cases(network, told),
        np.array(sorted(tested)).reshape(-1, len(network.motives)),
        len(own),
    )
    return learner.learned(np.argsort(np.array(order, dtype=np.intp)))


def _of_the_dog(network: Network, one: Observation) -> bool:
    return one.cue in network.cues and network.cues[one.cue].group == "dog"


def _key(one: Observation) -> tuple[str, str, float, str]:
    return one.cue, one.value, one.confidence, one.origin


class _Learner:
    """The rounds of learning. The first `moments` of the cases teach rows too; what follows them is about the dog as a whole."""

    def __init__(self, network: Network, pooling: Pooling, cases: Cases, tested: Floats, moments: int) -> None:
        self.network, self.pooling, self.cases, self.tested, self.moments = network, pooling, cases, tested, moments
        self.kin = _Kin(network, pooling)
        self.given = pooling.prior_strength * network.prior
        size = len(network.motives)
        self.sites = np.zeros((cases.count + len(tested), size))
        self.own = np.zeros((len(cases.row), size))
        self.own_felt = np.zeros((len(cases.face), len(network.states)))
        self.teaches = (cases.moment < moments) & (cases.a > 0)
        self.teaches_felt = cases.felt_moment < moments

    def learned(self, order: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Dialect:
        """Rounds until nothing moves; `order` puts the moments back as they were given."""
        counts, felt = self._counts()
        before, mixing = self._means(counts, felt), Mixing()
        for _ in range(SWEEPS):
            begun = self._state()
            self._round(counts, felt)
            ended = self._state()
            self._begin(mixing.after(begun, ended), ended)
            counts, felt = self._counts()
            before, last = self._means(counts, felt), before
            if np.abs(before - last).max() < CLOSE:
                break
        rates = self.given + self.sites.sum(axis=0)
        shares = self._shares(self._likelihood(counts, felt)[0])[: self.moments]
        return Dialect(self.network, rates, counts, felt, self.moments, shares[order], self.pooling)

    def _state(self) -> Floats:
        return np.concatenate([self.sites.ravel(), self.own.ravel(), self.own_felt.ravel()])

    def _begin(self, at: Floats, ended: Floats) -> None:
        """Goes on from `at`, or from where the last round ended when the rates would not all be positive."""
        self.sites, self.own, self.own_felt = self._parts(at)
        if ((self.given + self.sites.sum(axis=0)) < LEAST).any():
            self.sites, self.own, self.own_felt = self._parts(ended)

    def _parts(self, state: Floats) -> tuple[Floats, Floats, Floats]:
        sites, own, felt = np.split(state, [self.sites.size, self.sites.size + self.own.size])
        shape, felt_shape = self.own.shape, self.own_felt.shape
        return (
            sites.reshape(self.sites.shape),
            np.maximum(own, 0.0).reshape(shape),
            np.maximum(felt, 0.0).reshape(felt_shape),
        )

    def _means(self, counts: Floats, felt: Floats) -> Floats:
        """Mean rates, rows and faces, one after the other."""
        rates = self.given + self.sites.sum(axis=0)
        return np.concatenate([rates / rates.sum(), self.kin.rows(counts).ravel(), self.kin.faces(felt).ravel()])

    def _round(self, counts: Floats, felt: Floats) -> None:
        """Renews every moment's factor and what it says of the rows, which were seen so often."""
        likelihood, parts = self._likelihood(counts, felt)
        shares = self._shares(likelihood)
        self._renew_sites(likelihood)
        gate, state, gate_felt = parts
        self.own = np.where(self.teaches[:, None], self.cases.weight[:, None] * shares[self.cases.moment] * gate, 0.0)
        by_state = (shares[self.cases.felt_moment, :, None] * state[self.cases.felt_moment] * gate_felt).sum(axis=1)
        self.own_felt = np.where(self.teaches_felt[:, None], self.network.gains["state"] * by_state, 0.0)

    def _counts(self) -> tuple[Floats, Floats]:
        cases, kin = self.cases, self.kin
        return _gathered(cases.row, self.own, len(kin.base)), _gathered(cases.face, self.own_felt, len(kin.base_faces))

    def _likelihood(self, counts: Floats, felt: Floats) -> tuple[Floats, tuple[Floats, Floats, Floats]]:
        """L (moments and tests, M), each moment read with what all others say; and the parts that share it out among the rows."""
        network, cases, kin = self.network, self.cases, self.kin
        total = kin.strength + _sums(kin.of, counts)[kin.of]
        row = (kin.strength[cases.row] * kin.base[cases.row] + counts[cases.row] - self.own) / (
            total[cases.row] - self.own
        )
        heard = cases.a[:, None] * row
        whole = heard + cases.b
        direct = _gathered(cases.moment, cases.weight[:, None] * np.log(whole), cases.count)
        strength = kin.face_strength[cases.face]
        sums = _sums(kin.of_face, felt)[kin.of_face][cases.face] - self.own_felt
        seen = (felt[cases.face] - self.own_felt)[:, None, :]
        face = (strength[:, :, None] * kin.base_faces[cases.face] + seen) / (strength + sums)[:, None, :]
        felt_heard = cases.felt_a[:, None, None] * face
        felt_whole = felt_heard + cases.felt_b[:, None, None]
        shape = (len(network.motives), len(network.states))
        flat = np.log(felt_whole).reshape(-1, shape[0] * shape[1])
        state = network.affect * np.exp(_gathered(cases.felt_moment, flat, cases.count).reshape(-1, *shape))
        summed = state.sum(axis=-1)
        scores = direct + network.gains["state"] * np.log(summed) + (network.temper.prior - 1) * np.log(network.prior)
        raw = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
        lapse = network.temper.lapse
        likelihood = (1 - lapse) * raw / (raw @ network.prior)[:, None] + lapse
        parts = heard / whole, state / summed[:, :, None], felt_heard / felt_whole
        return np.concatenate([likelihood, self.tested]), parts

    def _cavity(self) -> Floats:
        cavity: Floats = np.maximum(self.given + self.sites.sum(axis=0) - self.sites, LEAST)
        return cavity

    def _shares(self, likelihood: Floats) -> Floats:
        """What each moment means, given all others, (moments and tests, M)."""
        weighed = self._cavity() * likelihood
        shares: Floats = weighed / weighed.sum(axis=1, keepdims=True)
        return shares

    def _renew_sites(self, likelihood: Floats) -> None:
        """One step of expectation propagation for the rates."""
        cavity = self._cavity()
        size = cavity.sum(axis=1, keepdims=True)
        shares = cavity * likelihood
        shares /= shares.sum(axis=1, keepdims=True)
        mean = (cavity + shares) / (size + 1)
        second = (cavity * (cavity + 1) + 2 * shares * (cavity + 1)) / ((size + 1) * (size + 2))
        square, spread = (mean**2).sum(axis=1, keepdims=True), second.sum(axis=1, keepdims=True)
        found = mean * (1 - spread) / np.maximum(spread - square, TINY) - cavity
        step = found - self.sites
        while ((self.given + (self.sites + step).sum(axis=0)) <= 0).any():
            step /= 2
        self.sites = self.sites + step
