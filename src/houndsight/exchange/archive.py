"""The native archive, `*.houndsight.zip`: everything of a diary, without loss, in files that any program can read."""

from __future__ import annotations

from houndsight.exchange.archive_reading import open_archive
from houndsight.exchange.archive_writing import write_archive
from houndsight.exchange.protocol import Format

__all__ = ["ARCHIVE"]

ARCHIVE = Format("archive", (".houndsight.zip", ".zip"), write_archive, open_archive)
