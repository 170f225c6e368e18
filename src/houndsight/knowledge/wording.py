"""Every sentence a person reads, by id, apart from the numbers. One folder a language; English is `wording/en`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = [
    "ClaimWords",
    "CueWords",
    "ExclusionWords",
    "FlagWords",
    "MotiveWords",
    "PlanWords",
    "QuestionWords",
    "ResponseWords",
    "TestWords",
    "ValueWords",
    "VetoWords",
    "Wording",
]


@dataclass(frozen=True, slots=True)
class MotiveWords:
    """A motive in words: `label` stands beside its bar, `meaning` is the headline, `maybe` fills "He may be …", the rest is for those who ask."""

    name: str
    label: str
    meaning: str
    maybe: str
    definition: str
    function: str
    attachment: str
    known: str
    unknown: str


@dataclass(frozen=True, slots=True)
class ValueWords:
    """A cue's value: `answer` answers the cue's question, `clause` is a whole clause in the past ("his tail was low")."""

    answer: str
    clause: str


@dataclass(frozen=True, slots=True)
class CueWords:
    """A cue: its short name, the question that asks for it, a note on how to look, and its values in words."""

    name: str
    question: str
    values: Mapping[str, ValueWords]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ResponseWords:
    """A response: `now` advises it for this moment, `avoid` advises against it, `plan` is its part in a plan; reasons by motive."""

    name: str
    now: str
    avoid: str
    because: Mapping[str, str]
    plan: str = ""


@dataclass(frozen=True, slots=True)
class FlagWords:
    """A flag: what to do and how soon, and the reason."""

    words: str
    because: str


@dataclass(frozen=True, slots=True)
class VetoWords:
    """A veto: what to do instead, the reason, the limits it sets, and, where a child is concerned, a sentence for the adult."""

    say: str
    because: str
    limits: str = ""
    adult: str = ""


@dataclass(frozen=True, slots=True)
class ExclusionWords:
    """An exclusion: why no test is offered, and what can be done instead."""

    say: str


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """A claim of folk wisdom in our own paraphrase, the evidence, and what can honestly be said."""

    claim: str
    evidence: str
    say: str


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """A question that owners ask, and its answer."""

    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class TestWords:
    """A test at home: what it is, when to leave it out, its two conditions, what is counted and what that shows, when to stop."""

    __test__ = False  # not a test case: pytest would collect the name

    name: str
    plain: str
    unless: str
    test: str
    control: str
    measure: str
    supports: str
    stop: str


@dataclass(frozen=True, slots=True)
class PlanWords:
    """A step of the plan for a lean that knocks people over."""

    name: str
    criterion: str
    practice: str
    push: str
    stick: str
    drop: str
    split: str
    child: str
    pay: str
    method: str
    maintenance: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """All sentences of one language, by the ids of the tables."""

    motives: Mapping[str, MotiveWords]
    cues: Mapping[str, CueWords]
    responses: Mapping[str, ResponseWords]
    flags: Mapping[str, FlagWords]
    vetoes: Mapping[str, VetoWords]
    claims: Mapping[str, ClaimWords]
    questions: Mapping[str, QuestionWords]
    exclusions: Mapping[str, ExclusionWords]
    tests: Mapping[str, TestWords]
    plan: Mapping[str, PlanWords]
    screen: Mapping[str, str]
