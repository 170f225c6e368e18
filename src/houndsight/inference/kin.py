"""Which rows make up one distribution, and how strongly a dog's own is drawn to that of dogs at large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from houndsight.inference.cases import Whole
from houndsight.inference.network import Floats, Network
from houndsight.knowledge.settings import Pooling

__all__ = ["Gathering", "Kin", "kin_of"]


class Gathering:
    """Sums rows of numbers by place: made once for the places (n), used in every round."""

    def __init__(self, place: Whole, size: int, columns: int) -> None:
        self.size, self.columns = size, columns
        self._cells = (place[:, None] * columns + np.arange(columns)).ravel()

    def __call__(self, values: Floats) -> Floats:
        """The values (n, columns) summed by place, (size, columns)."""
        total: Floats = np.bincount(self._cells, values.ravel(), self.size * self.columns).astype(
            np.float64, copy=False
        )
        return total.reshape(self.size, self.columns)


class Kin:
    """The rows (V, M) and faces (V, S) of a network as distributions; `strengths` are those of the groups of cues.

    `of` (V) is the number of a row's distribution and `strength` (V, 1) how many observations dogs at large are worth in it;
    `of_face` and `face_strength` the same for faces. The faces of dogs at large are alike for many motives: `kind` (M) is the number
    of a motive's kind, and `base_faces` (V, K, S) hold each kind once.
    """

    def __init__(self, network: Network, strengths: Mapping[str, float]) -> None:
        strength = {cue.id: strengths[cue.group] for cue in network.cues.values()}
        after, size = strength["outcome"], network.outcome.shape[1]
        places = [(len(table), strength[cue]) for cue, table in network.likelihood.items()]
        places += [(size, after)] * (len(network.outcome) + 1)
        faces = [(len(table), strength[cue]) for cue, table in network.body.items()]
        self.base = np.exp(network.rows)
        kinds, self.kind = np.unique(
            network.faces.transpose(1, 0, 2).reshape(len(network.motives), -1), axis=0, return_inverse=True
        )
        self.base_faces = kinds.reshape(len(kinds), -1, len(network.states)).transpose(1, 0, 2)
        self.of, self.strength = _spread(places)
        self.of_face, self.face_strength = _spread(faces)
        self._rows = Gathering(self.of, len(places), len(network.motives))
        self._faces = Gathering(self.of_face, len(faces), len(network.states))

    def totals(self, counts: Floats) -> Floats:
        """For each row, how often any value of its distribution was seen, (V, M)."""
        return self._rows(counts).take(self.of, 0)

    def face_totals(self, counts: Floats) -> Floats:
        """For each face, how often any value of its distribution was seen, (V, S)."""
        return self._faces(counts).take(self.of_face, 0)

    def face_totals_of(self, faces: Floats) -> Floats:
        """As `face_totals`, of faces that stand for each kind of motive, (V, K, S)."""
        return np.stack([self.face_totals(faces[:, kind]) for kind in range(faces.shape[1])], axis=1)

    def rows(self, counts: Floats) -> Floats:
        """Mean rows, (V, M), once `counts` were seen."""
        mean: Floats = (self.strength * self.base + counts) / (self.strength + self.totals(counts))
        return mean

    def faces(self, counts: Floats) -> Floats:
        """Mean faces, (V, M, S), once `counts` (V, S) were seen."""
        strength = self.face_strength[:, :, None]
        mean: Floats = (strength * self.base_faces + counts[:, None, :]) / (
            strength + self.face_totals(counts)[:, None, :]
        )
        return mean[:, self.kind]


def kin_of(network: Network, pooling: Pooling) -> Kin:
    """The rows and faces of a network as distributions, worked out once for each network."""
    return _kin_of(network, tuple(sorted(pooling.cue_strength.items())))


@lru_cache(maxsize=4)
def _kin_of(network: Network, strengths: tuple[tuple[str, float], ...]) -> Kin:
    return Kin(network, dict(strengths))


def _spread(places: Sequence[tuple[int, float]]) -> tuple[Whole, Floats]:
    """For each row the number of its distribution (V), and that distribution's strength (V, 1)."""
    of = np.repeat(np.arange(len(places), dtype=np.intp), [size for size, _ in places])
    return of, np.repeat([strength for _, strength in places], [size for size, _ in places])[:, None]
