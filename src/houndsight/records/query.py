"""Which moments of a diary are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from houndsight.errors import InputError
from houndsight.records.naming import aware

__all__ = ["Query"]


@dataclass(frozen=True, slots=True)
class Query:
    """All that is asked for must hold; what is left out does not matter.

    `dog` and `person` (leaned on or logging) are ids. `since` counts in, `until` does not. `cues` are (cue, value), or (cue, None) for
    any value of the cue; `own` the same for cues of the household's own. `words` must each stand somewhere in text, note or tags, in
    any case of letters. `trashed` looks in the trash instead. The newest come first unless `oldest_first`; of them `limit` after
    `offset`; no limit: all.
    """

    dog: str | None = None
    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    cues: tuple[tuple[str, str | None], ...] = ()
    own: tuple[tuple[str, str | None], ...] = ()
    tags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    knocked_over: bool | None = None
    trashed: bool = False
    oldest_first: bool = False
    limit: int | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        for when, what in ((self.since, "since"), (self.until, "until")):
            if when is not None:
                aware(when, f"`{what}`")
        if self.limit is not None and self.limit < 0:
            raise InputError(f"The limit is {self.limit}; it must be 0 or more.")
        if self.offset < 0:
            raise InputError(f"The offset is {self.offset}; it must be 0 or more.")
