"""One reading, written out by hand, and the JSON that it becomes."""

from __future__ import annotations

from houndsight import Observation, Reading, as_json
from houndsight.records.reading import Advice, Counterfactual, Evidence, Flag, MotiveShare, Question

READING = Reading(
    id="m-1",
    knowledge="9.9.9+abcdef01",
    cues=(Observation("tail", "low", 0.87654321, "words", (3, 11)), Observation("onset", "sudden")),
    motives=(MotiveShare("security", 0.70000004, 0.5, 0.9), MotiveShare("physical", 0.29999996, 0.1, 0.5)),
    verdict="leaning",
    normal=False,
    evidence=(Evidence("tail", "low", "security", -3.14159265, "C", ("some2020",)),),
    counterfactual=Counterfactual("age", None, "senior", "physical", 0.5123456789, "If he was old, …"),
    question=Question("age", "How old is he?", 0.1234567, "meaning"),
    advice=(Advice(None, "Stay with him.", "He needs you."), Advice("stayed", "Stay where you are.", "It helps.")),
    avoid=(Advice("scolded", "Please do not scold him.", "It frightens him."),),
    flags=(Flag("rf_sudden", "soon", "vet", "Call a vet.", "It came suddenly.", ("other2019",)),),
    heard_lean=True,
)

FORM = {
    "schema": "houndsight/reading/1",
    "id": "m-1",
    "knowledge": "9.9.9+abcdef01",
    "cues": [
        {"cue": "tail", "value": "low", "confidence": 0.876543, "origin": "words", "span": [3, 11]},
        {"cue": "onset", "value": "sudden", "confidence": 1.0, "origin": "given", "span": None},
    ],
    "motives": [
        {"motive": "security", "p": 0.7, "low": 0.5, "high": 0.9},
        {"motive": "physical", "p": 0.3, "low": 0.1, "high": 0.5},
    ],
    "verdict": "leaning",
    "normal": False,
    "evidence": [
        {
            "cue": "tail", "value": "low", "motive": "security",
            "decibans": -3.141593, "grade": "C", "citations": ["some2020"],
        },
    ],
    "counterfactual": {
        "cue": "age", "value": None, "instead": "senior",
        "motive": "physical", "p": 0.512346, "words": "If he was old, …",
    },
    "question": {"cue": "age", "text": "How old is he?", "bits": 0.123457, "why": "meaning"},
    "advice": [
        {"response": None, "words": "Stay with him.", "because": "He needs you."},
        {"response": "stayed", "words": "Stay where you are.", "because": "It helps."},
    ],
    "avoid": [{"response": "scolded", "words": "Please do not scold him.", "because": "It frightens him."}],
    "flags": [
        {
            "id": "rf_sudden", "urgency": "soon", "who": "vet",
            "words": "Call a vet.", "because": "It came suddenly.", "citation": ["other2019"],
        },
    ],
    "heard_lean": True,
    "also": [],
}  # fmt: skip


def test_a_reading_becomes_exactly_this_json() -> None:
    assert as_json(READING) == FORM


def test_the_leader_is_the_first_motive() -> None:
    assert READING.leader.motive == "security"


def test_a_flag_for_a_vet_within_days_wants_a_professional() -> None:
    assert READING.wants_professional
