"""Tells on standard error how far a long job has come, when it takes more than a second and somebody watches."""

from __future__ import annotations

import sys
import time
from typing import Self

import typer

__all__ = ["Counting"]

PATIENCE = 1.0
"""Seconds before anything is told."""

EVERY = 0.3
"""Seconds between two counts."""


class Counting:
    """Is called with how many are done; leaves a clean line behind."""

    def __init__(self) -> None:
        self.began, self.shown = time.monotonic(), 0.0
        self.watched = sys.stderr.isatty()

    def __call__(self, done: int) -> None:
        """Tells how many are done, unless that was told just now."""
        now = time.monotonic()
        if self.watched and now - self.began > PATIENCE and now - self.shown > EVERY:
            self.shown = now
            typer.echo(f"\r{done:,} …", err=True, nl=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Wipes the count away, before something else is printed."""
        if self.shown:
            self.shown = 0.0
            typer.echo("\r" + " " * 20 + "\r", err=True, nl=False)
