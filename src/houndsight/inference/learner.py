"""The rounds in which one dog is learned (see `dialect` for what is learned, and why so).

In a round every moment is read with what all the others say, by rates and rows from which its own share is taken out; then its share
of the rates and rows is renewed. What a round hands to the next is small: the sums over all moments.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houndsight.inference.cases import Cases
from houndsight.inference.kin import Gathering, kin_of
from houndsight.inference.mixing import Mixing
from houndsight.inference.network import Floats, Network
from houndsight.inference.posterior import TINY
from houndsight.knowledge.settings import Pooling

__all__ = ["LEAST", "Learner"]

ROUNDS = 100
"""At most so many; a dog of whom years are known takes some ten."""
CLOSE = 8e-4
"""Rounds end when no mean rate and no mean row would move further than this."""
LEAST = 1e-6
"""No rate counts for less: what all other moments say together may round below nothing."""


class Learner:
    """Learns from cases and from test results (tests, M). `given` (M) are the parameters of the rates before anything was seen.

    After `learn`: `rates` (M) the parameters of the Dirichlet of the motive rates, `counts` (V, M) and `felt` (V, S) how often each row
    and face was seen, `likelihood` (moments, M) how likely each moment is by motive, read with what all the others say of the rows, against
    dogs at large, and `shares` (moments, M) what it means with what they say of the rates as well.
    """

    def __init__(self, network: Network, pooling: Pooling, given: Floats, cases: Cases, tested: Floats) -> None:
        self.network, self.pooling, self.given, self.cases, self.tested = network, pooling, given, cases, tested
        self.kin = kin = kin_of(network, pooling)
        motives, states, kinds = len(network.motives), len(network.states), kin.base_faces.shape[1]
        self.sites = np.zeros((cases.count + len(tested), motives))
        self.own = np.zeros((len(cases.row), motives))
        self.own_felt = np.zeros((len(cases.face), states))
        # What is weighed above one to read a moment well was still seen once.
        self.teaches = (cases.a[:, 0] > 0)[:, None] * np.minimum(cases.weight, 1.0)
        self.teaches_felt = min(network.gains["state"], 1.0)
        self.of_moment = Gathering(cases.moment, cases.count, motives)
        self.of_felt = Gathering(cases.felt_moment, cases.count, kinds * states)
        self.of_row = Gathering(cases.row, len(kin.base), motives)
        self.of_face = Gathering(cases.face, len(kin.base_faces), states)
        self.pull, self.pull_felt = kin.strength * kin.base, kin.face_strength[:, :, None] * kin.base_faces
        self.kinds = [np.flatnonzero(kin.kind == kind) for kind in range(kinds)]
        self.rates: Floats = self.given
        self.counts: Floats = np.zeros_like(kin.base)
        self.felt: Floats = np.zeros((len(kin.base_faces), states))
        self._sum()
        self.likelihood = self.shares = np.empty((0, motives))

    def learn(self) -> None:
        """Rounds until nothing moves."""
        before, mixing = self._means(), Mixing()
        for _ in range(ROUNDS):
            likelihood = self._round()
            self._sum()
            moved = self._means() - before
            if np.abs(moved).max(initial=0) < CLOSE:
                break
            self._begin(mixing.after(moved, np.concatenate([part.ravel() for part in self._parts()])))
            before = self._means()
        self.likelihood = likelihood[: self.cases.count]
        self.shares = _shares(self._cavity(), likelihood)[: self.cases.count]

    def _sum(self) -> None:
        """What all moments say together: of the rates, of the rows and of the faces."""
        self.rates = self.given + self.sites.sum(axis=0)
        self.counts, self.felt = self.of_row(self.own), self.of_face(self.own_felt)

    def _parts(self) -> tuple[Floats, Floats, Floats]:
        return self.sites, self.own, self.own_felt

    def _begin(self, at: Floats) -> None:
        """Goes on from `at`, or from where the last round ended when the rates would not all be positive there."""
        ended = self._parts()
        sites, own, felt = np.split(at, np.cumsum([part.size for part in ended])[:-1])
        self.sites = sites.reshape(self.sites.shape)
        self.own = np.maximum(own, 0.0).reshape(self.own.shape)
        self.own_felt = np.maximum(felt, 0.0).reshape(self.own_felt.shape)
        self._sum()
        if (self.rates < LEAST).any():
            self.sites, self.own, self.own_felt = ended
            self._sum()

    def _means(self) -> Floats:
        """Mean rates, rows and faces, one after the other."""
        kin = self.kin
        faces = (kin.face_strength * kin.base_faces[:, 0] + self.felt) / (
            kin.face_strength + kin.face_totals(self.felt)
        )
        return np.concatenate([self.rates / self.rates.sum(), kin.rows(self.counts).ravel(), faces.ravel()])

    def _round(self) -> Floats:
        """Renews every moment's factor and what it says of the rows; gives L (moments and tests, M)."""
        network, cases, lapse = self.network, self.cases, self.network.temper.lapse
        score, gate, state = self._scores()
        cavity = self._cavity()
        spoken = self.spoken(score, cavity[: cases.count] / np.einsum("nm->n", cavity[: cases.count])[:, None])
        likelihood = np.concatenate([spoken + lapse, self.tested])
        shares = _shares(cavity, likelihood)
        self._renew_sites(cavity, shares)
        meant = shares[: cases.count] * (spoken / (spoken + lapse))
        self.own = self.teaches * meant.take(cases.moment, 0) * gate
        for kind, motives in enumerate(self.kinds):
            state.joint[:, kind] *= np.einsum(
                "nm,ms->ns", meant[:, motives] / state.summed[:, motives], network.affect[motives]
            )
        self.own_felt = self.teaches_felt * (state.joint.take(cases.felt_moment, 0) * state.gate).sum(axis=1)
        return likelihood

    def spoken(self, score: Floats, rates: Floats) -> Floats:
        """How likely each moment is by motive, (N, M), beside what these rates (N or 1, M) foretold, with the share that is no lapse.

        A lapse is as likely for every moment, as in the canonical reading.
        """
        raw = np.exp(score - score.max(axis=1, keepdims=True, initial=-np.inf))
        told: Floats = (
            (1 - self.network.temper.lapse) * raw / np.maximum(np.einsum("nm->n", raw * rates)[:, None], TINY)
        )
        return told

    def thinned(self, step: int) -> Learner:
        """A learner of every so manieth moment, of which nothing is learned yet."""
        return Learner(self.network, self.pooling, self.given, self.cases.thinned(step), self.tested)

    def scores(self) -> Floats:
        """Log likelihood of each moment by motive, (N, M), read with what all others say."""
        return self._scores()[0]

    def read_by(self, rows: Floats, faces: Floats) -> Floats:
        """Log likelihood of each moment by motive, (N, M), by these rows (V, M) and faces (V, kinds of motive, S)."""
        cases = self.cases
        direct = self.of_moment(cases.weight * np.log(cases.a * rows.take(cases.row, 0) + cases.b))
        felt = np.log(cases.felt_a * faces.take(cases.face, 0) + cases.felt_b)
        return direct + self.network.gains["state"] * np.log(self._summed(np.exp(self.of_felt(felt))))

    def _scores(self) -> tuple[Floats, Floats, _States]:
        """Log likelihood of each moment by motive (N, M), read with what all others say; and what shares it out among the rows."""
        network, cases, kin = self.network, self.cases, self.kin
        others = (self.pull + self.counts).take(cases.row, 0) - self.own
        others /= (kin.strength + kin.totals(self.counts)).take(cases.row, 0) - self.own
        heard = cases.a * np.maximum(others, TINY)
        whole = heard + cases.b
        state = self._states()
        score = self.of_moment(cases.weight * np.log(whole)) + network.gains["state"] * np.log(state.summed)
        score += (network.temper.prior - 1) * np.log(network.prior)
        return score, heard / whole, state

    def _states(self) -> _States:
        cases, kin = self.cases, self.kin
        others = (self.pull_felt + self.felt[:, None]).take(cases.face, 0) - self.own_felt[:, None]
        others /= ((kin.face_strength + kin.face_totals(self.felt)).take(cases.face, 0) - self.own_felt)[:, None]
        heard = cases.felt_a * np.maximum(others, TINY)
        whole = heard + cases.felt_b
        joint = np.exp(self.of_felt(np.log(whole))).reshape(-1, *whole.shape[1:])
        return _States(joint, self._summed(joint), heard / whole)

    def _summed(self, joint: Floats) -> Floats:
        """P(faces | motive), (N, M), of P(faces | kind of motive, state)."""
        affect = self.network.affect
        joint = joint.reshape(len(joint), len(self.kinds), affect.shape[1])
        summed = np.empty((len(joint), len(affect)))
        for kind, motives in enumerate(self.kinds):
            summed[:, motives] = np.einsum("ns,ms->nm", joint[:, kind], affect[motives])
        return summed

    def _cavity(self) -> Floats:
        cavity: Floats = np.maximum(self.rates - self.sites, LEAST)
        return cavity

    def _renew_sites(self, cavity: Floats, shares: Floats) -> None:
        """One step of expectation propagation for the rates: each site becomes the Dirichlet that matches its moment's mixture."""
        size = np.einsum("nm->n", cavity)[:, None]
        mean = (cavity + shares) / (size + 1)
        second = (cavity + 1) * (cavity + 2 * shares) / ((size + 1) * (size + 2))
        square, spread = np.einsum("nm,nm->n", mean, mean)[:, None], np.einsum("nm->n", second)[:, None]
        step = mean * (1 - spread) / np.maximum(spread - square, TINY) - cavity - self.sites
        while ((self.given + (self.sites + step).sum(axis=0)) <= 0).any():
            step /= 2
        self.sites = self.sites + step


def _shares(cavity: Floats, likelihood: Floats) -> Floats:
    """What each moment means, given all others, (moments and tests, M)."""
    shares = cavity * likelihood
    shares /= np.einsum("nm->n", shares)[:, None]  # several times as fast as `sum` along so short an axis
    return shares


@dataclass(frozen=True, slots=True, eq=False)
class _States:
    """The hidden state of each moment.

    `joint` P(faces | kind of motive, state) (N, K, S), `summed` P(faces | motive) (N, M), `gate` how far each face was heard (k, K, S).
    """

    joint: Floats
    summed: Floats
    gate: Floats
