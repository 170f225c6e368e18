"""A row of a table as a moment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from houndsight.errors import InputError
from houndsight.exchange.cells import as_cue, as_list, as_truth, unguarded
from houndsight.exchange.columns import CUE, OWN, TOLD, Columns
from houndsight.exchange.details import Details, in_detail, own_in_detail, read_details
from houndsight.exchange.protocol import Home, Wishes
from houndsight.exchange.times import as_day, as_length, as_time, as_when, offset_name, settled
from houndsight.exchange.who import Found, Register
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.naming import checked_id
from houndsight.records.observation import Observation

__all__ = ["Cells", "FaultyCell", "RowReader"]

T = TypeVar("T")

Cells = Mapping[str, str]
"""Our column -> its cell, for the cells that say something."""

LONGEST_WORD = 200
"""A tag, or a value of a cue of the household's own, that is longer is a note."""

_TIMES = frozenset({"start", "date", "time"})
_KEPT = frozenset({"text", "note"})


class FaultyCell(Exception):
    """A cell that cannot be read; `column` is their heading, "" when it is the row as a whole."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


class RowReader:
    """Makes moments of rows. `dogs` and `people` know whom the household has."""

    def __init__(self, columns: Columns, home: Home, wishes: Wishes) -> None:
        self.columns, self.wishes = columns, wishes
        self.known = home.knowledge.vocabulary.cues
        self.dogs, self.people = Register("dog", home.dogs), Register("person", home.people)
        self.cues = [
            (ours, ours.removeprefix(CUE)) for ours in columns.at if ours in self.known or ours.startswith(CUE)
        ]
        self.own = [(ours, ours.removeprefix(OWN)) for ours in columns.at if ours.startswith(OWN)]
        self._seen: dict[tuple[str, str], Observation | None] = {}

    def cells(self, row: Sequence[str]) -> Cells:
        """The cells of a row by our columns. Raises FaultyCell when there are more of them than headings."""
        more = [cell for cell in row[len(self.columns.headings) :] if cell.strip()]
        if more:
            raise FaultyCell("", f"It has {len(row)} cells and the table {len(self.columns.headings)} columns.")
        found = {ours: unguarded(row[at]) for ours, at in self.columns.at.items() if at < len(row) and row[at]}
        return {ours: cell for ours, cell in found.items() if ours in _KEPT or cell.strip()}

    def who(self, cells: Cells) -> tuple[Found, Found | None, Found | None]:
        """The dog, who was leaned on, and who logged it. Raises FaultyCell."""
        dog = self._named(cells, "dog", self.wishes.dog, self.dogs)
        if dog is None:
            raise FaultyCell(
                self.columns.heading("dog"), "It names no dog. Fill it in, or say which dog the table is about."
            )
        person = self._named(cells, "person", self.wishes.leaned_on, self.people)
        return dog, person, self._named(cells, "logged_by", self.wishes.logged_by, self.people)

    def moment(self, cells: Cells, *, listening: bool) -> Moment:
        """The moment of a row; `listening` hears cues in its account too, if that was wished. Raises FaultyCell."""
        dog, person, logger = self.who(cells)
        local = self._begins(cells)
        when, zone = self._settled(cells, local)
        text = _account(cells)
        cues = self._cues(cells)
        if listening and "details" not in self.columns.at:
            cues += self._heard(text, {one.cue for one in cues})
        details = self._read(cells, "details", read_details, Details())
        try:
            return Moment(
                id=self._read(cells, "moment_id", lambda cell: checked_id(cell, "id of a moment"), "")
                or _made_id(cells, dog.id, local),
                dog=dog.id,
                when=when,
                logged=self._read(cells, "logged", lambda cell: self._time(cell, cells), when),
                zone=zone,
                ended=self._ends(cells, when, local),
                leaned_on=None if person is None else person.id,
                logged_by=None if logger is None else logger.id,
                text=text,
                cues=in_detail(cues, details, text),
                lean=self._read(cells, "lean", as_truth, None) is not False,
                severity=self._read(cells, "severity", _whole, None),
                knocked_over=self._read(cells, "knocked_over", as_truth, None),
                note=cells.get("note", ""),
                tags=self._read(cells, "tags", lambda cell: _short(as_list(cell)), ()),
                own=own_in_detail(self._own(cells), details),
            )
        except InputError as error:
            raise FaultyCell("", str(error)) from None

    def _read(self, cells: Cells, ours: str, parse: Callable[[str], T], otherwise: T) -> T:
        return self._must(cells, ours, parse) if ours in cells else otherwise

    def _must(self, cells: Cells, ours: str, parse: Callable[[str], T]) -> T:
        try:
            return parse(cells[ours])
        except InputError as error:
            raise FaultyCell(self.columns.heading(ours), str(error)) from None

    def _named(self, cells: Cells, ours: str, wished: str, register: Register) -> Found | None:
        if ours not in cells and not wished:
            return None
        return self._must({ours: cells.get(ours) or wished}, ours, register.named)

    def _begins(self, cells: Cells) -> datetime:
        """When it began, with a zone only when the row tells one with the time."""
        if "start" in cells:
            return self._must(cells, "start", lambda cell: as_when(cell, self.wishes.day_first))
        for ours in ("date", "time"):
            if ours not in cells:
                raise FaultyCell(
                    self.columns.heading(ours if ours in self.columns.at else "start"),
                    "It is empty, and tells no time.",
                )
        day = self._must(cells, "date", lambda cell: as_day(cell, self.wishes.day_first))
        return datetime.combine(day, self._must(cells, "time", as_time))

    def _settled(self, cells: Cells, local: datetime) -> tuple[datetime, str]:
        """The time with its offset, and the zone that the people lived by."""
        zone = cells.get("zone", self.wishes.zone).strip()
        when = self._must({"zone": zone}, "zone", lambda name: settled(local, name))
        if "zone" not in cells and local.tzinfo is not None:
            here = settled(when.replace(tzinfo=None), self.wishes.zone)
            zone = zone if here.utcoffset() == when.utcoffset() else offset_name(when)
        return when, zone

    def _time(self, cell: str, cells: Cells) -> datetime:
        return settled(as_when(cell, self.wishes.day_first), cells.get("zone", self.wishes.zone))

    def _ends(self, cells: Cells, when: datetime, local: datetime) -> datetime | None:
        if "end" not in cells:
            lasted = self._read(cells, "lasted", as_length, None)
            return None if lasted is None else when + lasted
        return self._read(cells, "end", lambda cell: self._end(cell, cells, when, local), None)

    def _end(self, cell: str, cells: Cells, when: datetime, local: datetime) -> datetime:
        try:
            return self._time(cell, cells)
        except InputError:
            end = settled(
                datetime.combine(local.date(), as_time(cell), local.tzinfo), cells.get("zone", self.wishes.zone)
            )
        return end if end >= when else end + timedelta(days=1)  # it went past midnight

    def _heard(self, text: str, known: Collection[str]) -> list[Observation]:
        if self.wishes.hear is None or not text.strip():
            return []
        return [one for one in self.wishes.hear(text) if one.cue not in known]

    def _cues(self, cells: Cells) -> list[Observation]:
        found = (self._must(cells, ours, partial(self._cue, name)) for ours, name in self.cues if ours in cells)
        return [one for one in found if one is not None]

    def _cue(self, name: str, cell: str) -> Observation | None:
        if (name, cell) not in self._seen:
            self._seen[name, cell] = as_cue(name, cell, self.known)
        return self._seen[name, cell]

    def _own(self, cells: Cells) -> list[OwnCue]:
        return [OwnCue(name, value) for ours, name in self.own for value in self._values(cells, ours) if value.strip()]

    def _values(self, cells: Cells, ours: str) -> tuple[str, ...]:
        return self._read(cells, ours, lambda cell: _short(as_list(cell, ";")), ())


def _made_id(cells: Cells, dog: str, local: datetime) -> str:
    """An id from the id of the dog, however he is called, the time as it is told, and all else that the row says."""
    rest = sorted(f"{ours}={cell.strip()}" for ours, cell in cells.items() if ours not in _TIMES and ours != "dog")
    content = "\n".join((dog, local.isoformat(), *rest))
    return f"m-{hashlib.sha256(content.encode('utf-8', 'replace')).hexdigest()[:24]}"


def _short(words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        if len(word) > LONGEST_WORD:
            raise InputError(f"{word[:30]!r} and so on has {len(word)} characters; it can have {LONGEST_WORD}.")
    return words


def _account(cells: Cells) -> str:
    """The text, and what stands in other columns of the account, as sentences in the order told."""
    parts = [cells[ours].strip() for ours in TOLD if ours in cells]
    sentences = [part if part.endswith((".", "!", "?", "…")) else f"{part}." for part in parts]
    return " ".join((*((cells["text"],) if "text" in cells else ()), *sentences))


def _whole(cell: str) -> int:
    try:
        return int(float(cell)) if float(cell).is_integer() else int(cell)
    except (ValueError, OverflowError):
        raise InputError(f"{cell!r:.60} is not a whole number.") from None
