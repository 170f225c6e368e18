"""Phrases: how a way of saying something is written in a lexicon file, and what it becomes.

A phrase is one line of words. The signs:

    lean            any form of a base word: lean, leans, leaned, leant, leaning
    sat  dogs       an inflected form stands for itself only
    =pant           this very form of a base word only
    a|b|=c          one of these
    @kin            one of the words of a class (alternatives may hold classes too)
    word?  a|b|?    may be left out
    _  _?           exactly one word (at most one), whatever it is
    ..  ..6         up to three (six) words, whatever they are
    !a|b            the next word is none of these
    ^  $            a sentence begins (ends) here; a|b|$ is one of these words or the end
    ~ 0.6           at the end of the line: how sure the phrase makes one
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

__all__ = ["Element", "Phrase", "PhraseFault", "Stemmer", "parse_phrase"]

_GAP = re.compile(r"\.\.(\d*)\Z")
_WORD = re.compile(r"=?[^\W_]+\Z|'s\Z")
_KEEP_DOUBLE = "lsfzoe"
_VOWEL = re.compile("[aeiouy]")


class PhraseFault(ValueError):
    """A phrase that cannot be read; the text says why."""


class Stemmer:
    """Brings the inflections of a word to one stem; the irregular ones come from the lexicon's forms.

    A form that is its own base ("quite") is kept whole, so that it does not fall together with another word ("quit").
    """

    def __init__(self, forms: Mapping[str, str]) -> None:
        self._forms = dict(forms)
        self._whole = {word for word, base in forms.items() if word == base}
        self._known: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """The stem of `word` (lower case); it is no word to show, only a key to compare."""
        stem = self._known.get(word)
        if stem is None:
            base = self._forms.get(word, word)
            stem = base if base in self._whole else _stem(base)
            if len(self._known) < 20_000:
                self._known[word] = stem
        return stem

    def is_base(self, word: str) -> bool:
        """Whether `word` is no inflection of another word, as far as spelling tells."""
        return word in self._whole or (
            word not in self._forms and _stem(word) == (word[:-1] if word.endswith("e") and len(word) > 3 else word)
        )


def _stem(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        word = word[:-2]
    elif word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and _VOWEL.search(rest):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in _KEEP_DOUBLE else rest
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a phrase. `words` holds stems, and exact forms behind `=`; empty with `gap` > 0 means any words.

    `gap` is the largest number of arbitrary words; with `least` = 1 there must be one. `refused` turns the sense round
    and takes no word. `edge` is -1 for the begin of a sentence, 1 for its end (or one of the words, when there are some).
    """

    words: frozenset[str] = frozenset()
    optional: bool = False
    gap: int = 0
    least: int = 0
    refused: bool = False
    edge: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A way of saying `target`; `before` (nearest first) and `after` are the steps around the `anchor` word; `line` as written."""

    target: int
    anchor: Element
    before: tuple[Element, ...]
    after: tuple[Element, ...]
    confidence: float
    line: str


def parse_phrase(
    line: str,
    target: int,
    confidence: float,
    classes: Mapping[str, frozenset[str]],
    stem: Stemmer,
    common: Collection[str],
) -> Phrase:
    """The phrase written in `line`; raises PhraseFault when it cannot be read."""
    text, sign, number = line.partition("~")
    if sign:
        confidence = _number(number)
    elements = [_element(part, classes, stem) for part in text.split()]
    anchor = _anchor(elements, common)
    before, after = tuple(reversed(elements[:anchor])), tuple(elements[anchor + 1 :])
    return Phrase(target, elements[anchor], before, after, confidence, line)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.0 < value <= 1.0:
        raise PhraseFault(f"{text.strip()!r} after ~ is not a number above 0 and at most 1")
    return value


def _element(part: str, classes: Mapping[str, frozenset[str]], stem: Stemmer) -> Element:
    if part in ("^", "$"):
        return Element(edge=-1 if part == "^" else 1)
    if part in ("_", "_?"):
        return Element(gap=1, least=int(part == "_"))
    if gap := _GAP.match(part):
        return Element(gap=int(gap[1] or 3))
    refused, optional = part.startswith("!"), part.endswith("?")
    words: set[str] = set()
    items = part.removeprefix("!").removesuffix("?").removesuffix("|").split("|")
    for item in items:
        words |= _words(item, classes, stem) if item != "$" else frozenset()
    return Element(frozenset(words), optional, refused=refused, edge=int("$" in items))


def _words(item: str, classes: Mapping[str, frozenset[str]], stem: Stemmer) -> frozenset[str]:
    if item.startswith("@"):
        if item[1:] not in classes:
            raise PhraseFault(f"there is no class of words {item!r}")
        return classes[item[1:]]
    if not _WORD.match(item) or item != item.lower():
        raise PhraseFault(f"{item!r} is not a word in small letters")
    if item.startswith("="):
        return frozenset((item,))
    return frozenset((stem(item) if stem.is_base(item) else f"={item}",))


def _anchor(elements: list[Element], common: Collection[str]) -> int:
    """The word by which the phrase is found: the rarest that must be there. A refusal looks ahead, so it is read from the first."""
    sure = [i for i, e in enumerate(elements) if e.words and not (e.optional or e.refused or e.edge)]
    if not sure:
        raise PhraseFault("has no word that must be there")
    if any(e.refused for e in elements[: sure[-1]]):
        if sure[0] > 0 and any(e.refused for e in elements[: sure[0]]):
            raise PhraseFault("must not begin with a refusal")
        return sure[0]
    return min(sure, key=lambda i: (any(w.lstrip("=") in common for w in elements[i].words), len(elements[i].words)))
