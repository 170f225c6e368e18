"""The table of moments as it is read: looked through once for its faults, then taken row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from houndsight.errors import InputError
from houndsight.exchange.columns import Columns, matched
from houndsight.exchange.csv_file import csv_rows
from houndsight.exchange.protocol import EVERY, Home, Incoming, Progress, Wishes
from houndsight.exchange.report import Fault
from houndsight.exchange.table_rows import Cells, FaultyCell, RowReader
from houndsight.exchange.times import day_comes_first, zone_of
from houndsight.exchange.who import Found
from houndsight.records.action import Record
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.person import Person

__all__ = ["open_csv"]


@contextmanager
def open_csv(path: Path, home: Home, wishes: Wishes, progress: Progress) -> Iterator[Incoming]:
    """Looks a table through, and hands back what can be taken of it. Raises InputError when it is no table of moments."""
    zone_of(wishes.zone)
    with csv_rows(path) as rows:
        _, headings = next(rows, (1, []))
        if not headings:
            raise InputError(f"{path.name} is empty.")
    try:
        columns = matched(headings, wishes.columns, home.knowledge.vocabulary.cues)
    except InputError as error:
        raise InputError(f"{path.name}: {error}") from None
    table = _Table(path, home, wishes, columns)
    survey = table.survey(progress)
    if wishes.day_first is None and len(survey.orders) == 1:  # some days made it plain for all
        table = _Table(path, home, replace(wishes, day_first=survey.orders.pop()), columns)
        survey = table.survey(progress)
    yield Incoming(
        lambda: table.records(survey, progress),
        lambda: iter(()),
        rows=survey.rows,
        faults=tuple(survey.faults),
        new_dogs=tuple(one.name for one in survey.dogs.values()),
        new_people=tuple(one.name for one in survey.people.values()),
        columns=columns.pairs,
        unmapped=columns.unmapped,
    )


@dataclass(frozen=True, slots=True)
class _New:
    """Somebody who is not there yet, and the ids of the moments that name them."""

    name: str
    moments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Survey:
    """What is found while a table is looked through: id -> row, rows that cannot be taken, and the new dogs and people by id."""

    rows: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    dogs: dict[str, _New] = field(default_factory=dict)
    people: dict[str, _New] = field(default_factory=dict)
    orders: set[bool] = field(default_factory=set)


class _Table:
    def __init__(self, path: Path, home: Home, wishes: Wishes, columns: Columns) -> None:
        self.path, self.home = path, home
        self.reader = RowReader(columns, home, wishes)

    def survey(self, progress: Progress) -> _Survey:
        survey = _Survey()
        for number, cells, moment in self._moments(progress, listening=False):
            survey.orders.update(order for order in map(day_comes_first, _days(cells)) if order is not None)
            if isinstance(moment, FaultyCell):
                survey.faults.append(Fault(number, moment.column, moment.reason))
                continue
            survey.rows[moment.id] = number
            dog, *people = self.reader.who(cells)
            _note(survey.dogs, dog, moment.id)
            for one in people:
                _note(survey.people, one, moment.id)
        survey.dogs, survey.people = self._wanted(survey.dogs), self._wanted(survey.people)
        return survey

    def _wanted(self, new: Mapping[str, _New]) -> dict[str, _New]:
        """Those of whom a moment is new as well: nobody comes for moments alone that the diary has already."""
        return {id_: one for id_, one in new.items() if len(self.home.kept(one.moments)) < len(one.moments)}

    def records(self, survey: _Survey, progress: Progress) -> Iterator[Record]:
        """The new people and dogs, then the moments of all rows that can be taken."""
        yield from (Person(id_, one.name, self.home.now) for id_, one in survey.people.items())
        yield from (Dog(id_, one.name, self.home.now) for id_, one in survey.dogs.items())
        for _, _, moment in self._moments(progress, listening=True):
            if isinstance(moment, Moment):
                yield moment

    def _moments(self, progress: Progress, *, listening: bool) -> Iterator[tuple[int, Cells, Moment | FaultyCell]]:
        seen: dict[str, int] = {}
        again: Counter[str] = Counter()
        with csv_rows(self.path) as rows:
            next(rows)
            for count, (number, row) in enumerate(rows, 1):
                cells, moment = self._row(row, listening=listening)
                if isinstance(moment, Moment) and moment.id in seen:
                    moment = _twice(moment, cells, seen, again)
                if isinstance(moment, Moment):
                    seen[moment.id] = number
                yield number, cells, moment
                if count % EVERY == 0:
                    progress(count)

    def _row(self, row: list[str], *, listening: bool) -> tuple[Cells, Moment | FaultyCell]:
        cells: Cells = {}
        try:
            cells = self.reader.cells(row)
            return cells, self.reader.moment(cells, listening=listening)
        except FaultyCell as fault:
            return cells, fault


def _twice(moment: Moment, cells: Cells, seen: dict[str, int], again: Counter[str]) -> Moment | FaultyCell:
    """The same row a second time is a second moment, with a number behind its id; the same id is a fault."""
    if "moment_id" in cells:
        return FaultyCell("moment_id", f"The id {moment.id} stands in row {seen[moment.id]} too.")
    again[moment.id] += 1
    return replace(moment, id=f"{moment.id}-{again[moment.id] + 1}")


def _note(new: dict[str, _New], found: Found | None, moment: str) -> None:
    if found is not None and found.new:
        new.setdefault(found.id, _New(found.new)).moments.append(moment)


def _days(cells: Cells) -> list[str]:
    return [cells[ours] for ours in ("start", "date", "end") if ours in cells]
