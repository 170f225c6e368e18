from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from houndsight.evaluate.intervals import figures
from houndsight.evaluate.scores import (
    LEAST,
    brier,
    calibration_error,
    cross_entropy,
    leaders,
    motive_scores,
    reliability,
    top,
)
from houndsight.inference.network import Floats

P = np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6], [0.5, 0.4, 0.1], [0.25, 0.35, 0.4]])
Q = np.array([[0.8, 0.1, 0.1], [0.0, 0.9, 0.1], [0.6, 0.3, 0.1], [0.1, 0.1, 0.8]])


def shares(rows: int = 6, motives: int = 4) -> st.SearchStrategy[Floats]:
    raw = arrays(np.float64, (rows, motives), elements=st.floats(0.01, 1))
    return raw.map(lambda table: table / table.sum(axis=1, keepdims=True))


def test_top_one_and_two_agree_with_counting_by_hand() -> None:
    assert top(P, Q).tolist() == [True, False, True, True]
    assert top(P, Q, 2).tolist() == [True, True, True, True]


def test_cross_entropy_agrees_with_the_sum_by_hand() -> None:
    by_hand = -(0.8 * math.log(0.7) + 0.1 * math.log(0.2) + 0.1 * math.log(0.1))
    assert cross_entropy(P, Q)[0] == pytest.approx(by_hand)


def test_a_zero_where_something_was_believed_is_bad_but_finite() -> None:
    loss = cross_entropy(np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]]))
    assert loss[0] == pytest.approx(-math.log(LEAST))


def test_brier_agrees_with_the_sum_by_hand() -> None:
    assert brier(P, Q)[1] == pytest.approx(0.1**2 + (1 - 0.3) ** 2 + 0.6**2)


def test_calibration_error_agrees_with_the_bins_by_hand() -> None:
    # leading 0.7 right; 0.6 wrong; 0.5 right; 0.4 right, each alone in its bin
    assert calibration_error(P, Q) == pytest.approx((0.3 + 0.6 + 0.5 + 0.6) / 4)


def test_the_reliability_table_puts_certainty_into_its_last_bin() -> None:
    bins = reliability(np.array([[1.0, 0.0], [0.55, 0.45]]), np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert [(b.low, b.count, b.confidence, b.right) for b in bins] == [(0.5, 1, 0.55, 0.0), (0.9, 1, 1.0, 1.0)]


@given(shares())
def test_a_perfect_reading_has_no_brier_and_no_calibration_error(q: Floats) -> None:
    certain = np.eye(q.shape[1])[leaders(q)]
    scores = motive_scores(certain, q)
    assert (scores["Brier"], scores["ECE"], scores["top-1"], scores["top-2"]) == (0.0, 0.0, 1.0, 1.0)


@given(shares(), shares())
def test_no_reading_beats_the_beliefs_themselves(p: Floats, q: Floats) -> None:
    assert (cross_entropy(p, q) >= cross_entropy(q, q) - 1e-12).all()


@given(shares(), shares())
def test_scores_stay_within_their_bounds(p: Floats, q: Floats) -> None:
    scores = motive_scores(p, q)
    assert 0 <= scores["top-1"] <= scores["top-2"] <= 1
    assert 0 <= scores["Brier"] <= 2
    assert 0 <= scores["ECE"] <= 1


@given(shares(), shares(), st.permutations(range(6)))
def test_the_order_of_accounts_does_not_matter(p: Floats, q: Floats, order: list[int]) -> None:
    mixed = motive_scores(p[order], q[order])
    assert mixed == pytest.approx(motive_scores(p, q))


@given(shares(), shares())
def test_the_bins_hold_every_account_once(p: Floats, q: Floats) -> None:
    assert sum(b.count for b in reliability(p, q)) == len(p)


def test_an_interval_holds_the_figure_of_a_mean() -> None:
    values = np.random.default_rng(1).random(200)
    figure = figures(lambda places: {"mean": float(values[places].mean())}, 200)["mean"]
    assert figure.low < figure.value < figure.high
    width = 2 * 1.645 * values.std() / math.sqrt(200)
    assert figure.high - figure.low == pytest.approx(width, rel=0.1)


def test_the_same_seed_gives_the_same_interval() -> None:
    values = np.arange(10.0)
    first, second = (figures(lambda places: {"mean": float(values[places].mean())}, 10, 50) for _ in range(2))
    assert first == second


def test_without_draws_an_interval_has_no_width() -> None:
    figure = figures(lambda places: {"n": float(len(places))}, 3, 0)["n"]
    assert (figure.low, figure.value, figure.high) == (3, 3, 3)


def test_what_cannot_be_had_is_shown_as_a_dash() -> None:
    assert str(figures(lambda _: {"recall": math.nan}, 3, 5)["recall"]) == "-"
