"""Times as people and programs write them in tables, and the zone that they are meant in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from houndsight.errors import InputError
from houndsight.records.zones import zone_called

__all__ = ["as_day", "as_length", "as_time", "as_when", "day_comes_first", "offset_name", "settled", "zone_of"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})")
_WORDS = re.compile(
    r"(?:[a-z]+,? )?(?:(\d{1,2})(?:st|nd|rd|th)?\.?[ -]([a-z]{3,9})\.?|([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?),?[ -](\d{4}|\d{2})"
)
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,6})\d*)?)?)?(?: ?([ap])\.?m\.?)?")
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?) ?(s|sec|secs|seconds?|m|min|mins|minutes?|h|hrs?|hours?)?")


def as_when(cell: str, day_first: bool | None) -> datetime:
    """Day and time of one cell; with a zone only when the cell tells one. Raises InputError when it is no time of a day."""
    given = " ".join(cell.split())
    try:
        read = datetime.fromisoformat(given)
    except ValueError:
        return _in_parts(given, day_first)
    if not re.search(r"\d[T ]\d", given):
        raise InputError(f"{given!r} tells the day and no time of the day, such as {given} 18:30.")
    return read


def _in_parts(given: str, day_first: bool | None) -> datetime:
    cut = re.fullmatch(r"(.*?\d)(?:,? |T)(?:at )?(\d{1,2}[:.h]\d{2}.*|\d{1,2} ?[apAP]\.?[mM]\.?)", given)
    if cut is None:
        raise InputError(f"{given!r:.60} is not a day with a time, such as 2026-03-01 18:30.")
    return datetime.combine(as_day(cut[1], day_first), as_time(cut[2]))


def as_day(cell: str, day_first: bool | None) -> date:
    """A day: 2026-03-01, 1.3.2026, 1 March 2026, and 01/03/2026 once `day_first` is known. Raises InputError."""
    given = " ".join(cell.split()).casefold()
    numbers, words = _NUMBERS.fullmatch(given), _WORDS.fullmatch(given)
    try:
        if numbers is not None:
            return _by_numbers(given, numbers, day_first)
        if words is not None:
            month = _MONTHS.index((words[2] or words[3])[:3]) + 1
            return date(_year(words[5]), month, int(words[1] or words[4]))
        return date.fromisoformat(given)
    except ValueError:
        raise InputError(f"{cell!r:.60} is not a day, such as 2026-03-01.") from None


def day_comes_first(cell: str) -> bool | None:
    """Whether the day stands before the month in such as 13/03/2026; None when the cell does not make it plain."""
    found = _NUMBERS.match(cell.strip())
    if found is None or len(found[1]) > 2 or found[2] == ".":
        return None
    first, second = int(found[1]), int(found[3])
    return (first > 12) if (first > 12) != (second > 12) else None


def _by_numbers(given: str, found: re.Match[str], day_first: bool | None) -> date:
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) > 2:
        return date(first, second, third)
    plain = True if found[2] == "." or first == second else day_comes_first(given)
    in_order = day_first if plain is None else plain
    if in_order is None:
        raise InputError(f"{given!r} can be read with the day first or with the month first; say which.")
    day, month = (first, second) if in_order else (second, first)
    return date(_year(found[4]), month, day)


def _year(given: str) -> int:
    return int(given) + (2000 if len(given) < 3 else 0)


def as_time(cell: str) -> time:
    """A time of day: 18:30, 18:30:05, 6.30 pm, 6 pm. Raises InputError."""
    given = " ".join(cell.split()).casefold()
    found = _TIME.fullmatch(given)
    if found is None or (found[2] is None and found[5] is None) or (found[5] and not 1 <= int(found[1]) <= 12):
        raise InputError(f"{cell!r:.60} is not a time of the day, such as 18:30.")
    hour = int(found[1]) % 12 + (12 if found[5] == "p" else 0) if found[5] else int(found[1])
    try:
        return time(hour, int(found[2] or 0), int(found[3] or 0), int((found[4] or "0").ljust(6, "0")))
    except ValueError:
        raise InputError(f"{cell!r:.60} is not a time of the day, such as 18:30.") from None


def as_length(cell: str) -> timedelta:
    """How long something lasted: 2 min, 90 s, 1.5 h, 0:45 (minutes and seconds); a bare number is minutes. Raises InputError."""
    given = " ".join(cell.split()).casefold()
    clock, found = re.fullmatch(r"(?:(\d+):)?(\d{1,3}):(\d\d)", given), _LENGTH.fullmatch(given)
    if clock is not None:
        return timedelta(hours=int(clock[1] or 0), minutes=int(clock[2]), seconds=int(clock[3]))
    if found is None:
        raise InputError(f"{cell!r:.60} is not a length of time, such as 2 min.")
    unit = {"s": "seconds", "m": "minutes", "h": "hours"}[(found[2] or "m")[0]]
    try:
        return timedelta(**{unit: float(found[1].replace(",", "."))})
    except OverflowError:
        raise InputError(f"{cell!r:.60} is longer than anything that is kept.") from None


def zone_of(name: str) -> tzinfo:
    """The zone called `name`: an IANA name, UTC, or an offset such as +02:00. Raises InputError."""
    zone = zone_called(name)
    if zone is None:
        raise InputError(f"There is no time zone {name!r:.60}. Write one such as Europe/Berlin or +01:00.")
    return zone


def settled(when: datetime, zone: str) -> datetime:
    """The time with its offset from UTC; one that tells none is meant in `zone`. An hour that comes twice is the first of the two."""
    aware = when if when.tzinfo is not None else when.replace(tzinfo=zone_of(zone))
    offset = aware.utcoffset()
    return aware.replace(tzinfo=UTC if not offset else timezone(offset))


def offset_name(when: datetime) -> str:
    """The offset of a time as the name of a zone: `UTC`, `+02:00`."""
    offset = when.utcoffset()
    return (
        when.isoformat()[-6:] if offset and not offset.seconds % 60 else ("UTC" if not offset else str(when.tzinfo)[3:])
    )
