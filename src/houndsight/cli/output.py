"""Where a command's lines go: standard output, or a file that takes its name only once it is whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from houndsight.errors import InputError
from houndsight.whole_file import whole_file

__all__ = ["writing"]


@contextmanager
def writing(out: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its name only once it is whole."""
    if out is None:
        yield sys.stdout.buffer
        return
    if not out.name or out.is_dir():
        raise InputError(f"{str(out)!r} is a folder; name a file for the answers.")
    with whole_file(out) as target:
        yield target
