"""Many moments at once: a line in, a line out, in order; nothing is kept, so memory stays flat."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from houndsight.companion.companion import Companion
from houndsight.errors import HoundsightError, InputError
from houndsight.records.correction import Corrected
from houndsight.records.json_form import as_json
from houndsight.records.observation import Observation

if TYPE_CHECKING:
    from houndsight.companion.acquaintance import Acquaintance

__all__ = ["Answer", "Dogs", "read_lines"]

KEYS = ("id", "text", "cues", "dog")
ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(", ", ": ")).encode


@dataclass(frozen=True, slots=True)
class Answer:
    """The JSON line that answers one line of a batch, and whether that line could be read."""

    line: str
    good: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """A batch line, checked."""

    id: str | int
    text: str | None
    given: tuple[Observation, ...]
    removed: tuple[str, ...]
    dog: str | None


Dogs = Callable[[str], "Acquaintance | None"]
"""Dog -> what is known of him; raises InputError for one who is not known by that name."""


def read_lines(
    companion: Companion,
    lines: Iterable[str | bytes],
    keep: Callable[[Corrected], object] | None = None,
    dogs: Dogs | None = None,
) -> Iterator[Answer]:
    """One answer for each line that is not blank: the reading as JSON, or `{"id", "error"}` for a line that cannot be read.

    Cues that stand beside a text put right what was heard in it; `keep` is called with each such correction. With `dogs`, a line that
    names its dog is read by what is known of him.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(companion, number, line, keep, dogs)


def _answer(
    companion: Companion,
    number: int,
    line: str | bytes,
    keep: Callable[[Corrected], object] | None,
    dogs: Dogs | None,
) -> Answer:
    name: str | int | None = None
    try:
        raw = _parsed(number, line)
        name = raw["id"] if isinstance(raw.get("id"), str | int) and not isinstance(raw.get("id"), bool) else None
        told = _told(companion, number, raw, name)
        of = None if dogs is None or told.dog is None else dogs(told.dog)
        form = as_json(companion.read(told.text, told.given, removed=told.removed, id=str(told.id), of=of))
        if keep is not None and told.text is not None and (told.given or told.removed):
            from houndsight.companion.corrections import correction  # noqa: PLC0415  # most batches correct nothing

            made = correction(companion, told.text, told.given, told.removed)
            if made is not None:
                keep(made)
    except HoundsightError as error:
        return Answer(ENCODE({"id": name, "error": str(error)}), good=False)
    return Answer(ENCODE({**form, "id": told.id}), good=True)


def _parsed(number: int, line: str | bytes) -> Mapping[str, Any]:
    try:
        raw = json.loads(line)
    except UnicodeDecodeError as error:
        raise InputError(f"line {number} is not UTF-8 (byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise InputError(f"line {number} is not JSON: {error.msg} at column {error.colno}") from None
    except ValueError as error:  # a whole number of thousands of digits
        raise InputError(f"line {number} cannot be read: {error}") from None
    except RecursionError:
        raise InputError(f"line {number} is nested too deep") from None
    if not isinstance(raw, dict):
        raise InputError(f"line {number} must be a JSON object with an id, and text or cues; it is {_kind(raw)}")
    return raw


def _told(companion: Companion, number: int, raw: Mapping[str, Any], name: str | int | None) -> _Told:
    if name is None:
        raise InputError(f"line {number} needs an id that is a text or a whole number")
    for key in raw:
        if key not in KEYS:
            raise InputError(f"line {number} has the key {key!r}; the keys are {', '.join(KEYS)}")
    for key in ("text", "dog"):
        if not isinstance(raw.get(key), str | None):
            raise InputError(f"line {number}: {key} must be a text; it is {_kind(raw[key])}")
    cues = {} if raw.get("cues") is None else raw["cues"]
    if not isinstance(cues, dict):
        raise InputError(f'line {number}: cues must be an object such as {{"arrival": "yes"}}; it is {_kind(cues)}')
    given = tuple(_observation(companion, number, cue, value) for cue, value in cues.items() if value is not None)
    removed = tuple(companion.knowledge.cue(cue).id for cue, value in cues.items() if value is None)
    return _Told(name, raw.get("text"), given, removed, raw.get("dog"))


def _observation(companion: Companion, number: int, cue: str, value: object) -> Observation:
    """A cue's value, or an object with `value` and `confidence`."""
    confidence: object = 1.0
    if isinstance(value, dict):
        confidence, value = value.get("confidence", 1.0), value.get("value")
    if not isinstance(value, str):
        raise InputError(f"line {number}: the value of {cue} must be a text; it is {_kind(value)}")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 < confidence <= 1:
        raise InputError(f"line {number}: the confidence of {cue} must be above 0 and at most 1; it is {confidence!r}")
    companion.knowledge.checked(cue, value)
    return Observation(cue, value, float(confidence))


def _kind(value: object) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "null")
