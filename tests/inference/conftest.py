"""Networks and moments that the tests of the reading share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from houndsight.inference.network import Network, compile_network
from houndsight.inference.read import Reader
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.load import load
from houndsight.knowledge.temper import PLAIN, Temper
from houndsight.records.observation import Observation

sys.path.append(str(Path(__file__).parents[2]))  # the other libraries' networks are built in one place: the benchmarks

Moments = Callable[[int, int, float], list[list[Observation]]]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def reader(knowledge: Knowledge) -> Reader:
    return Reader(knowledge)


@pytest.fixture(scope="session")
def plain(knowledge: Knowledge) -> Network:
    """The pure network."""
    return compile_network(knowledge, PLAIN)


@pytest.fixture(scope="session")
def temper(knowledge: Knowledge) -> Temper:
    """A temper in which every part does something, whatever has been learned."""
    groups = {"context": 0.8, "dog": 0.6, "believes": 0.5, "outcome": 0.9, "state": 0.7}
    return Temper(0.9, groups, knowledge.model.blocks, 0.03, 0.8)


@pytest.fixture(scope="session")
def tempered(knowledge: Knowledge, temper: Temper) -> Network:
    return compile_network(knowledge, temper)


@pytest.fixture(scope="session")
def moments(knowledge: Knowledge) -> Moments:
    """(seed, count, share of the cues that is told) -> random moments, flag cues left out."""
    cues = [cue for cue in knowledge.vocabulary.cues.values() if cue.read_by != "flag"]

    def made(seed: int, count: int, told: float) -> list[list[Observation]]:
        rng = np.random.default_rng(seed)
        return [
            [Observation(c.id, str(rng.choice(c.values))) for c in cues if rng.random() < told] for _ in range(count)
        ]

    return made
