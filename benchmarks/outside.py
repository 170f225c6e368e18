"""What whole processes cost: one reading from a cold start, and a batch of readings as JSON lines."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.moments import random_moments
from benchmarks.timing import Line
from houndsight.companion import Companion
from houndsight.knowledge.base import Knowledge

__all__ = ["outside"]

CHECK = Path(__file__).parents[1] / "accounts" / "read" / "check.jsonl"
HOUNDSIGHT = (sys.executable, "-m", "houndsight")

WATCH = """
import resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Runs the command that follows; prints its seconds and the most memory that it, or a process it waited for, held (kB)."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of a whole process, and the most memory it held (MB)."""

    seconds: float
    megabytes: float


def outside(knowledge: Knowledge, *, quick: bool) -> Iterator[Line]:
    """The lines of the command line; every command must succeed."""
    single = (*HOUNDSIGHT, "read", "--cue", "arrival=yes", "--json")
    spent = statistics.median(_run(single).seconds for _ in range(5 if quick else 15))
    bare = statistics.median(_run((sys.executable, "-c", "import numpy")).seconds for _ in range(5))
    yield Line(
        "`read --cue arrival=yes --json`, whole process",
        f"{spent:.3f} s",
        f"Python and NumPy alone {bare:.3f} s",
        "",
        "below 0.45 s",
        spent < 0.45,
    )
    few, many = (1_000, 4_000) if quick else (4_000, 20_000)
    with tempfile.TemporaryDirectory() as folder:
        small, large = (_batch(knowledge, Path(folder), count) for count in (few, many))
    rate = many / large.seconds
    yield Line(
        f"`read --batch` of {many:,} lines, start included",
        f"{rate:,.0f} lines/s",
        "",
        "",
        "1,500 lines/s",
        rate >= 1500,
    )
    flat = large.megabytes < small.megabytes + 10
    yield Line(
        "  most memory held",
        f"{large.megabytes:.0f} MB",
        f"with {few:,} lines {small.megabytes:.0f} MB",
        "",
        "flat",
        flat,
    )

    yield from _hearing(quick=quick)


def _hearing(*, quick: bool) -> Iterator[Line]:
    """The lines of accounts in words: those of the check set, which nothing was trained on."""
    account = "She leaned on me in the queue, tail tucked, a big dog right behind us"
    spent = statistics.median(_run((*HOUNDSIGHT, "read", account)).seconds for _ in range(3 if quick else 9))
    yield Line("`read TEXT`, whole process", f"{spent:.3f} s", "", "", "below 1 s", spent < 1)
    told = [json.loads(line)["text"] for line in CHECK.read_text("utf-8").splitlines()] * (1 if quick else 5)
    with tempfile.TemporaryDirectory() as folder:
        batch = _lines(Path(folder), [{"text": text} for text in told])
    rate, words = len(told) / batch.seconds, statistics.mean(len(text.split()) for text in told)
    job = f"`read --batch` of {len(told):,} accounts of {words:.0f} words, start included"
    yield Line(job, f"{rate:,.0f} accounts/s", "", "", "200 accounts/s", rate >= 200)
    text, companion = " ".join(told), Companion()
    short, long = (statistics.median(_heard(companion, text[:size]) for _ in range(3)) for size in (2_000, 20_000))
    growth = long / short
    yield Line("  ten times as long an account", f"{growth:.1f} times as long", "", "", "below 20", growth < 20)


def _heard(companion: Companion, text: str) -> float:
    """Seconds that hearing takes, the data files loaded and the last account another one."""
    companion.hear("He leaned on me")
    began = time.perf_counter()
    companion.hear(text)
    return time.perf_counter() - began


def _batch(knowledge: Knowledge, folder: Path, count: int) -> Spent:
    return _lines(folder, [{"cues": cues} for cues in random_moments(knowledge, count)])


def _lines(folder: Path, told: Sequence[Mapping[str, object]]) -> Spent:
    """What a batch of these costs; every line must be answered."""
    count = len(told)
    lines, answers = folder / f"{count}.jsonl", folder / f"{count}.out.jsonl"
    lines.write_text("".join(json.dumps({"id": str(i), **one}) + "\n" for i, one in enumerate(told)), "utf-8")
    spent = _run((*HOUNDSIGHT, "read", "--batch", str(lines), "--out", str(answers)))
    with answers.open("rb") as found:
        if sum(1 for _ in found) != count:
            raise RuntimeError(f"{count} lines went in, and not as many came out")
    return spent


def _run(command: Sequence[str]) -> Spent:
    """Runs the command from a small process of its own: a child's peak would else begin at what this one holds."""
    watched = subprocess.run((sys.executable, "-c", WATCH, *command), capture_output=True, text=True, check=True)
    seconds, kilobytes = watched.stdout.split()
    return Spent(float(seconds), float(kilobytes) / 1024)
