"""Runs all benchmarks in one process run and prints them as one table; exit status 1 when a bar is missed."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Iterator, Sequence

from benchmarks.timing import Line

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
HEADS = Line("job", "ours", "peer", "ratio", "bar")


def main(arguments: Sequence[str]) -> int:
    """Reads the arguments, runs, prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions and a smaller batch")
    quick = parser.parse_args(arguments).quick
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))  # before NumPy: its threads would blur what one core does
    lines = list(_lines(quick=quick))
    print()
    print(table(lines))
    missed = sum(line.met is False for line in lines)
    print(f"\n{sum(line.met is True for line in lines)} bars met, {missed} missed. Medians; one BLAS thread.")
    return 1 if missed else 0


def _lines(*, quick: bool) -> Iterator[Line]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the peers warn of while they are imported
        from benchmarks.bulk import bulk  # noqa: PLC0415  # only now: NumPy must find the number of threads set
        from benchmarks.dialect import dialect  # noqa: PLC0415
        from benchmarks.inside import inside  # noqa: PLC0415
    from benchmarks.outside import outside  # noqa: PLC0415
    from houndsight.knowledge.load import load  # noqa: PLC0415

    for part in (inside, bulk, dialect, outside):
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
