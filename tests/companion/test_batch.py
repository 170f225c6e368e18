"""A batch: a line in, a line out, in order; a bad line is answered and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from houndsight import Companion, as_json
from houndsight.companion.batch import Answer, read_lines
from houndsight.records.json_form import schema_text

VALIDATOR = Draft202012Validator(json.loads(schema_text()))
GOOD = '{"id": "a", "cues": {"arrival": "yes"}}'
DEEP = "[" * 100_000

NAMELESS: dict[str, tuple[str | bytes, str]] = {
    "words": ("He leaned on me", "is not JSON"),
    "cut off": ('{"id": "a", "cues": {', "is not JSON"),
    "two objects": ('{"id": "a"} {"id": "b"}', "is not JSON"),
    "list": ('["a"]', "must be a JSON object"),
    "text": ('"a"', "must be a JSON object"),
    "number": ("7", "must be a JSON object"),
    "null": ("null", "must be a JSON object"),
    "no id": ('{"cues": {"arrival": "yes"}}', "needs an id"),
    "id null": ('{"id": null}', "needs an id"),
    "id true": ('{"id": true}', "needs an id"),
    "id fraction": ('{"id": 1.5}', "needs an id"),
    "id list": ('{"id": ["a"]}', "needs an id"),
    "id nan": ('{"id": NaN}', "needs an id"),
    "latin 1": ('{"id": "a", "text": "Ä"}'.encode("latin-1"), "is not UTF-8"),
    "zeros": (b"\x00\x00\x00", "is not"),
    "deep": (DEEP, "nested too deep"),
    "deep inside": ('{"id": "a", "cues": ' + '{"a":' * 100_000, "nested too deep"),
}
NAMED: dict[str, tuple[str, str]] = {
    "unknown key": ('{"id": "b", "cue": {"arrival": "yes"}}', "has the key 'cue'; the keys are id, text, cues, dog"),
    "unknown cue": ('{"id": "b", "cues": {"arival": "yes"}}', "no cue called 'arival'"),
    "unknown value": ('{"id": "b", "cues": {"arrival": "perhaps"}}', "no value 'perhaps'"),
    "text number": ('{"id": "b", "text": 7}', "text must be a text; it is a number"),
    "text list": ('{"id": "b", "text": ["He leaned"]}', "text must be a text; it is a list"),
    "dog number": ('{"id": "b", "dog": 7}', "dog must be a text"),
    "cues list": ('{"id": "b", "cues": ["arrival"]}', "cues must be an object"),
    "cues text": ('{"id": "b", "cues": "arrival=yes"}', "cues must be an object"),
    "value true": (
        '{"id": "b", "cues": {"arrival": true}}',
        "the value of arrival must be a text; it is true or false",
    ),
    "value list": ('{"id": "b", "cues": {"arrival": ["yes"]}}', "the value of arrival must be a text; it is a list"),
    "value left out": ('{"id": "b", "cues": {"arrival": {"confidence": 0.5}}}', "the value of arrival must be a text"),
}
CONFIDENCES = [
    "0",
    "-0.5",
    "2",
    "1.0001",
    "true",
    "null",
    '"1"',
    "[1]",
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "9" * 400,
]


def answers(companion: Companion, *lines: str | bytes) -> list[dict[str, Any]]:
    return [json.loads(answer.line) for answer in read_lines(companion, lines)]


def test_a_good_line_is_answered_with_its_reading(companion: Companion) -> None:
    (form,) = answers(companion, GOOD)
    reading = companion.read(given=companion.given([("arrival", "yes")]), id="a")
    assert form == json.loads(json.dumps(as_json(reading)))
    VALIDATOR.validate(form)


def test_answers_come_in_the_order_of_the_lines_with_their_ids(companion: Companion) -> None:
    lines = [json.dumps({"id": name, "cues": {"arrival": "yes"}}) for name in ("z", 7, "7", "", -1, "ä🐕", 10**30)]
    forms = answers(companion, *lines)
    assert [form["id"] for form in forms] == ["z", 7, "7", "", -1, "ä🐕", 10**30]
    assert all(VALIDATOR.is_valid(form) for form in forms)


def test_blank_lines_have_no_answer(companion: Companion) -> None:
    assert len(answers(companion, "", GOOD, "  \n", "\t\r\n", GOOD, b"\n")) == 2


def test_lines_may_be_bytes_or_text_with_or_without_their_ends(companion: Companion) -> None:
    first, *rest = answers(companion, GOOD, GOOD.encode(), f"{GOOD}\n", f"{GOOD}\r\n".encode())
    assert rest == [first, first, first]


@pytest.mark.parametrize(("line", "words"), NAMELESS.values(), ids=list(NAMELESS))
def test_a_line_without_a_name_is_answered_by_its_number(companion: Companion, line: str | bytes, words: str) -> None:
    before, bad, after = answers(companion, GOOD, line, GOOD)
    assert list(bad) == ["id", "error"]
    assert bad["id"] is None
    assert words in bad["error"]
    assert "line 2" in bad["error"]
    assert before == after


@pytest.mark.parametrize(("line", "words"), NAMED.values(), ids=list(NAMED))
def test_a_bad_line_with_a_name_is_answered_under_it(companion: Companion, line: str, words: str) -> None:
    before, bad, after = answers(companion, GOOD, line, GOOD)
    assert list(bad) == ["id", "error"]
    assert bad["id"] == "b"
    assert words in bad["error"]
    assert before == after


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_a_confidence_that_is_none_is_refused(companion: Companion, confidence: str) -> None:
    line = f'{{"id": "b", "cues": {{"tail": {{"value": "low", "confidence": {confidence}}}}}}}'
    (bad,) = answers(companion, line)
    assert "the confidence of tail must be above 0 and at most 1" in bad["error"]


def test_a_number_of_more_digits_than_python_reads_is_refused(companion: Companion) -> None:
    before, bad, after = answers(companion, GOOD, '{"id": ' + "9" * 5000 + "}", GOOD)
    assert list(bad) == ["id", "error"]
    assert before == after


def test_a_confidence_below_1_is_kept(companion: Companion) -> None:
    (form,) = answers(companion, '{"id": 1, "cues": {"tail": {"value": "low", "confidence": 0.25}}}')
    assert form["cues"] == [{"cue": "tail", "value": "low", "confidence": 0.25, "origin": "given", "span": None}]


def test_a_half_of_a_surrogate_pair_does_not_break_the_line(companion: Companion) -> None:
    (form,) = answers(companion, '{"id": "\\ud83d", "cues": {"arrival": "yes"}}')
    assert form["id"] == "\ud83d"


def test_a_line_says_whether_it_could_be_read(companion: Companion) -> None:
    assert [answer.good for answer in read_lines(companion, [GOOD, "[]", GOOD])] == [True, False, True]


def test_an_answer_is_one_line_of_finite_json(companion: Companion) -> None:
    (answer,) = read_lines(companion, ['{"id": "two\\nlines", "cues": {"arrival": "yes"}}'])
    assert "\n" not in answer.line
    assert json.loads(answer.line, parse_constant=pytest.fail)["id"] == "two\nlines"


def test_lines_are_taken_one_at_a_time(companion: Companion) -> None:
    taken: list[int] = []

    def endless() -> Iterator[str]:
        while True:
            taken.append(len(taken))
            yield GOOD

    stream = read_lines(companion, endless())
    first = [next(stream) for _ in range(3)]
    assert [type(answer) for answer in first] == [Answer] * 3
    assert taken == [0, 1, 2]


def test_a_line_with_words_is_read_as_words(companion: Companion) -> None:
    (form,) = answers(companion, '{"id": 1, "text": "He leaned on me when I came home.", "dog": "Rex"}')
    assert form["heard_lean"]
    assert "words" in {cue["origin"] for cue in form["cues"]}
