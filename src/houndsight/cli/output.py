"""Where a command's lines go: standard output, or a file that takes its name only once it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from houndsight.errors import InputError

__all__ = ["writing"]


@contextmanager
def writing(out: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its name only once it is whole."""
    if out is None:
        yield sys.stdout.buffer
        return
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
