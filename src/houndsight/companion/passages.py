"""What is known about each kind of name, put together from tables, rules and wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from houndsight.companion.explanation import Explanation, Passage, Source
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.distributions import Distribution

__all__ = ["Passages"]


class Passages:
    """Explains the names of one knowledge base; every heading and sentence comes from its wording."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.words = knowledge.wording

    def motive(self, i: str) -> Explanation:
        """A motive: what is known, what is not, how common, what speaks for it."""
        words, motive = self.words.motives[i], self.knowledge.vocabulary.motives[i]
        share = {
            key: f"{p * 100:.0f}" for key, p in (("figure", motive.prior), ("low", motive.low), ("high", motive.high))
        }
        passages = (
            Passage("", (words.definition,)),
            self._under("known", words.known),
            self._under("unknown", words.unknown),
            self._under("common", self._say("share", **share)),
            self._under("strongest", *self._strongest(i)),
            self._under(
                "terms",
                self._say("function", function=words.function),
                self._say("attachment", attachment=words.attachment.rstrip(".")),
            ),
        )
        return Explanation("motive", i, words.meaning, passages, motive.grade, self._sources(motive.citations))

    def cue(self, i: str) -> Explanation:
        """A cue: its question, its values, how it is read, what it speaks for, and what is not known."""
        words, cue, rows = self.words.cues[i], self.knowledge.cue(i), self._rows(i)
        passages = (
            Passage("", tuple(filter(None, (words.question, words.note)))),
            self._under("values", *(f"{i}={value}: {words.values[value].answer}" for value in cue.values)),
            self._under("read", self._say(f"read_{cue.read_by}")),
            self._under("speaks", *self._speaks_for(i)),
            self._under("notes", *_comments(rows)),
            self._under("unknown", *([self._say("no_measure")] if rows else [])),
        )
        return Explanation("cue", i, words.name, _filled(passages), _weakest(rows), self._sources(_citations(rows)))

    def value(self, cue: str, value: str) -> Explanation:
        """A cue's value: how often it goes with each motive, state or response."""
        words, named = self.words.cues[cue].values[value], self._named_rows(cue)
        place, rows = self.knowledge.cue(cue).values.index(value), [row for _, row in named]
        cells = (
            self._say("cell", of=of, share=f"{row.probabilities[place] * 100:.0f}", grade=row.grade)
            for of, row in named
        )
        passages = (
            Passage("", (f"{words.clause[0].upper()}{words.clause[1:]}.",)),
            self._under("often", *cells),
            self._under("read", self._say(f"read_{self.knowledge.cue(cue).read_by}")),
            self._under("notes", *_comments(rows)),
            self._under("unknown", *([self._say("no_measure")] if rows else [])),
        )
        title = f"{self.words.cues[cue].name}: {words.answer}"
        return Explanation(
            "value", f"{cue}={value}", title, _filled(passages), _weakest(rows), self._sources(_citations(rows))
        )

    def flag(self, i: str) -> Explanation:
        """A flag: why, what to do, how soon, when it fires, what it asks."""
        flag = next(f for f in self.knowledge.flags if f.id == i)
        words, screen = self.words.flags[i], self.words.screen
        who = self._say("who", urgency=screen[f"flags.{flag.urgency}"], who=screen[f"flags.{flag.who}"])
        passages = (
            self._under("do", words.words),
            self._under("soon", who),
            self._under("asks", *([self.words.cues[flag.asks].question] if flag.asks else [])),
            self._under("rule", flag.condition.text),
            self._under("unknown", screen["flags.unread"]),
        )
        return Explanation("flag", i, words.because, _filled(passages), flag.grade, self._sources(flag.citations))

    def veto(self, i: str) -> Explanation:
        """A veto: what it says, when it holds, what it shuts out."""
        veto = next(v for v in self.knowledge.vetoes if v.id == i)
        words = self.words.vetoes[i]
        passages = (
            Passage("", tuple(filter(None, (words.because, words.limits, words.adult)))),
            self._under(
                "bars" if veto.scope == "anyone" else "bars_child", *(self.words.responses[r].name for r in veto.blocks)
            ),
            self._under("rule", veto.condition.text),
        )
        return Explanation("veto", i, words.say, _filled(passages), veto.grade, self._sources(veto.citations))

    def response(self, i: str) -> Explanation:
        """A response: how good it is for each motive."""
        words = self.words.responses[i]
        cells = {m: self.knowledge.utilities[i, m] for m in self.knowledge.motives}
        ranked = sorted(cells, key=lambda m: -cells[m].value)
        passages = (
            Passage("", (words.now,)),
            self._under("utility", *(f"{m} ({cells[m].value:+d}): {words.because[m]}" for m in ranked)),
            self._under("plan", *([words.plan] if words.plan else [])),
            self._under("notes", *dict.fromkeys(c.comment for c in cells.values() if c.comment)),
        )
        sources = tuple(dict.fromkeys(s for c in cells.values() for s in c.citations))
        grade = max(c.grade for c in cells.values())
        return Explanation("response", i, words.name, _filled(passages), grade, self._sources(sources))

    def test(self, i: str) -> Explanation:
        """A test at home: when to leave it out, its two conditions, what it can show, when to stop."""
        test, words = next(t for t in self.knowledge.tests if t.id == i), self.words.tests[i]
        passages = (
            Passage("", (words.plain,)),
            self._under("before", *([] if test.logs_only else [self._say("never")]), words.unless),
            self._under("test", words.test),
            self._under("control", words.control),
            self._under("measure", words.measure),
            self._under("shows", words.supports),
            self._under("stop", words.stop),
        )
        return Explanation("test", i, words.name, passages, test.grade, self._sources(test.citations))

    def step(self, i: str) -> Explanation:
        """A step of the plan for a lean that knocks people over."""
        step, words = next(s for s in self.knowledge.plan if s.id == i), self.words.plan[i]
        keys = ("criterion", "practice", "push", "stick", "drop", "split", "child", "pay", "method", "maintenance")
        passages = tuple(self._under(key, getattr(words, key)) for key in keys if getattr(words, key))
        return Explanation("step", i, words.name, passages, step.grade, self._sources(step.citations))

    def claim(self, i: str) -> Explanation:
        """A claim of folk wisdom: verdict, evidence, what can honestly be said, what is not known."""
        claim, words = self.knowledge.claims[i], self.words.claims[i]
        passages = (
            self._under("verdict", f"{claim.verdict}."),
            self._under("known", words.evidence),
            self._under("unknown", self._say("no_study")),
            self._under("honest", words.say),
        )
        return Explanation("claim", i, words.claim, passages, claim.grade, self._sources(claim.citations))

    def question(self, i: str) -> Explanation:
        """A question that owners ask, with its answer; its grade is the weakest of the claims behind it."""
        question, words = self.knowledge.owner_questions[i], self.words.questions[i]
        claims = [self.knowledge.claims[c] for c in question.claims]
        passages = (
            Passage("", (words.answer,)),
            self._under("unknown", self._say("no_study")),
            self._under("also", ", ".join((*question.motives, *question.claims))),
        )
        sources = tuple(dict.fromkeys(s for claim in claims for s in claim.citations))
        grade = max((claim.grade for claim in claims), default="")
        return Explanation("question", i, words.ask, passages, grade, self._sources(sources))

    # Parts ----------------------------------------------------------------------------------------------------------------

    def _say(self, key: str, **values: str) -> str:
        return self.words.screen[f"explain.{key}"].format(**values)

    def _under(self, key: str, *lines: str) -> Passage:
        return Passage(self._say(key), tuple(lines))

    def _sources(self, citations: tuple[str, ...]) -> tuple[Source, ...]:
        """The citations that may be shown; what has no address of its own is shown without a link."""
        shown = (self.knowledge.citations[i] for i in self.knowledge.shown(citations))
        return tuple(Source(c.id, c.reference, f"https://doi.org/{c.doi}" if c.doi else c.where) for c in shown)

    def _rows(self, cue: str) -> list[Distribution]:
        """Every row that the cue is read with."""
        return [
            row
            for (table, *key), row in self.knowledge.tables.rows.items()
            if (table == "likelihood" and key[0] == cue)
            or (table == "body" and key[2] == cue)
            or (table == "outcome" and cue == "outcome")
        ]

    def _named_rows(self, cue: str) -> list[tuple[str, Distribution]]:
        """The rows of a cue with what they stand for: motives, states, or motives and responses."""
        tables, motives = self.knowledge.tables, self.knowledge.motives
        if self.knowledge.cue(cue).read_by == "motive":
            return [(m, tables.likelihood(cue, m)) for m in motives]
        if self.knowledge.cue(cue).read_by == "state":
            return [(s, tables.body(cue, motives[0], s)) for s in self.knowledge.vocabulary.states]
        if cue == "outcome":
            return [(f"{m}, {r}", tables.outcome(m, r)) for m in motives for r in self.knowledge.responses]
        return []

    def _strongest(self, motive: str, most: int = 5) -> Iterator[str]:
        """The cue values whose likelihood ratio for the motive against the others' mean is largest."""
        read = [c for c in self.knowledge.vocabulary.cues.values() if c.read_by == "motive" and c.id != "believes"]
        ranked = [(self._ratio(cue.id, value, motive), cue.id, value) for cue in read for value in cue.values]
        for ratio, cue_id, value in sorted(ranked, reverse=True)[:most]:
            yield self._say("times", what=self.words.cues[cue_id].values[value].clause, ratio=f"{ratio:.1f}")

    def _speaks_for(self, cue: str) -> Iterator[str]:
        """For each value the motive that it speaks for most."""
        if self.knowledge.cue(cue).read_by == "motive":
            for value in self.knowledge.cue(cue).values:
                ratio, motive = max((self._ratio(cue, value, m), m) for m in self.knowledge.motives)
                yield self._say("times", what=f"{cue}={value}: {motive}", ratio=f"{ratio:.1f}")

    def _ratio(self, cue: str, value: str, motive: str) -> float:
        """P(value | motive) against its mean over all other motives, weighed by their priors."""
        place = self.knowledge.cue(cue).values.index(value)
        priors = {m.id: m.prior for m in self.knowledge.vocabulary.motives.values() if m.id != motive}
        others = sum(p * self.knowledge.tables.likelihood(cue, m).probabilities[place] for m, p in priors.items())
        return self.knowledge.tables.likelihood(cue, motive).probabilities[place] * sum(priors.values()) / others


def _filled(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(passage for passage in passages if passage.lines)


def _citations(rows: Iterable[Distribution]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for row in rows for s in row.citations))


def _comments(rows: Iterable[Distribution]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for row in rows for c in row.comments))


def _weakest(rows: Iterable[Distribution]) -> str:
    """The weakest grade among the rows, or an empty word when the cue has none."""
    return max((row.grade for row in rows), default="")
