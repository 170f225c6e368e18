"""Runs one command for the pages: it is always the same morning, and the ids of new moments follow from what the diary holds.

python docs/pinned.py ARGUMENTS…
"""

from __future__ import annotations

import hashlib
import os
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from houndsight.cli.main import run

__all__ = ["morning", "next_id"]

HOUSEHOLD = (
    "log",
    "outcome",
    "diary",
    "edit",
    "undo",
    "redo",
    "trash",
    "dog",
    "person",
    "merge",
    "export",
    "import",
    "profile",
)
"""Commands that look at the clock."""


def morning() -> datetime:
    """A Wednesday, ten to nine."""
    return datetime(2026, 11, 25, 8, 50, tzinfo=ZoneInfo("Europe/London"))


def next_id() -> str:
    """An id that is the same whenever the pages are made."""
    counter = Path(os.environ["HOUNDSIGHT_DATA"]) / "pages"
    count = len(counter.read_bytes()) if counter.exists() else 0
    counter.write_bytes(b"." * (count + 1))
    return hashlib.sha256(str(count).encode()).hexdigest()[:32]


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in HOUSEHOLD:
        from houndsight.companion import dogs, entry, household, people

        setattr(household, "here", morning)  # noqa: B010  # the pages need one morning
        for module in (dogs, entry, people):
            setattr(module, "new_id", next_id)  # noqa: B010
    run()
