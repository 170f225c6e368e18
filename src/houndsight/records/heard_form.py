"""What was heard as JSON: the form that `heard.schema.json` describes, for every sense of words."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

from houndsight.records.observation import Heard, Observation

__all__ = ["SCHEMA", "heard_as_json", "heard_schema_text"]

SCHEMA = "houndsight/heard/1"


@lru_cache(maxsize=1)
def heard_schema_text() -> str:
    """The JSON Schema of what was heard, as text."""
    return files("houndsight.records").joinpath("heard.schema.json").read_text("utf-8")


def heard_as_json(heard: Heard, text: str) -> dict[str, Any]:
    """What was heard in `text` as plain values, keys in the order of the schema."""
    return {
        "schema": SCHEMA,
        **_moment(heard, text),
        "further": [_moment(more, text) for more in heard.further],
        "notes": list(heard.notes),
    }


def _moment(heard: Heard, text: str) -> dict[str, Any]:
    return {"heard_lean": heard.heard_lean, "cues": [_cue(one, text) for one in heard.observations]}


def _cue(one: Observation, text: str) -> dict[str, Any]:
    span = None if one.span is None else list(one.span)
    words = None if one.span is None else text[one.span[0] : one.span[1]]
    return {"cue": one.cue, "value": one.value, "confidence": one.confidence, "words": words, "span": span}
