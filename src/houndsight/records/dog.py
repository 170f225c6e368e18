"""A dog of the household."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from houndsight.errors import InputError
from houndsight.records.naming import aware, checked_id, one_of

__all__ = ["SEXES", "SIZES", "Dog"]

SIZES = ("toy", "small", "medium", "large", "giant")
SEXES = ("female", "male")


@dataclass(frozen=True, slots=True)
class Dog:
    """A dog, as the people with him describe him.

    `born` is the day of birth, which may be told as one after he was `added`; `born_about` tells that it was reckoned from an age.
    `breed` is free text, a mix as it is called. `neutered` None: not told. `history` is whatever should be known of his life. `photo`
    is the SHA-256 of a picture that the diary keeps. `trashed` is when he was put in the trash.
    """

    id: str
    name: str
    added: datetime
    born: date | None = None
    born_about: bool = False
    size: str | None = None
    breed: str = ""
    sex: str | None = None
    neutered: bool | None = None
    history: str = ""
    photo: str | None = None
    trashed: datetime | None = None

    def __post_init__(self) -> None:
        checked_id(self.id, "id of a dog")
        if not self.name.strip():
            raise InputError("A dog needs a name.")
        aware(self.added, "adding a dog")
        one_of(self.size, SIZES, "size of a dog")
        one_of(self.sex, SEXES, "sex of a dog")

    def age(self, on: date) -> float | None:
        """His age in years on a day, or None when his birth is not known."""
        return None if self.born is None else (on - self.born).days / 365.25
