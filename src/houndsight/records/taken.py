"""What an import came to."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Taken"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a diary took from elsewhere, or would take in a dry run.

    `added` is (kind, how many) for each kind of record of which some are new; `trashed` are the ids of those that went to the trash,
    where their dog is. `same` counts records that were there already just so; `unchanged` are their ids.
    `differs` are the ids of records that were there with other content: the diary's own were left as they are.
    """

    added: tuple[tuple[str, int], ...] = ()
    same: int = 0
    differs: tuple[str, ...] = ()
    photos: int = 0
    dry_run: bool = False
    unchanged: tuple[str, ...] = ()
    trashed: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many records are new."""
        return sum(count for _, count in self.added)
