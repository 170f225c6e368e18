"""Many moments of one dog as flat arrays, for learning: one entry for each cue that was seen.

An entry's likelihood is `a * row + b`: the row is the dog's own and is learned, `a` is how far the observation is believed, and `b`
is what is left of it when it tells nothing (see `posterior`). A cue that no dog has rows of his own for has a = 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from houndsight.inference.network import Floats, Network
from houndsight.inference.posterior import strange, weights
from houndsight.records.observation import Observation

__all__ = ["SHARED", "Cases", "compile_cases"]

Whole = NDArray[np.intp]

SHARED = frozenset({"believes"})
"""Cues of which a dog has no row of his own: what people say is about people."""


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """N moments; the entries stand in the order of their moments.

    For each directly read cue: the place of its moment (n), of its row in `Network.rows` (n), `a` (n), `b` (n, M), and the exponent
    that it counts with (n). For each body cue the same with its row in `Network.faces` and a single `b`.
    """

    count: int
    moment: Whole
    row: Whole
    a: Floats
    b: Floats
    weight: Floats
    felt_moment: Whole
    face: Whole
    felt_a: Floats
    felt_b: Floats


def compile_cases(network: Network, moments: Sequence[Sequence[Observation]]) -> Cases:
    """The moments as arrays; cues that only rules read are left out. Raises UnknownCue or UnknownValue.

    At most one observation for each cue of a moment; of several the last stands.
    """
    direct: list[tuple[int, int, float, Floats]] = []
    exponents: list[Floats] = []
    felt: list[tuple[int, int, float, float]] = []
    told = np.exp(network.rows)
    flat = network.prior @ told.T
    expected = np.einsum("m,ms,vms->v", network.prior, network.affect, network.faces)
    zero = np.zeros(len(network.motives))
    for place, observations in enumerate(moments):
        seen = {o.cue: o for o in observations}
        names: list[str] = []
        for o in seen.values():
            pair, sure = (o.cue, o.value), network.believed(o)
            if (row := network.row_of.get(pair)) is not None:
                names.append(o.cue)
                left = zero + (1 - sure) * flat[row]
                shared = o.cue in SHARED
                direct.append((place, row, 0.0 if shared else sure, left + sure * told[row] if shared else left))
            elif (row := network.face_of.get(pair)) is not None:
                felt.append((place, row, sure, (1 - sure) * float(expected[row])))
            elif pair not in network.positions:
                raise strange(network, o)
        if "outcome" in seen:
            names.append("outcome")
            direct.append((place, *_after(network, told, seen["outcome"], seen.get("response"))))
        exponents.append(weights(network, names))
    return Cases(
        len(moments),
        np.array([one[0] for one in direct], dtype=np.intp),
        np.array([one[1] for one in direct], dtype=np.intp),
        np.array([one[2] for one in direct]),
        np.array([one[3] for one in direct]).reshape(-1, len(network.motives)),
        np.concatenate([*exponents, np.empty(0)]),
        np.array([one[0] for one in felt], dtype=np.intp),
        np.array([one[1] for one in felt], dtype=np.intp),
        np.array([one[2] for one in felt]),
        np.array([one[3] for one in felt]),
    )


def _after(
    network: Network, told: Floats, outcome: Observation, response: Observation | None
) -> tuple[int, float, Floats]:
    """Row, `a` and `b` of an outcome: it speaks of the dog's own row only as far as the response is known."""
    sure, known = network.believed(outcome), 0.0 if response is None else network.believed(response)
    row = network.outcome_row(outcome.value, None if response is None else response.value)
    untold = told[network.outcome_row(outcome.value, None)]
    mixed = known * told[row] + (1 - known) * untold
    return row, sure * known, sure * (1 - known) * untold + (1 - sure) * (network.prior @ mixed)
