"""What is known about each kind of name, put together from tables, rules and wording."""

from __future__ import annotations

from collections.abc import Iterator

from houndsight.companion.explanation import Explanation, Passage, Source
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.distributions import Distribution

__all__ = [
    "about_claim",
    "about_cue",
    "about_cue_value",
    "about_flag",
    "about_motive",
    "about_question",
    "about_response",
    "about_test",
    "about_veto",
]


def _sources(knowledge: Knowledge, citations: tuple[str, ...]) -> tuple[Source, ...]:
    shown = (knowledge.citations[i] for i in knowledge.shown(citations))
    return tuple(Source(c.id, c.reference, f"https://doi.org/{c.doi}" if c.doi else c.where) for c in shown)


def about_motive(knowledge: Knowledge, i: str) -> Explanation:
    """A motive: what is known, what is not, how common, what speaks for it."""
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


def about_cue(knowledge: Knowledge, i: str) -> Explanation:
    """A cue: its question, its values, how it is read and what it speaks for."""
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


def about_cue_value(knowledge: Knowledge, cue: str, value: str) -> Explanation:
    """A cue's value: how often it goes with each motive, state or response."""
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


def about_flag(knowledge: Knowledge, i: str) -> Explanation:
    """A flag: what to do, how soon, when it fires."""
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


def about_veto(knowledge: Knowledge, i: str) -> Explanation:
    """A veto: what it says, when it holds, what it shuts out."""
    veto = next(v for v in knowledge.vetoes if v.id == i)
    words = knowledge.wording.vetoes[i]
    blocked = tuple(knowledge.wording.responses[r].name for r in veto.blocks)
    passages = (
        Passage("", tuple(filter(None, (words.because, words.limits, words.adult)))),
        Passage("Holds when", (veto.condition.text,)),
        Passage("Shuts out" if veto.scope == "anyone" else "Shuts out, for a child", blocked),
    )
    return Explanation("veto", i, words.say, _filled(passages), veto.grade, _sources(knowledge, veto.citations))


def about_response(knowledge: Knowledge, i: str) -> Explanation:
    """A response: how good it is for each motive."""
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


def about_test(knowledge: Knowledge, i: str) -> Explanation:
    """A test at home: its conditions and when to stop."""
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


def about_claim(knowledge: Knowledge, i: str) -> Explanation:
    """A claim of folk wisdom: verdict, evidence, what can honestly be said."""
    claim, words = knowledge.claims[i], knowledge.wording.claims[i]
    passages = (
        Passage("Verdict", (f"{claim.verdict}.",)),
        Passage("What is known", (words.evidence,)),
        Passage("What can honestly be said", (words.say,)),
    )
    return Explanation("claim", i, words.claim, passages, claim.grade, _sources(knowledge, claim.citations))


def about_question(knowledge: Knowledge, i: str) -> Explanation:
    """A question that owners ask, with its answer."""
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
