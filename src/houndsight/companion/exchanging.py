"""In and out: files of a diary's records for other programs and other machines, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from houndsight import __version__
from houndsight.companion.companion import Companion
from houndsight.diary.diary import Diary
from houndsight.errors import InputError
from houndsight.exchange.formats import format_called
from houndsight.exchange.protocol import Home, Incoming, Outgoing, Progress, Wishes
from houndsight.exchange.report import Fault, Report
from houndsight.records.query import Query
from houndsight.records.taken import Taken
from houndsight.whole_file import whole_file

__all__ = ["Exchange", "Fault", "Progress", "Report", "Sent", "Wishes"]

ALL = Query()
GUESSED = Wishes()
"""What is meant when nothing is said: every moment outside the trash; columns as their headings tell."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out: the format, how many records (dates in a calendar), and where; None is a stream."""

    format: str
    count: int
    to: Path | None


class Exchange:
    """Hands a diary out as files and takes files into it. `progress` is told now and then how many records are done."""

    def __init__(
        self,
        companion: Companion,
        diary: Diary,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        progress: Progress = lambda _: None,
    ) -> None:
        self.companion, self.diary, self.now, self.progress = companion, diary, now, progress

    def export(self, name: str, to: Path | BinaryIO, query: Query = ALL) -> Sent:
        """The diary in the format called `name`. A file takes its name only once it is whole."""
        chosen = format_called(name)
        if chosen.write is None:
            raise InputError(f"Houndsight cannot write {name}.")
        outgoing = self._outgoing(query)
        if not isinstance(to, Path):
            return Sent(name, chosen.write(to, outgoing, self.progress), None)
        with whole_file(to) as part:
            count = chosen.write(part, outgoing, self.progress)
        return Sent(name, count, to)

    def take_in(
        self,
        name: str,
        path: Path,
        wishes: Wishes = GUESSED,
        *,
        dry_run: bool = False,
        skip_faulty: bool = False,
    ) -> Report:
        """Takes a file of the format called `name` in, as one action of the diary, whole or not at all.

        A dry run changes nothing and tells what would be. One faulty row stops it all, unless `skip_faulty`. Raises
        InputError when the file cannot be read.
        """
        chosen = format_called(name)
        if chosen.read is None:
            raise InputError(f"Houndsight cannot take in {name}.")
        with chosen.read(path, self._home(), wishes, self.progress) as incoming:
            done = not dry_run and (skip_faulty or not incoming.faults)
            taken = self.diary.take(f"took in {path.name}", incoming.records(), incoming.photos(), dry_run=not done)
        return _report(path, incoming, taken, done=done, dry_run=dry_run)

    def _home(self) -> Home:
        dogs = {one.id: one for trashed in (False, True) for one in self.diary.dogs(trashed=trashed)}
        people = {one.id: one for trashed in (False, True) for one in self.diary.people(trashed=trashed)}
        who = tuple(dogs.values()), tuple(people.values())
        return Home(self.companion.knowledge, self.now(), __version__, *who, kept=self.diary.kept)

    def _outgoing(self, query: Query) -> Outgoing:
        return Outgoing(
            self._home(),
            records=self.diary.records,
            photos=self.diary.photos,
            moments=lambda: self.diary.each(query),
            tests=self.diary.tests(query.dog),
            plans=self.diary.plans(query.dog),
        )


def _report(path: Path, incoming: Incoming, taken: Taken, *, done: bool, dry_run: bool) -> Report:
    same, differs, rows = set(taken.unchanged), set(taken.differs), incoming.rows
    return Report(
        path.name,
        done,
        dry_run,
        taken=tuple(row for id_, row in rows.items() if id_ not in same and id_ not in differs),
        same=tuple(row for id_, row in rows.items() if id_ in same),
        differs=tuple(row for id_, row in rows.items() if id_ in differs),
        skipped=incoming.faults,
        added=tuple(taken.added),
        unchanged=taken.unchanged,
        differing=taken.differs,
        trashed=taken.trashed,
        new_dogs=incoming.new_dogs,
        new_people=incoming.new_people,
        columns=incoming.columns,
        unmapped=incoming.unmapped,
    )
