"""The columns of the table of moments, and how those of other programs are matched to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from houndsight.errors import InputError, nearest

__all__ = ["CUE", "END", "FIRST", "LAST", "OWN", "TOLD", "Columns", "matched"]

FIRST = ("moment_id", "dog", "person", "logged_by", "start", "end", "zone", "text")
LAST = ("severity", "knocked_over", "note", "tags")
END = ("lean", "logged", "details")
"""The columns that we write: FIRST, the cues, LAST, the household's own cues, END. `person` is who was leaned on."""

OWN = "own:"
CUE = "cue:"
"""What a heading begins with: of a cue of the household's own, and of a cue that this version does not know."""

TOLD = ("location", "antecedent", "behaviour", "consequence")
"""Columns of other programs that are an account together, in the order in which it is told."""

_TAKEN_IN = ("date", "time", "lasted", *TOLD)

_SYNONYMS: Mapping[str, str] = {
    theirs: ours
    for ours, several in {
        "dog": "dog_name name_of_dog dog_s_name pet pet_name animal animal_name subject",
        "person": "leaned_on person_leaned_on who_was_leaned_on with",
        "logged_by": "observer recorded_by recorder logger entered_by reported_by author",
        "start": "when datetime date_time date_and_time date_time_of_incident timestamp started begin began start_date_time",
        "date": "day date_of_incident start_date",
        "time": "time_of_day start_time time_of_incident hour",
        "end": "ended end_time stop stop_time finish finished end_date_time",
        "zone": "timezone time_zone tz",
        "text": "account description what_happened story narrative incident details_of_incident",
        "antecedent": "antecedents a before what_happened_before before_behavior before_behaviour",
        "behaviour": "behavior behaviors behaviours b observed_behavior observed_behaviour",
        "consequence": "consequences c after what_happened_after after_behavior after_behaviour result",
        "location": "where setting room place_of_incident",
        "lasted": "duration_min duration_minutes minutes how_long length lasts",
        "severity": "intensity",
        "knocked_over": "knocked_down fell",
        "note": "notes comment comments remark remarks",
        "tags": "tag label labels keyword keywords categories",
        "logged": "logged_at created created_at entered recorded recorded_at",
    }.items()
    for theirs in several.split()
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each of our columns stands in a table: `at` is ours -> number of the column from 0; `headings` are theirs."""

    headings: tuple[str, ...]
    at: Mapping[str, int]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(theirs, ours) for each column that is read, in the order of the table."""
        return tuple((self.headings[at], ours) for ours, at in sorted(self.at.items(), key=lambda pair: pair[1]))

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Their columns that are passed over; those without a heading are not told."""
        read = set(self.at.values())
        return tuple(name for at, name in enumerate(self.headings) if at not in read and name.strip())

    def heading(self, ours: str) -> str:
        """Their name of one of our columns."""
        return self.headings[self.at[ours]] if ours in self.at else ours


def matched(headings: Sequence[str], given: Iterable[tuple[str, str]], cues: Collection[str]) -> Columns:
    """The columns of a table: first as they are `given` in pairs (theirs, ours), then by name, then by synonyms.

    Raises InputError for a pair that names a column which is not there, and when no column tells the time.
    """
    at: dict[str, int] = {}
    settled: set[int] = set()
    for theirs, ours in given:
        place, ours_ = _place(theirs, headings), _ours(ours, cues)
        if ours_ in at:
            raise InputError(
                f"Two columns are to be read as {ours_}: {headings[at[ours_]]!r} and {theirs!r}. Only one can."
            )
        settled.add(place)
        if ours_:
            at[ours_] = place
    guesses = [(place, _by_name(name, cues)) for place, name in enumerate(headings)]
    guesses += [(place, _SYNONYMS.get(_plain(name))) for place, name in enumerate(headings)]
    for place, guess in guesses:
        if guess is not None and guess not in at and place not in settled:
            at[guess] = place
            settled.add(place)
    _check_time(headings, at)
    return Columns(tuple(headings), at)


def _check_time(headings: Sequence[str], at: Collection[str]) -> None:
    if "start" in at or {"date", "time"} <= {*at}:
        return
    lacks = "no column of a time of day beside the date" if "date" in at else "no column that tells when"
    raise InputError(
        f"The table has {lacks}; its columns are {', '.join(name for name in headings if name.strip())}. "
        "Say which of them is `start`, or which are `date` and `time`."
    )


def _place(theirs: str, headings: Sequence[str]) -> int:
    for same in (str, str.strip, _plain):
        for at, name in enumerate(headings):
            if same(name) == same(theirs):
                return at
    raise InputError(f"The table has no column {theirs!r}.{nearest(theirs, headings)} It has: {', '.join(headings)}.")


def _ours(name: str, cues: Collection[str]) -> str:
    if not name.strip():
        return ""
    found = _by_name(name, cues)
    if found is None:
        known = [*FIRST, *cues, *LAST, *END, *_TAKEN_IN]
        raise InputError(f"We have no column {name!r}.{nearest(name, known)} A cue of your own is written own:NAME.")
    return found


def _by_name(name: str, cues: Collection[str]) -> str | None:
    if name.startswith(OWN):
        return name if name.removeprefix(OWN).strip() else None
    if name.startswith(CUE):
        cue = name.removeprefix(CUE)
        return None if not cue.strip() else (cue if cue in cues else name)
    plain = _plain(name)
    return plain if plain in cues or plain in (*FIRST, *LAST, *END, *_TAKEN_IN) else None


def _plain(name: str) -> str:
    """`Date / Time` as `date_time`."""
    return re.sub(r"[\W_]+", "_", name.casefold()).strip("_")
