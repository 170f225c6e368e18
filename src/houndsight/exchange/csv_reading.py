"""The table of moments as it is read: looked through once for its faults, then taken row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from houndsight.errors import InputError
from houndsight.exchange.columns import Columns, matched
from houndsight.exchange.csv_file import csv_rows
from houndsight.exchange.protocol import EVERY, Household, Incoming, Progress, Wishes
from houndsight.exchange.report import Fault
from houndsight.exchange.table_rows import FaultyCell, RowReader, Told
from houndsight.exchange.times import day_comes_first, zone_of
from houndsight.records.action import Record
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.person import Person

__all__ = ["open_csv"]


@contextmanager
def open_csv(path: Path, household: Household, wishes: Wishes, progress: Progress) -> Iterator[Incoming]:
    """Looks a table through, and hands back what can be taken of it. Raises InputError when it is no table of moments."""
    zone_of(wishes.zone)
    with csv_rows(path) as rows:
        _, headings = next(rows, (1, []))
        if not headings:
            raise InputError(f"{path.name} is empty.")
    try:
        columns = matched(headings, wishes.columns, household.knowledge.vocabulary.cues)
    except InputError as error:
        raise InputError(f"{path.name}: {error}") from None
    table = _Table(path, household, wishes, columns)
    survey = table.survey(progress)
    if wishes.day_first is None and len(survey.orders) == 1:  # some days made it plain for all
        table = _Table(path, household, replace(wishes, day_first=survey.orders.pop()), columns)
        survey = table.survey(progress)
    yield Incoming(
        lambda: table.records(survey, progress),
        lambda: iter(()),
        rows=survey.rows,
        faults=tuple(survey.faults),
        new_dogs=tuple(survey.dogs.values()),
        new_people=tuple(survey.people.values()),
        columns=columns.pairs,
        unmapped=columns.unmapped,
    )


@dataclass(slots=True)
class _Survey:
    """What is found while a table is looked through: id -> row, rows that cannot be taken, and the new dogs and people by id."""

    rows: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    dogs: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    orders: set[bool] = field(default_factory=set)


class _Table:
    def __init__(self, path: Path, household: Household, wishes: Wishes, columns: Columns) -> None:
        self.path, self.now = path, household.now
        self.reader = RowReader(columns, household, wishes)

    def survey(self, progress: Progress) -> _Survey:
        survey = _Survey()
        for number, told, moment in self._moments(progress, listening=False):
            survey.orders.update(order for order in map(day_comes_first, _days(told)) if order is not None)
            if isinstance(moment, FaultyCell):
                survey.faults.append(Fault(number, moment.column, moment.reason))
                continue
            survey.rows[moment.id] = number
            dog, *people = self.reader.who(told)
            survey.dogs.update({dog.id: dog.new} if dog.new else {})
            survey.people.update({one.id: one.new for one in people if one is not None and one.new})
        return survey

    def records(self, survey: _Survey, progress: Progress) -> Iterator[Record]:
        """The new people and dogs, then the moments of all rows that can be taken."""
        yield from (Person(id_, name, self.now) for id_, name in survey.people.items())
        yield from (Dog(id_, name, self.now) for id_, name in survey.dogs.items())
        for _, _, moment in self._moments(progress, listening=True):
            if isinstance(moment, Moment):
                yield moment

    def _moments(self, progress: Progress, *, listening: bool) -> Iterator[tuple[int, Told, Moment | FaultyCell]]:
        seen: dict[str, int] = {}
        again: Counter[str] = Counter()
        with csv_rows(self.path) as rows:
            next(rows)
            for count, (number, cells) in enumerate(rows, 1):
                told, moment = self._row(cells, listening=listening)
                if isinstance(moment, Moment) and moment.id in seen:
                    moment = _twice(moment, told, seen, again)
                if isinstance(moment, Moment):
                    seen[moment.id] = number
                yield number, told, moment
                if count % EVERY == 0:
                    progress(count)

    def _row(self, cells: list[str], *, listening: bool) -> tuple[Told, Moment | FaultyCell]:
        told: Told = {}
        try:
            told = self.reader.told(cells)
            return told, self.reader.moment(told, listening=listening)
        except FaultyCell as fault:
            return told, fault


def _twice(moment: Moment, told: Told, seen: dict[str, int], again: Counter[str]) -> Moment | FaultyCell:
    """The same row a second time is a second moment, with a number behind its id; the same id is a fault."""
    if "moment_id" in told:
        return FaultyCell("moment_id", f"The id {moment.id} stands in row {seen[moment.id]} too.")
    again[moment.id] += 1
    return replace(moment, id=f"{moment.id}-{again[moment.id] + 1}")


def _days(told: Told) -> list[str]:
    return [told[ours] for ours in ("start", "date", "end") if ours in told]
