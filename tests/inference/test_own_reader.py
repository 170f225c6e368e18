"""One dog read by his own dialect: what he is read with, how sure that is, and many moments at once."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.lives import lived

from houndsight.inference.dialect import Dialect, learn
from houndsight.inference.foretelling import foretold, meanings
from houndsight.inference.network import chance
from houndsight.inference.own_draws import OwnDraws
from houndsight.inference.posterior import posterior
from houndsight.inference.read import Reader
from houndsight.inference.ways import own_ways
from houndsight.records.observation import Observation

ENDED = [
    Observation("arrival", "yes"),
    Observation("part", "side"),
    Observation("response", "petted"),
    Observation("outcome", "settled"),
]


@pytest.fixture(scope="module")
def diary(reader: Reader) -> list[list[Observation]]:
    """Sixty moments, a third of them the same greeting."""
    rng = np.random.default_rng(3)
    rest = [lived(reader.network, reader.network.prior, rng) for _ in range(40)]
    return [*rest, *[ENDED] * 20]


@pytest.fixture(scope="module")
def dialect(reader: Reader, diary: list[list[Observation]]) -> Dialect:
    return learn(reader.network, reader.knowledge.model.pooling, diary)


def test_a_dog_without_a_diary_is_read_as_any_dog_but_less_surely(reader: Reader) -> None:
    own = reader.of(learn(reader.network, reader.knowledge.model.pooling, []))
    told = [Observation("arrival", "yes"), Observation("tail", "tucked")]
    one, other = own.read(told).motives, reader.read(told).motives
    assert [m.motive for m in one] == [m.motive for m in other]
    assert [m.p for m in one] == pytest.approx([m.p for m in other], abs=1e-9)
    assert one[0].high - one[0].low > other[0].high - other[0].low


def test_a_reading_of_a_known_dog_is_the_posterior_of_his_own_network(reader: Reader, dialect: Dialect) -> None:
    told = [Observation("arrival", "yes"), Observation("part", "side")]
    shares = {m.motive: m.p for m in reader.of(dialect).read(told).motives}
    assert [shares[m] for m in reader.network.motives] == pytest.approx(posterior(dialect.network, told).tolist())


def test_a_fact_about_the_dog_is_in_his_rates_and_not_weighed_again(reader: Reader) -> None:
    old = Observation("age", "senior")
    own = reader.of(learn(reader.network, reader.knowledge.model.pooling, [], facts=[old]))
    told = [Observation("arrival", "yes")]
    assert own.read([*told, old]).motives == own.read(told, facts=[old]).motives
    assert "age" not in {e.cue for e in own.read([*told, old]).evidence}


def test_what_is_known_of_a_dog_weighs_as_when_it_is_told_at_once(reader: Reader) -> None:
    """But for the lapse of the reading, which goes to what is known of him."""
    facts = [Observation("age", "senior"), Observation("mobility", "impaired"), Observation("onset", "sudden")]
    own = learn(reader.network, reader.knowledge.model.pooling, [], facts=facts).network
    for told in ([Observation("arrival", "yes"), Observation("part", "backside")], [Observation("tail", "tucked")]):
        gap = posterior(own, told) - posterior(reader.network, [*facts, *told])
        assert np.abs(gap).max() < reader.network.temper.lapse + 0.02


def test_other_facts_draw_the_rates_elsewhere_and_leave_the_rest(dialect: Dialect) -> None:
    old = dialect.with_facts([Observation("age", "senior"), Observation("mobility", "impaired")])
    physical = old.at_large.motives.index("physical")
    assert old.network.prior[physical] > dialect.network.prior[physical]
    np.testing.assert_array_equal(old.rows, dialect.rows)
    np.testing.assert_allclose(old.with_facts([]).rates, dialect.rates)


def test_rules_look_at_the_facts_that_stand(reader: Reader) -> None:
    own = reader.of(learn(reader.network, reader.knowledge.model.pooling, []))
    told = [Observation("arrival", "yes")]
    assert not own.read(told).flags
    assert own.read(told, facts=[Observation("mobility", "impaired")]).flags


def test_the_interval_shrinks_as_he_is_seen_more_often(reader: Reader) -> None:
    pooling, told = reader.knowledge.model.pooling, [Observation("arrival", "yes"), Observation("part", "side")]
    widths = [
        max(m.high - m.low for m in reader.of(learn(reader.network, pooling, [ENDED] * count)).read(told).motives)
        for count in (0, 10, 100)
    ]
    assert widths[0] > widths[1] > widths[2]


def test_what_was_never_seen_of_him_keeps_the_draws_of_dogs_at_large(reader: Reader, dialect: Dialect) -> None:
    draws = OwnDraws(reader.knowledge, dialect, reader.draws)
    ignored = draws.outcome("ignored")
    np.testing.assert_array_equal(ignored, reader.draws.outcome("ignored"))
    assert not np.allclose(draws.outcome("petted"), reader.draws.outcome("petted"))


def test_own_draws_lie_around_his_own_rows(reader: Reader, dialect: Dialect) -> None:
    draws = OwnDraws(reader.knowledge, dialect, reader.draws)
    np.testing.assert_allclose(draws.likelihood("part").mean(axis=-1), dialect.network.likelihood["part"], atol=0.03)
    np.testing.assert_allclose(draws.prior().mean(axis=-1), dialect.network.prior, atol=0.02)
    own = np.broadcast_to(draws.body("tail").mean(axis=-1), dialect.network.body["tail"].shape)
    np.testing.assert_allclose(own, dialect.network.body["tail"], atol=0.03)


def test_a_kept_moment_is_read_without_what_it_says_itself(
    reader: Reader, dialect: Dialect, diary: list[list[Observation]]
) -> None:
    """The same as learning all the others, as near as the rounds come."""
    for place in (0, 17, 59):
        left = dialect.without(place)
        anew = learn(reader.network, reader.knowledge.model.pooling, diary[:place] + diary[place + 1 :])
        np.testing.assert_allclose(left.network.prior, anew.network.prior, atol=0.01)
        np.testing.assert_allclose(left.shares, anew.shares, atol=0.1)
        bearing = posterior(left.network, diary[place])
        np.testing.assert_allclose(bearing, dialect.shares[place], atol=0.02)


def test_without_one_after_another_nothing_is_left(reader: Reader) -> None:
    dialect = learn(reader.network, reader.knowledge.model.pooling, [ENDED, ENDED])
    none = dialect.without(1).without(0)
    np.testing.assert_allclose(none.network.prior, reader.network.prior, atol=1e-3)
    np.testing.assert_allclose(none.network.rows, reader.network.rows, atol=1e-6)


def test_many_moments_mean_what_each_means_alone(reader: Reader, dialect: Dialect) -> None:
    rng = np.random.default_rng(4)
    moments = [lived(reader.network, reader.network.prior, rng) for _ in range(30)]
    moments = [[Observation(o.cue, o.value, 0.8, "words") for o in told] for told in moments] + [ENDED, []]
    for network in (reader.network, dialect.network):
        alone = np.array([posterior(network, told) for told in moments])
        np.testing.assert_allclose(meanings(network, moments), alone, atol=1e-12)


def test_what_is_foretold_of_all_outcomes_sums_to_one(reader: Reader) -> None:
    network = reader.network
    shares = meanings(network, [ENDED[:2]])
    for response in (None, "petted"):
        chances = [foretold(network, shares, [(response, outcome)])[0] for outcome in network.cues["outcome"].values]
        assert sum(chances) == pytest.approx(1.0)


def test_his_own_ways_are_those_that_other_dogs_do_not_have(
    reader: Reader, dialect: Dialect, diary: list[list[Observation]]
) -> None:
    ways = own_ways(dialect, diary, least=3)
    side = next(w for w in ways if (w.cue, w.value) == ("part", "side") and w.motive == 0)
    assert reader.network.motives[0] == "greeting"
    assert side.p > 1.3 * side.at_large
    assert side.odds > 100
    assert side.times <= side.of
    assert all(way.odds >= 1 for way in ways)
    assert not {"response", "outcome", "believes", "age"} & {way.cue for way in ways}


def test_the_chances_of_a_cue_sum_to_one_for_every_motive(reader: Reader) -> None:
    for cue in ("arrival", "tail", "gaze"):
        total = sum(chance(reader.network, cue, value) for value in reader.network.cues[cue].values)
        np.testing.assert_allclose(total, 1.0)
