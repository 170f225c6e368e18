"""A program that has no more rights than anybody: opens a diary, does one thing, and says what came of it.

    python -m tests.diary.stranger reads|writes|examines PLACE

Root could write everywhere, so root becomes `nobody` first; by then everything is loaded, wherever it lies.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.diary.writer import REX, made

from houndsight.diary.doctor import examine
from houndsight.diary.migrating import migrate
from houndsight.diary.opening import open_diary
from houndsight.errors import DiaryFault

NOBODY = 65534
LOADED = migrate


def reads(place: str) -> str:
    with open_diary(place) as diary:
        return f"{diary.count()} moments"


def writes(place: str) -> str:
    with open_diary(place) as diary:
        return str(diary.keep("logged a moment", [REX, made(1, 1)]))


def examines(place: str) -> str:
    return "\n".join(one.what for one in examine(place))


def main(job: str, place: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        writes(str(Path(folder) / "diary.sqlite3"))
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        said = {"reads": reads, "writes": writes, "examines": examines}[job](place)
    except DiaryFault as fault:
        said = f"DiaryFault: {fault}"
    sys.stdout.write(said)


if __name__ == "__main__":
    main(*sys.argv[1:])
