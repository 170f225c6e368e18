"""A dog as people tell of him: from words and options to the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from houndsight.companion.filling import checked_clear, emptied, filled
from houndsight.companion.spoken_time import duration, normal
from houndsight.companion.when import fixed, span
from houndsight.errors import InputError
from houndsight.records.dog import Dog
from houndsight.records.naming import new_id

__all__ = ["CLEARABLE_OF_A_DOG", "DogFacts", "changed_dog", "new_dog"]

CLEARABLE_OF_A_DOG = ("born", "size", "breed", "sex", "neutered", "history", "photo")
OLDEST = 35
"""Years that no dog has lived."""


@dataclass(frozen=True, slots=True)
class DogFacts:
    """What was told of a dog; None leaves a field as it is, `clear` empties fields by name.

    `born` is a day, a month or a year in words; `age` a length of time such as "3 years" (a number alone: years). `photo` is the
    SHA-256 of a picture that the diary keeps.
    """

    name: str | None = None
    born: str | None = None
    age: str | None = None
    size: str | None = None
    breed: str | None = None
    sex: str | None = None
    neutered: bool | None = None
    history: str | None = None
    photo: str | None = None
    clear: tuple[str, ...] = ()


def new_dog(facts: DogFacts, now: datetime) -> Dog:
    """The dog that was told of. Raises InputError when something of it cannot be."""
    return changed_dog(Dog(new_id(), (facts.name or "").strip(), fixed(now)), facts, now)


def changed_dog(dog: Dog, facts: DogFacts, now: datetime) -> Dog:
    """The dog with what was told of him. Raises InputError when something of it cannot be."""
    born, about = _born(facts, now) or (None, None)
    names = checked_clear(facts.clear, CLEARABLE_OF_A_DOG)
    told = {
        "name": _stripped(facts.name),
        "born": born,
        "born_about": about,
        "size": _word(facts.size),
        "breed": _stripped(facts.breed),
        "sex": _word(facts.sex),
        "neutered": facts.neutered,
        "history": _stripped(facts.history),
        "photo": facts.photo,
    }
    return filled(emptied(dog, [*names, *(["born_about"] if "born" in names else [])]), told)


def _stripped(given: str | None) -> str | None:
    return None if given is None else given.strip()


def _word(given: str | None) -> str | None:
    return None if given is None else given.strip().casefold()


def _born(facts: DogFacts, now: datetime) -> tuple[date, bool] | None:
    """The day of birth, and whether it is reckoned."""
    if facts.born is not None and facts.age is not None:
        raise InputError("Give the day of birth or the age, one of them is enough.")
    if facts.born is not None:
        told = span(facts.born, now)
        vague = told.length > timedelta(days=2)
        born = (told.begin + told.length / 2 if vague else told.at).date()
        return _possible(born, facts.born, now), vague
    if facts.age is None:
        return None
    age = normal(facts.age).removesuffix(" old")
    lasts = duration(f"{age} years" if age.replace(".", "", 1).isdecimal() else age)
    if lasts is None or lasts.seconds:
        raise InputError(f"The age {facts.age!r} was not understood. Write it like: 3 years, 8 months or 10 weeks.")
    days = lasts.months * 365.25 / 12 + lasts.days
    if days > OLDEST * 365:
        raise InputError(f"The age {facts.age!r} is more than a dog lives.")
    return now.date() - timedelta(days=round(days)), True


def _possible(born: date, told: str, now: datetime) -> date:
    if born > now.date():
        raise InputError(f"The day of birth {told!r} lies in the future.")
    if (now.date() - born).days > OLDEST * 366:
        raise InputError(f"The day of birth {told!r} is longer ago than a dog lives.")
    return born
