"""A file of any length goes through a few records at a time."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.exchange.household import ANNA, BEN, LEAN, REX, home, outgoing

from houndsight.exchange import arrow
from houndsight.exchange.formats import format_called
from houndsight.exchange.protocol import Outgoing, Wishes
from houndsight.records.action import Record
from houndsight.records.moment import Moment

MANY = 3000
FEW = 4 << 20
"""Bytes: far less than so many moments take (about 14 MiB)."""


def moments() -> Iterator[Moment]:
    for number in range(MANY):
        yield replace(
            LEAN, id=f"m{number}", when=LEAN.when + timedelta(minutes=number), ended=None, text=f"{number} " * 600
        )


def many() -> Outgoing:
    def records() -> Iterator[Record]:
        yield from (ANNA, BEN, REX)
        yield from moments()

    return replace(outgoing(), records=records, moments=moments)


def most(work: Callable[[], int]) -> tuple[int, int]:
    """What the work gives, and the most bytes that it had at a time."""
    tracemalloc.start()
    try:
        return work(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def out(name: str, path: Path) -> int:
    write = format_called(name).write
    assert write is not None
    with path.open("wb") as file:
        return write(file, many(), lambda _: None)


def back(name: str, path: Path) -> int:
    opener = format_called(name).read
    assert opener is not None
    with opener(path, home((ANNA, BEN, REX)), Wishes(), lambda _: None) as incoming:
        return sum(1 for _ in incoming.records())


@pytest.mark.parametrize(("name", "count"), [("archive", MANY + 3), ("csv", MANY)])
def test_a_long_diary_goes_out_and_in_with_little_memory(tmp_path: Path, name: str, count: int) -> None:
    path = tmp_path / "long"
    home()  # the knowledge is loaded before the counting begins
    assert out(name, tmp_path / "warm") == count
    went, most_out = most(lambda: out(name, path))
    came, most_in = most(lambda: back(name, path))
    assert (went, came) == (count, count)
    assert max(most_out, most_in) < FEW


@pytest.mark.parametrize("name", ["parquet", "arrow"])
def test_a_long_diary_becomes_columns_with_little_memory(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow, "GROUP", 100)
    out(name, tmp_path / "warm")
    went, most_out = most(lambda: out(name, tmp_path / "long"))
    assert went == MANY
    assert most_out < FEW


@pytest.mark.parametrize("name", ["archive", "csv"])
def test_the_progress_of_a_long_file_is_told_now_and_then(tmp_path: Path, name: str) -> None:
    out(name, tmp_path / "long")
    told: list[int] = []
    opener = format_called(name).read
    assert opener is not None
    with opener(tmp_path / "long", home((ANNA, BEN, REX)), Wishes(), told.append) as incoming:
        told.clear()
        list(incoming.records())
    assert told == list(range(500, MANY + 1, 500))
