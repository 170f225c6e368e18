"""The last column of our own table: what the cells of a row cannot tell, so that nothing is lost on the way back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

from houndsight.errors import InputError
from houndsight.exchange.cells import shown_confidence
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.observation import Observation

__all__ = ["Details", "details_cell", "in_detail", "own_in_detail", "read_details"]


@dataclass(frozen=True, slots=True)
class Details:
    """All that is known of a row's cues and of the household's own, in their order. `text` is the checksum of the account of the spans."""

    cues: tuple[Observation, ...] = ()
    own: tuple[OwnCue, ...] = ()
    text: int = 0


def details_cell(moment: Moment, cues: Sequence[Observation], own: Sequence[OwnCue]) -> str:
    """What must be told beside the cells: nothing, when reading them gives `cues` and `own` and these are the moment's."""
    details: dict[str, Any] = {}
    if tuple(cues) != moment.cues:
        details["cues"] = [[one.cue, one.value, one.confidence, one.origin, *(one.span or ())] for one in moment.cues]
        details |= {"text": _sum(moment.text)} if any(one.span for one in moment.cues) else {}
    if tuple(own) != moment.own:
        details["own"] = [[one.name, one.value] for one in moment.own]
    return json.dumps(details, ensure_ascii=False, separators=(",", ":")) if details else ""


def read_details(cell: str) -> Details:
    """The details of a cell. Raises InputError when they are not as we write them."""
    try:
        raw = json.loads(cell)
        own = tuple(OwnCue(name, value) for name, value in raw.get("own", ()))
        return Details(tuple(_observation(*entry) for entry in raw.get("cues", ())), own, raw.get("text", 0))
    except (ValueError, TypeError, AttributeError, RecursionError, InputError):
        raise InputError("It is not as Houndsight wrote it. Empty this cell, and the others count alone.") from None


def _observation(cue: str, value: str, confidence: float, origin: str, *span: int) -> Observation:
    if {type(cue), type(value), type(origin)} != {str} or any(type(at) is not int for at in span):
        raise TypeError
    return Observation(cue, value, float(confidence), origin, (span[0], span[1]) if len(span) == 2 else None)


def in_detail(cues: Sequence[Observation], details: Details, text: str) -> tuple[Observation, ...]:
    """The cues of the cells in the order and with all that the details tell. A cell that was changed since counts as it stands."""
    if not details.cues:
        return tuple(cues)
    cells = {one.cue: one for one in cues}
    right = _sum(text) == details.text
    known = (one if right or one.span is None else replace(one, span=None) for one in details.cues)
    told = {one.cue: _merged(cells[one.cue], one) for one in known if one.cue in cells}
    return (*told.values(), *(one for one in cues if one.cue not in told))


def _merged(cell: Observation, one: Observation) -> Observation:
    same = cell.value == one.value and shown_confidence(cell.confidence) == shown_confidence(one.confidence)
    return one if same else cell


def _sum(text: str) -> int:
    """Tells whether an account was changed in a spreadsheet, where its line ends may change by themselves."""
    return crc32(" ".join(text.split()).encode("utf-8", "replace"))


def own_in_detail(own: Sequence[OwnCue], details: Details) -> tuple[OwnCue, ...]:
    """The household's own cues in the order that the details tell, if they are the same ones."""
    return details.own if details.own and sorted(details.own) == sorted(own) else tuple(own)
