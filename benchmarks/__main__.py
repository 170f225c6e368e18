"""Runs all benchmarks in one process run and prints them as one table; exit status 1 when a bar is missed."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Protocol

from benchmarks.timing import Line
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.load import load

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
ONE_THREAD_OF_XLA = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
PARTS = ("inside", "bulk", "dialect", "chains", "diary", "outside")
"""Each is a module with a function of its name, which is handed the knowledge and gives its lines."""
HEADS = Line("job", "ours", "peer", "ratio", "bar")


class Part(Protocol):
    """One of the benchmarks."""

    def __call__(self, knowledge: Knowledge, *, quick: bool) -> Iterator[Line]:
        """Its lines, one as soon as it is known."""
        ...


def main(arguments: Sequence[str]) -> int:
    """Reads the arguments, runs, prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"which of them: {', '.join(PARTS)}; none: all")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, smaller batches and diaries")
    given = parser.parse_args(arguments)
    if strange := set(given.parts) - set(PARTS):
        parser.error(f"there is no part {min(strange)!r}; the parts are {', '.join(PARTS)}")
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))  # before NumPy: its threads would blur what one core does
    os.environ["XLA_FLAGS"] = ONE_THREAD_OF_XLA
    lines = list(_lines([part for part in PARTS if part in (given.parts or PARTS)], quick=given.quick))
    print()
    print(table(lines))
    missed = sum(line.met is False for line in lines)
    print(f"\n{sum(line.met is True for line in lines)} bars met, {missed} missed. Medians; one BLAS thread.")
    return 1 if missed else 0


def _lines(parts: Sequence[str], *, quick: bool) -> Iterator[Line]:
    for name in parts:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the peers warn of while they are imported
            part: Part = getattr(import_module(f"benchmarks.{name}"), name)  # only now: NumPy must find the threads set
        yield from part(load(), quick=quick)


def table(lines: Sequence[Line]) -> str:
    """The lines under their heads, in columns."""
    cells = [(*_cells(line), {True: "met", False: "MISSED", None: ""}[line.met]) for line in (HEADS, *lines)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    rows = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([rows[0], "-" * len(rows[0]), *rows[1:]])


def _cells(line: Line) -> tuple[str, ...]:
    return line.job, line.ours, line.peer, line.ratio, line.bar


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
