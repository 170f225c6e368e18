"""The interview: the best next question each time, until the reading is clear or nothing worth asking is left."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from houndsight.companion.companion import Companion
from houndsight.records.observation import Observation
from houndsight.records.reading import Question, Reading

if TYPE_CHECKING:
    from houndsight.companion.acquaintance import Acquaintance

__all__ = ["Choice", "Interview", "begin"]


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be given to the question that stands: the value it sets, in the owner's words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Interview:
    """One state of an interview; each answer gives a new one, and the old one is what "back" returns to.

    `question` is None when the interview is over: `ended` then says why, `clear` or `nothing`. `removed` are cues that were heard wrongly.
    `of` is what the diary knows of the dog, or None.
    """

    companion: Companion = field(repr=False)
    text: str | None
    answers: tuple[Observation, ...]
    skipped: frozenset[str]
    reading: Reading
    before: Interview | None = field(default=None, repr=False)
    removed: frozenset[str] = frozenset()
    of: Acquaintance | None = field(default=None, repr=False)

    @property
    def question(self) -> Question | None:
        """What to ask now. A clear reading ends the questions about meaning, never those about safety."""
        asked = self.reading.question
        if asked is not None and asked.why == "meaning" and self.reading.verdict == "clear":
            return None
        return asked

    @property
    def ended(self) -> str:
        """Why there is no further question: `clear`, `nothing`, or an empty word while one stands."""
        if self.question is not None:
            return ""
        return "clear" if self.reading.verdict == "clear" else "nothing"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The answers to the question that stands, in the order of the vocabulary."""
        if self.question is None:
            return ()
        knowledge = self.companion.knowledge
        words = knowledge.wording.cues[self.question.cue].values
        return tuple(Choice(value, words[value].answer) for value in knowledge.cue(self.question.cue).values)

    @property
    def note(self) -> str:
        """How to look, for the question that stands; empty when there is nothing to add."""
        return "" if self.question is None else self.companion.knowledge.wording.cues[self.question.cue].note

    def answer(self, value: str) -> Interview:
        """The interview after this answer. Raises UnknownValue when the question has no such answer."""
        asked = self._standing()
        cue, value = self.companion.knowledge.checked(asked.cue, value)
        return self._go(answers=(*self.answers, Observation(cue, value, origin="asked")))

    def pass_over(self) -> Interview:
        """The interview after "I do not know": the cue stays unknown and is not asked for again."""
        return self._go(skipped=self.skipped | {self._standing().cue})

    def correct(self, cue: str, value: str | None) -> Interview:
        """The interview after the person put a heard cue right, or took it out with None. Raises UnknownCue or UnknownValue."""
        kept = tuple(one for one in self.answers if one.cue != cue)
        if value is None:
            return self._go(answers=kept, removed=self.removed | {self.companion.knowledge.cue(cue).id})
        cue, value = self.companion.knowledge.checked(cue, value)
        return self._go(answers=(*kept, Observation(cue, value)), removed=self.removed - {cue})

    def back(self) -> Interview:
        """The interview before the last answer, or this one when there was none."""
        return self.before or self

    def _standing(self) -> Question:
        if self.question is None:
            raise ValueError("the interview is over; there is no question to answer")
        return self.question

    def _go(
        self,
        answers: Sequence[Observation] | None = None,
        skipped: frozenset[str] | None = None,
        removed: frozenset[str] | None = None,
    ) -> Interview:
        removed = self.removed if removed is None else removed
        answers = self.answers if answers is None else tuple(answers)
        skipped = self.skipped if skipped is None else skipped
        reading = self.companion.read(self.text, answers, removed=removed, skip=skipped, of=self.of)
        return replace(self, answers=tuple(answers), skipped=skipped, reading=reading, before=self, removed=removed)


def begin(
    companion: Companion,
    text: str | None = None,
    given: Sequence[Observation] = (),
    removed: Collection[str] = (),
    of: Acquaintance | None = None,
) -> Interview:
    """An interview that starts from an account, from cues, or from nothing; about a dog that is known, or any dog."""
    gone = frozenset(removed)
    reading = companion.read(text, given, removed=gone, of=of)
    return Interview(companion, text, tuple(given), frozenset(), reading, removed=gone, of=of)
