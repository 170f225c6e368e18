"""A person with the dog."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from houndsight.errors import InputError
from houndsight.records.naming import aware, checked_id, one_of

__all__ = ["ROLES", "Person"]

ROLES = ("household", "carer", "visitor")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is leaned on or who logs: of the `household`, a `carer` (walker, sitter, trainer) or a `visitor`."""

    id: str
    name: str
    added: datetime
    role: str = "household"
    note: str = ""
    trashed: datetime | None = None

    def __post_init__(self) -> None:
        checked_id(self.id, "id of a person")
        if not self.name.strip():
            raise InputError("A person needs a name.")
        aware(self.added, "adding a person")
        one_of(self.role, ROLES, "role of a person")
