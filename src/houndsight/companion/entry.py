"""What a person writes into the diary about a moment: from words and options to the record, and to what was put right in the hearing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from houndsight.companion.companion import Companion
from houndsight.companion.corrections import correction
from houndsight.companion.filling import checked_clear, emptied, filled
from houndsight.companion.when import fixed, until, when, zone_name
from houndsight.errors import InputError
from houndsight.knowledge.vocabulary import CONTACT
from houndsight.records.correction import Corrected, corrected
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.naming import checked_id, new_id
from houndsight.records.observation import Heard, Observation

__all__ = ["AFTER", "CLEARABLE", "Entry", "Written", "changed", "heard_after", "written"]

AFTER = ("response", "outcome", "believes")
"""Cues that tell what came after the lean: saying them beside a text adds to it and puts nothing right, unless it was heard otherwise."""

CLEARABLE = (
    "text", "until", "on", "by", "cues", "severity", "knocked_over", "note", "tags", "own", *AFTER,
)  # fmt: skip
FIELDS = {"until": "ended", "on": "leaned_on", "by": "logged_by"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What was told of a moment; None, and a tuple that is empty, leave a field as it is.

    `when` and `until` are words for times. `on` and `by` are ids of people. `cues` are given by a person and outrank those of the
    text, `without` are cues that were not told. `after` are the cues that tell what followed. `clear` empties fields by name.
    """

    text: str | None = None
    when: str | None = None
    until: str | None = None
    on: str | None = None
    by: str | None = None
    cues: tuple[Observation, ...] = ()
    without: tuple[str, ...] = ()
    after: tuple[Observation, ...] = ()
    own: tuple[OwnCue, ...] = ()
    tags: tuple[str, ...] = ()
    severity: int | None = None
    knocked_over: bool | None = None
    note: str | None = None
    clear: tuple[str, ...] = ()
    id: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was told that could be kept by itself."""
        told = (self.cues, self.after, self.own, self.tags, (self.text or "").strip(), (self.note or "").strip())
        return not any(told) and self.severity is None and self.knocked_over is None

    @property
    def given(self) -> tuple[Observation, ...]:
        """All cues that a person set; what followed outranks the same cue among the others."""
        return tuple(({one.cue: one for one in self.cues} | {one.cue: one for one in self.after}).values())


@dataclass(frozen=True, slots=True)
class Written:
    """A moment as it is to be kept, and what was put right in the hearing of its text, if anything was."""

    moment: Moment
    correction: Corrected | None = None


def written(companion: Companion, entry: Entry, dog: str, now: datetime) -> Written:
    """A new moment. Raises InputError when nothing was told, or something that cannot be."""
    if entry.empty:
        raise InputError('Tell what happened: houndsight log "He leaned on me while I cooked"')
    text = (entry.text or "").strip()
    heard = companion.hear(text) if text else Heard(heard_lean=True)
    cues, _ = corrected(heard.observations, entry.given, entry.without)
    at = fixed(now) if entry.when is None else when(entry.when, now)
    name = new_id() if entry.id is None else checked_id(entry.id, "id of a moment")
    bare = Moment(name, dog, at, fixed(now), zone_name(now), text=text, cues=cues, lean=_lean(heard, entry.given))
    return Written(_filled(bare, entry, now), _put_right(companion, text, entry))


def changed(companion: Companion, moment: Moment, entry: Entry, now: datetime) -> Written:
    """The moment with what was told now. A new text is heard anew; what a person had given before still outranks it."""
    bare = _emptied(moment, checked_clear(entry.clear, CLEARABLE))
    text = bare.text if entry.text is None else entry.text.strip()
    heard = companion.hear(text) if text and text != moment.text else None
    if heard is None:
        cues, _ = corrected(bare.cues, entry.given, entry.without)
        lean = moment.lean or any(one.cue in CONTACT for one in entry.given)
    else:
        before = [one for one in bare.cues if one.origin != "words" or _told_later(one)]
        cues, _ = corrected(heard.observations, [*before, *entry.given], entry.without)
        lean = _lean(heard, (*before, *entry.given))
    if not text:
        cues, lean = tuple(replace(one, span=None) for one in cues), True
    at = moment.when if entry.when is None else when(entry.when, now)
    ended = None if bare.ended is None else bare.ended + (at - moment.when)
    made = replace(bare, when=at, ended=ended, text=text, cues=cues, lean=lean)
    return Written(_filled(made, entry, now), _put_right(companion, text, entry))


def heard_after(companion: Companion, words: str) -> tuple[Observation, ...]:
    """What a sentence tells of what was done and what followed. Raises InputError when it tells neither."""
    heard = companion.hear(words)
    told = [one for part in (heard, *heard.further) for one in part.observations if one.cue in AFTER]
    if not told:
        raise InputError(
            f"I heard neither what you did nor what followed in {words!r}. Say it with --response and --outcome, for example: "
            "houndsight outcome --response petted --outcome settled"
        )
    return tuple(replace(one, span=None) for one in {one.cue: one for one in reversed(told)}.values())


def _told_later(one: Observation) -> bool:
    """Whether it was heard in words of its own, after the text."""
    return one.cue in AFTER and one.span is None


def _lean(heard: Heard, given: Sequence[Observation]) -> bool:
    return heard.heard_lean or any(one.cue in CONTACT for one in given)


def _filled(moment: Moment, entry: Entry, now: datetime) -> Moment:
    """The moment with all that stands in the entry apart from text, cues and beginning."""
    own = {one.name.casefold(): one for one in (*moment.own, *entry.own)}
    told = {
        "ended": None if entry.until is None else until(entry.until, moment.when, now),
        "leaned_on": entry.on,
        "logged_by": entry.by,
        "severity": entry.severity,
        "knocked_over": entry.knocked_over,
        "note": None if entry.note is None else entry.note.strip(),
        "own": tuple(own.values()),
        "tags": tuple({tag.casefold(): tag for tag in (*moment.tags, *(tag.strip() for tag in entry.tags))}.values()),
    }
    return filled(moment, told)


def _emptied(moment: Moment, names: Sequence[str]) -> Moment:
    bare = emptied(moment, {FIELDS.get(name, name) for name in names if name not in AFTER})
    return replace(bare, cues=tuple(one for one in bare.cues if one.cue not in names))


def _put_right(companion: Companion, text: str, entry: Entry) -> Corrected | None:
    """What the entry puts right in the hearing of the text."""
    if not text or not (entry.given or entry.without):
        return None
    found = {one.cue for one in companion.hear(text).observations}
    return correction(companion, text, [*entry.cues, *(one for one in entry.after if one.cue in found)], entry.without)
