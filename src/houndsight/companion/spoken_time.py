"""How long, which day, which hour, in English words; nothing here looks at a clock or a calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta

__all__ = ["Clause", "Duration", "clause", "duration", "normal"]

NUMBERS = {
    "zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0,
    "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0,
    "several": 5.0,
}  # fmt: skip
SHARES = {"half": 0.5, "quarter": 0.25, "quarters": 0.25, "couple": 2.0, "few": 3.0, "dozen": 12.0}
SECONDS = {"s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60,
           "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600}  # fmt: skip
DAYS = {
    "d": 1,
    "day": 1,
    "days": 1,
    "night": 1,
    "nights": 1,
    "w": 7,
    "wk": 7,
    "week": 7,
    "weeks": 7,
    "fortnight": 14,
    "fortnights": 14,
}
MONTHS = {"month": 1, "months": 1, "year": 12, "years": 12, "yr": 12, "yrs": 12}
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: whole months, then days, then seconds."""

    months: int = 0
    days: float = 0.0
    seconds: float = 0.0

    @property
    def exact(self) -> timedelta:
        """All of it but the months."""
        return timedelta(days=self.days, seconds=self.seconds)

    @property
    def whole_days(self) -> bool:
        """Whether it is told in days or longer, so that the hour of the day stays."""
        return (self.months > 0 or self.days >= 1) and self.seconds == 0 and self.days == int(self.days)


@dataclass(frozen=True, slots=True)
class Clause:
    """What was said of a time: `day` days before today, or a weekday (0 is Monday), a part of the day, the hour of the clock.

    `part` is begin, usual hour and end in hours after midnight. `before`: the weekday is not today. `next_day`: the hour belongs to
    the day after, as in "last night 2am".
    """

    day: int | None = None
    weekday: int | None = None
    before: bool = False
    part: tuple[float, float, float] | None = None
    clock: time | None = None
    next_day: bool = False


def normal(words: str) -> str:
    """The words in small letters, without what says nothing."""
    said = " ".join(words.casefold().replace(",", " ").replace("’", "'").split()).strip(" .!")
    said = re.sub(r"\b(a\.m\.|p\.m\.|a\.m|p\.m)(?=\s|$)", lambda m: m[0].replace(".", ""), said)
    said = re.sub(r"\b(about|around|roughly|approximately|approx|circa|maybe|some(?= \d))\b ?", "", said)
    return re.sub(r"^((the|since|from) |in (?=[a-z]{3,}))+", "", said.strip())


def duration(said: str) -> Duration | None:
    """How long, or None when the words say something else: "10 min", "1h30", "an hour and a half", "three quarters of an hour"."""
    tokens = re.findall(r"\d+(?:\.\d+)?|[a-z]+|\S", said)
    total = _Total()
    return total.made() if tokens and all(map(total.takes, tokens)) else None


class _Total:
    """Adds up a length of time, word by word."""

    def __init__(self) -> None:
        self.months = self.days = self.seconds = self.carried = 0.0
        self.amount: float | None = None
        self.shared = False
        self.last = ""

    def takes(self, token: str) -> bool:
        """Whether the word belongs to a length of time, which it is then added to."""
        if token in ("of", "a", "an", "and", "just", "over", "under", "nearly", "almost", "ago", "good"):
            self._joint(token)
        elif token in SHARES:
            self.amount, self.shared = (1.0 if self.amount is None else self.amount) * SHARES[token], True
        elif token[0].isdecimal() or token in NUMBERS:
            if self.amount is not None:
                return False
            self.amount, self.shared = float(token) if token[0].isdecimal() else NUMBERS[token], False
        else:
            return self._unit(token)
        return token != "ago"  # noqa: S105  # a word, and no secret

    def _joint(self, token: str) -> None:
        if token in ("a", "an") and self.amount is None:
            self.amount = 1.0
        elif token == "and" and self.amount is not None:  # noqa: S105
            self.carried, self.amount = self.carried + self.amount, None

    def _unit(self, token: str) -> bool:
        if (
            self.amount is None
            and not self.carried
            and token not in ("fortnight", "week", "month", "year", "day", "hour")
        ):
            return False
        amount = self.carried + (self.amount if self.amount is not None else 0.0 if self.carried else 1.0)
        if not self._add(amount, token):
            return False
        self.amount, self.carried, self.last = None, 0.0, token
        return True

    def _add(self, amount: float, unit: str) -> bool:
        if unit in SECONDS:
            self.seconds += amount * SECONDS[unit]
        elif unit in DAYS:
            self.days += amount * DAYS[unit]
        elif unit in MONTHS:
            self.months += amount * MONTHS[unit]
        else:
            return False
        return True

    def made(self) -> Duration | None:
        """The length, or None when words were left hanging."""
        if self.amount is not None:
            minutes = not self.shared and SECONDS.get(self.last) == HOUR
            if not (minutes or (self.shared and self.last)) or not self._add(
                self.amount, "min" if minutes else self.last
            ):
                return None
        if not self.last or max(self.months / 12, self.days / 365, self.seconds / HOUR / 8766) > 200:
            return None
        whole = int(self.months)
        return Duration(whole, self.days + round((self.months - whole) * 30), self.seconds)


PARTS: dict[str, tuple[float, float, float]] = {
    "early morning": (0, 6, 9), "morning": (0, 8, 12), "breakfast": (5, 8, 11), "noon": (12, 12, 12), "midday": (12, 12, 12),
    "lunchtime": (11, 12.5, 15), "lunch": (11, 12.5, 15), "early afternoon": (12, 13, 15), "late afternoon": (15, 17, 18),
    "afternoon": (12, 15, 18), "teatime": (15, 17, 19), "early evening": (17, 18, 20), "late evening": (20, 22, 24),
    "evening": (17, 19, 24), "dinner": (17, 18.5, 22), "supper": (17, 18.5, 22), "bedtime": (20, 22.5, 24),
    "midnight": (0, 0, 0), "night": (18, 22, 30),
}  # fmt: skip
SMALL_HOURS = (0.0, 3.0, 6.0)
"""What "in the night" of a day is when it is not told which night."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FILLERS = re.compile(r"\b(at|on|in|the|of|during|o'clock|oclock|time|this)\b")
DAY_WORDS = {"today": 0, "yesterday": 1, "day before yesterday": 2}
CLOCK = re.compile(
    r"(?P<at>\bat )?\b(?P<hour>\d{1,2})(?:(?:[:.]|(?<=\d)h(?=\d))(?P<minute>\d{2}))?(?: ?(?P<half>am|pm)\b)?(?P<oclock> o'?clock)?(?![\w/:-])"
)
PAST = re.compile(
    r"\b(?P<much>half|quarter|(?:\d{1,2}|[a-z]+)(?: minutes?| mins?)?) (?P<way>past|to|before|after) (?P<hour>\d{1,2}|[a-z]+)(?: ?(?P<half>am|pm))?\b"
)


def clause(said: str) -> Clause | None:
    """The day, part and hour that were said; None when something else was said as well, or none of them."""
    rest, day, tonight = _day_words(said)
    rest, weekday, before = _weekday(rest)
    rest, part = _part(rest)
    rest, clock, told_half = _clock(rest, beside=rest != said or part is not None)
    if FILLERS.sub("", rest).strip() or (day is None and weekday is None and clock is None and part is None):
        return None
    part = PARTS["night"] if tonight else part
    if day is None and weekday is None and part == PARTS["night"] and not tonight:
        part = SMALL_HOURS  # "in the night"
    if clock is not None and part is not None and not told_half:
        clock = _by_part(clock, part)
    next_day = clock is not None and part == PARTS["night"] and clock.hour < 7
    return Clause(day, weekday, before, part, clock, next_day)


def _day_words(said: str) -> tuple[str, int | None, bool]:
    """What is left, how many days back, and whether the night is meant."""
    for words, day in (("tonight", 0), ("last night", 1), ("overnight", 1)):
        if re.search(rf"\b{words}\b", said):
            return re.sub(rf"\b{words}\b", "", said), day, True
    said = re.sub(r"\blast (?=evening|afternoon|morning)", "yesterday ", said)
    for words in sorted(DAY_WORDS, key=len, reverse=True):
        if re.search(rf"\b{words}\b", said):
            return re.sub(rf"\b(the )?{words}\b", "", said), DAY_WORDS[words], False
    today = re.match(r"this (?!mon|tue|wed|thu|fri|sat|sun)", said)
    return said, 0 if today else None, False


def _weekday(said: str) -> tuple[str, int | None, bool]:
    found = re.search(
        r"\b(?P<last>last |past )?(?P<name>mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?P<long>day|sday|nesday|rsday|urday)?\b",
        said,
    )
    if found is None or found["name"] + (found["long"] or "") not in (found["name"], *WEEKDAYS):
        return said, None, False
    number = next(n for n, name in enumerate(WEEKDAYS) if name.startswith(found["name"][:3]))
    return said[: found.start()] + said[found.end() :], number, found["last"] is not None


def _part(said: str) -> tuple[str, tuple[float, float, float] | None]:
    for name in sorted(PARTS, key=len, reverse=True):
        if re.search(rf"\b{name}\b", said):
            return re.sub(rf"\b{name}\b", "", said), PARTS[name]
    return said, None


def _clock(said: str, *, beside: bool) -> tuple[str, time | None, bool]:
    """What is left, the hour of the clock, and whether morning or afternoon was told with it.

    A bare number is an hour when it stands `beside` a day or a part of it, as in "yesterday 8".
    """
    found = PAST.search(said)
    if found is not None and (told := _spelt(found)) is not None:
        return said[: found.start()] + said[found.end() :], told, found["half"] is not None
    found = CLOCK.search(said)
    if found is None or not (found["minute"] or found["half"] or found["at"] or found["oclock"] or beside):
        return said, None, False
    hour = _hour(int(found["hour"]), found["half"])
    minute = int(found["minute"] or 0)
    if hour is None or minute > 59:
        return said, None, False
    sure = found["half"] is not None or int(found["hour"]) > 12 or found["hour"].startswith("0")
    return said[: found.start()] + said[found.end() :], time(hour, minute), sure


def _spelt(found: re.Match[str]) -> time | None:
    """As in "half past seven", "quarter to 8", "ten past six"."""
    hour = _hour(_number(found["hour"]), found["half"])
    much = {"half": 30, "quarter": 15}.get(found["much"], _number(found["much"].split()[0]))
    if hour is None or much is None or much > 59:
        return None
    minutes = hour * 60 + (much if found["way"] in ("past", "after") else -much)
    return time(*divmod(minutes % (24 * 60), 60))


def _number(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    return int(NUMBERS[word]) if word in NUMBERS else None


def _hour(hour: int | None, half: str | None) -> int | None:
    if hour is None or hour > (12 if half else 24) or (half and hour == 0):
        return None
    return (hour % 12 + 12 * (half == "pm")) if half else hour % 24


def _by_part(clock: time, part: tuple[float, float, float]) -> time:
    """The hour that is meant: "7 in the evening" is 19:00; "2 in the night" stays 02:00."""
    later = clock.hour + 12
    evening = (
        part[0] >= 12
        and clock.hour < 12
        and later < min(part[2], 24)
        and not (part == PARTS["night"] and clock.hour < 6)
    )
    return clock.replace(hour=later) if evening else clock
