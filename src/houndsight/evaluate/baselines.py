"""What a reading must beat: the commonest motive, and a bag of words straight to the motive."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from houndsight.evaluate.scores import cross_entropy
from houndsight.inference.network import Floats

__all__ = ["BagOfWords", "majority"]

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
EXPONENTS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0)
SMOOTHING = 30.0
"""Words that each motive is given beforehand, as common as they are in all accounts (Zhai and Lafferty 2004)."""


def majority(train: Floats, count: int) -> Floats:
    """The mean belief of the training accounts for everybody, (count, M): the same motive leads always."""
    return np.tile(train.mean(axis=0), (count, 1))


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")))


@dataclass(frozen=True, slots=True, eq=False)
class BagOfWords:
    """Naive Bayes over the set of an account's words (Manning, Raghavan and Schütze 2008, chapter 13), trained on soft beliefs.

    `table` (W, M) are log P(word | motive), smoothed towards how common the word is among all motives; `exponent` tempers the sum
    over an account's words, which are far from independent.
    """

    place: dict[str, int]
    log_prior: Floats
    table: Floats
    exponent: float = 1.0

    @classmethod
    def fit(cls, texts: Sequence[str], beliefs: Floats, folds: int = 5) -> Self:
        """Trains on texts with their beliefs (N, M); the exponent is the one with the least cross-entropy across folds."""
        fold = np.arange(len(texts)) % folds
        losses = np.zeros(len(EXPONENTS))
        for i in range(folds):
            inside, held = (np.flatnonzero(side).tolist() for side in (fold != i, fold == i))
            model = cls.counted([texts[n] for n in inside], beliefs[inside])
            losses += [
                cross_entropy(replace(model, exponent=exponent)([texts[n] for n in held]), beliefs[held]).sum()
                for exponent in EXPONENTS
            ]
        return replace(cls.counted(texts, beliefs), exponent=EXPONENTS[int(losses.argmin())])

    @classmethod
    def counted(cls, texts: Sequence[str], beliefs: Floats) -> Self:
        """Counts of words that at least two accounts use, under the exponent 1."""
        used = Counter(word for text in texts for word in _words(text))
        place = {word: i for i, word in enumerate(word for word, count in used.items() if count > 1)}
        counts = np.zeros((len(place), beliefs.shape[1]))
        for text, belief in zip(texts, beliefs, strict=True):
            for word in _words(text) & place.keys():
                counts[place[word]] += belief
        common = counts.sum(axis=1, keepdims=True) / counts.sum()
        table = (counts + SMOOTHING * common) / (counts.sum(axis=0) + SMOOTHING)
        prior = beliefs.sum(axis=0) + 1
        return cls(place, np.log(prior / prior.sum()), np.log(table))

    def __call__(self, texts: Sequence[str]) -> Floats:
        """p(motive | words) of each text, (N, M); words never trained on are left out."""
        known = [sorted(self.place[word] for word in _words(text) & self.place.keys()) for text in texts]
        sums = np.array([self.table[words].sum(axis=0) for words in known])
        scores = self.log_prior + self.exponent * sums
        raw = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Floats = raw / raw.sum(axis=1, keepdims=True)
        return shares
