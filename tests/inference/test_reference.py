"""The reading against a slow one, written out in loops from the rows of the tables: tempered, and with doubtful cues."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from houndsight.inference.network import Network, compile_network
from houndsight.inference.posterior import posterior
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.distributions import Distribution
from houndsight.knowledge.temper import PLAIN, Temper
from houndsight.records.observation import Observation

Told = Mapping[str, Observation]


class Slow:
    """p(motive | observations) by the formula in the docstring of the posterior, one number at a time."""

    def __init__(self, knowledge: Knowledge, temper: Temper) -> None:
        self.knowledge, self.temper = knowledge, temper
        self.motives = knowledge.vocabulary.motives
        self.cues = knowledge.vocabulary.cues

    def read(self, observations: Sequence[Observation]) -> list[float]:
        told = {o.cue: o for o in observations}
        raw = [self.weight(motive, told) for motive in self.motives]
        lapse = self.temper.lapse
        return [(1 - lapse) * w / sum(raw) + lapse * m.prior for w, m in zip(raw, self.motives.values(), strict=True)]

    def weight(self, motive: str, told: Told) -> float:
        """The motive's posterior up to a factor."""
        total = self.motives[motive].prior ** self.temper.prior
        for cue in told:
            if self.cues[cue].read_by == "motive":
                total *= self.direct(cue, motive, told) ** self.exponent(cue, told)
        if "outcome" in told:
            total *= self.outcome(motive, told) ** self.temper.groups.get("outcome", self.group("outcome"))
        felt = sum(self.state(motive, s) * self.faces(motive, s, told) for s in self.knowledge.vocabulary.states)
        return float(total * felt ** self.temper.groups.get("state", 1.0))

    def group(self, cue: str) -> float:
        return self.temper.groups.get(cue, self.temper.groups.get(self.cues[cue].group, 1.0))

    def exponent(self, cue: str, told: Told) -> float:
        """The cue's group weight, shared among the cues of its block that were told."""
        for keep, members in self.temper.blocks.values():
            if cue in members:
                n = len([c for c in members if c in told])
                return self.group(cue) * (1 + (n - 1) * keep) / n
        return self.group(cue)

    def cell(self, row: Distribution, value: str) -> float:
        """One probability: elicited, or fitted where it was fitted."""
        place = row.values.index(value)
        return (row.probabilities if self.temper == PLAIN or not row.fitted else row.fitted)[place]

    def mixed(self, told: float, untold: float, confidence: float) -> float:
        return confidence * told + (1 - confidence) * untold

    def expected(self, chance: Any) -> float:
        return float(sum(m.prior * chance(name) for name, m in self.motives.items()))

    def direct(self, cue: str, motive: str, told: Told) -> float:
        def chance(m: str) -> float:
            return self.cell(self.knowledge.tables.likelihood(cue, m), told[cue].value)

        return self.mixed(chance(motive), self.expected(chance), told[cue].confidence)

    def outcome(self, motive: str, told: Told) -> float:
        tables, response = self.knowledge.tables, told.get("response")

        def after(m: str, r: str) -> float:
            return self.cell(tables.outcome(m, r), told["outcome"].value)

        def chance(m: str) -> float:
            mix = sum(self.cell(tables.likelihood("response", m), r) * after(m, r) for r in self.knowledge.responses)
            return mix if response is None else self.mixed(after(m, response.value), mix, response.confidence)

        return self.mixed(chance(motive), self.expected(chance), told["outcome"].confidence)

    def state(self, motive: str, state: str) -> float:
        return self.cell(self.knowledge.tables.state(motive), state)

    def faces(self, motive: str, state: str, told: Told) -> float:
        states = self.knowledge.vocabulary.states

        def chance(m: str, s: str, o: Observation) -> float:
            return self.cell(self.knowledge.tables.body(o.cue, m, s), o.value)

        def expected(o: Observation) -> float:
            return self.expected(lambda m: sum(self.state(m, s) * chance(m, s, o) for s in states))

        felt = [o for o in told.values() if self.cues[o.cue].read_by == "state"]
        return math.prod(self.mixed(chance(motive, state, o), expected(o), o.confidence) for o in felt)


def doubted(moments: list[list[Observation]]) -> list[list[Observation]]:
    """The same moments, every other cue heard with some doubt."""
    rng = np.random.default_rng(0)
    return [[replace(o, confidence=float(rng.choice([1.0, rng.uniform(0.05, 1)]))) for o in m] for m in moments]


def agree(network: Network, slow: Slow, moments: list[list[Observation]]) -> None:
    for moment in moments:
        np.testing.assert_allclose(posterior(network, moment), slow.read(moment), rtol=0, atol=1e-12)


@pytest.mark.parametrize("told", [0.0, 0.3, 1.0])
def test_the_pure_reading_equals_the_slow_one(knowledge: Knowledge, plain: Network, moments: Any, told: float) -> None:
    agree(plain, Slow(knowledge, PLAIN), moments(4, 30, told))


@pytest.mark.parametrize("told", [0.0, 0.3, 1.0])
def test_the_tempered_reading_equals_the_slow_one(
    knowledge: Knowledge, temper: Temper, tempered: Network, moments: Any, told: float
) -> None:
    agree(tempered, Slow(knowledge, temper), moments(5, 30, told))


def test_doubtful_cues_count_as_the_slow_reading_counts_them(
    knowledge: Knowledge, temper: Temper, tempered: Network, moments: Any
) -> None:
    agree(tempered, Slow(knowledge, temper), doubted(moments(6, 40, 0.4)))


def test_the_canonical_reading_equals_the_slow_one(knowledge: Knowledge, moments: Any) -> None:
    agree(compile_network(knowledge), Slow(knowledge, knowledge.temper), moments(7, 20, 0.3))
