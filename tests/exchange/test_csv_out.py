from __future__ import annotations

import csv
import io
from dataclasses import replace

from tests.exchange.household import ALL, ANNA, LEAN, REX, outgoing, written

from houndsight.knowledge.base import Knowledge
from houndsight.records.action import Record
from houndsight.records.dog import Dog
from houndsight.records.observation import Observation


def rows(*records: Record) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written("csv", outgoing(records)).decode(), newline="")))


def test_the_columns_follow_the_vocabulary(knowledge: Knowledge) -> None:
    first = written("csv", outgoing()).split(b"\r\n")[0].decode()
    assert first.split(",") == [
        "moment_id", "dog", "person", "logged_by", "start", "end", "zone", "text", *knowledge.vocabulary.cues,
        "severity", "knocked_over", "note", "tags", "own:song", "lean", "logged", "details",
    ]  # fmt: skip


def test_a_moment_is_one_row_in_plain_words() -> None:
    row = rows(*ALL)[0]
    told = {name: cell for name, cell in row.items() if cell}
    details = told.pop("details")
    assert told == {
        "moment_id": "moment-1", "dog": "Rex", "person": "Anna", "logged_by": "Ben", "start": "2026-02-27T18:30:00+01:00",
        "end": "2026-02-27T18:32:00+01:00", "zone": "Europe/Berlin", "text": "He backed into my legs,\r\nwiggling.",
        "rump": "wiggles@0.62", "arrival": "yes", "outcome": "settled", "severity": "1", "knocked_over": "no", "note": "'=1+1",
        "tags": r"evening; two\, in one", "own:song": "humming; -5", "lean": "yes", "logged": "2026-02-27T18:35:00+01:00",
    }  # fmt: skip
    assert '["rump","wiggles",0.624,"words",24,32]' in details


def test_details_are_left_out_when_the_cells_tell_all() -> None:
    plain = replace(LEAN, cues=(Observation("arrival", "yes"), Observation("rump", "still", 0.5)), own=())
    assert rows(REX, plain)[0]["details"] == ""


def test_a_name_that_does_not_tell_who_it_is_gives_way_to_the_id() -> None:
    other = Dog("dog-2", "rex", REX.added)
    assert rows(REX, other, LEAN)[0]["dog"] == "dog-rex"
    assert rows(replace(REX, trashed=REX.added), LEAN)[0]["dog"] == "dog-rex"
    assert rows(REX, replace(other, name="dog-rex"), LEAN)[0]["dog"] == "Rex"
    assert rows(LEAN)[0]["dog"] == "dog-rex"


def test_a_cue_of_another_version_has_a_column_that_says_so() -> None:
    strange = replace(LEAN, cues=(Observation("whiskers", "forward"),))
    assert rows(REX, ANNA, strange)[0]["cue:whiskers"] == "forward"


def test_no_cell_of_a_row_is_a_formula() -> None:
    wicked = replace(LEAN, text="=cmd|' /C calc'!A0", note="@SUM(1)", tags=("+1",), own=())
    cells = rows(replace(REX, name="-Rex"), wicked)[0].values()
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_a_table_of_nothing_has_its_headings() -> None:
    assert written("csv", outgoing(())).count(b"\r\n") == 1
