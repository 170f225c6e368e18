"""Dogs of known dialects, simulated and learned again, and the same model sampled by NumPyro."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from benchmarks.hierarchy import CUES, Nuts, rows_of
from benchmarks.lives import lived as one_moment

from houndsight.errors import UnknownCue, UnknownValue
from houndsight.inference.dialect import learn
from houndsight.inference.network import Floats, Network
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.settings import Pooling
from houndsight.records.observation import Observation


def dog(network: Network, pooling: Pooling, seed: int) -> Floats:
    """Motive rates of a dog drawn as the model says dogs are."""
    return np.random.default_rng(seed).dirichlet(pooling.prior_strength * network.prior)


def lived(
    network: Network, rates: Floats, count: int, seed: int, cues: Sequence[str] = CUES
) -> list[list[Observation]]:
    """Moments of a dog with these rates, six in ten cues told."""
    rng = np.random.default_rng(seed)
    return [one_moment(network, rates, rng, cues, 0.6) for _ in range(count)]


def rates_of(network: Network, pooling: Pooling, moments: list[list[Observation]]) -> Floats:
    return learn(network, pooling, moments).network.prior


def test_a_dog_is_known_better_the_longer_one_lives_with_him(plain: Network, knowledge: Knowledge) -> None:
    pooling = knowledge.model.pooling
    wide = [cue.id for cue in plain.cues.values() if cue.group in ("context", "lean")]
    errors = []
    for count in (0, 15, 120):
        off = [
            np.abs(
                rates_of(plain, pooling, lived(plain, dog(plain, pooling, d), count, d, wide)) - dog(plain, pooling, d)
            ).mean()
            for d in range(12)
        ]
        errors.append(float(np.mean(off)))
    assert errors[0] > errors[1] > errors[2]


def test_pooling_beats_counting_what_each_moment_would_mean_alone(plain: Network, knowledge: Knowledge) -> None:
    pooling = knowledge.model.pooling
    pooled, counted = [], []
    for d in range(12):
        rates = dog(plain, pooling, d)
        dialect = learn(plain, pooling, lived(plain, rates, 12, d))
        leads = np.bincount(dialect.shares.argmax(axis=1), minlength=len(rates)) / 12
        pooled.append(np.abs(dialect.network.prior - rates).mean())
        counted.append(np.abs(leads - rates).mean())
    assert np.mean(pooled) < np.mean(counted)


def test_intervals_hold_the_true_rates_about_as_often_as_they_say(plain: Network, knowledge: Knowledge) -> None:
    pooling, held = knowledge.model.pooling, []
    for d in range(40):
        rates = dog(plain, pooling, d)
        shares = learn(plain, pooling, lived(plain, rates, 40, d)).motive_rates(0.9)
        held += [share.low <= rates[plain.motives.index(share.motive)] <= share.high for share in shares]
    assert 0.82 <= np.mean(held) <= 0.97, np.mean(held)


def test_his_own_way_of_leaning_is_learned(plain: Network, knowledge: Knowledge) -> None:
    """A dog that greets with his side, which hardly any dog does."""
    moments = [[Observation("arrival", "yes"), Observation("rump", "wiggles"), Observation("part", "side")]] * 20
    own = learn(plain, knowledge.model.pooling, moments).network
    m, side = plain.motives.index("greeting"), plain.cues["part"].values.index("side")
    assert own.likelihood["part"][side, m] > 1.5 * plain.likelihood["part"][side, m]


def test_what_works_for_him_is_learned_for_the_response_that_was_told(plain: Network, knowledge: Knowledge) -> None:
    told = [Observation("arrival", "yes"), Observation("response", "petted"), Observation("outcome", "wants_more")]
    own = learn(plain, knowledge.model.pooling, [told] * 20).network
    m, more = plain.motives.index("greeting"), plain.cues["outcome"].values.index("wants_more")
    petted, ignored = (plain.positions["response", r] for r in ("petted", "ignored"))
    assert own.outcome[petted, more, m] > 1.5 * plain.outcome[petted, more, m]
    np.testing.assert_allclose(own.outcome[ignored], plain.outcome[ignored], atol=1e-12)


def test_a_cue_or_value_that_does_not_exist_is_named(plain: Network, knowledge: Knowledge) -> None:
    with pytest.raises(UnknownCue, match="tial"):
        learn(plain, knowledge.model.pooling, [[Observation("tial", "tucked")]])
    with pytest.raises(UnknownValue, match="sideways"):
        learn(plain, knowledge.model.pooling, [[Observation("tail", "sideways")]])


def test_rates_and_rows_agree_with_a_long_chain_on_the_same_model(plain: Network, knowledge: Knowledge) -> None:
    pooling = knowledge.model.pooling
    moments = lived(plain, dog(plain, pooling, 1), 60, 1)
    chain = Nuts(plain, pooling, moments, warmup=400, samples=1500).run().means
    for name, own in rows_of(learn(plain, pooling, moments).network).items():
        np.testing.assert_allclose(
            own, chain[name], atol=0.02
        )  # docs/model.md tells how far they part with more moments
