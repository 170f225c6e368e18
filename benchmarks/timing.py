"""Medians of repeated calls, and the lines that tell them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

__all__ = ["Line", "median_seconds"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `peer` and `ratio` are empty where there is none; `met` is None where no bar is set."""

    job: str
    ours: str
    peer: str = ""
    ratio: str = ""
    bar: str = ""
    met: bool | None = None


def median_seconds(call: Callable[[T], object], arguments: Sequence[T], rounds: int = 1) -> float:
    """Median time of one call over all arguments, after one round to warm up that is not counted."""
    for argument in arguments[:20]:
        call(argument)
    times = []
    for _ in range(rounds):
        for argument in arguments:
            began = time.perf_counter()
            call(argument)
            times.append(time.perf_counter() - began)
    return statistics.median(times)
