"""An account as the numbers that the trained ear listens to: each word by its stem, its letters, its classes and its surroundings."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from houndsight.knowledge.ear import Head
from houndsight.knowledge.lexicon import Lexicon, Scope
from houndsight.senses.words.choosing import Told
from houndsight.senses.words.matcher import Match
from houndsight.senses.words.tokens import Tokens

__all__ = ["BREAKS", "BUCKETS", "PARTS", "Features", "features", "letters"]

BUCKETS = 4096
"""Groups of three letters are told apart this far."""

PARTS = 8
"""So many groups of three letters of a word are looked at."""

BREAKS = 4
"""Marks of a word: a sentence begins, a clause begins, the sentence asks, the word is written with a capital."""

Whole = NDArray[np.int32]
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """The n words of an account.

    `stems`, `words` (n) and `letters` (n, PARTS) are numbers, 0 where unknown; `classes` (n, C), `told` (n, K) and `marks` (n, S)
    say how far each holds, 0 to 1, and so do `breaks` (n, BREAKS).
    """

    stems: Whole
    words: Whole
    letters: Whole
    classes: Array
    told: Array
    marks: Array
    breaks: Array

    def __len__(self) -> int:
        return len(self.stems)

    def __getitem__(self, inside: slice) -> Features:
        return Features(
            self.stems[inside], self.words[inside], self.letters[inside], self.classes[inside],
            self.told[inside], self.marks[inside], self.breaks[inside],
        )  # fmt: skip


@lru_cache(maxsize=65536)
def letters(word: str) -> tuple[int, ...]:
    """The groups of three letters of a word, as numbers from 1 to BUCKETS, filled up with 0 to PARTS."""
    whole = f"<{word}>"
    groups = [whole[i : i + 3] for i in range(max(len(whole) - 2, 1))][:PARTS]
    numbers = [zlib.crc32(group.encode("utf-8", "surrogatepass")) % BUCKETS + 1 for group in groups]
    return (*numbers, *[0] * (PARTS - len(numbers)))


def features(tokens: Tokens, matches: Sequence[Match], told: Sequence[Told], lexicon: Lexicon, head: Head) -> Features:
    """The numbers of the words `tokens`, in which the phrases `matches` were found and tell `told`."""
    n = len(tokens)
    plain = [word[1:] for word in tokens.exact]
    classes = np.zeros((n, head.kinds), np.float32)
    for i, stem in enumerate(tokens.stems):
        classes[i, list(head.classes.get(stem, ()))] = 1.0
    said = np.zeros((n, len(head.pairs)), np.float32)
    for one in told:
        if (k := head.place.get((one.cue, one.value))) is not None:
            here = said[one.first : one.last + 1, k]
            np.maximum(here, one.confidence, out=here)
    marks = np.zeros((n, 1 + len(head.marks)), np.float32)
    for match in matches:
        target = lexicon.targets[match.target]
        if isinstance(target, Scope) and (number := head.marks.get(target.name)):
            marks[match.first : match.last + 1, number] = 1.0
    return Features(
        np.array([head.stems.get(stem, 0) for stem in tokens.stems], np.int32),
        np.array([head.words.get(word, 0) for word in plain], np.int32),
        np.array([letters(word) for word in plain], np.int32).reshape(n, PARTS),
        classes,
        said,
        marks,
        _breaks(tokens),
    )


def _breaks(tokens: Tokens) -> Array:
    n = len(tokens)
    breaks = np.zeros((n, BREAKS), np.float32)
    for i in range(n):
        begins = i == 0 or tokens.sentences[i] != tokens.sentences[i - 1]
        breaks[i] = (
            begins,
            not begins and tokens.clauses[i] != tokens.clauses[i - 1],
            tokens.sentences[i] in tokens.asked,
            i in tokens.capitals,
        )
    return breaks
