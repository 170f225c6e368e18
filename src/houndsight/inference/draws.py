"""How far our ignorance of the numbers carries: draws of every table row by its evidence grade, and what they do to a reading.

Each row is drawn from Dirichlet(drawn_strength x mean_row): around the row that is read with, as firmly as its grade and the
accounts that spoke of it allow (Dirichlet intervals as in Gelman et al., Bayesian Data Analysis, chapter 3). A cue's draws come from its own seed, so that a reading does
not change with the company it is read in, and they are made when the cue is first seen.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from houndsight.inference.network import Floats, Network, drawn_strength, mean_row
from houndsight.inference.posterior import weights
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.distributions import Distribution
from houndsight.records.observation import Observation

__all__ = ["TableDraws", "interval", "lead_share"]

Singles = NDArray[np.float32]
"""Body tables in single precision: half the memory traffic, and an error of some 1e-6 in numbers known to some 1e-1."""

LEAST = 1e-12
"""No drawn probability is below this: a value that was seen must stay possible."""

UNTOLD = "untold"
"""Stands for the response when an outcome was told without one."""


@dataclass(eq=False)
class TableDraws:
    """Draws of the tables, D of each row, with the draw as the last axis; filled in as cues are first seen."""

    knowledge: Knowledge
    network: Network
    count: int
    seed: int
    _made: dict[tuple[str, str], Floats] = field(default_factory=dict)
    _singles: dict[str, Singles] = field(default_factory=dict)

    def posterior(self, observations: Sequence[Observation]) -> Floats:
        """p(motive | observations) under every draw, (M, D); each column sums to 1."""
        return self._normalised(self._scores(observations))[0]

    def weighed(self, observations: Sequence[Observation]) -> Floats:
        """As `posterior`, with each draw as often as it foretold the moment, (M, D): draws of the tables given what was seen.

        Importance resampling with P_d(observations) as weight, at fixed places (systematic, without chance), so that the
        same moment always gives the same columns. Gelman et al., Bayesian Data Analysis, 10.4; Kitagawa (1996).
        """
        shares, foretold = self._normalised(self._scores(observations))
        heap = np.cumsum(np.exp(foretold - foretold.max()))
        places = np.searchsorted(heap, (np.arange(self.count) + 0.5) * (heap[-1] / self.count))
        drawn: Floats = shares[:, places]
        return drawn

    def _normalised(self, scores: Floats) -> tuple[Floats, Floats]:
        """Probabilities (M, D) from log scores, and the log of what each draw foretold (D)."""
        peak = np.maximum.reduce(scores)
        raw = np.exp(scores - peak)
        total = np.add.reduce(raw)
        raw /= total
        lapse = self.network.temper.lapse
        return raw if lapse == 0 else (1 - lapse) * raw + lapse * self.prior(), peak + np.log(total)

    def _scores(self, observations: Sequence[Observation]) -> Floats:
        """Unnormalised log posterior under every draw, (M, D)."""
        told = {o.cue: o for o in observations}
        scores = self._keep("log", "prior", lambda: self.network.temper.prior * np.log(self.prior())).copy()
        self._add_direct(scores, told)
        felt = [self._face(o) for cue, o in told.items() if cue in self.network.body]
        if felt:
            felt.sort(key=len)  # rows that all motives share are multiplied first: an eighth of the work
            state = reduce(np.multiply, felt) * self._singly("affect", self.affect)
            scores += self.network.gains["state"] * np.log(np.add.reduce(state, axis=1, dtype=np.float64))
        return scores

    def _add_direct(self, scores: Floats, told: dict[str, Observation]) -> None:
        names = [cue for cue in told if cue in self.network.likelihood]
        rows = [self._doubted(told[cue], self._log_row(cue, told[cue].value)) for cue in names]
        if "outcome" in told:
            names.append("outcome")
            rows.append(self._doubted(told["outcome"], self._outcome_row(told["outcome"].value, told.get("response"))))
        if not rows:
            return
        for weight, row in zip(weights(self.network, names).tolist(), rows, strict=True):
            scores += row if weight == 1.0 else weight * row

    def _log_row(self, cue: str, value: str) -> Floats:
        """Drawn log P(value | motive), (M, D)."""
        table = self._keep("log", cue, lambda: np.log(self.likelihood(cue)))
        row: Floats = table[self.network.positions[cue, value]]
        return row

    def _doubted(self, observation: Observation, row: Floats) -> Floats:
        sure = self.network.believed(observation)
        if sure == 1.0:
            return row
        told = np.exp(row)
        untold = np.add.reduce(self.prior() * told)
        mixed: Floats = np.log(sure * told + (1 - sure) * untold)
        return mixed

    def _face(self, observation: Observation) -> Singles:
        """Drawn P(value | motive, state), (M or 1, S, D)."""
        cue, place = observation.cue, self.network.positions[observation.cue, observation.value]
        sure = self.network.believed(observation)
        if sure == 1.0:
            single: Singles = self._singly(cue, lambda: self.body(cue))[place]
            return single
        face: Floats = self.body(cue)[place]
        untold = (self.prior()[:, None] * self.affect() * face).sum(axis=(0, 1))
        return _single(sure * face + (1 - sure) * untold)

    def _outcome_row(self, value: str, response: Observation | None) -> Floats:
        place = self.network.positions["outcome", value]
        if response is None:
            untold: Floats = self._keep("log", f"outcome {UNTOLD}", lambda: np.log(self._untold()))[place]
            return untold
        name = response.value
        row: Floats = self._keep("log", f"outcome {name}", lambda: np.log(self.outcome(name)))[place]
        sure = self.network.believed(response)
        if sure == 1.0:
            return row
        mixed: Floats = np.log(sure * np.exp(row) + (1 - sure) * self._untold()[place])
        return mixed

    # Tables, drawn once each ------------------------------------------------------------------------------------------

    def prior(self) -> Floats:
        """Draws of the prior, (M, D)."""
        return self._keep("table", "prior", self._draw_prior)

    def affect(self) -> Floats:
        """Draws of P(state | motive), (M, S, D)."""
        tables, motives = self.knowledge.tables, self.network.motives
        return self._keep(
            "table", "affect", lambda: np.stack([self._rows(f"affect {m}", [tables.state(m)])[:, 0] for m in motives])
        )

    def likelihood(self, cue: str) -> Floats:
        """Draws of P(value | motive) of a directly read cue, or of the response, (V, M, D)."""
        tables, motives = self.knowledge.tables, self.network.motives
        return self._keep("table", cue, lambda: self._rows(cue, [tables.likelihood(cue, m) for m in motives]))

    def body(self, cue: str) -> Floats:
        """Draws of P(value | motive, state) of a body cue, (V, M, S, D), or (V, 1, S, D) where all motives share their rows."""
        return self._keep("table", cue, lambda: self._draw_faces(cue))

    def outcome(self, response: str) -> Floats:
        """Draws of P(outcome | motive, response), (O, M, D)."""
        tables, motives, name = self.knowledge.tables, self.network.motives, f"outcome {response}"
        return self._keep("table", name, lambda: self._rows(name, [tables.outcome(m, response) for m in motives]))

    def _untold(self) -> Floats:
        """Draws of P(outcome | motive) over the mix of responses, (O, M, D)."""
        return self._keep("table", f"outcome {UNTOLD}", self._mix_outcomes)

    def network_at(self, draw: int) -> Network:
        """The network whose tables are the draw of that number; draws every table that is not drawn yet."""
        network = self.network
        return replace(
            network,
            prior=self.prior()[:, draw],
            affect=self.affect()[..., draw],
            likelihood={cue: self.likelihood(cue)[..., draw] for cue in network.likelihood},
            body={cue: np.broadcast_to(self.body(cue)[..., draw], table.shape) for cue, table in network.body.items()},
            outcome=np.stack([self.outcome(r)[..., draw] for r in self.knowledge.responses]),
            mix=self.likelihood("response")[..., draw],
        )

    def _keep(self, kind: str, name: str, make: Callable[[], Floats]) -> Floats:
        table = self._made.get((kind, name))
        if table is None:
            table = self._made[kind, name] = make()
        return table

    def _singly(self, name: str, table: Callable[[], Floats]) -> Singles:
        single = self._singles.get(name)
        if single is None:
            single = self._singles[name] = _single(table())
        return single

    def _draw_prior(self) -> Floats:
        motives = self.knowledge.vocabulary.motives.values()
        weakest = self.knowledge.concentrations[max(m.grade for m in motives)] * len(motives)
        drawn = self._gamma("prior", weakest * self.network.prior)
        share: Floats = drawn / drawn.sum(axis=0)
        return share

    def _draw_faces(self, cue: str) -> Floats:
        network, tables = self.network, self.knowledge.tables
        rows = [[tables.body(cue, motive, state) for state in network.states] for motive in network.motives]
        distinct = {row.key: row for own in rows for row in own}
        drawn = {key: self._rows(" ".join(key), [row])[:, 0] for key, row in distinct.items()}
        if len(drawn) == len(network.states):
            rows = rows[:1]
        return np.stack([np.stack([drawn[row.key] for row in own], axis=1) for own in rows], axis=1)

    def _mix_outcomes(self) -> Floats:
        mix = self.likelihood("response")
        total = np.zeros((len(self.network.cues["outcome"].values), len(self.network.motives), self.count))
        for share, response in zip(mix, self.knowledge.responses, strict=True):
            total += share * self.outcome(response)
        return total

    def _rows(self, name: str, rows: Sequence[Distribution]) -> Floats:
        """Draws of the given rows, (V, number of rows, D)."""
        parameters = np.stack([self._parameters(row) for row in rows], axis=1)
        drawn = self._gamma(name, parameters)
        share: Floats = drawn / drawn.sum(axis=0)
        return share

    def _parameters(self, row: Distribution) -> Floats:
        return drawn_strength(self.knowledge, row, self.network.temper) * mean_row(row, self.network.temper)

    def _gamma(self, name: str, parameters: Floats) -> Floats:
        """Gamma variates with the given shapes, one for each draw along a new last axis."""
        rng = np.random.default_rng([self.seed, zlib.crc32(name.encode())])
        return rng.standard_gamma(parameters[..., None], size=(*parameters.shape, self.count)) + LEAST


def _single(table: Floats) -> Singles:
    return table.astype(np.float32)


def interval(drawn: Floats, mass: float) -> tuple[Floats, Floats]:
    """The lower and upper ends that hold `mass` of each motive's draws, (M) each (nearest rank)."""
    last = drawn.shape[-1] - 1
    tail = int((1 - mass) / 2 * last)
    ranked = np.sort(drawn, axis=-1)
    return ranked[:, tail], ranked[:, last - tail]


def lead_share(drawn: Floats, leader: int) -> float:
    """Share of the draws in which the motive at `leader` is the likeliest."""
    return float(np.mean(drawn[leader] >= np.maximum.reduce(drawn)))
