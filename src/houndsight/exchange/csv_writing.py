"""The table of moments as it is written: UTF-8, RFC 4180, one row a moment."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import BinaryIO

from houndsight.exchange.cells import as_cue, as_list, cue_cell, guarded, list_cell, truth_cell
from houndsight.exchange.columns import CUE, END, FIRST, LAST, OWN
from houndsight.exchange.details import details_cell
from houndsight.exchange.protocol import EVERY, Home, Outgoing, Progress
from houndsight.exchange.who import Register
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.observation import Observation

__all__ = ["write_csv"]

PAGE = 1 << 18
"""Signs that are gathered before they are written."""


def write_csv(to: BinaryIO, outgoing: Outgoing, progress: Progress) -> int:
    """Writes the moments, and tells how many. They are gone through twice: once to see which columns they need."""
    table = _Table(outgoing)
    page = io.StringIO()
    rows = csv.writer(page, lineterminator="\r\n")
    rows.writerow(table.headings)
    count = 0
    for count, moment in enumerate(outgoing.moments(), 1):
        rows.writerow(table.row(moment))
        if page.tell() > PAGE:
            _turn(page, to)
        if count % EVERY == 0:
            progress(count)
    _turn(page, to)
    progress(count)
    return count


def _turn(page: io.StringIO, to: BinaryIO) -> None:
    to.write(page.getvalue().encode("utf-8", "replace"))
    page.seek(0)
    page.truncate()


class _Table:
    def __init__(self, outgoing: Outgoing) -> None:
        home: Home = outgoing.home
        self.dogs, self.people = Register("dog", home.dogs), Register("person", home.people)
        self.known = home.knowledge.vocabulary.cues
        own: set[str] = set()
        strange: set[str] = set()
        for moment in outgoing.moments():
            own.update(one.name for one in moment.own)
            strange.update(one.cue for one in moment.cues if one.cue not in self.known)
        self.own, self.cues = sorted(own), (*self.known, *sorted(strange))
        cues = [name if name in self.known else f"{CUE}{name}" for name in self.cues]
        self.headings = [*FIRST, *cues, *LAST, *(f"{OWN}{name}" for name in self.own), *END]

    def row(self, moment: Moment) -> list[str]:
        """The cells of a moment, each safe for a spreadsheet."""
        cues = {one.cue: cue_cell(one) for one in moment.cues}
        own = {name: self._own(moment, name) for name in self.own}
        cells = (
            *self._first(moment),
            *(cues.get(name, "") for name in self.cues),
            "" if moment.severity is None else str(moment.severity),
            truth_cell(moment.knocked_over),
            moment.note,
            list_cell(moment.tags),
            *own.values(),
            truth_cell(moment.lean),
            moment.logged.isoformat(),
            details_cell(moment, self._read_cues(cues), _read_own(own)),
        )
        return [guarded(cell) for cell in cells]

    def _first(self, moment: Moment) -> Sequence[str]:
        return (
            moment.id,
            self.dogs.cell(moment.dog),
            self.people.cell(moment.leaned_on),
            self.people.cell(moment.logged_by),
            moment.when.isoformat(),
            "" if moment.ended is None else moment.ended.isoformat(),
            moment.zone,
            moment.text,
        )

    def _own(self, moment: Moment, name: str) -> str:
        return list_cell((one.value for one in moment.own if one.name == name), ";")

    def _read_cues(self, cells: dict[str, str]) -> list[Observation]:
        """What reading the cells alone would give."""
        read = (as_cue(name, cells[name], {}) for name in self.cues if name in cells)
        return [one for one in read if one is not None]


def _read_own(cells: dict[str, str]) -> list[OwnCue]:
    return [OwnCue(name, value) for name, cell in cells.items() if cell for value in as_list(cell, ";")]
