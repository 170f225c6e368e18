"""A batch at the terminal: files in and out, progress on standard error, and the exit status."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import typer

from houndsight.companion import Companion
from houndsight.companion.batch import read_lines
from houndsight.companion.corrections import the_corrections
from houndsight.errors import InputError

__all__ = ["run_batch"]

EVERY = 0.5
"""Seconds between two lines of progress."""


def run_batch(source: str, out: Path | None, *, keep: bool = False) -> None:
    """Reads the moments of `source` (a path, or - for standard input); `keep` keeps what their cues put right in their texts.

    Raises typer.Exit(1) when a line could not be read.
    """
    progress = _Progress()
    companion = Companion()
    companion.reader  # noqa: B018  # loads all that stays before it is frozen
    gc.freeze()  # looking through it again and again for waste would cost a tenth of the time
    with _reading(source) as lines, _writing(source, out) as target:
        for answer in read_lines(companion, lines, the_corrections().keep if keep else None):
            target.write(answer.line.encode("utf-8", "backslashreplace") + b"\n")
            progress.step(answer.good)
        target.flush()
    progress.end()
    if progress.bad:
        raise typer.Exit(1)


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


@contextmanager
def _writing(source: str, out: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its name only once it is whole."""
    if out is None:
        yield sys.stdout.buffer
        return
    if source != "-" and out.exists() and out.samefile(source):
        raise InputError(f"{out} is the batch itself; choose another name for the answers.")
    if not out.name or out.is_dir():
        raise InputError(f"{str(out)!r} is a folder; name a file for the answers.")
    try:
        if out.exists() and not out.is_file():  # a pipe or a device takes what comes and has no name to keep
            with out.open("wb") as target:
                yield target
            return
        part = out.with_name(f".{out.name}.{os.getpid()}.part")
        with _gone_afterwards(part), part.open("wb") as target:
            yield target
            target.flush()
            part.replace(out)
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror}.") from None


@contextmanager
def _gone_afterwards(part: Path) -> Iterator[None]:
    try:
        yield
    finally:
        with suppress(OSError):  # it has its final name by then, or its folder is not there
            part.unlink()
