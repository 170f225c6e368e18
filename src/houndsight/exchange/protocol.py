"""What every format of files agrees on: what it is handed, and what it hands back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from houndsight.exchange.report import Fault
from houndsight.knowledge.base import Knowledge
from houndsight.records.action import Record
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.observation import Observation
from houndsight.records.person import Person
from houndsight.records.undertaking import HomeTest, Plan

__all__ = ["EVERY", "Format", "Hear", "Home", "Incoming", "Opener", "Outgoing", "Progress", "Wishes", "Writer"]

EVERY = 500
"""After how many records the progress is told."""

Progress = Callable[[int], None]
"""Is told how many records are done so far."""

Hear = Callable[[str], tuple[Observation, ...]]
"""Hears the cues of an account."""


@dataclass(frozen=True, slots=True)
class Home:
    """Those whom a file may name, the trash included, and the knowledge that says which cues there are.

    `version` is that of this Houndsight: files say by which they were made. `kept` tells which ids of moments are there already.
    """

    knowledge: Knowledge
    now: datetime
    version: str
    dogs: tuple[Dog, ...] = ()
    people: tuple[Person, ...] = ()
    kept: Callable[[Collection[str]], frozenset[str]] = lambda _: frozenset()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What goes out. Each stream can be begun again and never holds more than a few records.

    `records` are all of the diary in the order of `diary_form.KINDS`, `photos` their pictures by SHA-256; `moments`, `tests` and
    `plans` are those that were asked for.
    """

    home: Home
    records: Callable[[], Iterable[Record]] = tuple
    photos: Callable[[], Iterable[tuple[str, bytes]]] = tuple
    moments: Callable[[], Iterable[Moment]] = tuple
    tests: tuple[HomeTest, ...] = ()
    plans: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a table of another program is to be read.

    `columns` pairs their column with ours; ours "" passes theirs over. Columns that are not named are guessed from their headings.
    `zone` (IANA, or an offset) holds for times that do not tell theirs. `day_first` tells whether 03/04 is the 3rd of April; None: the
    file must make it plain. `dog`, `leaned_on` and `logged_by` (name or id) hold where a row names none. `hear` hears cues in
    the account of a row; cues that have a cell outrank it. A table that we wrote ourselves (it has the column `details`) is not
    listened to: its cells tell all that was known.
    """

    columns: tuple[tuple[str, str], ...] = ()
    zone: str = "UTC"
    day_first: bool | None = None
    dog: str = ""
    leaned_on: str = ""
    logged_by: str = ""
    hear: Hear | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file holds, once it was looked through.

    `records` are those that can be taken, each after what it points to; it and `photos` can be begun again while the file is open.
    Of a table, `rows` tells the row of each moment's id, and `faults` the rows that cannot be taken.
    """

    records: Callable[[], Iterator[Record]]
    photos: Callable[[], Iterator[bytes]]
    rows: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    new_dogs: tuple[str, ...] = ()
    new_people: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    unmapped: tuple[str, ...] = ()


class Writer(Protocol):
    """Writes what goes out, and tells how many records that were. The stream need not be able to seek."""

    def __call__(self, to: BinaryIO, outgoing: Outgoing, progress: Progress) -> int: ...


class Opener(Protocol):
    """Looks a file through and keeps it open. Raises InputError that names the file and the place in it when it cannot be read."""

    def __call__(
        self, path: Path, home: Home, wishes: Wishes, progress: Progress
    ) -> AbstractContextManager[Incoming]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files: its name, the endings of its files, the best known first, and what can be done with it."""

    name: str
    endings: tuple[str, ...]
    write: Writer | None = None
    read: Opener | None = None
