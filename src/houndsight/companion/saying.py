"""When something was, and how old a dog is, as people say it; the words come from the wording files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from houndsight.records.dog import Dog

__all__ = ["Sayings"]

THIS_YEAR = timedelta(days=300)
"""A day that is longer ago is told with its year."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """Says times in the zone of `now`, with the sentences of the screens."""

    words: Mapping[str, str]
    now: datetime

    def time(self, at: datetime) -> str:
        """`today 08:10`, `yesterday 18:30`, `Mon 23 Nov 07:15`, `2025-03-01`."""
        local = at.astimezone(self.now.tzinfo)
        days = (self.now.date() - local.date()).days
        if days in (0, 1):
            return self._say("today" if days == 0 else "yesterday", local)
        return self._say("this_year" if timedelta() <= timedelta(days=days) < THIS_YEAR else "far", local)

    def exactly(self, at: datetime) -> str:
        """As `time`, and of a day long ago also the hour."""
        local = at.astimezone(self.now.tzinfo)
        near = 0 <= (self.now.date() - local.date()).days < THIS_YEAR.days
        return self.time(at) if near else self._say("exact", local)

    def lasting(self, begin: datetime, end: datetime | None) -> str:
        """`today 08:10 to 08:20`."""
        if end is None:
            return self.exactly(begin)
        local = end.astimezone(self.now.tzinfo)
        same = local.date() == begin.astimezone(self.now.tzinfo).date()
        return self.words["times.until"].format(
            begin=self.exactly(begin), end=f"{local:%H:%M}" if same else self.exactly(end)
        )

    def day(self, day: date) -> str:
        """`2019-05-01`."""
        return day.isoformat()

    def age(self, dog: Dog) -> str | None:
        """`7 years`, `about 4 months`, or None when his birth is not known."""
        years = dog.age(self.now.date())
        if years is None:
            return None
        unit, count = ("year", int(years + 0.02)) if years >= 1.95 else ("month", round(years * 12))
        told = self.words[f"dog.{unit}"] if count == 1 else self.words[f"dog.{unit}s"].format(count=count)
        return self.words["dog.about"].format(age=told) if dog.born_about else told

    def _say(self, key: str, local: datetime) -> str:
        weekdays, months = (self.words[f"times.{name}"].split() for name in ("weekdays", "months"))
        return self.words[f"times.{key}"].format(
            clock=f"{local:%H:%M}",
            weekday=weekdays[local.weekday()],
            day=local.day,
            month=months[local.month - 1],
            year=local.year,
            number=f"{local.month:02}",
            two=f"{local.day:02}",
        )
