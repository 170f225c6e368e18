"""Finds what a name means and explains it: a motive, a cue or its value, a flag, a veto, a response, a claim, a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from houndsight.companion import passages
from houndsight.companion.explanation import Explanation
from houndsight.errors import InputError, nearest
from houndsight.knowledge.base import Knowledge

__all__ = ["explain", "names"]


def names(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Kind -> the ids that can be explained."""
    return {
        "motive": knowledge.motives,
        "cue": tuple(knowledge.vocabulary.cues),
        "flag": tuple(flag.id for flag in knowledge.flags),
        "veto": tuple(veto.id for veto in knowledge.vetoes),
        "response": knowledge.responses,
        "test": tuple(test.id for test in knowledge.tests),
        "claim": tuple(knowledge.claims),
        "question": tuple(knowledge.owner_questions),
    }


def explain(knowledge: Knowledge, name: str) -> tuple[Explanation, ...]:
    """What is known about `name`; several when it names several things (scratch is a motive and a belief).

    A name that is no id is looked for in the claims and in the questions that owners ask. Raises InputError with the
    nearest names when nothing is found.
    """
    wanted = name.strip()
    cue, _, value = wanted.partition("=")
    if value:
        knowledge.checked(cue, value)
        return (passages.about_cue_value(knowledge, cue, value),)
    key = wanted.casefold().replace(" ", "_").replace("-", "_")
    known = names(knowledge)
    found = [
        _EXPLAIN[kind](knowledge, i)
        for kind, ids in known.items()
        for i in ids
        if i.casefold() in (key, f"rf_{key}", f"t_{key}", f"q_{key}")
    ]
    found = found or list(_search(knowledge, wanted.casefold()))
    if not found:
        every = [i for ids in known.values() for i in ids]
        raise InputError(
            f"Nothing is called {name!r}.{nearest(key, every)} `houndsight knowledge show` lists what can be explained."
        )
    return tuple(found)


def _search(knowledge: Knowledge, word: str) -> Iterator[Explanation]:
    """Claims and owners' questions that hold the word."""
    if len(word) < 3:
        return
    for i, claim in knowledge.wording.claims.items():
        if word in f"{claim.claim} {claim.evidence} {claim.say}".casefold():
            yield passages.about_claim(knowledge, i)
    for i, question in knowledge.wording.questions.items():
        if word in f"{question.ask} {question.answer}".casefold():
            yield passages.about_question(knowledge, i)


_EXPLAIN: dict[str, Callable[[Knowledge, str], Explanation]] = {
    "motive": passages.about_motive,
    "cue": passages.about_cue,
    "flag": passages.about_flag,
    "veto": passages.about_veto,
    "response": passages.about_response,
    "test": passages.about_test,
    "claim": passages.about_claim,
    "question": passages.about_question,
}
