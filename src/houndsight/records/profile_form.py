"""A profile as JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from houndsight.records.profile import Profile

__all__ = ["SCHEMA", "profile_as_json"]

SCHEMA = "houndsight/profile/1"
"""Name and version of the form; the version rises when a key changes its meaning or goes."""

PLACES = 6


def profile_as_json(profile: Profile) -> dict[str, Any]:
    """The profile as plain values, keys named as the fields of `records/profile.py`; times are ISO 8601 in UTC."""
    return {"schema": SCHEMA, **_plain(asdict(profile))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return round(value, PLACES) if isinstance(value, float) else value
