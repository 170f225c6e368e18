"""Time zones by the names that records tell them by."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["zone_called"]

OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?(?::(\d{2}))?")


@lru_cache(maxsize=64)
def zone_called(name: str) -> tzinfo | None:
    """The zone called `name`: an IANA name, UTC, or an offset such as +02:00; None when this machine knows none of that name."""
    offset = OFFSET.fullmatch(name.strip())
    if offset is not None:
        length = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0), seconds=int(offset[4] or 0))
        if length < timedelta(hours=24):
            return timezone(length if offset[1] == "+" else -length)
    elif name.strip().upper() in ("UTC", "Z", "GMT"):
        return UTC
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
