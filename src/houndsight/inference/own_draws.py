"""How far our ignorance of one dog's numbers carries: draws of his own rates and rows.

His rates are drawn from what was learned of them. A row of his own is drawn around its mean as firmly as dogs at large are known, as
they are alike, and as often as he was seen: 1 / (1 / table + 1 / alike) + seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from houndsight.inference.dialect import Dialect
from houndsight.inference.draws import TableDraws
from houndsight.inference.network import Floats, drawn_strength
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.distributions import Distribution

__all__ = ["OwnDraws"]


class OwnDraws(TableDraws):
    """Draws of one dog's tables; what was never seen of him keeps the draws of dogs at large."""

    def __init__(self, knowledge: Knowledge, dialect: Dialect, at_large: TableDraws) -> None:
        super().__init__(knowledge, dialect.network, at_large.count, at_large.seed)
        self.dialect, self.at_large = dialect, at_large
        self.kin = dialect.kin
        self.seen = self.kin.totals(dialect.rows)
        self.felt = self.kin.face_totals(dialect.faces)

    def _draw_prior(self) -> Floats:
        drawn = self._gamma("prior", self.dialect.rates)
        share: Floats = drawn / drawn.sum(axis=0)
        return share

    def affect(self) -> Floats:
        """Draws of P(state | motive), (M, S, D): those of dogs at large."""
        return self.at_large.affect()

    def likelihood(self, cue: str) -> Floats:
        """Draws of P(value | motive) of a directly read cue, or of the response, (V, M, D)."""
        if cue not in self.network.likelihood or not self._seen(cue):
            return self.at_large.likelihood(cue)
        return self._keep("table", cue, lambda: self._likelihood(cue))

    def _likelihood(self, cue: str) -> Floats:
        rows = [self.knowledge.tables.likelihood(cue, motive) for motive in self.network.motives]
        place = self.network.row_of[cue, self.network.cues[cue].values[0]]
        return self._around(
            cue, self.network.likelihood[cue], self._firm(rows, self.kin.strength[place, 0]) + self.seen[place]
        )

    def _seen(self, cue: str) -> bool:
        return bool(self.seen[self.network.row_of[cue, self.network.cues[cue].values[0]]].any())

    def body(self, cue: str) -> Floats:
        """Draws of P(value | motive, state) of a body cue, (V, M, S, D), or (V, 1, S, D) where all motives share their rows."""
        place = self.network.face_of[cue, self.network.cues[cue].values[0]]
        if not self.felt[place].any():
            return self.at_large.body(cue)
        return self._keep("table", cue, lambda: self._body(cue, place))

    def _body(self, cue: str, place: int) -> Floats:
        table, tables = self.network.body[cue], self.knowledge.tables
        motives = self.network.motives[:1] if (table == table[:, :1]).all() else self.network.motives
        alike = self.kin.face_strength[place, 0]
        firm = np.array([self._firm([tables.body(cue, m, s) for s in self.network.states], alike) for m in motives])
        return self._around(cue, table[:, : len(motives)], firm + self.felt[place])

    def outcome(self, response: str) -> Floats:
        """Draws of P(outcome | motive, response), (O, M, D)."""
        place = self.network.outcome_row(self.network.cues["outcome"].values[0], response)
        if not self.seen[place].any():
            return self.at_large.outcome(response)
        return self._keep("table", f"outcome {response}", lambda: self._outcome(response, place))

    def _outcome(self, response: str, place: int) -> Floats:
        rows = [self.knowledge.tables.outcome(motive, response) for motive in self.network.motives]
        table = self.network.outcome[self.network.positions["response", response]]
        firm = self._firm(rows, self.kin.strength[place, 0]) + self.seen[place]
        return self._around(f"outcome {response}", table, firm)

    def _firm(self, rows: Sequence[Distribution], alike: float) -> Floats:
        """How many observations each row of dogs at large is worth for one dog."""
        table = np.array([drawn_strength(self.knowledge, row, self.network.temper) for row in rows])
        firm: Floats = 1 / (1 / table + 1 / alike)
        return firm

    def _around(self, name: str, mean: Floats, firm: Floats) -> Floats:
        drawn = self._gamma(name, mean * firm)
        share: Floats = drawn / drawn.sum(axis=0)
        return share
