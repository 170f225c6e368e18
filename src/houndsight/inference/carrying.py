"""Carries the doubt about a dog's rows into his rates.

The rounds of learning read every moment by mean rows, each with its own share taken out. That is right while few moments speak of a row; with
hundreds the doubt about a row is common to all of them, the rounds do not see it, and the commonest motive comes out too common and too
sure. Rates found anew under draws of all rows at once see it, and are too unsure while the rows are known from a few moments. The mean
of both is taken, weighed by the number of moments. Rows move with the rates in turn, which draws of rows alone do not see: their spread
counts more than once. Both numbers stand in `[pooling]` of model.toml, set so that means and spreads agree with long chains on the same
model (docs/model.md).
"""

from __future__ import annotations

import numpy as np

from houndsight.inference.learner import LEAST, Learner
from houndsight.inference.network import Floats
from houndsight.inference.posterior import TINY
from houndsight.knowledge.settings import Pooling

__all__ = ["carried"]

DRAWS = 16
"""Draws of the rows, in pairs that lie opposite to each other."""
SEED = 20
ROUNDS = 40
CLOSE = 3e-4
"""The rates under a draw are found when none would move further than this."""


def carried(learner: Learner, pooling: Pooling) -> Floats:
    """Dirichlet parameters of the rates, (M), with the doubt about the rows in their mean and in how sure they are."""
    telling = len(np.unique(np.concatenate([learner.cases.moment, learner.cases.felt_moment])))
    if not telling:
        return learner.rates
    mean = learner.rates / learner.rates.sum()
    weight = telling / (telling + pooling.carry_half)
    drawn = _rates(learner, _likelihoods(learner, mean))
    mean = (1 - weight) * mean + weight * drawn.mean(axis=0)
    spread = mean * (1 - mean) / (learner.rates.sum() + 1) + weight * (1 + pooling.carry_loop * weight) * drawn.var(
        axis=0
    )
    size = float((mean * (1 - mean)).sum() / spread.sum()) - 1
    parameters: Floats = np.maximum(mean * size, LEAST)
    return parameters


def _likelihoods(learner: Learner, mean: Floats) -> np.ndarray[tuple[int, int, int], np.dtype[np.float32]]:
    """L of each moment and test by motive under every draw, (D, N, M): each moment read with its own share out, and the rows moved."""
    kin, rng = learner.kin, np.random.default_rng(SEED)
    rows, faces = learner.pull + learner.counts, learner.pull_felt + learner.felt[:, None]
    lapse, apart = learner.network.temper.lapse, learner.scores()
    apart = apart - learner.read_by(rows / kin.totals(rows), faces / kin.face_totals_of(faces))
    found = np.empty((DRAWS, len(apart) + len(learner.tested), len(mean)), dtype=np.float32)
    for pair in range(0, DRAWS, 2):
        aside, felt = rng.standard_normal(rows.shape), rng.standard_normal((len(faces), 1, faces.shape[2]))
        for place, way in ((pair, 1.0), (pair + 1, -1.0)):
            row, face = _gamma(rows, way * aside), _gamma(faces, way * felt)
            score = apart + learner.read_by(row / kin.totals(row), face / kin.face_totals_of(face))
            raw = np.exp(score - score.max(axis=1, keepdims=True, initial=-np.inf))
            told = (1 - lapse) * raw / np.maximum(np.einsum("nm,m->n", raw, mean), TINY)[:, None] + lapse
            found[place] = np.concatenate([told, learner.tested])
    return found


def _gamma(shape: Floats, aside: Floats) -> Floats:
    """Gamma variates at so many standard normals, by the cube of Wilson and Hilferty (1931): they move smoothly with their shape."""
    drawn: Floats = shape * np.maximum(1 - 1 / (9 * shape) + aside / (3 * np.sqrt(shape)), 0.01) ** 3
    return drawn


def _rates(learner: Learner, likelihood: np.ndarray[tuple[int, int, int], np.dtype[np.float32]]) -> Floats:
    """Mean rates under every draw, (D, M): the shares of all moments added up until they stay, with Aitken's step for each draw."""
    given = learner.given
    total = given.sum() + likelihood.shape[1]
    at = np.broadcast_to(learner.rates, (len(likelihood), len(given))).copy()
    before = end = at
    for number in range(ROUNDS):
        shares = at[:, None, :].astype(np.float32) * likelihood
        shares /= np.einsum("dnm->dn", shares)[:, :, None]
        last, end = end, given + np.einsum("dnm->dm", shares)
        moved = end - at
        if np.abs(moved).max() < CLOSE * total:
            break
        change = moved - before
        step = (moved * change).sum(axis=1) / np.maximum((change * change).sum(axis=1), TINY)
        mixed = end - step[:, None] * (end - last)
        at = np.where(((number > 0) & (mixed > LEAST).all(axis=1))[:, None], mixed, end)
        before = moved
    rates: Floats = end / total
    return rates
