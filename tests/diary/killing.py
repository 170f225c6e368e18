"""Kills a writer at random times, and holds the diary against what the writer had said."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.diary.writer import EARLIER, REX, made, numbers

from houndsight.diary.copying import damage, opened
from houndsight.diary.diary import Diary
from houndsight.diary.opening import open_diary
from houndsight.records.action import Record
from houndsight.records.moment import Moment
from houndsight.records.told import Told

ROOT = Path(__file__).resolve().parents[2]
REACHED = (str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", ""))
ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, REACHED))}
LONGEST = 0.015
"""Seconds that a child has at most after it said `open`; on any machine it is in the middle of something then."""


def chance(seed: int) -> random.Random:
    """The same chances for the same seed; when a kill strikes still depends on the machine."""
    return random.Random(seed)  # noqa: S311


@dataclass
class Writer:
    """The program, waiting for jobs."""

    process: subprocess.Popen[str]

    def lines(self) -> Iterator[list[str]]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield line.split()

    def begin(self, job: str, seed: int, place: str) -> int:
        """Sets a child to work; its process id."""
        assert self.process.stdin is not None
        print(job, seed, place, file=self.process.stdin, flush=True)
        return next(int(words[1]) for words in self.lines() if words[0] == "child")

    def killed(self, job: str, seed: int, place: str, rng: random.Random, *, early: bool = False) -> list[list[str]]:
        """What a child said before it was killed: at a random time after it opened the diary, or (`early`) on its way there."""
        child = self.begin(job, seed, place)
        if not early:
            self.until("open")
        time.sleep(rng.uniform(0, LONGEST))
        return self.end(child)

    def end(self, child: int) -> list[list[str]]:
        """Kills the child; what it had said since."""
        os.kill(child, signal.SIGKILL)
        return [words for words in self.until("ended") if words[0] != "open"]

    def until(self, word: str) -> list[list[str]]:
        """What is said before a line that begins with the word."""
        said: list[list[str]] = []
        for words in self.lines():
            if words[0] == word:
                return said
            assert words[0] != "ended", "the child ended by itself"
            said.append(words)
        raise AssertionError("the writer itself has ended")


@contextmanager
def writer() -> Iterator[Writer]:
    """A writer for as long as the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.diary.writer"],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Writer(process)
        finally:
            process.kill()


@dataclass
class Believed:
    """Which moments must be there, from what the writer said: the actions that stand, and those taken back, each the latest last."""

    standing: list[str] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)

    def does(self, step: str, name: str = "") -> Believed:
        """What is to be believed once a step is done."""
        if step == "restore":
            return Believed(list(EARLIER), [])
        if step == "keep":
            return Believed([*self.standing, name], [])
        if step == "undo" and self.standing:
            return Believed(self.standing[:-1], [*self.taken_back, self.standing[-1]])
        if step == "redo" and self.taken_back:
            return Believed([*self.standing, self.taken_back[-1]], self.taken_back[:-1])
        return self

    def hears(self, said: list[list[str]]) -> tuple[Believed, Believed]:
        """What is to be believed after all that was done, and also after what was begun last."""
        now, begun = self, self
        for state, step, *name in said:
            begun = now.does(step, *name[:1]) if state == "begins" else begun
            now = begun if state == "done" else now
        return now, begun


def check(place: str, allowed: tuple[Believed, ...]) -> Believed:
    """Holds the diary at a place against what is believed; which of the allowed it is."""
    with open_diary(place) as diary:
        if "://" not in place:
            assert unharmed(Path(place))
        records = {record.id: record for record in diary.records()}
        there = {id_: record for id_, record in records.items() if isinstance(record, Moment)}
        found = next((one for one in allowed if set(one.standing) == set(there)), None)
        assert found is not None, (sorted(there), allowed)
        assert all(moment == made(*numbers(id_)) for id_, moment in there.items())
        assert {one.id: cues_of(one) for one in diary.told(REX.id)} == {id_: cues_of(one) for id_, one in there.items()}
        assert journalled(diary) == records
        assert can_be_undone(diary, records)
    return found


def cues_of(one: Moment | Told) -> set[tuple[str, str]]:
    return {(cue.cue, cue.value) for cue in one.cues}


def unharmed(file: Path) -> bool:
    connection = opened(file)
    try:
        return damage(connection) == ()
    finally:
        connection.close()


def journalled(diary: Diary) -> dict[str, Record]:
    """The records as the journal tells them: every action that stands, done again from nothing."""
    told: dict[str, Record | None] = {}
    for action in reversed(diary.actions(limit=10**6)):
        if not action.undone:
            told |= {(change.after or change.before).id: change.after for change in action.changes}  # type: ignore[union-attr]
    return {id_: record for id_, record in told.items() if record is not None}


def can_be_undone(diary: Diary, records: dict[str, Record]) -> bool:
    """Whether the latest action can be taken back and done again; afterwards all is as before."""
    for action in diary.undo():
        gone = {change.after.id for change in action.changes if change.after is not None}
        if {record.id for record in diary.records()} != set(records) - gone or len(diary.redo()) != 1:
            return False
    return {record.id: record for record in diary.records()} == records


def begun(place: str) -> Believed:
    """Makes the diary, with its dog; nothing else is to be there."""
    with open_diary(place) as diary:
        diary.keep("added Rex", [REX])
    return Believed()
