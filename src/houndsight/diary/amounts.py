"""How much of something there is, in words."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["several", "some"]

PLURAL = {"person": "people"}
NAMED = 5
"""So many are named."""


def several(count: int, kind: str) -> str:
    """The number and the kind: `1 person`, `2,000 moments`."""
    return f"{count:,} {kind if count == 1 else PLURAL.get(kind, kind + 's')}"


def some(names: Iterable[str]) -> str:
    """The first few names, and how many more there are."""
    all_ = list(names)
    more = f" and {len(all_) - NAMED:,} more" if len(all_) > NAMED else ""
    return ", ".join(all_[:NAMED]) + more
