from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from tests.strategies import households

from houndsight.errors import InputError
from houndsight.records.action import Record
from houndsight.records.diary_form import KINDS, as_plain, from_plain, kind_of

DOG = {"kind": "dog", "id": "rex", "name": "Rex", "added": "2026-01-02T03:04:05+01:00"}


@given(households())
def test_every_record_comes_back_equal_from_its_plain_form(records: tuple[Record, ...]) -> None:
    assert tuple(from_plain(as_plain(one)) for one in records) == records


@given(households())
def test_the_plain_form_survives_json_with_the_offsets_of_its_times(records: tuple[Record, ...]) -> None:
    for one in records:
        form = as_plain(one)
        written = json.dumps(form, ensure_ascii=False)
        assert as_plain(from_plain(json.loads(written))) == form


@given(households())
def test_the_kind_of_a_record_is_that_of_its_class(records: tuple[Record, ...]) -> None:
    assert all(type(one) is KINDS[kind_of(one)] for one in records)


def test_a_field_that_has_its_default_is_left_out() -> None:
    assert as_plain(from_plain(DOG)) == DOG


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "cat"}, "kind of a record is 'cat'"),
        ({"kind": None}, "kind of a record is None"),
        ({"colour": "brown"}, "has the field 'colour'"),
        ({"added": "yesterday"}, "added cannot be 'yesterday'"),
        ({"added": "2026-01-02T03:04:05"}, "no time zone"),
        ({"born": 2020}, "born cannot be 2020"),
        ({"neutered": "yes"}, "neutered cannot be 'yes'"),
        ({"size": "huge"}, "can be: toy, small"),
        ({"id": "a b"}, "cannot be used"),
        ({"name": " "}, "needs a name"),
    ],
)
def test_a_form_that_is_none_is_refused_with_the_field(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        from_plain(DOG | change)


def test_a_missing_field_is_named() -> None:
    with pytest.raises(InputError, match="lacks its field 'name'"):
        from_plain({key: value for key, value in DOG.items() if key != "name"})
