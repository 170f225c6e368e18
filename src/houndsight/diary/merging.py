"""Two that are one: the records that join two dogs, two people or two moments, to be kept as one action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from houndsight.diary.diary import Diary
from houndsight.errors import InputError
from houndsight.records.action import Record
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.observation import Observation, Span
from houndsight.records.person import Person
from houndsight.records.query import Query
from houndsight.records.undertaking import HomeTest, Plan

__all__ = ["merged_dogs", "merged_moments", "merged_people"]

FOLLOWED = ("response", "outcome")
"""Cues that are told of one another: what was done then, and what followed from it."""

Named = TypeVar("Named", Dog, Person, Moment)


def merged_dogs(diary: Diary, keep: Dog, other: Dog, now: datetime | None = None) -> tuple[Record, ...]:
    """All that is the other's becomes the first's, also in the trash; the other goes to the trash, and tells what the first lacks.

    Raises InputError when they are one and the same.
    """
    _two(keep.id, other.id)
    first = replace(
        keep,
        born=keep.born or other.born,
        born_about=keep.born_about if keep.born else other.born_about,
        size=keep.size or other.size,
        breed=keep.breed or other.breed,
        sex=keep.sex or other.sex,
        neutered=other.neutered if keep.neutered is None else keep.neutered,
        history=_joined(keep.history, other.history),
        photo=keep.photo or other.photo,
    )
    theirs = [replace(one, dog=keep.id) for one in _his(diary, other.id)]
    return first, _trashed(other, now), *theirs


def merged_people(diary: Diary, keep: Person, other: Person, now: datetime | None = None) -> tuple[Record, ...]:
    """The first stands wherever the other stood; the other goes to the trash. Raises InputError when they are one and the same."""
    _two(keep.id, other.id)
    asked = (Query(person=other.id, trashed=trashed) for trashed in (False, True))
    found = [
        replace(
            one,
            leaned_on=keep.id if one.leaned_on == other.id else one.leaned_on,
            logged_by=keep.id if one.logged_by == other.id else one.logged_by,
        )
        for query in asked
        for one in diary.each(query)
    ]
    return replace(keep, note=_joined(keep.note, other.note)), _trashed(other, now), *found


def merged_moments(keep: Moment, other: Moment, now: datetime | None = None) -> tuple[Record, ...]:
    """One moment that was logged twice: what the first tells holds, what only the other tells is added, texts are joined.

    Words that cues point to move with the texts. What was done then and what followed are the first's or, where it tells neither,
    the other's: never one of each. Raises InputError for one moment, or moments of two dogs.
    """
    _two(keep.id, other.id)
    if keep.dog != other.dog:
        raise InputError("The two moments are of different dogs; only moments of one dog can be one.")
    text = _joined(keep.text, other.text)
    told = {one.cue for one in keep.cues}
    told |= set(FOLLOWED) if told & set(FOLLOWED) else set()
    named = {one.name.casefold() for one in keep.own}
    first = replace(
        keep,
        ended=keep.ended or (other.ended if other.ended and other.ended >= keep.when else None),
        leaned_on=keep.leaned_on or other.leaned_on,
        logged_by=keep.logged_by or other.logged_by,
        text=text,
        cues=(*_moved(keep, text), *(one for one in _moved(other, text) if one.cue not in told)),
        lean=keep.lean or other.lean,
        severity=max((s for s in (keep.severity, other.severity) if s is not None), default=None),
        knocked_over=_either(keep.knocked_over, other.knocked_over),
        note=_joined(keep.note, other.note),
        tags=_once((*keep.tags, *other.tags)),
        own=(*keep.own, *(one for one in other.own if one.name.casefold() not in named)),
    )
    return first, _trashed(other, now)


def _two(first: str, other: str) -> None:
    if first == other:
        raise InputError(f"{first} cannot be merged with itself. Name two.")


def _his(diary: Diary, dog: str) -> Iterator[Moment | HomeTest | Plan]:
    """All that is of a dog, in the trash too."""
    for trashed in (False, True):
        yield from diary.each(Query(dog=dog, trashed=trashed))
        yield from diary.tests(dog, trashed=trashed)
        yield from diary.plans(dog, trashed=trashed)


def _trashed(one: Named, now: datetime | None) -> Named:
    return replace(one, trashed=one.trashed or now or datetime.now(UTC))


def _joined(first: str, other: str) -> str:
    """Both texts one below the other, or the one that holds the other."""
    if other.strip() in first:
        return first
    return other if first.strip() in other else f"{first}\n{other}"


def _once(tags: Iterable[str]) -> tuple[str, ...]:
    """Each tag once, as it was first written."""
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def _moved(moment: Moment, text: str) -> Iterator[Observation]:
    """The cues of a moment, with the words that they point to where they stand in the text that holds the moment's own."""
    for one in moment.cues:
        yield one if one.span is None else replace(one, span=_placed(one.span, moment.text, text))


def _placed(span: Span, told: str, text: str) -> Span | None:
    """Where words of `told` stand in the text that holds it, but for blanks at its ends; None when they do not."""
    at = text.find(told.strip()) - (len(told) - len(told.lstrip()))
    begins, ends = span[0] + at, span[1] + at
    return (begins, ends) if text[max(begins, 0) : max(ends, 0)] == told[span[0] : span[1]] else None


def _either(first: bool | None, other: bool | None) -> bool | None:
    """Whether either tells yes; None when neither tells."""
    return other if first is None else first or bool(other)
