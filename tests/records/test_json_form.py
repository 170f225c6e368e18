"""The JSON form of a reading keeps to its published schema, whatever was told."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from houndsight import Companion, Observation, Reading, as_json
from houndsight.knowledge.load import load
from houndsight.records.json_form import schema_text
from houndsight.records.reading import SCHEMA

KEYS = [
    "schema", "id", "knowledge", "cues", "motives", "verdict", "normal", "evidence",
    "counterfactual", "question", "advice", "avoid", "flags", "heard_lean", "also",
]  # fmt: skip
VALIDATOR = Draft202012Validator(json.loads(schema_text()))
PAIRS = [(cue.id, value) for cue in load().vocabulary.cues.values() for value in cue.values]

observations = st.builds(
    lambda pair, confidence, origin: Observation(pair[0], pair[1], confidence, origin),
    st.sampled_from(PAIRS),
    st.floats(0.01, 1.0) | st.just(1.0),
    st.sampled_from(["given", "asked", "words"]),
)
moments = st.lists(observations, max_size=14, unique_by=lambda o: o.cue)
many = settings(derandomize=True, deadline=None, max_examples=80)


def test_the_schema_is_a_valid_schema_and_names_its_version() -> None:
    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    assert schema["$defs"]["reading"]["properties"]["schema"]["const"] == SCHEMA


@many
@given(moments)
def test_every_reading_keeps_to_the_schema(companion: Companion, told: list[Observation]) -> None:
    form = as_json(companion.read(given=told))
    VALIDATOR.validate(json.loads(json.dumps(form, allow_nan=False)))


@many
@given(moments)
def test_keys_stand_in_the_agreed_order(companion: Companion, told: list[Observation]) -> None:
    assert list(as_json(companion.read(given=told))) == KEYS


@many
@given(moments)
def test_chances_sum_to_1_and_lie_within_their_ranges(companion: Companion, told: list[Observation]) -> None:
    motives = as_json(companion.read(given=told))["motives"]
    assert abs(sum(m["p"] for m in motives) - 1) < 1e-4
    assert all(0 <= m["low"] <= m["p"] <= m["high"] <= 1 for m in motives)
    assert [m["p"] for m in motives] == sorted((m["p"] for m in motives), reverse=True)


@many
@given(moments)
def test_the_cues_come_back_as_they_were_told(companion: Companion, told: list[Observation]) -> None:
    cues = as_json(companion.read(given=told))["cues"]
    assert {(c["cue"], c["value"], c["origin"]) for c in cues} == {(o.cue, o.value, o.origin) for o in told}


def test_each_required_key_is_missed_when_it_is_gone(reading: Reading) -> None:
    form = as_json(reading)
    for key in KEYS:
        with pytest.raises(ValidationError, match=key):
            VALIDATOR.validate({k: v for k, v in form.items() if k != key})


@pytest.mark.parametrize(
    ("key", "wrong"),
    [("verdict", "certain"), ("normal", "yes"), ("motives", []), ("schema", "houndsight/reading/0"), ("also", [{}])],
)
def test_a_wrong_value_does_not_keep_to_the_schema(reading: Reading, key: str, wrong: object) -> None:
    assert not VALIDATOR.is_valid({**as_json(reading), key: wrong})


def test_further_moments_are_whole_readings(reading: Reading) -> None:
    form = as_json(replace(reading, also=(reading, reading)))
    VALIDATOR.validate(form)
    assert [list(more) for more in form["also"]] == [KEYS, KEYS]


def test_a_span_becomes_a_pair_and_no_span_is_null(reading: Reading) -> None:
    told = (Observation("tail", "low", 0.8, "words", (3, 11)), Observation("part", "side"))
    form = as_json(replace(reading, cues=told))
    VALIDATOR.validate(form)
    assert [cue["span"] for cue in form["cues"]] == [[3, 11], None]


def test_a_reading_without_question_and_turn_says_null(reading: Reading) -> None:
    form = as_json(replace(reading, question=None, counterfactual=None))
    VALIDATOR.validate(form)
    assert (form["question"], form["counterfactual"]) == (None, None)
