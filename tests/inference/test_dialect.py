"""Dogs of known dialects, simulated and learned again, and the same model sampled by NumPyro."""

from __future__ import annotations

from collections.abc import Sequence

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
import pytest
from benchmarks.dialect import lived as one_moment
from jax.scipy.special import logsumexp
from numpyro.infer import MCMC, NUTS

from houndsight.errors import UnknownCue, UnknownValue
from houndsight.inference.dialect import learn
from houndsight.inference.network import Floats, Network
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.settings import Pooling
from houndsight.records.observation import Observation

CUES = ("arrival", "part", "person_state", "tail", "tension")


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


def sampled(network: Network, pooling: Pooling, moments: list[list[Observation]]) -> dict[str, Floats]:
    """Posterior means of the rates and of each cue's rows, (M or S, V), by NUTS on the same model written anew."""
    told = [{o.cue: network.cues[o.cue].values.index(o.value) for o in moment} for moment in moments]

    def model() -> None:
        rates = numpyro.sample("rates", dist.Dirichlet(jnp.array(pooling.prior_strength * network.prior)))
        score = jnp.log(rates)[None, :]
        state = jnp.log(jnp.array(network.affect))[None]
        for cue in CUES:
            table = network.likelihood[cue].T if cue in network.likelihood else network.body[cue][:, 0, :].T
            strength = pooling.cue_strength[network.cues[cue].group]
            rows = numpyro.sample(cue, dist.Dirichlet(jnp.array(strength * table)))
            at = np.array([seen.get(cue, -1) for seen in told])
            factor = jnp.where(jnp.array(at >= 0)[:, None], jnp.log(rows).T[at], 0.0)
            if cue in network.likelihood:
                score = score + factor
            else:
                state = state + factor[:, None, :]
        numpyro.factor("moments", logsumexp(score + logsumexp(state, axis=-1), axis=-1).sum())

    chain = MCMC(NUTS(model), num_warmup=400, num_samples=1500, progress_bar=False)
    chain.run(jax.random.PRNGKey(0))
    return {name: np.asarray(draws.mean(axis=0)) for name, draws in chain.get_samples().items()}


def test_rates_and_rows_agree_with_a_long_chain_on_the_same_model(plain: Network, knowledge: Knowledge) -> None:
    pooling = knowledge.model.pooling
    moments = lived(plain, dog(plain, pooling, 1), 60, 1)
    chain, own = sampled(plain, pooling, moments), learn(plain, pooling, moments).network
    np.testing.assert_allclose(own.prior, chain["rates"], atol=0.02)  # docs/model.md tells how far they part with more moments
    for cue in CUES:
        table = own.likelihood[cue].T if cue in own.likelihood else own.body[cue][:, 0, :].T
        np.testing.assert_allclose(table, chain[cue], atol=0.02)
