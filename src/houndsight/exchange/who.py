"""Dogs and people as a table names them: by name where that is plain, else by id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from houndsight.errors import InputError
from houndsight.records.dog import Dog
from houndsight.records.person import Person

__all__ = ["Found", "Register"]


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a cell names. `new` is the name of somebody who is not there yet, else ""."""

    id: str
    new: str = ""


class Register:
    """The dogs, or the people, of a household; the trash included. `what` is `dog` or `person`."""

    def __init__(self, what: str, records: Sequence[Dog] | Sequence[Person]) -> None:
        self.what = what
        self._by_id = {one.id: one for one in records}
        self._by_name: dict[str, list[Dog | Person]] = {}
        for one in records:
            self._by_name.setdefault(_plain(one.name), []).append(one)
        self._found: dict[str, Found] = {}

    def cell(self, id_: str | None) -> str:
        """The name, or the id when the name would not tell who it is; "" for nobody."""
        one = self._by_id.get(id_ or "")
        if one is None:
            return id_ or ""
        alone = len(self._by_name[_plain(one.name)]) == 1 and one.name.strip() not in self._by_id
        return one.name if alone and one.trashed is None and _whole(one.name) else one.id

    def named(self, cell: str) -> Found:
        """Who is meant. The id of somebody new comes from the name, so that it is the same in every file.

        Raises InputError when the name fits several, only somebody in the trash, or a dog who is there by whatever name. A person
        in the trash can be meant by the id: the moments with them stay.
        """
        if cell not in self._found:
            self._found[cell] = self._looked_up(cell)
        return self._found[cell]

    def _looked_up(self, cell: str) -> Found:
        made = f"{self.what[0]}-{hashlib.sha256(_plain(cell).encode('utf-8', 'replace')).hexdigest()[:16]}"
        named = self._by_name.get(_plain(cell), [])
        live = [one.id for one in named if one.trashed is None]
        if cell.strip() in self._by_id:
            return self._there(cell.strip())
        if len(live) == 1:
            return Found(live[0])
        if live:
            raise InputError(f"{cell!r:.60} is the name of more than one {self.what}; write the id: {', '.join(live)}.")
        if named:
            raise InputError(f"The {self.what} {cell!r:.60} is in the trash; take {named[0].id} out of it first.")
        return self._there(made) if made in self._by_id else Found(made, cell.strip())

    def _there(self, id_: str) -> Found:
        one = self._by_id[id_]
        if isinstance(one, Dog) and one.trashed is not None:
            raise InputError(f"The dog {one.name!r:.60} is in the trash; take {id_} out of it first.")
        return Found(id_)


def _whole(name: str) -> bool:
    """Whether a file of UTF-8 can hold it."""
    return name.encode("utf-8", "replace") == name.encode("utf-8", "surrogatepass")


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
