"""What the laws hold for: networks with and without temper, and strategies that draw moments."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from houndsight.inference.batch import BatchReader
from houndsight.inference.draws import TableDraws
from houndsight.inference.network import Network, compile_network
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.load import load
from houndsight.knowledge.temper import PLAIN, Temper
from houndsight.records.observation import Observation

Moments = st.SearchStrategy[list[Observation]]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session", params=["plain", "tempered"])
def network(request: pytest.FixtureRequest, knowledge: Knowledge) -> Network:
    """The pure network, and one with a temper in which every part does something."""
    groups = {"context": 0.8, "dog": 0.6, "believes": 0.5, "outcome": 0.9, "state": 0.7}
    temper = PLAIN if request.param == "plain" else Temper(0.9, groups, knowledge.model.blocks, 0.03, 2.0)
    return compile_network(knowledge, temper)


@pytest.fixture(scope="session")
def plain(knowledge: Knowledge) -> Network:
    return compile_network(knowledge, PLAIN)


@pytest.fixture(scope="session")
def draws(knowledge: Knowledge, network: Network) -> TableDraws:
    return TableDraws(knowledge, network, 40, seed=7)


@pytest.fixture(scope="session")
def batch(network: Network) -> BatchReader:
    return BatchReader(network)


@pytest.fixture(scope="session")
def moments(knowledge: Knowledge) -> Moments:
    """Moments of certain cues, each cue at most once."""
    return _moments(knowledge, st.just(1.0))


@pytest.fixture(scope="session")
def doubtful(knowledge: Knowledge) -> Moments:
    """Moments whose cues were heard with any confidence."""
    return _moments(knowledge, st.one_of(st.just(1.0), st.floats(0.01, 1.0)))


def _moments(knowledge: Knowledge, confidence: st.SearchStrategy[float]) -> Moments:
    pairs = [(cue.id, value) for cue in knowledge.vocabulary.cues.values() for value in cue.values]
    one = st.builds(lambda pair, sure: Observation(pair[0], pair[1], sure), st.sampled_from(pairs), confidence)
    return st.lists(one, max_size=14, unique_by=lambda o: o.cue)
