"""Which moments of a diary are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from houndsight.errors import InputError
from houndsight.records.naming import aware, checked_id

__all__ = ["MOST", "Query"]

MOST = 10**12
"""More moments than any diary holds; neither limit nor offset goes beyond."""


@dataclass(frozen=True, slots=True)
class Query:
    """All that is asked for must hold; what is left out does not matter.

    `dog` and `person` (leaned on or logging) are ids. `since` counts in, `until` does not. `cues` are (cue, value), or (cue, None) for
    any value of the cue; `own` the same for cues of the household's own. `words` must each stand somewhere in text, note or tags.
    `words`, `tags` and `own` are the household's own words and are looked for in any case of letters. `trashed` looks in the trash
    instead. The newest come first unless `oldest_first`; of them `limit` after `offset`, each up to MOST; no limit: all.
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
        for id_, what in ((self.dog, "dog"), (self.person, "person")):
            if id_ is not None:
                checked_id(id_, f"id of a {what}")
        _counts(self.limit, "limit")
        _counts(self.offset, "offset")


def _counts(given: int | None, what: str) -> None:
    if given is None or 0 <= given <= MOST:
        return
    if given > MOST:  # its digits may be too many to be written out
        raise InputError(f"The {what} is more moments than any diary holds; it can be 0 to {MOST:,}.")
    raise InputError(f"The {what} is below 0; it can be 0 to {MOST:,}.")
