from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from tests.exchange.household import EVENING, NOW, PLAN, REX, TEST, outgoing, written

from houndsight.knowledge.base import Knowledge
from houndsight.records.action import Record
from houndsight.records.undertaking import Session


def calendar(*records: Record) -> bytes:
    return written("calendar", outgoing(records or (REX, TEST, PLAN)))


def events(*records: Record) -> list[Any]:
    return list(Calendar.from_ical(calendar(*records)).walk("VEVENT"))


def test_each_session_is_a_date_with_a_lasting_name() -> None:
    found = events()
    assert [str(event["UID"]) for event in found] == [
        "test-1-0@houndsight",
        "test-1-1@houndsight",
        "plan-1-0@houndsight",
    ]
    assert calendar() == calendar()


def test_a_date_is_in_utc_and_lasts_as_long_as_the_test(knowledge: Knowledge) -> None:
    minutes = next(test.minutes for test in knowledge.tests if test.id == "t_attention")
    assert minutes is not None
    event = events()[1]
    assert event.decoded("DTSTART") == (EVENING + timedelta(days=1)).astimezone(UTC)
    assert event.decoded("DTSTAMP") == NOW
    assert event.decoded("DURATION") == timedelta(minutes=minutes)
    assert b"DTSTART:20260228T173000Z\r\n" in calendar()


def test_a_date_names_the_dog_and_what_there_is_to_do(knowledge: Knowledge) -> None:
    _, control, step = events()
    words = knowledge.wording
    assert str(control["SUMMARY"]) == f"Rex: {words.tests['t_attention'].name}"
    assert words.tests["t_attention"].control in str(control["DESCRIPTION"])
    assert words.tests["t_attention"].stop in str(control["DESCRIPTION"])
    assert str(step["SUMMARY"]) == f"Rex: {words.plan['step_1'].name}"
    assert words.plan["step_1"].practice in str(step["DESCRIPTION"])


def test_a_session_that_is_due_reminds_and_one_that_was_done_is_marked() -> None:
    done, due, _ = events()
    assert str(done["SUMMARY"]).startswith("✓ Rex: ")
    assert done.walk("VALARM") == []
    (alarm,) = due.walk("VALARM")
    assert (str(alarm["ACTION"]), alarm.decoded("TRIGGER"), str(alarm["DESCRIPTION"])) == (
        "DISPLAY",
        timedelta(minutes=-15),
        str(due["SUMMARY"]),
    )


def test_what_is_over_keeps_only_what_was_done_and_the_trash_is_left_out() -> None:
    assert [str(event["UID"]) for event in events(REX, replace(TEST, ended=NOW))] == ["test-1-0@houndsight"]
    assert events(REX, replace(TEST, trashed=NOW), replace(PLAN, trashed=NOW)) == []


AWKWARD = "commas, semicolons; back\\slashes\nand \x00 lines, " + "long 🐕 " * 30


@pytest.fixture
def awkward() -> bytes:
    session = Session(EVENING, None, "test", note=AWKWARD)
    return calendar(replace(REX, name="Rex; the \ud83d 1st,\nof 2"), replace(TEST, sessions=(session,)))


def test_awkward_signs_come_back(awkward: bytes) -> None:
    (event,) = Calendar.from_ical(awkward).walk("VEVENT")
    assert str(event["SUMMARY"]).startswith("Rex; the ? 1st, of 2: ")
    assert AWKWARD.replace("\x00", "").strip() in str(event["DESCRIPTION"])


def test_awkward_signs_are_escaped_as_the_standard_asks(awkward: bytes) -> None:
    unfolded = awkward.replace(b"\r\n ", b"")
    assert rb"commas\, semicolons\; back\\slashes\nand " in unfolded
    assert b"SUMMARY:Rex\\; the ? 1st\\, of 2: " in unfolded


def test_lines_end_and_fold_as_the_standard_asks(awkward: bytes) -> None:
    lines = awkward.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert [line.decode() for line in lines[:2]] == ["BEGIN:VCALENDAR", "VERSION:2.0"]


def test_what_the_knowledge_does_not_name_is_called_as_it_was_kept() -> None:
    strange = replace(TEST, test="t_new", sessions=(Session(EVENING, None, "first"),))
    walk = replace(PLAN, plan="own_plan", step=77, sessions=(Session(EVENING),))
    assert [str(event["SUMMARY"]) for event in events(REX, strange, walk)] == ["Rex: t_new", "Rex: own_plan"]


def test_a_step_may_be_named_by_its_number_alone(knowledge: Knowledge) -> None:
    numbered = replace(PLAN, sessions=(Session(EVENING, None, "2"), Session(EVENING)))
    name = knowledge.wording.plan["step_2"].name
    assert [str(event["SUMMARY"]) for event in events(REX, numbered)] == [f"Rex: {name}"] * 2
