"""Whether this Houndsight can work with tables of some revision."""

from __future__ import annotations

from houndsight.diary.tables import SCHEMA
from houndsight.errors import DiaryFault

__all__ = ["checked_version"]


def checked_version(found: str | None, shown: str, head: str = SCHEMA) -> str | None:
    """The revision itself when it is `head`, an earlier one or None. Raises DiaryFault when it is newer, or no revision of a diary."""
    if found is None or (_numbered(found) and found <= head):
        return found
    if not _numbered(found):
        raise DiaryFault(
            f"{shown} is not a diary: its tables are of revision {found!r}, and those of a diary are numbered."
        )
    raise DiaryFault(
        f"The diary {shown} was written by a newer Houndsight: its tables are of revision {found}, and this one knows up to {head}. "
        "Update Houndsight and open it again; nothing in it was changed."
    )


def _numbered(found: str) -> bool:
    return len(found) == 4 and found.isdecimal()
