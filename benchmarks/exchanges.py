"""A diary's files out and in: how long ten thousand moments take, and that memory stays flat however many there are."""

from __future__ import annotations

import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.households import Size, household
from benchmarks.timing import Line
from houndsight.companion.companion import Companion
from houndsight.companion.exchanging import Exchange
from houndsight.diary.diary import Diary
from houndsight.diary.opening import open_diary
from houndsight.knowledge.base import Knowledge

__all__ = ["exchanges"]

FLAT = 1.5
"""Peak of four times as many moments, at most so many times as high."""


@dataclass(frozen=True, slots=True)
class Job:
    """One way out, or `into` a diary; `call` is handed the exchange and the file, whose name ends in `ending`."""

    name: str
    ending: str
    call: Callable[[Exchange, Path], object]
    into: bool = False


JOBS = (
    Job("archive out", "zip", lambda exchange, to: exchange.export("archive", to)),
    Job("archive in", "zip", lambda exchange, path: exchange.take_in("archive", path), into=True),
    Job("CSV out", "csv", lambda exchange, to: exchange.export("csv", to)),
    Job("CSV in", "csv", lambda exchange, path: exchange.take_in("csv", path), into=True),
)


def exchanges(knowledge: Knowledge, *, quick: bool) -> Iterator[Line]:
    """Each job at two sizes; the second is four times the first."""
    small = Size(5, 300 if quick else 600)
    large = Size(small.dogs, 4 * small.moments)
    with (
        tempfile.TemporaryDirectory() as made,
        _filled(Path(made), knowledge, small) as few,
        _filled(Path(made), knowledge, large) as many,
    ):
        for job in JOBS:
            seconds = _seconds(job, Path(made), many)
            low, high = (_peak(job, Path(made), one) for one in (few, many))
            yield Line(f"{job.name}, for each 10,000 moments", f"{1e4 * seconds / large.whole:.1f} s")
            peer = f"{high / 1e6:.1f} MB, with {small.whole:,} {low / 1e6:.1f} MB"
            yield Line(
                f"  most memory, {large.whole:,} moments",
                f"{high / low:.1f} times as much",
                peer,
                "",
                f"below {FLAT}",
                high < FLAT * low,
            )


@contextmanager
def _filled(folder: Path, knowledge: Knowledge, size: Size) -> Iterator[Diary]:
    with open_diary(folder / f"{size.whole}.sqlite3") as one:
        one.take("took in a household", household(knowledge, size))
        yield one


@contextmanager
def _ready(job: Job, folder: Path, one: Diary) -> Iterator[tuple[Exchange, Path]]:
    """What the job is handed: on the way in an empty diary, and the file that the way out wrote of `one`."""
    companion, path = Companion(), folder / f"{Path(one.place).stem}.{job.ending}"
    if not job.into:
        path.unlink(missing_ok=True)
        yield Exchange(companion, one), path
        return
    with tempfile.TemporaryDirectory() as made, open_diary(Path(made) / "empty.sqlite3") as empty:
        yield Exchange(companion, empty), path
        if empty.count() != one.count():
            raise RuntimeError(f"{job.name}: {one.count()} moments were there, {empty.count()} came in")


def _seconds(job: Job, folder: Path, one: Diary) -> float:
    with _ready(job, folder, one) as (exchange, path):
        began = time.perf_counter()
        job.call(exchange, path)
        return time.perf_counter() - began


def _peak(job: Job, folder: Path, one: Diary) -> float:
    """Bytes of Python objects at most."""
    with _ready(job, folder, one) as (exchange, path):
        tracemalloc.start()
        job.call(exchange, path)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return float(peak)
