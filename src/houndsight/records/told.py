"""A moment as learning wants it: when it was, and its cues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from houndsight.records.observation import Observation

__all__ = ["Told"]


@dataclass(frozen=True, slots=True)
class Told:
    """What a moment tells of its dog. `when` is in UTC and `zone` the zone that the people lived by.

    Observations have no span; equal ones may be one and the same object.
    """

    id: str
    when: datetime
    zone: str
    cues: tuple[Observation, ...]
