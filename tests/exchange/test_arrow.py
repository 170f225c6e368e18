from __future__ import annotations

import io
import sys
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.exchange.household import ALL, LEAN, PLAIN, REX, outgoing, written

from houndsight.errors import MissingExtra
from houndsight.exchange.arrow import GROUP
from houndsight.knowledge.base import Knowledge
from houndsight.records.action import Record
from houndsight.records.observation import Observation


def table(name: str, *records: Record) -> Any:
    raw = io.BytesIO(written(name, outgoing(records or ALL)))
    return parquet.read_table(raw) if name == "parquet" else pa.ipc.open_file(raw).read_all()


both = pytest.mark.parametrize("name", ["parquet", "arrow"])


@both
def test_a_moment_is_a_row_of_typed_columns(name: str) -> None:
    row = table(name).to_pylist()[0]
    assert (row["moment_id"], row["dog"], row["dog_id"], row["person"], row["logged_by"]) == (
        "moment-1",
        "Rex",
        "dog-rex",
        "Anna",
        "Ben",
    )
    assert (row["start"], row["end"]) == (LEAN.when.astimezone(UTC), LEAN.when + timedelta(minutes=2))
    assert (row["zone"], row["utc_offset_s"], row["text"]) == ("Europe/Berlin", 3600, LEAN.text)
    assert (row["rump"], row["arrival"], row["tail"]) == ("wiggles", "yes", None)
    assert dict(row["confidence"]) == {"rump": 0.624, "arrival": 1.0, "outcome": 1.0}
    assert dict(row["origin"]) == {"rump": "words", "arrival": "given", "outcome": "asked"}
    assert (row["severity"], row["knocked_over"], row["lean"]) == (1, False, True)
    assert row["tags"] == ["evening", "two, in one"]
    assert row["own"] == [{"name": "song", "value": "humming"}, {"name": "song", "value": "-5"}]


@both
def test_what_was_not_told_is_null(name: str) -> None:
    row = table(name).to_pylist()[1]
    assert [row[column] for column in ("end", "person", "severity", "knocked_over")] == [None] * 4
    assert (row["tags"], row["own"], row["confidence"]) == ([], [], [])


@both
def test_times_are_in_utc_and_cues_are_dictionaries(name: str, knowledge: Knowledge) -> None:
    schema = table(name).schema
    assert schema.field("start").type == pa.timestamp("us", "UTC")
    assert all(pa.types.is_dictionary(schema.field(cue).type) for cue in knowledge.vocabulary.cues)
    assert schema.field("tags").type.value_type == pa.string()


@both
def test_a_file_says_which_knowledge_and_which_schema_it_follows(name: str, knowledge: Knowledge) -> None:
    told = table(name).schema.metadata
    assert told[b"houndsight.knowledge"] == knowledge.label.encode()
    assert told[b"houndsight.schema"] == b"1"


@both
def test_cues_and_values_of_another_version_stand_apart(name: str) -> None:
    strange = replace(
        LEAN, cues=(Observation("whiskers", "forward"), Observation("rump", "sways", 0.5)), text="half \ud83d"
    )
    row = table(name, REX, strange).to_pylist()[0]
    assert (dict(row["other_cues"]), row["rump"]) == ({"whiskers": "forward", "rump": "sways"}, None)
    assert row["text"] == "half ?"


@both
def test_many_moments_are_written_in_groups(name: str) -> None:
    many = [replace(PLAIN, id=f"m{number}", cues=(Observation("rump", "still"),)) for number in range(GROUP + 1)]
    found = table(name, REX, *many)
    assert found.num_rows == GROUP + 1
    assert found.column("rump").combine_chunks().dictionary_decode().unique().to_pylist() == ["still"]


@both
def test_a_table_of_nothing_has_its_columns(name: str) -> None:
    assert table(name, REX).num_rows == 0


def test_the_groups_of_parquet_are_bounded() -> None:
    many = [replace(PLAIN, id=f"m{number}") for number in range(GROUP + 1)]
    assert parquet.ParquetFile(io.BytesIO(written("parquet", outgoing([REX, *many])))).num_row_groups == 2


@both
def test_without_the_extra_its_name_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"pip install 'houndsight\[arrow\]'"):
        written(name, outgoing())
