"""Many moments of one dog as flat arrays, for learning: one entry for each cue that was seen.

An entry's likelihood is `a * row + b`: the row is the dog's own and is learned, `a` is how far the observation is believed, and `b`
is what is left of it when it tells nothing (see `posterior`). A cue that no dog has rows of his own for has a = 0.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from houndsight.inference.network import Floats, Network
from houndsight.inference.posterior import strange
from houndsight.records.observation import Observation

__all__ = ["Cases", "Whole", "compile_cases", "in_order"]

Whole = NDArray[np.intp]

Codes = list[list[int]]


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """N moments; the entries stand in the order of their moments.

    For each directly read cue: the place of its moment (n), of its row in `Network.rows` (n), `a` (n, 1), `b` (n, M), and the exponent
    that it counts with (n, 1). For each body cue the same with its row in `Network.faces` and a single `b`, both (k, 1, 1).
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

    def thinned(self, step: int) -> Cases:
        """Every so manieth moment."""
        direct, felt = self.moment % step == 0, self.felt_moment % step == 0
        return Cases(
            -(-self.count // step),
            self.moment[direct] // step,
            self.row[direct],
            self.a[direct],
            self.b[direct],
            self.weight[direct],
            self.felt_moment[felt] // step,
            self.face[felt],
            self.felt_a[felt],
            self.felt_b[felt],
        )


def in_order(network: Network, moments: Sequence[Sequence[Observation]]) -> tuple[list[Observation], Codes]:
    """The different observations, sorted, and each moment as the sorted places of its own among them.

    Cues of the group `dog` are passed over: they are the dog's, not a moment's. Of several observations of a cue the last stands. Raises
    UnknownCue or UnknownValue.
    """
    found: dict[tuple[str, str, float, str], int] = {}
    place: dict[int, int] = {}  # a diary gives one object for equal observations, which is found faster than its value
    kinds: list[Observation] = []
    told: Codes = []
    for observations in moments:
        codes = []
        for o in observations:
            code = place.get(id(o))
            if code is None:
                code = found.setdefault(_key(o), len(kinds))
                if code == len(kinds):
                    kinds.append(o)
                place[id(o)] = code
            codes.append(code)
        told.append(codes)
    return _sorted(network, kinds, told)


def _sorted(network: Network, kinds: Sequence[Observation], told: Codes) -> tuple[list[Observation], Codes]:
    for o in kinds:
        if (o.cue, o.value) not in network.positions:
            raise strange(network, o)
    order = sorted(range(len(kinds)), key=lambda code: _key(kinds[code]))
    rank = [0] * len(kinds)
    for place, code in enumerate(order):
        rank[code] = place
    cue = [o.cue for o in kinds]
    ours = [network.cues[name].group != "dog" for name in cue]
    return [kinds[code] for code in order], [
        sorted([rank[code] for code in {cue[code]: code for code in codes if ours[code]}.values()]) for codes in told
    ]


def _key(one: Observation) -> tuple[str, str, float, str]:
    return one.cue, one.value, one.confidence, one.origin


def compile_cases(
    network: Network, kinds: Sequence[Observation], told: Sequence[Sequence[int]], shared: Collection[str] = ()
) -> Cases:
    """Moments, each as places among `kinds`, as arrays; cues that only rules read are left out. Of `shared` cues no dog has rows."""
    table = _Kinds(network, kinds, shared)
    lengths = [len(codes) for codes in told]
    code = np.fromiter((one for codes in told for one in codes), np.intp, sum(lengths))
    moment = np.repeat(np.arange(len(told), dtype=np.intp), lengths)
    direct, felt = table.direct[code], table.felt[code]
    kind, at = code[direct], moment[direct]
    row, a, b = table.row[kind], table.a[kind], table.b[kind]
    for place in np.flatnonzero(table.outcome[kind]):
        response = next((kinds[one] for one in told[at[place]] if kinds[one].cue == "response"), None)
        row[place], a[place], b[place] = table.after(kinds[kind[place]], response)
    face = code[felt]
    return Cases(
        len(told),
        at,
        row,
        a[:, None],
        b,
        _exponents(network, at, table.kin[kind], table.gain[kind])[:, None],
        moment[felt],
        table.face[face],
        table.felt_a[face][:, None, None],
        table.felt_b[face][:, None, None],
    )


def _exponents(network: Network, moment: Whole, kin: Whole, gain: Floats) -> Floats:
    """The exponent that each entry counts with: its group's weight, shared with the cues of its block that were seen beside it (n)."""
    if not len(moment) or network.unweighted:
        return gain
    size = len(network.shares)
    cells = moment * size + kin
    return np.asarray(gain * network.shares[kin, np.bincount(cells)[cells]])


class _Kinds:
    """What each different observation is to the network, one place for each."""

    def __init__(self, network: Network, kinds: Sequence[Observation], shared: Collection[str]) -> None:
        self.network, self.shared = network, shared
        self.told = np.exp(network.rows)
        self.seen: dict[tuple[Observation, Observation | None], tuple[int, float, Floats]] = {}
        count, size = len(kinds), len(network.motives)
        self.direct, self.felt, self.outcome = (np.zeros(count, dtype=bool) for _ in range(3))
        self.row, self.face, self.kin = (np.zeros(count, dtype=np.intp) for _ in range(3))
        self.a, self.gain, self.felt_a, self.felt_b = (np.zeros(count) for _ in range(4))
        self.b = np.zeros((count, size))
        expected = np.einsum("m,ms,vms->v", network.prior, network.affect, network.faces)
        for place, o in enumerate(kinds):
            pair, sure = (o.cue, o.value), network.believed(o)
            if (row := network.row_of.get(pair)) is not None:
                self._direct(place, o, row, sure)
            elif (face := network.face_of.get(pair)) is not None:
                self.felt[place], self.face[place] = True, face
                self.felt_a[place], self.felt_b[place] = sure, (1 - sure) * expected[face]
            elif o.cue == "outcome":
                self.direct[place] = self.outcome[place] = True
                self.kin[place], self.gain[place] = network.kin[o.cue], network.gains[o.cue]

    def _direct(self, place: int, o: Observation, row: int, sure: float) -> None:
        left = (1 - sure) * (self.network.prior @ self.told[row])
        shared = o.cue in self.shared
        self.direct[place], self.row[place] = True, row
        self.a[place] = 0.0 if shared else sure
        self.b[place] = left + sure * self.told[row] if shared else left
        self.kin[place], self.gain[place] = self.network.kin[o.cue], self.network.gains[o.cue]

    def after(self, outcome: Observation, response: Observation | None) -> tuple[int, float, Floats]:
        """Row, `a` and `b` of an outcome: it speaks of the dog's own row only as far as the response is known."""
        pair = outcome, response
        if pair not in self.seen:
            network = self.network
            sure, known = network.believed(outcome), 0.0 if response is None else network.believed(response)
            row = network.outcome_row(outcome.value, None if response is None else response.value)
            untold = self.told[network.outcome_row(outcome.value, None)]
            mixed = known * self.told[row] + (1 - known) * untold
            self.seen[pair] = row, sure * known, sure * (1 - known) * untold + (1 - sure) * (network.prior @ mixed)
        return self.seen[pair]
