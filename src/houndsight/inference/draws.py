"""How far our ignorance of the numbers carries: draws of every table row by its evidence grade, and what they do to a reading.

Each row is drawn from Dirichlet(strength x row + counts), where `strength` follows the grade (README of the tables; Dirichlet
intervals as in Gelman et al., Bayesian Data Analysis, chapter 3). A cue's draws come from its own seed, so that a reading does
not change with the company it is read in, and they are made when the cue is first seen.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from houndsight.inference.network import Floats, Network, drawn_strength, mean_row
from houndsight.inference.posterior import weights
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.distributions import Distribution
from houndsight.records.observation import Observation

__all__ = ["TableDraws", "interval", "lead_share"]

LEAST = 1e-12
"""No drawn probability is below this: a value that was seen must stay possible."""


@dataclass(eq=False)
class TableDraws:
    """Draws of the tables, D of each row, with the draw as the last axis; filled in as cues are first seen."""

    knowledge: Knowledge
    network: Network
    count: int
    seed: int
    _made: dict[str, Floats] = field(default_factory=dict)

    def posterior(self, observations: Sequence[Observation]) -> Floats:
        """p(motive | observations) under every draw, (M, D); each column sums to 1."""
        scores = self._log_prior() + self._direct(observations)
        felt = [o for o in observations if o.cue in self.network.body]
        if felt:
            faces = self._affect()
            for observation in felt:
                faces = faces * self._face(observation)
            scores += self.network.gains["state"] * np.log(faces.sum(axis=1))
        scores -= scores.max(axis=0)
        raw = np.exp(scores, out=scores)
        p: Floats = raw / raw.sum(axis=0)
        lapse = self.network.temper.lapse
        return p if lapse == 0 else (1 - lapse) * p + lapse * self.network.prior[:, None]

    def _direct(self, observations: Sequence[Observation]) -> Floats:
        values = {o.cue: o.value for o in observations}
        seen = [o for o in observations if o.cue in self.network.likelihood]
        names = [o.cue for o in seen]
        rows = [self._row(o) for o in seen]
        if "outcome" in values:
            names.append("outcome")
            rows.append(self._outcome(values["outcome"], values.get("response")))
        total = np.zeros((len(self.network.motives), self.count))
        for weight, row in zip(weights(self.network, names).tolist(), rows, strict=True):
            total += weight * row
        return total

    def _row(self, observation: Observation) -> Floats:
        row: Floats = self._log_table(observation.cue)[self.network.positions[observation.cue, observation.value]]
        if observation.confidence == 1.0:
            return row
        likelihood = self.network.likelihood[observation.cue][self.network.positions[observation.cue, observation.value]]
        expected = float(self.network.prior @ likelihood)
        told: Floats = np.log(observation.confidence * np.exp(row) + (1 - observation.confidence) * expected)
        return told

    def _face(self, observation: Observation) -> Floats:
        place = self.network.positions[observation.cue, observation.value]
        face: Floats = self._body_table(observation.cue)[place]
        if observation.confidence == 1.0:
            return face
        point = self.network.body[observation.cue][place]
        expected = float((self.network.prior[:, None] * self.network.affect * point).sum())
        return observation.confidence * face + (1 - observation.confidence) * expected

    def _outcome(self, outcome: str, response: str | None) -> Floats:
        place = self.network.positions["outcome", outcome]
        if response is None:
            rows = [self._outcome_table(r)[place] for r in self.knowledge.responses]
            mixed: Floats = np.log(np.einsum("rm,rmd->md", self.network.mix, np.exp(np.array(rows))))
            return mixed
        row: Floats = self._outcome_table(response)[place]
        return row

    # Tables, drawn once each ------------------------------------------------------------------------------------------

    def _log_prior(self) -> Floats:
        if "prior" not in self._made:
            motives = self.knowledge.vocabulary.motives.values()
            weakest = self.knowledge.concentrations[max(m.grade for m in motives)] * len(motives)
            drawn = self._gamma("prior", weakest * self.network.prior)
            self._made["prior"] = self.network.temper.prior * np.log(drawn / drawn.sum(axis=0))
        return self._made["prior"]

    def _affect(self) -> Floats:
        if "affect" not in self._made:
            tables, rows = self.knowledge.tables, self.network.motives
            drawn = [self._rows(f"affect {m}", [tables.state(m)])[:, 0] for m in rows]
            self._made["affect"] = np.stack(drawn)
        return self._made["affect"]

    def _log_table(self, cue: str) -> Floats:
        if cue not in self._made:
            rows = [self.knowledge.tables.likelihood(cue, m) for m in self.network.motives]
            self._made[cue] = np.log(self._rows(cue, rows))
        return self._made[cue]

    def _body_table(self, cue: str) -> Floats:
        if cue not in self._made:
            self._made[cue] = self._drawn_faces(cue)
        return self._made[cue]

    def _drawn_faces(self, cue: str) -> Floats:
        """(V, M, S, D); motives that share a row share its draws."""
        network, tables = self.network, self.knowledge.tables
        by_row: dict[tuple[str, ...], Floats] = {}
        out = np.empty((len(network.cues[cue].values), len(network.motives), len(network.states), self.count))
        for i, motive in enumerate(network.motives):
            for j, state in enumerate(network.states):
                row = tables.body(cue, motive, state)
                if row.key not in by_row:
                    by_row[row.key] = self._rows(" ".join(row.key), [row])[:, 0]
                out[:, i, j] = by_row[row.key]
        return out

    def _outcome_table(self, response: str) -> Floats:
        name = f"outcome {response}"
        if name not in self._made:
            rows = [self.knowledge.tables.outcome(m, response) for m in self.network.motives]
            self._made[name] = np.log(self._rows(name, rows))
        return self._made[name]

    def _rows(self, name: str, rows: Sequence[Distribution]) -> Floats:
        """Draws of the given rows, (V, number of rows, D)."""
        parameters = np.stack([self._parameters(row) for row in rows], axis=1)
        drawn = self._gamma(name, parameters)
        share: Floats = drawn / drawn.sum(axis=0)
        return share

    def _parameters(self, row: Distribution) -> Floats:
        return drawn_strength(self.knowledge, row, self.network.temper) * mean_row(self.knowledge, row, self.network.temper)

    def _gamma(self, name: str, parameters: Floats) -> Floats:
        """Gamma variates with the given shapes, one for each draw along a new last axis."""
        rng = np.random.default_rng([self.seed, zlib.crc32(name.encode())])
        return rng.standard_gamma(parameters[..., None], size=(*parameters.shape, self.count)) + LEAST


def interval(drawn: Floats, mass: float) -> tuple[Floats, Floats]:
    """The lower and upper ends that hold `mass` of each motive's draws, (M) each (nearest rank)."""
    ranked = np.sort(drawn, axis=-1)
    last = ranked.shape[-1] - 1
    tail = (1 - mass) / 2
    return ranked[:, int(tail * last)], ranked[:, last - int(tail * last)]


def lead_share(drawn: Floats, leader: int) -> float:
    """Share of the draws in which the motive at `leader` is the likeliest."""
    return float((drawn.argmax(axis=0) == leader).mean())
