"""A program that writes into a diary and says what it did, so that it can be killed at any time and its word be checked.

    python -m tests.diary.writer

Each line of its input is a job, a seed and the place of the diary. For each it makes a child (a copy of itself that has everything loaded and nothing open),
says `child PID`, and when that one has ended, `ended`. The child opens the diary, says `open`, and works until it is killed: before
each step it says `begins …`, after it `done …`. What it said is done must stay done.
"""

from __future__ import annotations

import os
import random
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from houndsight.diary.backup import backup, restore
from houndsight.diary.diary import Diary
from houndsight.diary.migrating import migrate
from houndsight.diary.opening import open_diary
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.observation import Observation
from houndsight.records.query import Query

BEGUN = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
REX = Dog("rex", "Rex", BEGUN)
EARLIER = ("m-0-0", "m-0-1")
"""The moments of the backup that is brought back."""
LOADED: Callable[..., object] = migrate
"""What opening a new diary would load; a child that is killed early should be killed in the diary, not in an import."""


def made(seed: int, number: int) -> Moment:
    """The same moment for the same numbers, with every kind of row that belongs to one."""
    rng = random.Random(f"{seed} {number}")  # noqa: S311  # the same numbers every time are meant
    cues = tuple(
        Observation(f"cue{n}", rng.choice(("yes", "no")), rng.uniform(0.1, 1.0)) for n in range(rng.randint(1, 9))
    )
    when = BEGUN + timedelta(minutes=rng.randint(0, 10**6))
    tags = tuple(f"tag{n}" for n in range(rng.randint(0, 3)))
    note = "He leaned. " * rng.randint(0, 400)
    return Moment(
        f"m-{seed}-{number}", REX.id, when, BEGUN, cues=cues, tags=tags, own=(OwnCue("song", "humming"),), note=note
    )


def numbers(name: str) -> tuple[int, int]:
    """Seed and number of the moment with this id."""
    _, seed, number = name.split("-")
    return int(seed), int(number)


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def keeping(diary: Diary, seed: int) -> Iterator[None]:
    """One moment after the other."""
    for number in count():
        yield from _keep(diary, seed, number)


def turning(diary: Diary, seed: int) -> Iterator[None]:
    """Keeps, takes back and does again, as it comes."""
    rng = random.Random(seed)  # noqa: S311
    for number in count():
        step = rng.choice(("keep", "undo", "undo", "redo")) if diary.count(Query()) else "keep"
        if step == "keep":
            yield from _keep(diary, seed, number)
            continue
        say("begins", step)
        turned = diary.undo() if step == "undo" else diary.redo()
        say("done", step, *(change.after.id for action in turned for change in action.changes if change.after))
        yield


def copying(diary: Diary, seed: int) -> Iterator[None]:
    """Keeps a moment, then backs the diary up."""
    for number in count():
        yield from _keep(diary, seed, number)
        say("begins backup", f"{seed}-{number}")
        backup(diary, Path(diary.place).parent / f"copy-{seed}-{number}.sqlite3")
        say("done backup", f"{seed}-{number}")
        yield


def bringing_back(diary: Diary, seed: int) -> Iterator[None]:
    """Brings back the backup `earlier.sqlite3`, then keeps a moment."""
    for number in count():
        say("begins restore")
        restore(Path(diary.place).parent / "earlier.sqlite3", diary.place)
        say("done restore")
        yield from _keep(diary, seed, number)


def _keep(diary: Diary, seed: int, number: int) -> Iterator[None]:
    moment = made(seed, number)
    say("begins keep", moment.id)
    diary.keep(f"logged {moment.id}", [moment])
    say("done keep", moment.id)
    yield


JOBS = {"keeping": keeping, "turning": turning, "copying": copying, "bringing_back": bringing_back}


def work(place: str, job: str, seed: int) -> None:
    with open_diary(place) as diary:
        diary.keep("added Rex", [REX])
        say("open")
        for _ in JOBS[job](diary, seed):
            pass


def main() -> None:
    """Answers each line of the input with a child that does the job."""
    for line in sys.stdin:
        job, seed, place = line.rstrip("\n").split(" ", 2)
        child = os.fork()
        if child == 0:
            try:
                work(place, job, int(seed))
            finally:
                traceback.print_exc()
                os._exit(1)
        say("child", child)
        _, status = os.waitpid(child, 0)
        say("ended", status)


if __name__ == "__main__":
    main()
