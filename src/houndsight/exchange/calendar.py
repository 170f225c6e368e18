"""iCalendar: the sessions of tests and plans as dates, for any calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO

from houndsight.exchange.protocol import Format, Home, Outgoing, Progress
from houndsight.knowledge.base import Knowledge
from houndsight.records.undertaking import HomeTest, Plan, Session

if TYPE_CHECKING:
    from icalendar import Alarm as Reminder

__all__ = ["CALENDAR", "write_calendar"]

LENGTH = timedelta(minutes=10)
"""How long a session lasts when the knowledge does not say: it does for tests."""

EARLIER = timedelta(minutes=15)
"""How long before a session the calendar reminds."""


def write_calendar(to: BinaryIO, outgoing: Outgoing, progress: Progress) -> int:
    """Writes a date for each session, and tells how many. What is in the trash has none; what is over keeps those that were done."""
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415  # slow to import, and for calendars alone

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Houndsight//Houndsight {outgoing.home.version}//EN")
    undertakings: tuple[HomeTest | Plan, ...] = (*outgoing.tests, *outgoing.plans)
    dates = [date for one in undertakings for date in _dates(one, outgoing.home)]
    for date in dates:
        event = Event()
        event.add("uid", date.uid)
        event.add("dtstamp", outgoing.home.now.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", date.begins)
        event.add("duration", date.lasts)
        event.add("summary", f"✓ {date.summary}" if date.done else date.summary)
        event.add("description", date.description)
        if date.done:
            event.add("transp", "TRANSPARENT")
        else:
            event.add_component(_alarm(Alarm(), date.summary))
        calendar.add_component(event)
    to.write(calendar.to_ical())
    progress(len(dates))
    return len(dates)


@dataclass(frozen=True, slots=True)
class _Date:
    """A session as a calendar shows it."""

    uid: str
    begins: datetime
    lasts: timedelta
    summary: str
    description: str
    done: bool


def _alarm(alarm: Reminder, summary: str) -> Reminder:
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -EARLIER)
    return alarm


def _dates(one: HomeTest | Plan, home: Home) -> Iterator[_Date]:
    if one.trashed is not None:
        return
    name = next((dog.name for dog in home.dogs if dog.id == one.dog), one.dog)
    lasts = _length(one, home.knowledge)
    for number, session in enumerate(one.sessions):
        if session.done is None and one.ended is not None:
            continue
        title, told = _words(one, session, home.knowledge)
        begins = session.due.astimezone(UTC).replace(microsecond=0)
        description = "\n".join(part for part in (*told, session.note) if part.strip())
        summary = _clean(f"{name}: {title}").replace("\n", " ")
        yield _Date(
            f"{one.id}-{number}@houndsight", begins, lasts, summary, _clean(description), session.done is not None
        )


def _length(one: HomeTest | Plan, knowledge: Knowledge) -> timedelta:
    tests = {test.id: timedelta(minutes=test.minutes) for test in knowledge.tests if test.minutes}
    return tests.get(one.test, LENGTH) if isinstance(one, HomeTest) else LENGTH


def _words(one: HomeTest | Plan, session: Session, knowledge: Knowledge) -> tuple[str, tuple[str, ...]]:
    """The title of a session, and what there is to do in it; what the knowledge does not name is called as it was kept."""
    if isinstance(one, HomeTest):
        test = knowledge.wording.tests.get(one.test)
        if test is None:
            return one.test, (session.condition,)
        return test.name, (
            {"test": test.test, "control": test.control}.get(session.condition, ""),
            test.measure,
            test.stop,
        )
    steps = knowledge.wording.plan
    step = steps.get(session.condition) or steps.get(f"step_{session.condition or one.step}")
    if step is None:
        return session.condition or one.plan, ()
    return step.name, (step.practice, step.criterion, step.child)


def _clean(text: str) -> str:
    """The text without signs that a calendar cannot hold."""
    plain = re.sub(r"\r\n?", "\n", text.encode("utf-8", "replace").decode())
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", plain)


CALENDAR = Format("calendar", (".ics",), write_calendar)
