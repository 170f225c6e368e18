"""Fits the rows of the tables to labelled beliefs: the rows that foretell the beliefs best, held to the elicited ones.

Rows counted motive by motive say how often a cue is told when a motive holds, as if cues were told independently; they are not, and
more accounts then make readings worse, not better. Here the rows are fitted so that the posterior comes out right (discriminative
learning of a Bayesian network: Greiner and Zhou 2002). Each stays a proper distribution over its values; its log odds may move away
from the elicited ones at a price that grows with the square of the move. A row of which nothing was told does not move at all.
The row of `response` is left alone: it is the mix that an untold response is averaged over, and alike for all motives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from houndsight.errors import MissingExtra
from houndsight.evaluate.cases import Case
from houndsight.evaluate.temper_fit import Recipe
from houndsight.inference.network import Floats, compile_network
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.distributions import FittedRow, Key, Tables, with_rows
from houndsight.knowledge.temper import PLAIN
from houndsight.records.observation import Observation

__all__ = ["Rows", "RowsFit", "elicited", "informed"]

Rows = dict[Key, FittedRow]
"""Distribution -> the row as it was fitted."""

STILL = 1e-6
"""A row that moved less than this did not move."""

LEAST = 1e-5
"""No fitted probability is written as less, so that no cue can rule a motive out."""


def elicited(knowledge: Knowledge) -> Knowledge:
    """The same knowledge with nothing learned laid beside its rows."""
    rows = {key: replace(row, fitted=(), seen=0.0) for key, row in knowledge.tables.rows.items()}
    return replace(knowledge, tables=Tables(rows))


def informed(knowledge: Knowledge, rows: Rows) -> Knowledge:
    """The knowledge with exactly these fitted rows laid beside its elicited ones."""
    return replace(knowledge, tables=with_rows(elicited(knowledge).tables, rows))


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """Where each table stands in the vector of moves."""

    direct: slice
    outcome: slice
    affect: slice
    body: slice
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """What N accounts told, as places of rows: `direct` (N, Vd) and `body` (N, Vb) 0 or 1; `outcome` (N, R + 1, O)."""

    direct: Floats
    body: Floats
    outcome: Floats


class RowsFit:
    """Fits rows on chosen ones of these moments, whose motives are believed to be `q` (N, M).

    Of the recipe: `strength` is the price of a move, the inverse of the variance that log odds are thought to have around the elicited
    ones; `cases` are taught along whichever moments are chosen, each as if it stood there `case` times; the rows of the cues `held` do
    not move.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        moments: Sequence[Sequence[Observation]],
        q: Floats,
        recipe: Recipe,
        cases: Sequence[Case] = (),
    ) -> None:
        self.knowledge, self.strength, self.lapse = elicited(knowledge), recipe.strength, recipe.lapse
        self._cases = np.arange(len(moments), len(moments) + len(cases))
        moments = [*moments, *(case.observations for case in cases)]
        taught = np.array([case.beliefs for case in cases]).reshape(-1, q.shape[1]) * recipe.case
        self.q = np.concatenate([q, taught])
        self.network = compile_network(self.knowledge, PLAIN)
        n = self.network
        m, s, (r, o, _) = len(n.motives), len(n.states), n.outcome.shape
        self._direct = [(cue, len(n.cues[cue].values)) for cue in n.likelihood]
        self._body = [(cue, len(n.cues[cue].values)) for cue in n.body]
        sizes = (len(n.row_of) * m, r * o * m, m * s, len(n.face_of) * s)
        ends = np.cumsum((0, *sizes)).tolist()
        direct, outcome, affect, body = (slice(a, b) for a, b in pairwise(ends))
        self.layout = _Layout(direct, outcome, affect, body, ends[-1])
        self._log_faces = np.log(n.faces)
        self.told = self._place(moments)
        free = np.array([cue not in recipe.held for cue, size in self._direct for _ in range(size)], dtype=float)
        self._free = np.repeat(free, m)
        self.groups_direct = np.repeat(np.arange(len(self._direct)), [v for _, v in self._direct])
        self.groups_body = np.repeat(np.arange(len(self._body)), [v for _, v in self._body])

    def fit(self, places: NDArray[np.intp]) -> Rows:
        """The rows that foretell the beliefs of the moments at `places` best. Raises MissingExtra without SciPy."""
        try:
            from scipy.optimize import minimize  # noqa: PLC0415  # only fitting needs it
        except ImportError:
            raise MissingExtra("Fitting rows", "train") from None
        places = np.concatenate([places, self._cases])
        if not len(places):
            return {}
        told = _Told(self.told.direct[places], self.told.body[places], self.told.outcome[places])
        q = self.q[places]
        found = minimize(
            lambda x: self.price(x, told, q), np.zeros(self.layout.size), jac=True, method="L-BFGS-B",
            options={"maxiter": 300, "ftol": 1e-9},
        )  # fmt: skip
        return self._rows(found.x, told, q)

    def _seen(self, x: Floats, told: _Told, q: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Expected numbers of accounts that spoke of each row: direct (C, M), outcome (R, M), states (M), body (B, S)."""
        starts = _starts(self.groups_direct)
        direct = np.add.reduceat(told.direct, starts, axis=1).T @ q
        outcome = told.outcome[:, :-1].sum(axis=2).T @ q
        *_, affect, body = self._moved(x)
        faces = affect[None] + np.einsum("av,vms->ams", told.body, body)
        shares = np.exp(faces - np.logaddexp.reduce(faces, axis=2, keepdims=True)) * q[:, :, None]
        starts = _starts(self.groups_body)
        felt = np.add.reduceat(told.body, starts, axis=1)
        return direct, outcome, felt.any(axis=1) @ q, np.einsum("ab,ams->bs", felt, shares)

    def price(self, x: Floats, told: _Told, q: Floats) -> tuple[float, Floats]:
        """Surprise at the beliefs plus the price of the moves `x`, and its slope."""
        n, lay = self.network, self.layout
        m, s = len(n.motives), len(n.states)
        direct, outcome, affect, body = self._moved(x)
        z = np.log(n.prior) + told.direct @ direct
        untold = np.log(np.einsum("rm,rom->om", n.mix, np.exp(outcome)))
        z = z + np.einsum("aro,rom->am", told.outcome, np.concatenate([outcome, untold[None]]))
        faces = affect[None] + np.einsum("av,vms->ams", told.body, body)
        top = faces.max(axis=2, keepdims=True)
        shares = np.exp(faces - top)
        total = shares.sum(axis=2, keepdims=True)
        shares /= total
        z = z + (np.log(total) + top)[:, :, 0]
        raw = np.exp(z - z.max(axis=1, keepdims=True))
        p0 = raw / raw.sum(axis=1, keepdims=True)
        p = (1 - self.lapse) * p0 + self.lapse * n.prior
        pull = -(1 - self.lapse) * q / p  # q is a belief, for a case as often as it is taught
        dz = p0 * (pull - (pull * p0).sum(axis=1, keepdims=True))
        dfaces = dz[:, :, None] * shares
        slope = np.empty_like(x)
        slope[lay.direct] = _through(told.direct.T @ dz, direct, self.groups_direct).ravel() * self._free
        by_row = np.einsum("aro,am->rom", told.outcome, dz)
        spread = n.mix[:, None, :] * np.exp(outcome) / np.exp(untold)[None]
        d_outcome = by_row[:-1] + spread * by_row[-1][None]
        slope[lay.outcome] = (d_outcome - np.exp(outcome) * d_outcome.sum(axis=1, keepdims=True)).ravel()
        d_affect = dfaces.sum(axis=0)
        slope[lay.affect] = (d_affect - np.exp(affect) * d_affect.sum(axis=1, keepdims=True)).ravel()
        d_body = np.einsum("av,ams->vms", told.body, dfaces)
        slope[lay.body] = (
            _through(d_body.reshape(-1, m * s), body.reshape(-1, m * s), self.groups_body)
            .reshape(-1, m, s)
            .sum(axis=1)
            .ravel()
        )
        loss = float(-(q * np.log(p)).sum() + self.strength * (x**2).sum() / 2)
        return loss, slope + self.strength * x

    def _moved(self, x: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Log rows after the moves: direct (Vd, M), outcome (R, O, M), states (M, S), body (Vb, M, S)."""
        n, lay = self.network, self.layout
        m, s = len(n.motives), len(n.states)
        direct = n.rows[: len(n.row_of)] + x[lay.direct].reshape(-1, m)
        outcome = n.log_outcome[:-1] + x[lay.outcome].reshape(n.outcome.shape)
        affect = np.log(n.affect) + x[lay.affect].reshape(m, s)
        body = self._log_faces + x[lay.body].reshape(-1, 1, s)
        return (
            direct - _totals(direct, self.groups_direct),
            outcome - np.logaddexp.reduce(outcome, axis=1, keepdims=True),
            affect - np.logaddexp.reduce(affect, axis=1, keepdims=True),
            (body.reshape(-1, m * s) - _totals(body.reshape(-1, m * s), self.groups_body)).reshape(-1, m, s),
        )

    def _rows(self, x: Floats, told: _Told, q: Floats) -> Rows:
        """The moved rows that did move, by key."""
        found: Rows = {}
        for key, probabilities, seen in self._keyed(x, self._seen(x, told, q)):
            row = self.knowledge.tables.rows[key]
            if np.abs(probabilities - row.probabilities).max() > STILL:
                raised = np.maximum(probabilities, LEAST)
                found[key] = FittedRow(
                    dict(zip(row.values, (raised / raised.sum()).tolist(), strict=True)), float(seen)
                )
        return found

    def _keyed(self, x: Floats, seen: tuple[Floats, Floats, Floats, Floats]) -> Iterator[tuple[Key, Floats, Floats]]:
        """Every row after the moves `x`, with its key; a body row that all motives share comes once for each of them."""
        n, tables = self.network, self.knowledge.tables
        direct, outcome, affect, body = (np.exp(log) for log in self._moved(x))
        motives, states = [*enumerate(n.motives)], [*enumerate(n.states)]
        for c, (cue, inside) in enumerate(_ranges(self._direct)):
            yield from ((tables.likelihood(cue, motive).key, direct[inside, i], seen[0][c, i]) for i, motive in motives)
        for r, response in enumerate(self.knowledge.responses):
            yield from (
                (tables.outcome(motive, response).key, outcome[r, :, i], seen[1][r, i]) for i, motive in motives
            )
        yield from ((tables.state(motive).key, affect[i], seen[2][i]) for i, motive in motives)
        for b, (cue, inside) in enumerate(_ranges(self._body)):
            yield from (
                (tables.body(cue, motive, state).key, body[inside, i, j], seen[3][b, j])
                for i, motive in motives
                for j, state in states
            )

    def _place(self, moments: Sequence[Sequence[Observation]]) -> _Told:
        n = self.network
        told = _Told(
            np.zeros((len(moments), len(n.row_of))), np.zeros((len(moments), len(n.face_of))),
            np.zeros((len(moments), len(n.mix) + 1, n.outcome.shape[1])),
        )  # fmt: skip
        for a, moment in enumerate(moments):
            values = {o.cue: o.value for o in moment}
            for pair in values.items():
                if pair in n.row_of:
                    told.direct[a, n.row_of[pair]] = 1.0
                elif pair in n.face_of:
                    told.body[a, n.face_of[pair]] = 1.0
            if "outcome" in values:
                response = n.positions["response", values["response"]] if "response" in values else len(n.mix)
                told.outcome[a, response, n.positions["outcome", values["outcome"]]] = 1.0
        return told


def _ranges(cues: Sequence[tuple[str, int]]) -> Iterator[tuple[str, slice]]:
    """Each cue with the places of its values."""
    start = 0
    for cue, size in cues:
        yield cue, slice(start, start + size)
        start += size


def _starts(groups: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where each cue's values begin."""
    return np.flatnonzero(np.diff(groups, prepend=-1))


def _totals(log: Floats, groups: NDArray[np.intp]) -> Floats:
    """Log of the sum over each cue's values, at each of its values; (V, …)."""
    total: Floats = np.logaddexp.reduceat(log, _starts(groups), axis=0)[groups]
    return total


def _through(slope: Floats, log: Floats, groups: NDArray[np.intp]) -> Floats:
    """The slope before each cue's values were made to sum to 1."""
    moved: Floats = slope - np.exp(log) * np.add.reduceat(slope, _starts(groups), axis=0)[groups]
    return moved
