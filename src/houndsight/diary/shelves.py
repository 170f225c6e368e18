"""Records as rows and back: one shelf for each kind of record."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import Row, Table

from houndsight.diary import tables
from houndsight.diary.columns import instant, offset, searchable, seen_of, told_in
from houndsight.records.action import Record
from houndsight.records.correction import Corrected
from houndsight.records.diary_form import as_plain, from_plain
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.observation import Observation
from houndsight.records.person import Person
from houndsight.records.undertaking import HomeTest, Plan, Session

__all__ = ["CORRECTIONS", "DOGS", "MOMENTS", "PEOPLE", "PLANS", "SHELVES", "TESTS", "Shelf", "form_of", "record_of"]

R = TypeVar("R", bound=Record)
Fields = dict[str, Any]


def form_of(record: Record | None) -> str | None:
    """The record in its plain form, as JSON on one line."""
    return None if record is None else json.dumps(as_plain(record), ensure_ascii=False, separators=(",", ":"))


def record_of(form: str | None) -> Record | None:
    """The record of a `form_of`."""
    return None if form is None else from_plain(json.loads(form))


class Shelf(ABC, Generic[R]):
    """How one kind of record stands in the tables: a row of `table`, and rows of `parts` in the order of their `place`.

    `owner` is the column of the table that the parts point to with their first column.
    """

    kind: ClassVar[str]
    table: ClassVar[Table]
    parts: ClassVar[tuple[Table, ...]] = ()
    owner: ClassVar[str] = "id"

    @abstractmethod
    def row(self, record: R) -> Fields:
        """The row of the record, without its key."""

    @abstractmethod
    def made(self, row: Row[Any], parts: Sequence[Sequence[Row[Any]]]) -> R:
        """The record of a row and the rows of its parts."""

    def part_rows(self, record: R) -> Sequence[Sequence[Fields]]:  # noqa: ARG002  # most kinds have no parts
        """For each of `parts` its rows, without owner and place."""
        return ()


class _People(Shelf[Person]):
    kind, table = "person", tables.people

    def row(self, record: Person) -> Fields:
        return {name: getattr(record, name) for name in ("id", "name", "added", "role", "note", "trashed")}

    def made(self, row: Row[Any], parts: Sequence[Sequence[Row[Any]]]) -> Person:  # noqa: ARG002
        id_, name, added, *others = tuple(row)
        return Person(id_, name, added, *others)


class _Dogs(Shelf[Dog]):
    kind, table = "dog", tables.dogs
    names = (
        "id", "name", "added", "born", "born_about", "size", "breed", "sex", "neutered", "history", "photo", "trashed",
    )  # fmt: skip

    def row(self, record: Dog) -> Fields:
        return {name: getattr(record, name) for name in self.names}

    def made(self, row: Row[Any], parts: Sequence[Sequence[Row[Any]]]) -> Dog:  # noqa: ARG002
        id_, name, added, *others = tuple(row)
        return Dog(id_, name, added, *others)


class _Moments(Shelf[Moment]):
    kind, table, owner = "moment", tables.moments, "key"
    parts = (tables.cues, tables.tags, tables.own_cues)
    names = (
        "id", "dog", "logged", "zone", "ended", "leaned_on", "logged_by", "text", "lean", "severity", "knocked_over", "note",
        "trashed",
    )  # fmt: skip

    def row(self, record: Moment) -> Fields:
        search = searchable(record.text, record.note, *record.tags)
        return (
            {name: getattr(record, name) for name in self.names}
            | _begins(record.when)
            | {"search": search, "told": seen_of(record.cues)}
        )

    def part_rows(self, record: Moment) -> Sequence[Sequence[Fields]]:
        tags = [{"tag": tag, "search": searchable(tag)} for tag in record.tags]
        return [_cue(one) for one in record.cues], tags, [_own(one) for one in record.own]

    def made(self, row: Row[Any], parts: Sequence[Sequence[Row[Any]]]) -> Moment:
        cues, tags, own = parts
        return Moment(
            row.id, row.dog, told_in(row.when, row.offset), row.logged, row.zone, row.ended, row.leaned_on, row.logged_by,
            row.text, tuple(map(_observation, cues)), row.lean, row.severity, row.knocked_over, row.note,
            tuple(tag.tag for tag in tags), tuple(OwnCue(one.name, one.value) for one in own), row.trashed,
        )  # fmt: skip


def _cue(one: Observation) -> Fields:
    begins, ends = one.span or (None, None)
    return {
        "cue": one.cue, "value": one.value, "confidence": float(one.confidence), "origin": one.origin, "begins": begins, "ends": ends,
    }  # fmt: skip


def _own(one: OwnCue) -> Fields:
    sought = {"search_name": searchable(one.name), "search_value": searchable(one.value)}
    return {"name": one.name, "value": one.value, **sought}


def _observation(row: Row[Any]) -> Observation:
    span = None if row.begins is None else (row.begins, row.ends)
    return Observation(row.cue, row.value, row.confidence, row.origin, span)


def _begins(when: Any) -> Fields:
    return {"when": instant(when), "offset": offset(when)}


class _Tests(Shelf[HomeTest]):
    kind, table = "test", tables.home_tests
    parts = (tables.test_sessions, tables.factors)

    def row(self, record: HomeTest) -> Fields:
        names = ("id", "dog", "test", "ended", "note", "trashed")
        return {name: getattr(record, name) for name in names} | _begins(record.begun)

    def part_rows(self, record: HomeTest) -> Sequence[Sequence[Fields]]:
        factors = [{"motive": motive, "factor": float(factor)} for motive, factor in record.factors]
        return [_session(one) for one in record.sessions], factors

    def made(self, row: Row[Any], parts: Sequence[Sequence[Row[Any]]]) -> HomeTest:
        sessions, factors = tuple(map(_session_of, parts[0])), tuple((one.motive, one.factor) for one in parts[1])
        begun = told_in(row.when, row.offset)
        return HomeTest(row.id, row.dog, row.test, begun, row.ended, sessions, factors, row.note, row.trashed)


class _Plans(Shelf[Plan]):
    kind, table = "plan", tables.plans
    parts = (tables.plan_sessions,)

    def row(self, record: Plan) -> Fields:
        names = ("id", "dog", "plan", "step", "ended", "note", "trashed")
        return {name: getattr(record, name) for name in names} | _begins(record.begun)

    def part_rows(self, record: Plan) -> Sequence[Sequence[Fields]]:
        return ([_session(one) for one in record.sessions],)

    def made(self, row: Row[Any], parts: Sequence[Sequence[Row[Any]]]) -> Plan:
        sessions, begun = tuple(map(_session_of, parts[0])), told_in(row.when, row.offset)
        return Plan(row.id, row.dog, row.plan, begun, row.step, row.ended, sessions, row.note, row.trashed)


def _session(one: Session) -> Fields:
    measure = None if one.measure is None else float(one.measure)
    return {"due": one.due, "done": one.done, "condition": one.condition, "measure": measure, "note": one.note}


def _session_of(row: Row[Any]) -> Session:
    return Session(row.due, row.done, row.condition, row.measure, row.note)


class _Corrections(Shelf[Corrected]):
    kind, table = "correction", tables.corrections

    def row(self, record: Corrected) -> Fields:
        return {"id": record.id, "form": form_of(record)}

    def made(self, row: Row[Any], parts: Sequence[Sequence[Row[Any]]]) -> Corrected:  # noqa: ARG002
        record = record_of(row.form)
        assert isinstance(record, Corrected)
        return record


PEOPLE = _People()
DOGS = _Dogs()
MOMENTS = _Moments()
TESTS = _Tests()
PLANS = _Plans()
CORRECTIONS = _Corrections()
SHELVES: Mapping[str, Shelf[Any]] = {shelf.kind: shelf for shelf in (PEOPLE, DOGS, MOMENTS, TESTS, PLANS, CORRECTIONS)}
"""Kind -> shelf, in an order in which nothing points to what comes later."""
