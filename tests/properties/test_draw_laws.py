"""Laws of the draws of the tables and of the intervals that come from them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from houndsight.inference.draws import TableDraws, interval, lead_share
from houndsight.inference.network import Floats, Network
from houndsight.inference.posterior import posterior, score, see
from houndsight.knowledge.base import Knowledge
from houndsight.records.observation import Observation

Moments = st.SearchStrategy[list[Observation]]

LAWS = settings(max_examples=80, deadline=None, derandomize=True)


@LAWS
@given(st.data())
def test_under_every_draw_the_posterior_sums_to_one(draws: TableDraws, doubtful: Moments, data: st.DataObject) -> None:
    drawn = draws.posterior(data.draw(doubtful))
    assert drawn.shape == (len(draws.network.motives), draws.count)
    np.testing.assert_allclose(drawn.sum(axis=0), 1.0, rtol=0, atol=1e-12)


@LAWS
@given(st.data())
def test_each_draw_is_the_exact_posterior_of_the_network_with_those_tables(
    draws: TableDraws, doubtful: Moments, data: st.DataObject
) -> None:
    moment, number = data.draw(doubtful), data.draw(st.integers(0, draws.count - 1))
    exact = posterior(draws.network_at(number), moment)
    np.testing.assert_allclose(draws.posterior(moment)[:, number], exact, rtol=0, atol=2e-6)


@settings(LAWS, max_examples=25)
@given(st.data())
def test_draws_are_the_same_in_any_company_and_any_order(
    knowledge: Knowledge, network: Network, draws: TableDraws, moments: Moments, data: st.DataObject
) -> None:
    fresh = TableDraws(knowledge, network, draws.count, draws.seed)
    for moment in data.draw(st.lists(moments, max_size=2)):
        fresh.posterior(moment)
    moment = data.draw(moments)
    shuffled = data.draw(st.permutations(moment))
    np.testing.assert_allclose(fresh.posterior(shuffled), draws.posterior(moment), rtol=0, atol=2e-6)


def test_another_seed_gives_other_draws(knowledge: Knowledge, network: Network, draws: TableDraws) -> None:
    other = TableDraws(knowledge, network, draws.count, draws.seed + 1)
    assert not np.allclose(other.posterior([]), draws.posterior([]))


def test_the_mean_of_the_draws_of_a_row_is_the_row(knowledge: Knowledge, network: Network) -> None:
    many = TableDraws(knowledge, network, 4000, seed=3)
    np.testing.assert_allclose(many.likelihood("place").mean(axis=-1), network.likelihood["place"], rtol=0, atol=0.01)
    tail = np.broadcast_to(many.body("tail").mean(axis=-1), network.body["tail"].shape)
    np.testing.assert_allclose(tail, network.body["tail"], rtol=0, atol=0.01)


@LAWS
@given(st.lists(st.floats(0, 1), min_size=20, max_size=60), st.floats(0.5, 0.95))
def test_an_interval_holds_at_least_its_mass_of_the_draws(values: list[float], mass: float) -> None:
    drawn = np.array([values])
    low, high = interval(drawn, mass)
    assert ((low[0] <= drawn) & (drawn <= high[0])).mean() >= mass - 1e-9


@LAWS
@given(st.data())
def test_the_shares_of_the_draws_that_the_motives_lead_sum_to_one(
    draws: TableDraws, moments: Moments, data: st.DataObject
) -> None:
    drawn = draws.posterior(data.draw(moments))
    assert abs(sum(lead_share(drawn, m) for m in range(len(drawn))) - 1) < 1e-12


@LAWS
@given(st.data())
def test_weighing_takes_each_draw_as_often_as_it_foretold_the_moment(
    draws: TableDraws, moments: Moments, data: st.DataObject
) -> None:
    moment = data.draw(moments)
    shares, weighed = draws.posterior(moment), draws.weighed(moment)
    foretold = np.array([_foretold(draws.network_at(d), moment) for d in range(0, draws.count, 40)])
    times = np.array([_times(weighed, shares[:, d]) for d in range(0, draws.count, 40)])
    rarest, commonest = int(foretold.argmin()), int(foretold.argmax())
    assert times[rarest] <= times[commonest] + 1
    np.testing.assert_allclose(weighed.sum(axis=0), 1.0, rtol=0, atol=1e-12)


def test_without_cues_every_draw_counts_once(draws: TableDraws) -> None:
    np.testing.assert_array_equal(draws.weighed([]), draws.posterior([]))


def _foretold(network: Network, moment: list[Observation]) -> float:
    """Log of what the tables foretold of the moment, up to a constant."""
    scores = score(network, see(network, moment)).total
    return float(np.logaddexp.reduce(scores))


def _times(columns: Floats, column: Floats) -> int:
    return int((np.abs(columns - column[:, None]).max(axis=0) < 1e-12).sum())
