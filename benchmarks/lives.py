"""Dogs that are made up: how often they lean for which motive, their own ways, and what is told of their moments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from houndsight.inference.cases import Whole
from houndsight.inference.kin import kin_of
from houndsight.inference.network import Floats, Network
from houndsight.knowledge.settings import Pooling
from houndsight.records.observation import Observation

__all__ = ["TOLD", "Shared", "days", "lived", "of_a_moment", "own_dog", "rated_dog"]

TOLD = 0.3
"""Chance that a cue of a moment is told."""

Shared = dict[tuple[str, str], Observation]
"""One object for all equal observations, as a diary gives them."""


def rated_dog(network: Network, pooling: Pooling, rng: np.random.Generator) -> Network:
    """A dog with motive rates of his own who shows them as dogs at large do."""
    rows = np.exp(network.rows)
    return network.with_rows(rng.dirichlet(pooling.prior_strength * network.prior), rows, network.faces)


def own_dog(network: Network, pooling: Pooling, rng: np.random.Generator) -> Network:
    """A dog whose rows are his own as well: each is drawn from the Dirichlet of its strength around that of dogs at large.

    A motive shifts his face as it does for dogs at large. What all dogs share stays as it is.
    """
    kin, rates = kin_of(network, pooling), rng.dirichlet(pooling.prior_strength * network.prior)
    drawn = rng.standard_gamma(kin.strength * kin.base)
    rows = drawn / kin.totals(drawn)
    shared = [row for (cue, _), row in network.row_of.items() if pooling.is_shared(network.cues[cue])]
    rows[shared] = kin.base[shared]
    pull = kin.face_strength * kin.base_faces[:, 0]
    faces = kin.base_faces * (rng.standard_gamma(pull) / pull)[:, None]
    for kind in range(faces.shape[1]):
        faces[:, kind] /= kin.face_totals(faces[:, kind])
    return network.with_rows(rates, rows, faces[:, kin.kind])


def lived(
    network: Network, rates: Floats, rng: np.random.Generator, cues: Sequence[str] | None = None, told: float = TOLD
) -> list[Observation]:
    """One moment of a dog with these motive rates, each of the cues told or not; None: every cue of a moment but what people believe."""
    m = rng.choice(len(rates), p=rates)
    s = rng.choice(len(network.states), p=network.affect[m] / network.affect[m].sum())
    rows = {cue: table[:, m] for cue, table in network.likelihood.items()}
    rows |= {cue: table[:, m, s] for cue, table in network.body.items()}
    if cues is None:
        cues = of_a_moment(network)
    seen = [cue for cue in cues if rng.random() < told]
    return [Observation(cue, network.cues[cue].values[rng.choice(len(rows[cue]), p=rows[cue])]) for cue in seen]


def days(
    network: Network,
    rng: np.random.Generator,
    count: int,
    told: float = TOLD,
    followed: float = 0.0,
    known: Shared | None = None,
) -> list[tuple[Observation, ...]]:
    """Many moments of the dog of this network at once; of the share `followed` response and outcome are told as well."""
    known = {} if known is None else known
    m = rng.choice(len(network.prior), count, p=network.prior)
    s = _picked(network.affect.T[:, m], rng)
    columns = [[_shared(known, cue, value) for value in network.cues[cue].values] for cue in of_a_moment(network)]
    picked = [_picked(_table(network, cue)[:, m, s], rng) for cue in of_a_moment(network)]
    moments: list[list[Observation]] = [[] for _ in range(count)]
    for values, places in zip(columns, picked, strict=True):
        for i in np.flatnonzero(rng.random(count) < told):
            moments[i].append(values[places[i]])
    told_after = np.flatnonzero(rng.random(count) < followed)
    for i, (response, outcome) in zip(told_after, _followed(network, m[told_after], rng), strict=True):
        moments[i] += [_shared(known, "response", response), _shared(known, "outcome", outcome)]
    return [tuple(moment) for moment in moments]


def of_a_moment(network: Network) -> list[str]:
    """The cues that moments are told by: not what is told of the dog, and not what people believe."""
    every = (*network.likelihood, *network.body)
    return [cue for cue in every if network.cues[cue].group != "dog" and cue != "believes"]


def _table(network: Network, cue: str) -> Floats:
    """P(value | motive, state), (V, M, S or 1)."""
    if cue in network.body:
        return network.body[cue]
    return np.repeat(network.likelihood[cue][:, :, None], len(network.states), axis=2)


def _picked(chances: Floats, rng: np.random.Generator) -> Whole:
    """A value for each moment from its column of chances (V, N)."""
    sums = chances.cumsum(axis=0)
    places: Whole = np.minimum((sums < rng.random(sums.shape[1]) * sums[-1]).sum(axis=0), len(sums) - 1)
    return places


def _followed(network: Network, motives: Whole, rng: np.random.Generator) -> Iterator[tuple[str, str]]:
    """What was done and what came of it in moments of these motives, chosen as people choose."""
    responses, outcomes = network.cues["response"].values, network.cues["outcome"].values
    done = _picked(network.mix[:, motives], rng)
    came = _picked(network.outcome[done, :, motives].T, rng)
    return ((responses[r], outcomes[o]) for r, o in zip(done, came, strict=True))


def _shared(known: Shared, cue: str, value: str) -> Observation:
    return known.setdefault((cue, value), Observation(cue, value))
