"""Houndsight: what a dog means when he leans on you, how sure that is and why, and what to do.

from houndsight import read
reading = read("He backed into my legs the second I came in")
reading.verdict, reading.leader.motive, reading.leader.p
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from houndsight.companion.companion import Companion, read
    from houndsight.errors import HoundsightError, InputError, KnowledgeError
    from houndsight.records.json_form import as_json
    from houndsight.records.observation import Observation
    from houndsight.records.reading import Reading

__all__ = [
    "Companion",
    "HoundsightError",
    "InputError",
    "KnowledgeError",
    "Observation",
    "Reading",
    "__version__",
    "as_json",
    "read",
]

__version__ = "0.1.0"

_HOMES = {
    "Companion": "houndsight.companion.companion",
    "HoundsightError": "houndsight.errors",
    "InputError": "houndsight.errors",
    "KnowledgeError": "houndsight.errors",
    "Observation": "houndsight.records.observation",
    "Reading": "houndsight.records.reading",
    "as_json": "houndsight.records.json_form",
    "read": "houndsight.companion.companion",
}


def __getattr__(name: str) -> Any:
    """Public names load at their first use, so that importing the package costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'houndsight' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_HOMES[name]), name)
