"""What is known about one name: a motive, a cue or its value, a flag, a veto, a response, a claim, or a question owners ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from houndsight.errors import InputError, nearest
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.distributions import Distribution

__all__ = ["Explanation", "Passage", "Source", "explain", "names"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and what stands under it, a line or more."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A citation that may be shown."""

    id: str
    reference: str
    link: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known about one name. `grade` is A to D, or empty where several stand in the text."""

    kind: str
    id: str
    title: str
    passages: tuple[Passage, ...]
    grade: str
    sources: tuple[Source, ...]


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
        return (_cue_value(knowledge, cue, value),)
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
            yield _claim(knowledge, i)
    for i, question in knowledge.wording.questions.items():
        if word in f"{question.ask} {question.answer}".casefold():
            yield _question(knowledge, i)


def _sources(knowledge: Knowledge, citations: tuple[str, ...]) -> tuple[Source, ...]:
    shown = (knowledge.citations[i] for i in knowledge.shown(citations))
    return tuple(Source(c.id, c.reference, f"https://doi.org/{c.doi}" if c.doi else c.where) for c in shown)


def _motive(knowledge: Knowledge, i: str) -> Explanation:
    words, motive = knowledge.wording.motives[i], knowledge.vocabulary.motives[i]
    share = f"{motive.prior * 100:.0f} in 100 leans, by judgement; it may be {motive.low * 100:.0f} to {motive.high * 100:.0f}."
    passages = (
        Passage("", (words.definition,)),
        Passage("What is known", (words.known,)),
        Passage("What is not known", (words.unknown,)),
        Passage("How common", (share,)),
        Passage("What speaks for it most", tuple(_strongest(knowledge, i))),
        Passage(
            "In the field's terms", (f"Function: {words.function}.", f"Attachment: {words.attachment.rstrip('.')}.")
        ),
    )
    return Explanation("motive", i, words.meaning, passages, motive.grade, _sources(knowledge, motive.citations))


def _strongest(knowledge: Knowledge, motive: str, most: int = 5) -> Iterator[str]:
    """The cue values whose likelihood ratio for the motive against the others' mean is largest."""
    read = [c for c in knowledge.vocabulary.cues.values() if c.read_by == "motive" and c.id != "believes"]
    ranked = [(_ratio(knowledge, cue.id, value, motive), cue.id, value) for cue in read for value in cue.values]
    for ratio, cue_id, value in sorted(ranked, reverse=True)[:most]:
        clause = knowledge.wording.cues[cue_id].values[value].clause
        yield f"{clause} ({ratio:.1f} times as common as in other leans)"


def _ratio(knowledge: Knowledge, cue: str, value: str, motive: str) -> float:
    """P(value | motive) against its mean over all other motives, weighed by their priors."""
    place = knowledge.cue(cue).values.index(value)
    priors = {m.id: m.prior for m in knowledge.vocabulary.motives.values() if m.id != motive}
    others = sum(p * knowledge.tables.likelihood(cue, m).probabilities[place] for m, p in priors.items())
    return knowledge.tables.likelihood(cue, motive).probabilities[place] * sum(priors.values()) / others


READ_BY = {
    "motive": "It bears on the meaning itself.",
    "state": "It shows how he feels, and through that what he may mean.",
    "response": "What you did is no evidence; only what followed is.",
    "flag": "It counts for the warnings only and never moves a meaning.",
}


def _cue(knowledge: Knowledge, i: str) -> Explanation:
    words, cue = knowledge.wording.cues[i], knowledge.cue(i)
    rows = _rows(knowledge, i)
    sources = tuple(dict.fromkeys(s for row in rows for s in row.citations))
    values = tuple(f"{i}={value}: {words.values[value].answer}" for value in cue.values)
    passages = (
        Passage("", (words.question, *([words.note] if words.note else []))),
        Passage("Values", values),
        Passage("How it is read", (READ_BY[cue.read_by],)),
        Passage("What it speaks for most", tuple(_speaks_for(knowledge, i))),
        Passage("Notes on the numbers", tuple(dict.fromkeys(c for row in rows for c in row.comments))),
    )
    return Explanation("cue", i, words.name, _filled(passages), _grades(rows), _sources(knowledge, sources))


def _rows(knowledge: Knowledge, cue: str) -> list[Distribution]:
    """Every row that the cue is read with."""
    return [
        row
        for (table, *key), row in knowledge.tables.rows.items()
        if (table == "likelihood" and key[0] == cue)
        or (table == "body" and key[2] == cue)
        or (table == "outcome" and cue == "outcome")
    ]


def _speaks_for(knowledge: Knowledge, cue: str) -> Iterator[str]:
    if knowledge.cue(cue).read_by != "motive":
        return
    for value in knowledge.cue(cue).values:
        ratio, motive = max((_ratio(knowledge, cue, value, m), m) for m in knowledge.motives)
        yield f"{cue}={value}: {motive} ({ratio:.1f} times as common as in other leans)"


def _cue_value(knowledge: Knowledge, cue: str, value: str) -> Explanation:
    words = knowledge.wording.cues[cue].values[value]
    rows: list[tuple[str, Distribution]] = []
    if knowledge.cue(cue).read_by == "motive":
        rows = [(m, knowledge.tables.likelihood(cue, m)) for m in knowledge.motives]
    elif knowledge.cue(cue).read_by == "state":
        rows = [(s, knowledge.tables.body(cue, knowledge.motives[0], s)) for s in knowledge.vocabulary.states]
    elif cue == "outcome":
        rows = [(f"{m}, {r}", knowledge.tables.outcome(m, r)) for m in knowledge.motives for r in knowledge.responses]
    place = knowledge.cue(cue).values.index(value)
    lines = tuple(f"{of}: {row.probabilities[place] * 100:.0f} in 100, grade {row.grade}" for of, row in rows)
    comments = tuple(dict.fromkeys(c for _, row in rows for c in row.comments))
    sources = tuple(dict.fromkeys(s for _, row in rows for s in row.citations))
    passages = (
        Passage("", (f"{words.clause[0].upper()}{words.clause[1:]}.",)),
        Passage("How often it goes with each, by judgement", lines),
        Passage("Notes on the numbers", comments),
        Passage("How it is read", (READ_BY[knowledge.cue(cue).read_by],)),
    )
    return Explanation("value", f"{cue}={value}", words.answer, _filled(passages), "", _sources(knowledge, sources))


def _flag(knowledge: Knowledge, i: str) -> Explanation:
    flag = next(f for f in knowledge.flags if f.id == i)
    words, screen = knowledge.wording.flags[i], knowledge.wording.screen
    asked = (knowledge.wording.cues[flag.asks].question,) if flag.asks else ()
    passages = (
        Passage("", (words.words,)),
        Passage("How soon, and who", (f"{screen[f'flags.{flag.urgency}']}: {screen[f'flags.{flag.who}']}",)),
        Passage("Fires when", (flag.condition.text,)),
        Passage("Asks", asked),
        Passage("What is not known", (screen["flags.unread"],)),
    )
    return Explanation("flag", i, words.because, _filled(passages), flag.grade, _sources(knowledge, flag.citations))


def _veto(knowledge: Knowledge, i: str) -> Explanation:
    veto = next(v for v in knowledge.vetoes if v.id == i)
    words = knowledge.wording.vetoes[i]
    blocked = tuple(knowledge.wording.responses[r].name for r in veto.blocks)
    passages = (
        Passage("", tuple(filter(None, (words.because, words.limits, words.adult)))),
        Passage("Holds when", (veto.condition.text,)),
        Passage("Shuts out" if veto.scope == "anyone" else "Shuts out, for a child", blocked),
    )
    return Explanation("veto", i, words.say, _filled(passages), veto.grade, _sources(knowledge, veto.citations))


def _response(knowledge: Knowledge, i: str) -> Explanation:
    words = knowledge.wording.responses[i]
    cells = {m: knowledge.utilities[i, m] for m in knowledge.motives}
    lines = tuple(
        f"{m} ({cells[m].value:+d}): {words.because[m]}" for m in sorted(cells, key=lambda m: -cells[m].value)
    )
    passages = (
        Passage("", (words.now,)),
        Passage("How good it is for each motive, from -2 to +2", lines),
        Passage("In a plan", (words.plan,) if words.plan else ()),
        Passage("Notes", tuple(dict.fromkeys(c.comment for c in cells.values() if c.comment))),
    )
    sources = tuple(dict.fromkeys(s for c in cells.values() for s in c.citations))
    grade = max(c.grade for c in cells.values())
    return Explanation("response", i, words.name, _filled(passages), grade, _sources(knowledge, sources))


def _test(knowledge: Knowledge, i: str) -> Explanation:
    test = next(t for t in knowledge.tests if t.id == i)
    words = knowledge.wording.tests[i]
    passages = (
        Passage("", (words.plain,)),
        Passage("The test", (words.test,)),
        Passage("The control", (words.control,)),
        Passage("What to note", (words.measure,)),
        Passage("What it can show", (words.supports,)),
        Passage("When to stop", (words.stop,)),
    )
    return Explanation("test", i, words.name, passages, test.grade, _sources(knowledge, test.citations))


def _claim(knowledge: Knowledge, i: str) -> Explanation:
    claim, words = knowledge.claims[i], knowledge.wording.claims[i]
    passages = (
        Passage("Verdict", (f"{claim.verdict}.",)),
        Passage("What is known", (words.evidence,)),
        Passage("What can honestly be said", (words.say,)),
    )
    return Explanation("claim", i, words.claim, passages, claim.grade, _sources(knowledge, claim.citations))


def _question(knowledge: Knowledge, i: str) -> Explanation:
    question, words = knowledge.owner_questions[i], knowledge.wording.questions[i]
    related = (*question.motives, *question.claims)
    passages = (Passage("", (words.answer,)), Passage("See also", (", ".join(related),)))
    sources = tuple(dict.fromkeys(s for c in question.claims for s in knowledge.claims[c].citations))
    return Explanation("question", i, words.ask, passages, "", _sources(knowledge, sources))


def _filled(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    return tuple(passage for passage in passages if passage.lines)


def _grades(rows: list[Distribution]) -> str:
    """The weakest grade among the rows, or an empty word when the cue has none."""
    return max((row.grade for row in rows), default="")


_EXPLAIN: dict[str, Callable[[Knowledge, str], Explanation]] = {
    "motive": _motive,
    "cue": _cue,
    "flag": _flag,
    "veto": _veto,
    "response": _response,
    "test": _test,
    "claim": _claim,
    "question": _question,
}
