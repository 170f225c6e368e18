"""What a million moments cost: posteriors a second, and memory beyond the result."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator

import numpy as np

from benchmarks.agrum import Agrum
from benchmarks.moments import random_codes
from benchmarks.pgm import Pgmpy
from benchmarks.timing import Line, median_seconds
from houndsight.inference.batch import BatchReader, Codes
from houndsight.inference.network import compile_network
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.temper import PLAIN

__all__ = ["bulk"]

FLOOR = 50e6
"""Posteriors a second of hand-written C on two cores, measured apart from this run on a slightly smaller network."""


def bulk(knowledge: Knowledge, *, quick: bool) -> Iterator[Line]:
    """The lines for one thread and two, with and without the learned temper, and against the peers on a sample."""
    plain = BatchReader(compile_network(knowledge, PLAIN))
    codes = random_codes(plain, 200_000 if quick else 1_000_000)
    name = f"{len(codes):,} posteriors, 70 % missing"
    one, two = _rate(plain, codes, 1), _rate(plain, codes, 2)
    yield Line(f"{name}, one thread", _mega(one), bar="5 M/s", met=one >= 5e6)
    yield Line(f"{name}, two threads", _mega(two), "C floor 50 M/s", f"{100 * two / FLOOR:.0f} % of it")
    tempered = BatchReader(compile_network(knowledge))
    yield Line(f"{name}, two threads, learned temper", _mega(_rate(tempered, codes, 2)))
    sample = [_moment(plain, code) for code in codes[: 100 if quick else 300]]
    for peer, wanted in ((Agrum(plain.network), 1000.0), (Pgmpy(plain.network), None)):
        each = median_seconds(peer.posterior, sample)
        ratio = one * each
        yield Line(
            "  one thread against one moment at a time" if wanted else "", _mega(one), f"{type(peer).__name__} {1 / each:,.0f}/s",
            f"{ratio:,.0f} x", f"{wanted:,.0f} x" if wanted else "", ratio >= wanted if wanted else None,
        )  # fmt: skip
    few, many = _peak(plain, codes[: len(codes) // 10]), _peak(plain, codes)
    flat = many < 1.2 * few
    yield Line(
        "  memory beyond codes and result",
        f"{many / 1e6:.1f} MB",
        f"a tenth of them {few / 1e6:.1f} MB",
        bar="flat",
        met=flat,
    )


def _rate(batch: BatchReader, codes: Codes, threads: int) -> float:
    """Moments a second, the best of five: what disturbs a run only ever slows it."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        batch.posteriors(codes, threads=threads)
        times.append(time.perf_counter() - began)
    return len(codes) / min(times)


def _moment(batch: BatchReader, code: Codes) -> dict[str, str]:
    pairs = zip(batch.cues, code.tolist(), strict=True)
    return {cue: batch.network.cues[cue].values[place] for cue, place in pairs if place >= 0}


def _peak(batch: BatchReader, codes: Codes) -> float:
    """Bytes allocated at most while the posteriors are worked out, on one thread."""
    out = np.empty((len(codes), len(batch.network.motives)))
    tracemalloc.start()
    batch.posteriors(codes, out)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return float(peak)


def _mega(rate: float) -> str:
    return f"{rate / 1e6:.1f} M/s"
