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
from houndsight.exchange.protocol import Household, Incoming, Outgoing, Progress, Wishes
from houndsight.exchange.report import Fault, Report
from houndsight.exchange.whole_file import whole_file
from houndsight.records.query import Query
from houndsight.records.taken import Taken

__all__ = ["Exchange", "Fault", "Progress", "Report", "Wishes", "Written"]

ALL = Query()
GUESSED = Wishes()
"""What is meant when nothing is said: every moment outside the trash; columns as their headings tell."""


@dataclass(frozen=True, slots=True)
class Written:
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

    def export_archive(self, to: Path | BinaryIO) -> Written:
        """Everything, the trash and the photos included, as one archive that can be taken in again without loss."""
        return self.export("archive", to)

    def export_csv(self, to: Path | BinaryIO, query: Query = ALL) -> Written:
        """The moments as a table, one row each."""
        return self.export("csv", to, query)

    def export_parquet(self, to: Path | BinaryIO, query: Query = ALL) -> Written:
        """The moments as typed columns for analysis: Parquet, or Arrow when the file's name ends in .arrow. Raises MissingExtra."""
        return self.export("arrow" if isinstance(to, Path) and to.suffix == ".arrow" else "parquet", to, query)

    def export_calendar(self, to: Path | BinaryIO, dog: str | None = None) -> Written:
        """The sessions of tests and plans as dates of a calendar; `dog` (id or name): of this dog alone."""
        return self.export("calendar", to, Query(dog=None if dog is None else self.diary.dog(dog).id))

    def import_archive(self, path: Path, *, dry_run: bool = False) -> Report:
        """Takes an archive in, whole or not at all. Raises InputError when anything of it cannot be read."""
        return self.take_in("archive", path, dry_run=dry_run)

    def import_csv(
        self,
        path: Path,
        wishes: Wishes = GUESSED,
        *,
        dry_run: bool = False,
        skip_faulty: bool = False,
    ) -> Report:
        """Takes moments in from a table of this or of another program.

        A dry run changes nothing and tells what would be. One faulty row stops it all, unless `skip_faulty`.
        """
        return self.take_in("csv", path, wishes, dry_run=dry_run, skip_faulty=skip_faulty)

    def export(self, name: str, to: Path | BinaryIO, query: Query = ALL) -> Written:
        """The diary in the format called `name`. A file takes its name only once it is whole."""
        chosen = format_called(name)
        if chosen.write is None:
            raise InputError(f"Houndsight cannot write {name}.")
        outgoing = self._outgoing(query)
        if not isinstance(to, Path):
            return Written(name, chosen.write(to, outgoing, self.progress), None)
        with whole_file(to) as part:
            count = chosen.write(part, outgoing, self.progress)
        return Written(name, count, to)

    def take_in(
        self,
        name: str,
        path: Path,
        wishes: Wishes = GUESSED,
        *,
        dry_run: bool = False,
        skip_faulty: bool = False,
    ) -> Report:
        """Takes a file of the format called `name` in, as one action of the diary."""
        chosen = format_called(name)
        if chosen.read is None:
            raise InputError(f"Houndsight cannot take in {name}.")
        with chosen.read(path, self._household(), wishes, self.progress) as incoming:
            done = not dry_run and (skip_faulty or not incoming.faults)
            taken = self.diary.take(f"took in {path.name}", incoming.records(), incoming.photos(), dry_run=not done)
        return _report(path, incoming, taken, done=done, dry_run=dry_run)

    def _household(self) -> Household:
        dogs = {one.id: one for trashed in (False, True) for one in self.diary.dogs(trashed=trashed)}
        people = {one.id: one for trashed in (False, True) for one in self.diary.people(trashed=trashed)}
        return Household(
            self.companion.knowledge, self.now(), __version__, tuple(dogs.values()), tuple(people.values())
        )

    def _outgoing(self, query: Query) -> Outgoing:
        return Outgoing(
            self._household(),
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
        new_dogs=incoming.new_dogs,
        new_people=incoming.new_people,
        columns=incoming.columns,
        unmapped=incoming.unmapped,
    )
