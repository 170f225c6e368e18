"""What was done to a diary: the unit of undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from houndsight.records.correction import Corrected
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.person import Person
from houndsight.records.undertaking import HomeTest, Plan

__all__ = ["Action", "Change", "Record"]

Record = Dog | Person | Moment | HomeTest | Plan | Corrected
"""Anything that a diary keeps."""


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after an action; None: it was not there."""

    before: Record | None
    after: Record | None


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person did to the diary, as one step: it is undone as a whole. `what` says it in words: "logged a moment of Rex".

    `number` rises with every action. `undone` tells whether it is taken back at present.
    """

    number: int
    when: datetime
    what: str
    changes: tuple[Change, ...]
    undone: bool = False
