"""The model of one dog's rates and rows, written anew for NumPyro and sampled by NUTS: what learning is held against.

    rates ~ Dirichlet(α·π)    rows of a cue, by motive or hidden state ~ Dirichlet(κ·φ)    p(moment) = Σ rates · Π rows

It knows a few cues, each of them the same for dogs at large whatever the motive once the hidden state is known, or without a state.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax.scipy.special import logsumexp
from numpyro.infer import MCMC, NUTS

from houndsight.inference.network import Floats, Network
from houndsight.knowledge.settings import Pooling
from houndsight.records.observation import Observation

__all__ = ["CUES", "Nuts", "Sampled", "rows_of", "strength_of"]

CUES = ("arrival", "person_state", "part", "rump", "tail", "tension")
"""The cues of the model: two of the scene, whose rows all dogs share, two of the lean and two of the face, of which each dog has his own."""

FIXED = 1e9
"""Strength of rows that all dogs share."""

Moments = Sequence[Sequence[Observation]]


def rows_of(network: Network) -> dict[str, Floats]:
    """Cue -> its rows, (M or S, V); the name `rates` -> the motive rates, (M)."""
    tables = {cue: network.likelihood[cue] if cue in network.likelihood else network.body[cue][:, 0] for cue in CUES}
    return {"rates": network.prior} | {cue: table.T for cue, table in tables.items()}


def strength_of(network: Network, pooling: Pooling, cue: str) -> float:
    """How many observations dogs at large are worth in the rows of a cue."""
    return FIXED if pooling.is_shared(network.cues[cue]) else pooling.cue_strength[network.cues[cue].group]


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """What a chain drew: the name of `rows_of` -> (samples, …); and the seconds that it took, compilation apart."""

    draws: Mapping[str, Floats]
    seconds: float

    @property
    def means(self) -> dict[str, Floats]:
        """Posterior means, in the shapes of `rows_of`."""
        return {name: draws.mean(axis=0) for name, draws in self.draws.items()}


class Nuts:
    """A chain of NUTS on one dog's moments, compiled when it is made; `compiling` are the seconds that this took.

    A moment more is another model, and is compiled again.
    """

    def __init__(self, network: Network, pooling: Pooling, moments: Moments, *, warmup: int, samples: int) -> None:
        kernel = NUTS(_model(network, pooling, moments))
        mcmc = MCMC(kernel, num_warmup=warmup, num_samples=samples, progress_bar=False)

        def run(key: jax.Array) -> dict[str, jax.Array]:
            mcmc.run(key)
            draws: dict[str, jax.Array] = mcmc.get_samples()
            return draws

        began = time.perf_counter()
        self._run = jax.jit(run).lower(jax.random.PRNGKey(0)).compile()
        self.compiling = time.perf_counter() - began

    def run(self, seed: int = 0) -> Sampled:
        """Warms up and samples."""
        began = time.perf_counter()
        drawn = {name: np.asarray(draws) for name, draws in self._run(jax.random.PRNGKey(seed)).items()}
        seconds = time.perf_counter() - began
        return Sampled({name: draws.astype(np.float64) for name, draws in drawn.items()}, seconds)


def _model(network: Network, pooling: Pooling, moments: Moments) -> Callable[[], None]:
    told = [{o.cue: network.cues[o.cue].values.index(o.value) for o in moment} for moment in moments]
    at_large = rows_of(network)

    def model() -> None:
        rates = numpyro.sample("rates", dist.Dirichlet(jnp.array(pooling.prior_strength * network.prior)))
        score = jnp.log(rates)[None, :]
        state = jnp.log(jnp.array(network.affect))[None]
        for cue in CUES:
            if pooling.is_shared(network.cues[cue]):
                rows = numpyro.deterministic(cue, jnp.array(at_large[cue]))
            else:
                rows = numpyro.sample(
                    cue, dist.Dirichlet(jnp.array(strength_of(network, pooling, cue) * at_large[cue]))
                )
            at = np.array([seen.get(cue, -1) for seen in told])
            factor = jnp.where(jnp.array(at >= 0)[:, None], jnp.log(rows).T[at], 0.0)
            if cue in network.likelihood:
                score = score + factor
            else:
                state = state + factor[:, None, :]
        numpyro.factor("moments", logsumexp(score + logsumexp(state, axis=-1), axis=-1).sum())

    return model
