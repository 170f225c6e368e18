"""Readings as JSON: the form that `reading.schema.json` describes."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

from houndsight.records.effect import DialectEffect, Reason
from houndsight.records.observation import Observation
from houndsight.records.reading import SCHEMA, Advice, Counterfactual, Evidence, Flag, MotiveShare, Question, Reading

__all__ = ["as_json", "schema_text"]

PLACES = 6
"""Decimals of probabilities, bits and decibans: finer than any interval, and short to read."""


@lru_cache(maxsize=1)
def schema_text() -> str:
    """The JSON Schema of a reading, as text."""
    return files("houndsight.records").joinpath("reading.schema.json").read_text("utf-8")


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading as plain dicts, lists, strings and numbers, keys in the order of the schema; `notes` and `dialect` only where there are some."""
    form: dict[str, Any] = {
        "schema": SCHEMA,
        "id": reading.id,
        "knowledge": reading.knowledge,
        "cues": [_cue(o) for o in reading.cues],
        "motives": [_motive(m) for m in reading.motives],
        "verdict": reading.verdict,
        "normal": reading.normal,
        "evidence": [_evidence(e) for e in reading.evidence],
        "counterfactual": _counterfactual(reading.counterfactual),
        "question": _question(reading.question),
        "advice": [_advice(a) for a in reading.advice],
        "avoid": [_advice(a) for a in reading.avoid],
        "flags": [_flag(f) for f in reading.flags],
        "heard_lean": reading.heard_lean,
        "also": [as_json(more) for more in reading.also],
    }
    if reading.notes:
        form["notes"] = list(reading.notes)
    if reading.dialect is not None:
        form["dialect"] = _dialect(reading.dialect)
    return form


def _cue(o: Observation) -> dict[str, Any]:
    span = None if o.span is None else list(o.span)
    return {"cue": o.cue, "value": o.value, "confidence": round(o.confidence, PLACES), "origin": o.origin, "span": span}


def _motive(m: MotiveShare) -> dict[str, Any]:
    return {"motive": m.motive, "p": round(m.p, PLACES), "low": round(m.low, PLACES), "high": round(m.high, PLACES)}


def _evidence(e: Evidence) -> dict[str, Any]:
    return {
        "cue": e.cue,
        "value": e.value,
        "motive": e.motive,
        "decibans": round(e.decibans, PLACES),
        "grade": e.grade,
        "citations": list(e.citations),
    }


def _counterfactual(c: Counterfactual | None) -> dict[str, Any] | None:
    if c is None:
        return None
    return {
        "cue": c.cue, "value": c.value, "instead": c.instead, "motive": c.motive, "p": round(c.p, PLACES), "words": c.words,
    }  # fmt: skip


def _question(q: Question | None) -> dict[str, Any] | None:
    return None if q is None else {"cue": q.cue, "text": q.text, "bits": round(q.bits, PLACES), "why": q.why}


def _advice(a: Advice) -> dict[str, Any]:
    return {"response": a.response, "words": a.words, "because": a.because}


def _flag(f: Flag) -> dict[str, Any]:
    form: dict[str, Any] = {
        "id": f.id, "urgency": f.urgency, "who": f.who, "words": f.words, "because": f.because, "citation": list(f.citation),
    }  # fmt: skip
    return form | {"since": f.since, "ends": f.ends} if f.since else form


def _dialect(d: DialectEffect) -> dict[str, Any]:
    return {
        "dog": d.dog,
        "moments": d.moments,
        "motive": d.motive,
        "p": round(d.p, PLACES),
        "at_large": round(d.at_large, PLACES),
        "leader_at_large": d.leader_at_large,
        "words": d.words,
        "because": [_reason(reason) for reason in d.because],
        "facts": [_cue(o) for o in d.facts],
    }


def _reason(r: Reason) -> dict[str, Any]:
    decibans = None if r.decibans is None else round(r.decibans, PLACES)
    return {"words": r.words, "decibans": decibans, "times": r.times, "of": r.of}
