"""Readings and explanations on a terminal: plain words first, numbers after, sources on demand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from houndsight.cli.layout import hanging, in_columns
from houndsight.companion.explanation import Explanation
from houndsight.companion.interview import Interview
from houndsight.knowledge.base import Knowledge
from houndsight.records.effect import DialectEffect
from houndsight.records.observation import Heard, Observation
from houndsight.records.reading import PRESSING, Advice, Evidence, Flag, MotiveShare, Reading

__all__ = ["Screen"]

WIDTH = 92
"""Columns at most: longer lines are hard to read."""

BAR = 22
"""Columns of a bar that stands for certainty."""

URGENT = {"now": "bold white on red", "soon": "bold black on yellow", "watch": "bold"}


class Screen:
    """Prints to standard output, or to `console`; colours follow NO_COLOR and whether a terminal is there."""

    def __init__(self, knowledge: Knowledge, console: Console | None = None) -> None:
        self.knowledge = knowledge
        self.words = knowledge.wording
        self.console = console or Console(highlight=False, soft_wrap=False)
        self.console.width = min(self.console.width, WIDTH)
        self.begun = False
        self.plain_signs = not self.console.encoding.lower().startswith("utf")

    def text(self, key: str, **values: object) -> str:
        """The sentence `section.key` of the screen wording, filled in."""
        return self.words.screen[key].format(**values)

    def say(self, key: str, **values: object) -> None:
        """Prints the sentence `section.key`."""
        self._line(Text(self.text(key, **values)))

    def tell(self, sentence: str) -> None:
        """Prints a sentence that is no part of the wording, such as that of an error."""
        self._line(Text(sentence))

    # A reading ------------------------------------------------------------------------------------------------------------

    def reading(self, reading: Reading, account: str | None, *, sources: bool = False, answers: bool = True) -> None:
        """The whole reading, in the order in which a person needs it; `answers` shows how to answer its question."""
        self._notes(reading.notes)
        self._flags(reading.flags)
        self._moment(reading, account, answers=answers)
        for more in reading.also:
            self._gap()
            self.console.rule(characters="-" if self.plain_signs else "─")
            self.say("meaning.also")
            self._moment(more, account, answers=answers)
        if sources:
            self._section("sections.sources", self._sources(reading))

    def _notes(self, notes: Iterable[str]) -> None:
        """What kind of text the account was, where that bears on how it was heard."""
        for note in notes:
            self._line(Text(self.text(f"notes.{note}"), style="dim"))

    def _moment(self, reading: Reading, account: str | None, *, answers: bool) -> None:
        """One moment without its flags, which stand at the head of the page."""
        if reading.heard_lean:
            self._gap()
            self.say(self._normal(reading))
        self._meaning(reading)
        self._motives(reading)
        self._cues(reading, account)
        if reading.dialect is not None:
            self._dialect(reading.dialect)
        if reading.heard_lean:
            turn = self.text("turn.none") if reading.counterfactual is None else reading.counterfactual.words
            self._section("sections.turn", [Text(turn)])
            self._section("sections.do", [self._piece(one.words, one.because) for one in reading.advice])
            self._section("sections.avoid", self._avoid(reading.avoid))
        self._question(reading, answers=answers)

    def _normal(self, reading: Reading) -> str:
        """Which sentence says whether this is normal; a flag that presses replaces it."""
        if not reading.normal:
            return "normal.before" if all(f.since for f in reading.flags if f.urgency in PRESSING) else "normal.no"
        if reading.flags:
            return "normal.watch"
        frightened = reading.leader.motive == "security" and reading.verdict != "open"
        return "normal.security" if frightened else "normal.yes"

    def _flags(self, flags: Sequence[Flag]) -> None:
        fired = {flag.id for flag in flags}
        covered = {i for flag in self.knowledge.flags if flag.id in fired for i in flag.covers}
        for flag in (f for f in flags if f.id not in covered):
            self._gap()
            label = f"{self.text(f'flags.{flag.urgency}')}: {self.text(f'flags.{flag.who}')}"
            self._line(Text(f" {label} " if self.console.is_terminal else label, style=URGENT[flag.urgency]))
            since = [Text(self.text("flags.since", day=flag.since, ends=flag.ends))] if flag.since else []
            self._indented(*since, Text(flag.words, style="bold"), Text(flag.because))

    def _meaning(self, reading: Reading) -> None:
        self._gap()
        if any((o.cue, o.value) == ("person_state", "upset") for o in reading.cues):
            self.say("meaning.upset")
        self._line(Text(self._headline(reading), style="bold"))
        body = next(m for m in reading.motives if m.motive == "physical")
        if reading.heard_lean and body not in self._plausible(reading):
            least = self.knowledge.model.advice.body_at_least
            about = self.text("meaning.at_least" if body.p < least else "meaning.about")
            figure = f"{max(body.p, least) * 100:.0f}"
            self._line(Text(self.text("meaning.body", about=about, figure=figure), style="dim"))

    def _headline(self, reading: Reading) -> str:
        """The likely meaning in one plain sentence, with how sure."""
        first = self.words.motives[reading.leader.motive]
        others = [self.words.motives[m.motive].maybe for m in self._plausible(reading)[1:3]]
        if not reading.heard_lean:
            return self.text("meaning.no_lean")
        if reading.verdict == "clear":
            return self.text("meaning.clear", meaning=first.meaning)
        if reading.verdict == "leaning":
            key = "meaning.leaning_two" if others else "meaning.leaning"
            return self.text(key, meaning=first.meaning, other=" or ".join(others))
        if not self._bears(reading) or not others:
            return self.text("meaning.open_none")
        return self.text("meaning.open_two", first=first.maybe, other=" or ".join(others))

    def _bears(self, reading: Reading) -> bool:
        return any(self.knowledge.cue(o.cue).bears_on_motive for o in reading.cues)

    def _plausible(self, reading: Reading) -> list[MotiveShare]:
        limit = self.knowledge.model.advice.plausible
        return [m for m in reading.motives if m.p >= limit or m is reading.leader]

    def _motives(self, reading: Reading) -> None:
        shown = self._plausible(reading)
        rows = [self._motive(m) for m in shown]
        general = not reading.heard_lean
        if general and self._bears(reading):
            return  # what the scene makes likely says nothing where nobody leaned
        rest = sum(m.p for m in reading.motives if m not in shown)
        if rest > 0:
            others = Text(self.text("motives.rest"), style="dim")
            rows.append([Text("..." if self.plain_signs else "…", style="dim"), others, Text(""), Text(_percent(rest))])
        self._section(
            "sections.general" if general else "sections.motives",
            [*self._columns(rows), Text(self.text("motives.columns"), style="dim")],
        )

    def _motive(self, m: MotiveShare) -> list[Text]:
        label = Text(self.words.motives[m.motive].label, style="dim")
        reach = Text(f"{m.low * 100:.0f} to {m.high * 100:.0f}", style="dim")
        return [Text(m.motive), label, self._bar(m), Text(_percent(m.p)), reach]

    def _bar(self, share: MotiveShare, width: int = BAR) -> Text:
        """The chance as a filled bar, the interval as a line that goes on from it."""
        full, line, empty = ("#", "-", " ") if self.plain_signs else ("█", "─", " ")
        low, p, high = (round(x * width) for x in (share.low, share.p, share.high))
        cells = [full if i < max(p, 1) else line if low <= i < high else empty for i in range(width)]
        return Text("".join(cells), style="cyan")

    def _cues(self, reading: Reading, account: str | None) -> None:
        if not reading.cues:
            return
        weights = {e.cue: e for e in reading.evidence if e.motive == reading.leader.motive}
        order = sorted(reading.cues, key=lambda o: -abs(weights[o.cue].decibans) if o.cue in weights else 0.0)
        weighed = reading.heard_lean
        lines = [self._cue(o, weights.get(o.cue), account, weighed=weighed) for o in order]
        heard = any(o.origin == "words" for o in reading.cues)
        key = "sections.cues" if heard else "sections.given"
        self._section(key if weighed else "sections.only", lines)

    def heard(self, heard: Heard, account: str) -> None:
        """What was heard in an account, moment by moment, with how sure; the names of cues stand beside, for putting them right."""
        self._notes(heard.notes)
        if not heard.heard_lean:
            self.say("meaning.no_lean")
        for number, moment in enumerate((heard, *heard.further)):
            key = "sections.only" if number == 0 else "heard.also"
            lines = [self._named(one, account) for one in moment.observations] or [Text(self.text("heard.nothing"))]
            self._section(key, lines)
        if heard.observations:
            self._section("heard.wrong", [Text(self.text("heard.how"))])

    def _named(self, observation: Observation, account: str) -> Text:
        line = self._cue(observation, None, account, weighed=False)
        sure = _percent(observation.confidence).strip()
        return line.append(f"\n    {observation.cue}={observation.value}, {sure} sure", style="dim")

    def _dialect(self, moved: DialectEffect) -> None:
        """What knowing the dog did to the answer, and why."""
        lines = [Text(moved.words), *(Text(self._bullet(reason.words)) for reason in moved.because)]
        if moved.facts:
            facts = "; ".join(self.words.cues[o.cue].values[o.value].clause for o in moved.facts)
            lines.append(Text(self.text("dialect.facts", facts=facts), style="dim"))
        self._gap()
        self._headed(self.text("dialect.head", dog=moved.dog), lines)

    def _cue(self, observation: Observation, weight: Evidence | None, account: str | None, *, weighed: bool) -> Text:
        clause = self.words.cues[observation.cue].values[observation.value].clause
        line = Text(f"{'-' if self.plain_signs else '•'} {clause}")
        if observation.span is not None and account is not None:
            quote = " ".join(account[slice(*observation.span)].split())
            line.append(f" (“{quote}”)", style="italic dim")
        if weighed:
            line.append(f"\n    {self._weight(observation, weight)}", style="dim")
        return line

    def _weight(self, observation: Observation, weight: Evidence | None) -> str:
        if weight is None:
            follows = self.knowledge.cue(observation.cue).read_by == "response"
            return self.text("evidence.response" if follows else "evidence.rules")
        words = self.text(f"evidence.{self.knowledge.model.strength.word(weight.decibans)}", motive=weight.motive)
        return f"{words} ({weight.decibans:+.1f} decibans)"

    def _avoid(self, avoid: Sequence[Advice]) -> list[Text]:
        """What not to do; responses that share a reason stand together."""
        grouped: dict[str, list[str]] = {}
        for one in avoid:
            grouped.setdefault(one.because, []).append(self.words.responses[one.response or ""].name)
        return [Text(self._bullet(self._together(names, because))) for because, names in grouped.items()]

    def points(self, key: str, points: Sequence[tuple[str, str]]) -> None:
        """A section of points, each with a line below it that may be empty."""
        self._section(key, [self._piece(*one) if one[1] else Text(self._bullet(one[0])) for one in points])

    def _together(self, names: Sequence[str], because: str) -> str:
        joined = self.text("avoid.or").join(filter(None, (", ".join(names[:-1]), names[-1])))
        return self.text("avoid.piece", responses=joined[0].upper() + joined[1:], because=because)

    def _bullet(self, words: str) -> str:
        return f"{'-' if self.plain_signs else '•'} {words}"

    def _piece(self, words: str, because: str) -> Text:
        return Text.assemble(self._bullet(words), (f"\n    {because}", "dim"))

    def _question(self, reading: Reading, *, answers: bool) -> None:
        asked = reading.question
        if asked is None:
            self._section("sections.question", [Text(self.text("question.none"))])
            return
        values = self.words.cues[asked.cue].values
        lines = [Text(asked.text, style="bold")]
        if asked.why == "safety":
            lines.append(Text(self.text("question.safety"), style="dim"))
        if answers:
            lines.append(Text(self._how_to_answer(), style="dim"))
            rows = [[Text(f"  --cue {asked.cue}={value}", style="cyan"), Text(w.answer)] for value, w in values.items()]
            lines += self._columns(rows)
        self._section("sections.question", lines)

    def _how_to_answer(self) -> str:
        return self.text("question.how")

    def _sources(self, reading: Reading) -> list[Text]:
        ids = [i for e in reading.evidence for i in e.citations] + [i for f in reading.flags for i in f.citation]
        lines = [
            Text(f"{e.cue}={e.value}, {e.motive}: grade {e.grade}, {', '.join(e.citations) or '-'}")
            for e in reading.evidence
        ]
        lines += [Text(f"{f.id}: {', '.join(f.citation) or '-'}") for f in reading.flags]
        lines += [Text(f"{i}: {self.knowledge.citations[i].reference}", style="dim") for i in dict.fromkeys(ids)]
        return [*lines, Text(self.text("explain.grade_note"))]

    # An interview, an explanation -----------------------------------------------------------------------------------------

    def question(self, interview: Interview) -> None:
        """The question that stands with its numbered answers."""
        if interview.question is None:
            return
        self._gap()
        self._line(Text(interview.question.text, style="bold"))
        if interview.question.why == "safety":
            self._line(Text(self.text("question.safety"), style="dim"))
        if interview.note:
            self._line(Text(interview.note, style="dim"))
        unknown = self.text("ask.unknown")
        for number, words in enumerate([c.words for c in interview.choices] + [unknown], 1):
            self._line(Text(f"  {number}  {words}"))

    def explanation(self, one: Explanation) -> None:
        """What is known about one name."""
        self._gap()
        self._line(Text.assemble((one.title, "bold"), (f"  ({one.kind} {one.id})", "dim")))
        for passage in one.passages:
            lines = [Text(line) for line in passage.lines]
            self._headed(passage.heading, lines) if passage.heading else self._indented(*lines)
        if one.grade:
            self._headed(
                self.text("explain.grade"),
                [Text(f"{self.text(f'explain.grade_{one.grade}')}."), Text(self.text("explain.grade_note"))],
            )
        shown = [Text(f"{s.reference}\n  {s.link}") for s in one.sources] or [Text(self.text("explain.no_source"))]
        self._headed(self.text("explain.sources"), shown)

    # Parts ----------------------------------------------------------------------------------------------------------------

    def _section(self, key: str, lines: Iterable[Text]) -> None:
        lines = list(lines)
        if lines:
            self._gap()
            self._headed(self.text(key), lines)

    def _columns(self, rows: Sequence[Sequence[Text]]) -> list[Text]:
        return in_columns(rows, self.console, self.console.width - 2)

    def _headed(self, heading: str, lines: Iterable[Text]) -> None:
        self._line(Text(heading, style="bold underline"))
        self._indented(*lines)

    def _indented(self, *lines: Text) -> None:
        for line in lines:
            for part in line.split("\n"):
                self._line(part, indent=2)

    def _gap(self) -> None:
        """An empty line between two parts; none before the first."""
        if self.begun:
            self.console.print()

    def _line(self, text: Text, indent: int = 0) -> None:
        self.begun = True
        self.console.print(hanging(text, self.console, indent), soft_wrap=True)


def _percent(p: float) -> str:
    return f"{p * 100:3.0f} %"
