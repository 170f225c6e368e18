"""Posteriors of many moments at once."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest

from houndsight.errors import InputError, UnknownCue, UnknownValue
from houndsight.inference.batch import CHUNK, MISSING, BatchReader, Codes
from houndsight.inference.network import Network, compile_network
from houndsight.inference.posterior import posterior
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.temper import Temper
from houndsight.knowledge.vocabulary import GROUPS


@pytest.fixture(params=["plain", "tempered"])
def network(request: pytest.FixtureRequest) -> Network:
    found: Network = request.getfixturevalue(request.param)
    return found


def codes(batch: BatchReader, count: int, seed: int = 0) -> Codes:
    """Random moments with 70 % of the cues missing."""
    rng = np.random.default_rng(seed)
    values: Codes = (rng.random((count, len(batch.cues))) * batch.sizes).astype(np.int8)
    values[rng.random(values.shape) < 0.7] = MISSING
    return values


@pytest.mark.parametrize("rows", [4096, 60])
def test_a_batch_reads_what_single_readings_read(network: Network, moments: Any, rows: int) -> None:
    batch = BatchReader(
        network, rows
    )  # few rows: blocks fall apart into groups, and the hidden state is summed at the end
    found = [m for share in (0.0, 0.3, 1.0) for m in moments(12, 60, share)]
    p = batch.posteriors(batch.encode([{o.cue: o.value for o in moment} for moment in found]))
    np.testing.assert_allclose(p, [posterior(network, moment) for moment in found], rtol=0, atol=1e-12)


def test_a_temper_that_sharpens_every_cue_stays_within_the_range_of_numbers(knowledge: Knowledge, moments: Any) -> None:
    sharp = compile_network(knowledge, Temper(groups=dict.fromkeys([*GROUPS, "state", "outcome", "believes"], 6.0)))
    batch, found = BatchReader(sharp, rows=60), moments(14, 40, 1.0)
    p = batch.posteriors(batch.encode([{o.cue: o.value for o in moment} for moment in found]))
    np.testing.assert_allclose(p, [posterior(sharp, moment) for moment in found], rtol=0, atol=1e-12)


def test_two_threads_and_odd_chunks_change_nothing(network: Network) -> None:
    batch = BatchReader(network)
    many = codes(batch, 2 * CHUNK + 77)
    apart = np.concatenate([batch.posteriors(many[i : i + 1000]) for i in range(0, len(many), 1000)])
    np.testing.assert_allclose(batch.posteriors(many, threads=2), apart, rtol=0, atol=1e-14)


def test_no_moments_give_no_posteriors(network: Network) -> None:
    batch = BatchReader(network)
    assert batch.posteriors(batch.encode([])).shape == (0, len(network.motives))


def test_memory_beyond_the_result_does_not_grow_with_the_batch(plain: Network) -> None:
    batch = BatchReader(plain)

    def peak(count: int) -> int:
        many, out = codes(batch, count), np.empty((count, len(plain.motives)))
        tracemalloc.start()
        batch.posteriors(many, out)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(8 * CHUNK) < 1.2 * peak(CHUNK)


def test_codes_that_no_value_has_are_refused_with_the_name_of_the_cue(plain: Network) -> None:
    batch = BatchReader(plain)
    many = codes(batch, CHUNK)
    many[17, batch.cues.index("tail")] = 5
    with pytest.raises(InputError, match="tail"):
        batch.posteriors(many)
    with pytest.raises(InputError, match="out of range"):
        batch.posteriors(np.full((3, len(batch.cues)), -2, dtype=np.int8))
    with pytest.raises(InputError, match="shape"):
        batch.posteriors(many[:, 1:])


def test_unknown_names_are_refused_and_cues_for_rules_left_out(plain: Network) -> None:
    batch = BatchReader(plain)
    assert (batch.encode([{"bitten": "yes"}]) == MISSING).all()
    with pytest.raises(UnknownCue):
        batch.encode([{"arival": "yes"}])
    with pytest.raises(UnknownValue):
        batch.encode([{"arrival": "perhaps"}])
