"""A batch at the terminal: files in and out, progress on standard error, and the exit status."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import typer

from houndsight.cli.output import writing
from houndsight.cli.read import keeper, known_of
from houndsight.companion import Companion
from houndsight.companion.batch import read_lines
from houndsight.errors import InputError

if TYPE_CHECKING:
    from houndsight.companion.acquaintance import Acquaintance

__all__ = ["run_batch"]

EVERY = 0.5
"""Seconds between two lines of progress."""


def run_batch(source: str, out: Path | None, *, keep: bool = False, known: bool = False) -> None:
    """Reads the moments of `source` (a path, or - for standard input); `keep` keeps what their cues put right in their texts.

    `known` reads each line by what the diary knows of its dog.

    Raises typer.Exit(1) when a line could not be read.
    """
    progress = _Progress()
    companion = Companion()
    companion.reader  # noqa: B018  # loads all that stays before it is frozen
    gc.freeze()  # looking through it again and again for waste would cost a tenth of the time
    dogs = _dogs(companion) if known else None
    with _reading(source) as lines, _answers(source, out) as target, keeper() as kept:
        for answer in read_lines(companion, lines, kept if keep else None, dogs):
            target.write(answer.line.encode("utf-8", "backslashreplace") + b"\n")
            progress.step(answer.good)
        target.flush()
    progress.end()
    if progress.bad:
        raise typer.Exit(1)


def _dogs(companion: Companion) -> Callable[[str], Acquaintance | None]:
    """Dog -> what the diary knows of him, looked up once for each; raises InputError for one who is not in the diary."""
    return cache(lambda dog: known_of(companion, dog))


class _Progress:
    """Counts answers; shows the count while it grows when somebody watches, and the total in any case."""

    def __init__(self) -> None:
        self.good = self.bad = 0
        self.began = self.shown = time.monotonic()
        self.watched = sys.stderr.isatty()

    def step(self, good: bool) -> None:
        self.good += good
        self.bad += not good
        if self.watched and time.monotonic() - self.shown > EVERY:
            self.shown = time.monotonic()
            typer.echo(f"\r{self._count()} …", err=True, nl=False)

    def end(self) -> None:
        seconds = time.monotonic() - self.began
        rate = f", {(self.good + self.bad) / seconds:,.0f} a second" if seconds > 1 else ""
        typer.echo(f"{chr(13) if self.watched else ''}{self._count()}{rate}", err=True)

    def _count(self) -> str:
        faults = f", {self.bad:,} that could not be read" if self.bad else ""
        return f"{self.good:,} moments read{faults}"


@contextmanager
def _reading(source: str) -> Iterator[BinaryIO]:
    if source == "-":
        yield sys.stdin.buffer
        return
    with ExitStack() as opened:
        try:
            lines = opened.enter_context(Path(source).open("rb"))
        except OSError as error:
            raise InputError(f"{source} cannot be opened: {error.strerror}.") from None
        yield lines


def _answers(source: str, out: Path | None) -> AbstractContextManager[BinaryIO]:
    if out is not None and source != "-" and out.exists() and out.samefile(source):
        raise InputError(f"{out} is the batch itself; choose another name for the answers.")
    return writing(out)
