"""Carries the doubt about a dog's rows into his rates.

The rounds of learning read every moment by mean rows, each with its own share taken out. That is right while few moments speak of a row; with
hundreds the doubt about a row is common to all of them, the rounds do not see it, and the commonest motive comes out too common and too
sure. Rates found anew under draws of all rows at once see it, and are too unsure while the rows are known from a few moments. The mean
of both is taken, weighed by the number of moments. Rows move with the rates in turn, which draws of rows alone do not see: their spread
counts more than once. Both numbers stand in `[pooling]` of model.toml, set so that means and spreads agree with long chains on the same
model (docs/model.md).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from houndsight.inference.learner import LEAST, Learner
from houndsight.inference.network import Floats
from houndsight.inference.posterior import TINY
from houndsight.knowledge.settings import Pooling

__all__ = ["carried"]

Singles = np.ndarray[tuple[int, int, int], np.dtype[np.float32]]

DRAWS = 8
"""Draws of the rows, in pairs that lie opposite to each other."""
SEED = 20
ENOUGH = 1000
"""Moments that show how far a draw moves the rates."""
ROUNDS = 40
CLOSE = 3e-4
"""The rates under a draw are found when none would move further than this."""


def carried(learner: Learner, pooling: Pooling) -> Floats:
    """Dirichlet parameters of the rates, (M), with the doubt about the rows in their mean and in how sure they are."""
    tells = np.zeros(learner.cases.count, dtype=bool)
    tells[learner.cases.moment] = tells[learner.cases.felt_moment] = True
    telling = int(tells.sum())
    if not telling:
        return learner.rates
    mean = learner.rates / learner.rates.sum()
    weight = telling / (telling + pooling.carry_half)
    drawn = _drawn(learner, mean)
    mean = (1 - weight) * mean + weight * drawn.mean(axis=0)
    spread = mean * (1 - mean) / (learner.rates.sum() + 1) + weight * (1 + pooling.carry_loop * weight) * drawn.var(
        axis=0
    )
    size = float((mean * (1 - mean)).sum() / spread.sum()) - 1
    parameters: Floats = np.maximum(mean * size, LEAST)
    return parameters


def _drawn(learner: Learner, mean: Floats) -> Floats:
    """Mean rates under every draw of the rows, (D, M): in a long diary how far a part of it moves them, from what the whole says."""
    step, score = -(-learner.cases.count // ENOUGH), learner.scores()
    rates = _rates(learner, _likelihoods(learner, score, step, mean))
    if step == 1:
        return rates[1:]
    whole = _rates(learner, _told(learner, score, mean)[None].astype(np.float32))
    return np.maximum(rates[1:] - rates[:1] + whole, LEAST)


def _likelihoods(learner: Learner, score: Floats, step: int, mean: Floats) -> Singles:
    """L of every so manieth moment, and of each test, by motive, (1 + D, n, M): by the mean rows and under every draw.

    `score` is the log likelihood of every moment by the mean rows. Each moment is read with its own share taken out, and then with the rows moved.
    """
    kin = learner.kin
    part = learner if step == 1 else learner.thinned(step)
    rows, faces = learner.pull + learner.counts, learner.pull_felt + learner.felt[:, None]
    apart = score[::step] - part.read_by(rows / kin.totals(rows), faces / kin.face_totals_of(faces))
    found = np.empty((1 + DRAWS, len(apart) + len(learner.tested), len(mean)), dtype=np.float32)
    found[0] = _told(learner, score[::step], mean)
    for pair in range(1, DRAWS, 2):
        aside, felt = _aside(pair, rows.shape), _aside(-pair, (len(faces), 1, faces.shape[2]))
        for place, way in ((pair, 1.0), (pair + 1, -1.0)):
            row, face = _gamma(rows, way * aside), _gamma(faces, way * felt)
            found[place] = _told(
                learner, apart + part.read_by(row / kin.totals(row), face / kin.face_totals_of(face)), mean
            )
    return found


def _told(learner: Learner, score: Floats, mean: Floats) -> Floats:
    """L of moments with these scores, and of the tests."""
    return np.concatenate([learner.spoken(score, mean[None]) + learner.network.temper.lapse, learner.tested])


@lru_cache(maxsize=4 * DRAWS)
def _aside(number: int, shape: tuple[int, ...]) -> Floats:
    """Standard normals, the same for every dog."""
    return np.random.default_rng([SEED, number % (1 << 16)]).standard_normal(shape)


def _gamma(shape: Floats, aside: Floats) -> Floats:
    """Gamma variates at so many standard normals, by the cube of Wilson and Hilferty (1931): they move smoothly with their shape."""
    drawn: Floats = shape * np.maximum(1 - 1 / (9 * shape) + aside / (3 * np.sqrt(shape)), 0.01) ** 3
    return drawn


def _rates(learner: Learner, likelihood: Singles) -> Floats:
    """Mean rates under every draw, (D, M): the shares of all moments added up until they stay, with Aitken's step for each draw."""
    given, count = learner.given, learner.cases.count
    times = np.ones(likelihood.shape[1])
    times[: len(times) - len(learner.tested)] *= count / (len(times) - len(learner.tested))
    total = given.sum() + times.sum()
    at = np.broadcast_to(learner.rates, (len(likelihood), len(given))).copy()
    before: Floats = at
    end: Floats = at.copy()
    for number in range(ROUNDS):
        shares = at[:, None, :].astype(np.float32) * likelihood
        shares /= np.einsum("dnm->dn", shares)[:, :, None]
        last, end = end, given + np.einsum("dnm,n->dm", shares, times)
        moved = end - at
        if np.abs(moved).max() < CLOSE * total:
            break
        change = moved - before
        along = (moved * change).sum(axis=1) / np.maximum((change * change).sum(axis=1), TINY)
        mixed = end - along[:, None] * (end - last)
        at = np.where(((number > 0) & (mixed > LEAST).all(axis=1))[:, None], mixed, end)
        before = moved
    rates: Floats = end / total
    return rates
