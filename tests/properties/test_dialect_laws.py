"""Laws of learning a dog: nothing known changes nothing, order and replay do not matter, and each dog stays a dog."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from houndsight.inference.dialect import Dialect, learn
from houndsight.inference.network import Network
from houndsight.inference.posterior import posterior
from houndsight.knowledge.base import Knowledge
from houndsight.records.observation import Observation

Moments = st.SearchStrategy[list[Observation]]
SOME = settings(max_examples=25, deadline=None)


def learned(network: Network, knowledge: Knowledge, told: list[list[Observation]]) -> Dialect:
    return learn(network, knowledge.model.pooling, told)


def same(one: Dialect, other: Dialect) -> None:
    np.testing.assert_array_equal(one.rates, other.rates)
    np.testing.assert_array_equal(one.rows, other.rows)
    np.testing.assert_array_equal(one.faces, other.faces)


def test_a_dog_of_whom_nothing_is_known_is_read_as_dogs_at_large(network: Network, knowledge: Knowledge) -> None:
    own = learned(network, knowledge, []).network
    np.testing.assert_allclose(own.prior, network.prior, atol=1e-12)
    np.testing.assert_allclose(own.rows, network.rows, atol=1e-12)
    np.testing.assert_allclose(own.faces, network.faces, atol=1e-12)


@SOME
@given(data=st.data())
def test_a_single_moment_means_what_the_reading_says(
    network: Network, knowledge: Knowledge, doubtful: Moments, data: st.DataObject
) -> None:
    told = [o for o in data.draw(doubtful) if network.cues[o.cue].group != "dog"]
    np.testing.assert_allclose(learned(network, knowledge, [told]).shares[0], posterior(network, told), atol=1e-9)


@SOME
@given(data=st.data())
def test_the_order_of_the_diary_does_not_matter(
    network: Network, knowledge: Knowledge, doubtful: Moments, data: st.DataObject
) -> None:
    told = data.draw(st.lists(doubtful, max_size=5))
    mixed = data.draw(st.permutations(range(len(told))))
    one, other = learned(network, knowledge, told), learned(network, knowledge, [told[i][::-1] for i in mixed])
    same(one, other)
    np.testing.assert_allclose(
        one.shares[list(mixed)], other.shares, atol=1e-12
    )  # the last bit hangs on the place in an array


@SOME
@given(data=st.data())
def test_rates_and_rows_stay_distributions(
    network: Network, knowledge: Knowledge, doubtful: Moments, data: st.DataObject
) -> None:
    dialect = learned(network, knowledge, data.draw(st.lists(doubtful, max_size=8)))
    own = dialect.network
    assert (dialect.rates > 0).all()
    assert own.prior.sum() == pytest.approx(1)
    for table in (*own.likelihood.values(), *own.body.values()):
        np.testing.assert_allclose(table.sum(axis=0), 1.0, atol=1e-9)
        assert (table > 0).all()
    np.testing.assert_allclose(own.outcome.sum(axis=1), 1.0, atol=1e-9)
    np.testing.assert_allclose(dialect.shares.sum(axis=1), 1.0, atol=1e-9)


def test_a_cue_that_was_never_told_keeps_the_rows_of_dogs_at_large(network: Network, knowledge: Knowledge) -> None:
    own = learned(network, knowledge, [[Observation("rump", "wiggles"), Observation("tail", "tucked")]] * 9).network
    np.testing.assert_allclose(own.likelihood["part"], network.likelihood["part"], atol=1e-12)
    np.testing.assert_allclose(own.body["mouth"], network.body["mouth"], atol=1e-12)
    assert not np.allclose(own.likelihood["rump"], network.likelihood["rump"], atol=1e-3)


def test_what_is_told_of_a_scene_moves_the_rates_and_no_row(network: Network, knowledge: Knowledge) -> None:
    """It is told because it fits: nobody says that he did not come home."""
    told = [Observation("arrival", "yes"), Observation("leans_on", "owner"), Observation("place", "home")]
    own = learned(network, knowledge, [told] * 9).network
    assert own.prior[network.motives.index("greeting")] > network.prior[network.motives.index("greeting")]
    for o in told:
        np.testing.assert_allclose(own.likelihood[o.cue], network.likelihood[o.cue], atol=1e-12)


def test_a_fact_about_the_dog_counts_once_and_not_in_every_moment(network: Network, knowledge: Knowledge) -> None:
    pooling, old = knowledge.model.pooling, Observation("age", "senior")
    told = [Observation("arrival", "yes")]
    once = learn(network, pooling, [[*told, old]] * 5, facts=[old])
    same(once, learn(network, pooling, [told] * 5, facts=[old]))
    assert not np.allclose(once.rates, learn(network, pooling, [told] * 5).rates)


def test_what_the_person_believes_moves_the_rates_and_no_row(network: Network, knowledge: Knowledge) -> None:
    dialect = learned(network, knowledge, [[Observation("believes", "security")]] * 6)
    own = dialect.network
    place = network.motives.index("security")
    assert own.prior[place] > network.prior[place]
    np.testing.assert_allclose(own.likelihood["believes"], network.likelihood["believes"], atol=1e-12)


def test_a_test_result_moves_the_rates_its_way(network: Network, knowledge: Knowledge) -> None:
    own = learn(network, knowledge.model.pooling, [], results=[(("scratch", 20.0),)]).network
    place = network.motives.index("scratch")
    assert own.prior[place] > network.prior[place]
    assert (np.delete(own.prior, place) < np.delete(network.prior, place)).all()
