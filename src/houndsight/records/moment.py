"""A moment: one lean, or another contact bid, as it was told or tapped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from houndsight.errors import InputError
from houndsight.records.naming import aware, checked_id
from houndsight.records.observation import Observation

__all__ = ["SEVEREST", "Moment", "OwnCue"]

SEVEREST = 3
"""Severity is 0 (a touch) to 3 (somebody was hurt)."""


@dataclass(frozen=True, slots=True, order=True)
class OwnCue:
    """Something that a household counts for itself: kept and charted, and passed over by the model."""

    name: str
    value: str

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.value.strip():
            raise InputError("A cue of your own needs a name and a value, such as song=humming.")


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of one dog.

    `when` is when it happened and `ended` when it was over; both know their time zone, and `zone` is the name of the zone that the
    people lived by (IANA, or an offset such as +02:00). `logged` is when it was written down. `leaned_on` and `logged_by` are ids
    of people. `cues` has at most one observation of each cue, the response, the outcome and what the person believes among them.
    `lean` tells whether a lean or another contact bid was told. `severity` is 0 to 3 and `knocked_over` whether somebody fell;
    None: not told. `own` are cues of the household's own.
    """

    id: str
    dog: str
    when: datetime
    logged: datetime
    zone: str = "UTC"
    ended: datetime | None = None
    leaned_on: str | None = None
    logged_by: str | None = None
    text: str = ""
    cues: tuple[Observation, ...] = ()
    lean: bool = True
    severity: int | None = None
    knocked_over: bool | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    own: tuple[OwnCue, ...] = ()
    trashed: datetime | None = None

    def __post_init__(self) -> None:
        checked_id(self.id, "id of a moment")
        checked_id(self.dog, "id of a dog")
        aware(self.when, "a moment")
        aware(self.logged, "logging a moment")
        if self.ended is not None and aware(self.ended, "the end of a moment") < self.when:
            raise InputError(
                f"The moment ends at {self.ended.isoformat()}, before it begins at {self.when.isoformat()}."
            )
        if self.severity is not None and not 0 <= self.severity <= SEVEREST:
            raise InputError(f"The severity is {self.severity}; it goes from 0 (a touch) to 3 (somebody was hurt).")
        names = [one.cue for one in self.cues]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise InputError(f"The cue {twice} stands twice in one moment; it can have one value.")
        if any(not tag.strip() for tag in self.tags):
            raise InputError("A tag cannot be empty.")

    def value(self, cue: str) -> str | None:
        """The value of a cue, or None when it was not told."""
        return next((one.value for one in self.cues if one.cue == cue), None)

    @property
    def instant(self) -> datetime:
        """When it happened, in UTC: what moments are put in order by."""
        return self.when.astimezone(UTC)
