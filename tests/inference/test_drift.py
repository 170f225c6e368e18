"""Changes of a dog's motive rates: seen where they are, and not seen where there are none."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from houndsight.inference.drift import GRID, drift
from houndsight.inference.network import Floats
from houndsight.knowledge.settings import DriftRule

RULE = DriftRule(prior=0.5, least=4, tilt=0.3, change=0.9, told=3.0)
RATES = np.array([0.5, 0.3, 0.2])


def seen(*motives: int, sure: float = 0.97) -> Floats:
    """Moments whose motive is all but known."""
    rest = (1 - sure) / 2
    told: Floats = np.array([[sure if m == motive else rest for m in range(3)] for motive in motives]) / RATES
    return told


def test_a_motive_that_became_frequent_is_found_with_its_time() -> None:
    rng = np.random.default_rng(1)
    before, after = rng.choice(3, 60, p=[0.65, 0.25, 0.1]), rng.choice(3, 60, p=[0.3, 0.2, 0.5])
    rates = np.array([np.mean([*before, *after] == np.array(m)) for m in range(3)])
    found = drift(rates, seen(*before, *after), RULE, 0.9)
    assert found is not None
    assert found.odds > 10
    assert found.motive == 2
    assert found.after > 2 * found.before
    assert found.first <= 60 <= found.last


def test_a_dog_that_stays_as_he_is_shows_no_change() -> None:
    rng = np.random.default_rng(2)
    odds = [drift(RATES, seen(*rng.choice(3, 120, p=RATES)), RULE, 0.9) for _ in range(20)]
    assert sum(one is not None and one.odds >= RULE.told for one in odds) <= 1


def test_the_same_diary_told_backwards_has_the_same_odds() -> None:
    moments = seen(0, 0, 1, 0, 2, 0, 0, 1, 2, 2, 1, 2, 2, 2)
    one, other = drift(RATES, moments, RULE, 0.9), drift(RATES, moments[::-1], RULE, 0.9)
    assert one is not None
    assert other is not None
    assert one.odds == pytest.approx(other.odds)
    assert one.place + other.place == len(moments)
    assert (one.before, one.after) == pytest.approx((other.after, other.before))


def test_too_few_moments_for_two_sides_tell_nothing() -> None:
    assert drift(RATES, seen(0, 1, 2, 0, 1, 2, 0), RULE, 0.9) is None


def test_moments_that_tell_nothing_leave_the_odds_at_their_prior() -> None:
    found = drift(RATES, np.ones((20, 3)), RULE, 0.9)
    assert found is not None
    assert found.odds == pytest.approx(1.0)


def test_the_odds_are_those_of_adding_up_every_case_by_hand() -> None:
    """Every motive, place and pair of tilts, one at a time."""
    moments = seen(0, 1, 0, 2, 0, 2, 1, 2, 2)
    found = drift(RATES, moments, RULE, 0.9)
    assert found is not None
    base = np.exp(-0.5 * (GRID / RULE.tilt) ** 2)
    factors = []
    for m, place in product(range(3), range(RULE.least, len(moments) - RULE.least + 1)):
        told = [_told(moments, m, tilt) for tilt in GRID]
        pairs = {
            (a, b): np.exp(
                -0.5 * ((GRID[a] + GRID[b]) / 2 / RULE.tilt) ** 2 - 0.5 * ((GRID[b] - GRID[a]) / RULE.change) ** 2
            )
            for a, b in product(range(len(GRID)), repeat=2)
        }
        change = sum(w * np.prod(told[a][:place]) * np.prod(told[b][place:]) for (a, b), w in pairs.items())
        same = sum(w * np.prod(one) for w, one in zip(base, told, strict=True)) / base.sum()
        factors.append(change / sum(pairs.values()) / same)
    assert found.odds == pytest.approx(float(np.mean(factors)), rel=1e-9)


def _told(moments: Floats, m: int, tilt: float) -> Floats:
    odds = RATES[m] / (1 - RATES[m]) * np.exp(tilt)
    rates = RATES * (1 - odds / (1 + odds)) / (1 - RATES[m])
    rates[m] = odds / (1 + odds)
    told: Floats = moments @ rates
    return told
