"""Where a diary is: a file of this user, or a PostgreSQL database."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

__all__ = ["data_folder", "diary_place"]


def data_folder() -> Path:
    """The folder for what Houndsight keeps: HOUNDSIGHT_DATA, or the platform's data folder of this user."""
    return Path(os.environ["HOUNDSIGHT_DATA"]) if os.environ.get("HOUNDSIGHT_DATA") else user_data_path("houndsight")


def diary_place() -> str:
    """Where this user's diary is: HOUNDSIGHT_DIARY (a path or a postgresql:// URL), or `diary.sqlite3` in the data folder."""
    return os.environ.get("HOUNDSIGHT_DIARY") or str(data_folder() / "diary.sqlite3")
