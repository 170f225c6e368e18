"""Finds what a name means and explains it: a motive, a cue or its value, a flag, a claim, a step of the plan, and so on."""

from __future__ import annotations

from collections.abc import Iterator

from houndsight.companion.explanation import Explanation
from houndsight.companion.passages import Passages
from houndsight.errors import InputError, nearest
from houndsight.knowledge.base import Knowledge

__all__ = ["explain", "names"]

PREFIXES = ("", "rf_", "t_", "q_")
"""What may be left off an id: `growl` finds the flag `rf_growl`."""


def names(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Kind -> the ids that can be explained."""
    return {
        "motive": knowledge.motives,
        "cue": tuple(knowledge.vocabulary.cues),
        "flag": tuple(flag.id for flag in knowledge.flags),
        "veto": tuple(veto.id for veto in knowledge.vetoes),
        "response": knowledge.responses,
        "test": tuple(test.id for test in knowledge.tests),
        "step": tuple(step.id for step in knowledge.plan),
        "claim": tuple(knowledge.claims),
        "question": tuple(knowledge.owner_questions),
    }


def explain(knowledge: Knowledge, name: str) -> tuple[Explanation, ...]:
    """What is known about `name`; several when it names several things (scratch is a motive and a test).

    `plan` names all steps of the plan. A name that is no id is looked for in the claims and in the questions that owners
    ask. Raises InputError with the nearest names when nothing is found.
    """
    wanted, passages = name.strip(), Passages(knowledge)
    cue, _, value = wanted.partition("=")
    if value:
        return (passages.value(*knowledge.checked(cue, value)),)
    key, known = wanted.casefold().replace(" ", "_").replace("-", "_"), names(knowledge)
    if key == "plan":
        return tuple(map(passages.step, known["step"]))
    spelt = {prefix + key for prefix in PREFIXES}
    found = [getattr(passages, kind)(i) for kind, ids in known.items() for i in ids if i.casefold() in spelt]
    found = found or list(_search(passages, wanted.casefold()))
    if not found:
        every = [i for ids in known.values() for i in ids]
        raise InputError(
            f"Nothing is called {name!r}.{nearest(key, every)} `houndsight knowledge show` lists what can be explained."
        )
    return tuple(found)


def _search(passages: Passages, word: str) -> Iterator[Explanation]:
    """Claims and owners' questions that hold the word, which needs three letters or more."""
    if len(word) < 3:
        return
    for i, claim in passages.words.claims.items():
        if word in f"{claim.claim} {claim.evidence} {claim.say}".casefold():
            yield passages.claim(i)
    for i, question in passages.words.questions.items():
        if word in f"{question.ask} {question.answer}".casefold():
            yield passages.question(i)
