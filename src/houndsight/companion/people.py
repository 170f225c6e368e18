"""A person as the household tells of them: from options to the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from houndsight.companion.filling import checked_clear, emptied, filled
from houndsight.companion.when import fixed
from houndsight.records.naming import new_id
from houndsight.records.person import Person

__all__ = ["CLEARABLE_OF_A_PERSON", "PersonFacts", "changed_person", "new_person"]

CLEARABLE_OF_A_PERSON = ("role", "note")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What was told of a person; None leaves a field as it is, `clear` empties fields by name."""

    name: str | None = None
    role: str | None = None
    note: str | None = None
    clear: tuple[str, ...] = ()


def new_person(facts: PersonFacts, now: datetime) -> Person:
    """The person that was told of. Raises InputError when something of it cannot be."""
    return changed_person(Person(new_id(), (facts.name or "").strip(), fixed(now)), facts)


def changed_person(person: Person, facts: PersonFacts) -> Person:
    """The person with what was told. Raises InputError when something of it cannot be."""
    told = {
        "name": None if facts.name is None else facts.name.strip(),
        "role": None if facts.role is None else facts.role.strip().casefold(),
        "note": None if facts.note is None else facts.note.strip(),
    }
    return filled(emptied(person, checked_clear(facts.clear, CLEARABLE_OF_A_PERSON)), told)
