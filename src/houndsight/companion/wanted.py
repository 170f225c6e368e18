"""Which moments a person wants to see, in their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from houndsight.companion.household import Household
from houndsight.companion.when import span
from houndsight.errors import InputError
from houndsight.records.query import Query

__all__ = ["Wanted", "queried"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for. `since` and `until` are words for times, both counted in; `cues` and `own` are `name=value` or `name`.

    `page` is 1 for the first `limit` moments; no limit: all.
    """

    dog: str | None = None
    person: str | None = None
    since: str | None = None
    until: str | None = None
    cues: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    search: str = ""
    knocked_over: bool | None = None
    oldest_first: bool = False
    limit: int | None = None
    page: int = 1


def queried(household: Household, wanted: Wanted) -> Query:
    """The query that was meant. Raises InputError for unknown cues and values, times that are not understood, NotInDiary."""
    now = household.now()
    since = None if wanted.since is None else span(wanted.since, now).begin
    until = None if wanted.until is None else _beyond(wanted.until, now)
    if since is not None and until is not None and until <= since:
        raise InputError(f"Nothing lies between {wanted.since!r} and {wanted.until!r}: the first is the later one.")
    return Query(
        dog=None if wanted.dog is None else household.dog(wanted.dog).id,
        person=None if wanted.person is None else household.person(wanted.person).id,
        since=since,
        until=until,
        cues=tuple(_cue(household, given) for given in wanted.cues),
        own=tuple(_pair(given) for given in wanted.own),
        tags=wanted.tags,
        words=tuple(wanted.search.split()),
        knocked_over=wanted.knocked_over,
        oldest_first=wanted.oldest_first,
        limit=wanted.limit,
        offset=(wanted.limit or 0) * (wanted.page - 1),
    )


def _beyond(words: str, now: datetime) -> datetime:
    """The end of what the words name, which is counted in."""
    found = span(words, now)
    return found.end if found.length else found.at.replace(microsecond=0) + (datetime.resolution * 1_000_000)


def _pair(given: str) -> tuple[str, str | None]:
    name, sign, value = (part.strip() for part in given.partition("="))
    if not name or (sign and not value):
        raise InputError(f"A cue is looked for as NAME=VALUE or as NAME, for example arrival=yes; this was {given!r}.")
    return name, value or None


def _cue(household: Household, given: str) -> tuple[str, str | None]:
    name, value = _pair(given)
    knowledge = household.companion.knowledge
    return (knowledge.cue(name).id, None) if value is None else knowledge.checked(name, value)
