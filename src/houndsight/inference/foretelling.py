"""What many moments mean under one network, and what outcomes it foretells: arrays, for scores and profiles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from houndsight.inference.cases import compile_cases, in_order
from houndsight.inference.kin import Gathering
from houndsight.inference.network import Floats, Network
from houndsight.records.observation import Observation

__all__ = ["foretold", "meanings"]


def meanings(network: Network, moments: Sequence[Sequence[Observation]]) -> Floats:
    """p(motive | moment) of each moment, (N, M): the numbers of `posterior`, for many at once. Cues of the group `dog` are passed over."""
    cases = compile_cases(network, *in_order(network, moments))
    rows, faces = np.exp(network.rows), network.faces
    shape = faces.shape[1:]
    of_moment = Gathering(cases.moment, cases.count, shape[0])
    of_felt = Gathering(cases.felt_moment, cases.count, shape[0] * shape[1])
    scores = of_moment(cases.weight * np.log(cases.a * rows[cases.row] + cases.b))
    state = of_felt(np.log(cases.felt_a * faces[cases.face] + cases.felt_b)).reshape(-1, *shape)
    scores += network.gains["state"] * np.log((network.affect * np.exp(state)).sum(axis=2)) + network.log_prior
    raw = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    lapse = network.temper.lapse
    shares: Floats = (1 - lapse) * raw / raw.sum(axis=1, keepdims=True) + lapse * network.prior
    return shares


def foretold(network: Network, shares: Floats, outcomes: Sequence[tuple[str | None, str]]) -> Floats:
    """The chance of each (response, outcome) that followed, given what each moment meant before (N, M): (N)."""
    rows = [network.outcome_row(outcome, response) for response, outcome in outcomes]
    told: Floats = (shares * np.exp(network.rows[rows])).sum(axis=1)
    return told
