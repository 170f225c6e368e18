"""Finds the phrases of the lexicon in the words of an account."""

from __future__ import annotations

from dataclasses import dataclass

from houndsight.knowledge.lexicon import Lexicon
from houndsight.knowledge.phrases import Element, Phrase
from houndsight.senses.words.tokens import Tokens

__all__ = ["Match", "find"]


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: words `first` to `last` (inclusive) tell target number `target`; `line` is the phrase as written."""

    target: int
    first: int
    last: int
    confidence: float
    line: str


def find(tokens: Tokens, lexicon: Lexicon) -> list[Match]:
    """All phrases found, in the order of the words; each phrase once at each anchor word."""
    found: list[Match] = []
    index = lexicon.index
    for at in range(len(tokens)):
        for key in (tokens.stems[at], tokens.exact[at]):
            matches = (_match(phrase, tokens, at) for phrase in index.get(key, ()))
            found.extend(match for match in matches if match is not None)
    return found


def _match(phrase: Phrase, tokens: Tokens, at: int) -> Match | None:
    last = _walk(phrase.after, 0, tokens, at + 1, 1, tokens.sentences[at]) if phrase.after else at + 1
    if last is None:
        return None
    first = _walk(phrase.before, 0, tokens, at - 1, -1, tokens.sentences[at]) if phrase.before else at - 1
    if first is None:
        return None
    return Match(phrase.target, first + 1, last - 1, phrase.confidence, phrase.line)


def _walk(steps: tuple[Element, ...], number: int, tokens: Tokens, at: int, way: int, sentence: int) -> int | None:
    """The place after the last step when the steps fit from `at` onward in the direction `way`, else None.

    The depth is the number of steps and a gap is short, so that the work at one word has a fixed bound.
    """
    while number < len(steps):
        step = steps[number]
        inside = 0 <= at < len(tokens) and tokens.sentences[at] == sentence
        if step.edge and not (step.words and inside):
            if inside:
                return None
        elif step.gap:
            return _over(steps, number, tokens, at, way, sentence)
        else:
            fits = inside and (tokens.stems[at] in step.words or tokens.exact[at] in step.words)
            if step.refused:
                if fits:
                    return None
            elif fits and step.optional:
                taken = _walk(steps, number + 1, tokens, at + way, way, sentence)
                return taken if taken is not None else _walk(steps, number + 1, tokens, at, way, sentence)
            elif fits:
                at += way
            elif not step.optional:
                return None
        number += 1
    return at


def _over(steps: tuple[Element, ...], number: int, tokens: Tokens, at: int, way: int, sentence: int) -> int | None:
    """Tries the gap at step `number` from its shortest to its longest."""
    for size in range(steps[number].gap + 1):
        edge = at + way * (size - 1)
        if size and not (0 <= edge < len(tokens) and tokens.sentences[edge] == sentence):
            return None
        if size >= steps[number].least:
            end = _walk(steps, number + 1, tokens, at + way * size, way, sentence)
            if end is not None:
                return end
    return None
