"""When something was, as people say it: "10 min ago", "this morning", "last night", "monday 9am", "last week", or ISO 8601.

Words without a year, a day or an hour mean the latest time that fits and is not in the future. A day without an hour stands for its
noon, a part of a day for its usual hour; what would lie ahead of now by that stands for now. Times are those of the household's zone:
an hour that the clocks left out moves on by as much as they did, of an hour that came twice the first is meant.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from houndsight.companion.spoken_time import Clause, clause, duration, normal
from houndsight.errors import InputError

__all__ = ["Span", "fixed", "here", "span", "until", "when", "zone_name"]

EXAMPLES = "10 min ago, this morning, yesterday 18:30, monday 9am or 2026-03-01 08:30"
AHEAD = timedelta(minutes=2)
"""How far the clock of another device may run ahead."""

EARLIER = timedelta(hours=1)
"""How long ago "earlier" is."""

LONGEST_DAYS = 366
"""Days that a moment does not last."""

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
NOON = time(12)
SLEEP = 5
"""Before this hour "this evening" is the one that has just gone by."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time that words name. `begin` counts in, `end` does not; `at` is meant where one moment is wanted.

    A span of no length is a moment.
    """

    begin: datetime
    end: datetime
    at: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.end.astimezone(UTC) - self.begin.astimezone(UTC)


def here() -> datetime:
    """Now, in the household's zone: HOUNDSIGHT_ZONE, else that of this machine. Raises InputError for a zone that does not exist."""
    name = os.environ.get("HOUNDSIGHT_ZONE")
    if not name:
        from tzlocal import get_localzone_name  # noqa: PLC0415  # looks through files of the system

        name = get_localzone_name() or "UTC"
    try:
        return datetime.now(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(f"There is no time zone {name!r}. HOUNDSIGHT_ZONE names one, such as Europe/London.") from None


def zone_name(when: datetime) -> str:
    """The name of the zone that a time is told in: IANA, else its offset."""
    key: str | None = getattr(when.tzinfo, "key", None)
    offset = when.strftime("%z") or "+0000"
    return key or f"{offset[:3]}:{offset[3:5]}"


def fixed(when: datetime) -> datetime:
    """The same time with the offset that it has, without the rules of its zone: as it is kept."""
    return when.replace(tzinfo=timezone(when.utcoffset() or timedelta()), fold=0)


def when(words: str, now: datetime) -> datetime:
    """The moment that words name, with its offset. Raises InputError when they are not understood, too vague, or in the future."""
    found = span(words, now)
    if found.length > DAY + EARLIER:  # a day on which the clocks go back has 25 hours
        raise InputError(f"{words!r} is longer than a day. Name a day or a time, like: {EXAMPLES}.")
    return found.at


def until(words: str, begin: datetime, now: datetime) -> datetime:
    """When a moment that began at `begin` was over: "for 10 min", "10 min later", an hour of the clock after that, or a time of its own."""
    said = normal(words)
    told = said.removeprefix("for ").removesuffix(" later")
    lasts = duration(told)
    if lasts is not None and lasts.months == 0 and lasts.days < LONGEST_DAYS:
        return _not_ahead(words, fixed(begin + lasts.exact), now)
    parsed = clause(said)
    if parsed is None or parsed.clock is None or parsed.day is not None or parsed.weekday is not None:
        return when(words, now)
    days = (begin.astimezone(now.tzinfo).date() + DAY * more for more in (0, 1))
    ends = [_placed(datetime.combine(day, parsed.clock), now.tzinfo) for day in days]
    return _not_ahead(words, next(end for end in ends if end >= begin), now)


def span(words: str, now: datetime) -> Span:
    """The stretch of time that words name; `now` is a time in the household's zone.

    Raises InputError when they are not understood, and when all of it lies in the future.
    """
    found = _first(normal(words), now)
    if found is None:
        raise InputError(f"The time {words!r} was not understood. Write it like: {EXAMPLES}.")
    _not_ahead(words, found.begin, now)
    return Span(found.begin, found.end, min(found.at, fixed(now)))


def _first(said: str, now: datetime) -> Span | None:
    """What the first who understands the words makes of them."""
    try:
        return next(filter(None, (reads(said, now) for reads in (_now, _iso, _ago, _stretch, _spoken, _foreign))), None)
    except (OverflowError, ValueError):  # at the ends of the calendar
        return None


def _not_ahead(words: str, at: datetime, now: datetime) -> datetime:
    if at > now + AHEAD:
        raise InputError(
            f"The time {words!r} lies in the future: {at:%Y-%m-%d %H:%M}. A moment is kept once it has been."
        )
    return min(at, fixed(now))


def _placed(local: datetime, zone: tzinfo | None) -> datetime:
    """A time of the wall clock in a zone; one that the clocks left out moves on."""
    return fixed(local.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone))


def _moment(at: datetime) -> Span:
    return Span(at, at, at)


def _between(begin: datetime, end: datetime, at: datetime, now: datetime) -> Span:
    return Span(_placed(begin, now.tzinfo), _placed(end, now.tzinfo), _placed(at, now.tzinfo))


def _day(day: date, now: datetime) -> Span:
    begin = datetime.combine(day, time())
    return _between(begin, begin + DAY, datetime.combine(day, NOON), now)


def _now(said: str, now: datetime) -> Span | None:
    if said in ("now", "just now", "right now", "a moment ago", "moments ago"):
        return _moment(fixed(now))
    if said in ("earlier", "earlier on", "a while ago", "some time ago"):
        return _moment(fixed((now.astimezone(UTC) - EARLIER).astimezone(now.tzinfo)))
    if said == "earlier today":
        begin = datetime.combine(now.date(), time())
        return _moment(max(_placed(begin, now.tzinfo), fixed((now.astimezone(UTC) - EARLIER).astimezone(now.tzinfo))))
    return None


def _iso(said: str, now: datetime) -> Span | None:
    """ISO 8601: a day, a month, or a time with or without its offset."""
    if len(said) in (4, 7) and said[:4].isdecimal():
        year, month = int(said[:4]), said[5:7]
        if not 1900 <= year < 2200 or (month and not (said[4] == "-" and month.isdecimal() and 1 <= int(month) <= 12)):
            return None
        return _months(date(year, int(month or 1), 1), 1 if month else 12, now)
    try:
        told = datetime.fromisoformat(said.upper())
    except ValueError:
        return None
    if len(said) <= len("2026-03-01"):
        return _day(told.date(), now)
    return _moment(fixed(told) if told.tzinfo is not None else _placed(told, now.tzinfo))


def _ago(said: str, now: datetime) -> Span | None:
    """As in "10 min ago", "an hour and a half ago", "2 weeks ago"; days and longer keep the hour of the wall clock."""
    told = said.removesuffix(" ago").removesuffix(" earlier").removesuffix(" back")
    lasts = duration(told)
    if lasts is None or (told == said and lasts.days >= 1):
        return None
    if not lasts.whole_days:
        return _moment(fixed((now.astimezone(UTC) - lasts.exact).astimezone(now.tzinfo)))
    local = _months_before(now.replace(tzinfo=None), lasts.months) - lasts.exact
    return _moment(_placed(local, now.tzinfo))


def _stretch(said: str, now: datetime) -> Span | None:
    """As in "last week", "this month", "the last 10 days"."""
    today = now.date()
    monday = datetime.combine(today - timedelta(days=today.weekday()), time())
    if said in ("this week", "last week"):
        begin = monday if said == "this week" else monday - WEEK
        return _between(begin, begin + WEEK, begin, now)
    if said in ("this month", "last month"):
        first = today.replace(day=1)
        return _months(
            first if said == "this month" else _months_before(datetime.combine(first, time()), 1).date(), 1, now
        )
    if said in ("this year", "last year"):
        return _months(date(today.year - (said == "last year"), 1, 1), 12, now)
    if said in ("weekend", "last weekend"):
        begin = monday - 2 * DAY
        return _between(begin, begin + 2 * DAY, begin, now)
    told = said.removeprefix("last ").removeprefix("past ")
    lasts = duration(told) if told != said else None
    if lasts is None:
        return None
    begin = _months_before(now.replace(tzinfo=None), lasts.months) - lasts.exact
    return Span(_placed(begin, now.tzinfo), fixed(now), _placed(begin, now.tzinfo))


def _spoken(said: str, now: datetime) -> Span | None:
    """A day, a part of it, and a clock time, each of which may be left out."""
    told = clause(said)
    if told is None:
        return None
    if told.weekday is not None:
        back = (now.weekday() - told.weekday) % 7
        found = _told(told, now.date() - DAY * back, now)
        return (
            _told(told, now.date() - DAY * (back + 7), now)
            if found.begin > now or (told.before and back == 0)
            else found
        )
    found = _told(told, now.date() - DAY * (told.day or 0), now)
    clock_alone = told.day is None and told.part is None
    evening_gone = told.day == 0 and told.part is not None and now.hour < SLEEP
    return _told(told, now.date() - DAY, now) if found.begin > now and (clock_alone or evening_gone) else found


def _told(told: Clause, day: date, now: datetime) -> Span:
    if told.clock is not None:
        return _moment(_placed(datetime.combine(day + DAY * told.next_day, told.clock), now.tzinfo))
    if told.part is None:
        return _day(day, now)
    midnight = datetime.combine(day, time())
    begin, usual, end = (midnight + timedelta(hours=hours) for hours in told.part)
    return _between(begin, end, usual, now)


def _foreign(said: str, now: datetime) -> Span | None:
    """Whatever else dateparser knows: "3 March 8am", "12/03/2026" (the day first)."""
    if not re.search(r"[a-z]|\d\D+\d", said):  # a number alone
        return None
    from dateparser.date import DateDataParser  # noqa: PLC0415  # large, and needed for rare words only

    settings = {
        "PREFER_DATES_FROM": "past",
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "DATE_ORDER": "DMY",
        "RETURN_TIME_AS_PERIOD": True,
    }
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(said)
    local = found.date_obj
    if local is None or (found.period != "time" and re.search(r"\d:\d", said)):
        return None
    by_period: dict[str, Callable[[], Span | None]] = {
        "time": lambda: _moment(fixed(local) if local.tzinfo is not None else _placed(local, now.tzinfo)),
        "day": lambda: _day(local.date(), now),
        "week": lambda: _between(local, local + WEEK, local, now),
        "month": lambda: _months(local.date().replace(day=1), 1, now),
        "year": lambda: _months(date(local.year, 1, 1), 12, now),
    }
    return by_period.get(found.period, lambda: None)()


def _months(first: date, count: int, now: datetime) -> Span:
    begin = datetime.combine(first, time())
    beyond = (
        (begin + timedelta(days=31 * count + 1)).replace(day=1) if count == 1 else begin.replace(year=first.year + 1)
    )
    return _between(begin, beyond, begin, now)


def _months_before(local: datetime, months: int) -> datetime:
    """The same day so many months before, or the last day of that month when it is shorter."""
    year, month = divmod(local.year * 12 + local.month - 1 - months, 12)
    first = local.replace(year=year, month=month + 1, day=1)
    last = (first + timedelta(days=32)).replace(day=1) - DAY
    return first.replace(day=min(local.day, last.day))
