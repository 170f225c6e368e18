"""Findings in ids and numbers become readings in sentences. Every sentence comes from the wording files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.rules import URGENCIES
from houndsight.knowledge.rules import Flag as FlagRule
from houndsight.records.observation import Observation
from houndsight.records.reading import PRESSING, Advice, Counterfactual, Flag, Question, Reading

if TYPE_CHECKING:  # findings come from a room that brings NumPy; words do not need it
    from houndsight.inference.advise import Choice
    from houndsight.inference.evidence import Turn
    from houndsight.inference.read import Asked, Finding

__all__ = ["Phrasing"]


class Phrasing:
    """Puts one knowledge base's findings into its words."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.words = knowledge.wording

    def reading(
        self, name: str, observations: Sequence[Observation], finding: Finding, lean: bool, also: Sequence[Reading] = ()
    ) -> Reading:
        """The whole reading. Without a lean the verdict stays open, whatever the scene makes likely.

        Its flags are joined with those of the account's other moments, since no warning may wait for the end of the page.
        """
        flags = {flag.id: flag for flag in map(self._flag, finding.flags)}
        flags = {flag.id: flag for more in also for flag in more.flags} | flags
        return Reading(
            id=name,
            knowledge=self.knowledge.label,
            cues=tuple(observations),
            motives=finding.motives,
            verdict=finding.verdict if lean else "open",
            normal=not any(flag.urgency in PRESSING for flag in flags.values()),
            evidence=finding.evidence,
            counterfactual=None if finding.turn is None else self._turn(finding.turn),
            question=None if finding.question is None else self._question(finding.question),
            advice=tuple(self._do(choice) for choice in finding.chosen.do),
            avoid=tuple(self._leave(choice) for choice in finding.chosen.leave),
            flags=tuple(sorted(flags.values(), key=lambda flag: URGENCIES.index(flag.urgency))),
            heard_lean=lean,
            also=tuple(also),
        )

    def _turn(self, turn: Turn) -> Counterfactual:
        sentence = self.words.screen["turn.untold" if turn.value is None else "turn.told"]
        clause = self.words.cues[turn.cue].values[turn.instead].clause
        words = sentence.format(clause=clause, motive=self.words.motives[turn.motive].name)
        return Counterfactual(turn.cue, turn.value, turn.instead, turn.motive, turn.p, words)

    def _question(self, asked: Asked) -> Question:
        return Question(asked.cue, self.words.cues[asked.cue].question, asked.bits, asked.why)

    def _do(self, choice: Choice) -> Advice:
        if choice.response is None:
            veto = self.words.vetoes[choice.veto or ""]
            return Advice(None, veto.adult or " ".join(filter(None, (veto.say, veto.limits))), veto.because)
        words = self.words.responses[choice.response]
        return Advice(choice.response, words.now, words.because[choice.motive or ""])

    def _leave(self, choice: Choice) -> Advice:
        response = choice.response or ""
        words = self.words.responses[response]
        because = self.words.vetoes[choice.veto].because if choice.veto else words.because[choice.motive or ""]
        return Advice(response, words.avoid, because)

    def _flag(self, flag: FlagRule) -> Flag:
        words = self.words.flags[flag.id]
        return Flag(flag.id, flag.urgency, flag.who, words.words, words.because, self.knowledge.shown(flag.citations))
