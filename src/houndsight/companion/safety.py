"""Keeping a diary safe: a backup of it, bringing one back, and a look at its health."""

from __future__ import annotations

from pathlib import Path

from houndsight.companion.household import Household
from houndsight.diary.backup import backup, restore
from houndsight.diary.doctor import examine
from houndsight.diary.places import diary_place
from houndsight.records.symptom import Symptom

__all__ = ["Symptom", "backed_up", "brought_back", "examined", "present"]


def backed_up(household: Household, to: Path | None = None) -> Path:
    """Copies the diary to a file that is not there yet, or into a folder, and checks the copy; gives the file. Raises DiaryFault."""
    return backup(household.diary, to)


def brought_back(file: Path) -> Path | None:
    """Puts a backup in the diary's place; gives the file that the diary was kept in first, None when there was none."""
    return restore(file)


def present() -> Path | None:
    """The file of this user's diary, or None when there is none yet (or it is on a server)."""
    place = Path(diary_place())
    return place if place.is_file() else None


def examined() -> tuple[Symptom, ...]:
    """What there is to say of the diary's health; nothing is changed."""
    return examine()
