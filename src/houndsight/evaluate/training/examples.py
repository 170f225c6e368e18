"""Labelled accounts as what a network learns from: the numbers of their words, and what each word should say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from houndsight.evaluate.accounts import LabelledAccount
from houndsight.knowledge.ear import Head
from houndsight.knowledge.lexicon import SCOPES, Lexicon
from houndsight.knowledge.vocabulary import Vocabulary
from houndsight.senses.words.features import Features, features
from houndsight.senses.words.listening import Listened, listened

__all__ = ["Example", "example", "heading"]

Array = NDArray[np.float32]

OFTEN_STEM, OFTEN_WORD = 2, 3
"""A stem or a word has a number of its own when so many accounts hold it."""

ELSEWHERE = 0.3
"""How much it counts that a cue is silent at other words than the marked ones of an account that tells it: it may be told twice."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """n words and their targets.

    `told` (n, K) is 1 at the words that tell a value, `weight` (n, K) how much each counts, `account` (K) is 1 for the values told
    anywhere and `known` (K) 0 where nobody said. `belief` (M), `lean` and `need` are what the account as a whole tells, NaN where
    nobody said.
    """

    found: Features
    told: Array
    weight: Array
    account: Array
    known: Array
    belief: Array
    lean: float
    need: float


def heading(
    accounts: Sequence[LabelledAccount],
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    classes: Mapping[str, tuple[int, ...]],
) -> Head:
    """The numbering of inputs and outputs that these accounts ask for; trust and limits are still to be found."""
    stems, words = Counter[str](), Counter[str]()
    for account in accounts:
        tokens = listened(account.text, lexicon).tokens
        stems.update(set(tokens.stems))
        words.update({word[1:] for word in tokens.exact})
    pairs = tuple((cue.id, value) for cue in vocabulary.cues.values() for value in cue.values)
    return Head(
        lexicon.language,
        pairs,
        _numbered(stem for stem, count in stems.items() if count >= OFTEN_STEM),
        _numbered(word for word, count in words.items() if count >= OFTEN_WORD),
        _numbered(SCOPES),
        classes,
        (1.0, 0.0),
        {},
        0.0,
    )


def _numbered(names: object) -> dict[str, int]:
    return {name: i for i, name in enumerate(sorted(names), 1)}  # type: ignore[call-overload]


def example(account: LabelledAccount, lexicon: Lexicon, head: Head) -> Example:
    """One account to learn from; a cue whose words are not marked counts for the account and not for its words."""
    whole = listened(account.text, lexicon)
    found = features(whole.tokens, whole.matches, whole.told, lexicon, head)
    n, k = len(found), len(head.pairs)
    told, weight = np.zeros((n, k), np.float32), np.ones((n, k), np.float32)
    target, known = np.zeros(k, np.float32), np.ones(k, np.float32)
    for cue in account.cues:
        i = head.place[cue.cue, cue.value]
        target[i] = 1.0
        inside = _words(whole, account.text, cue.span)
        weight[:, i] = ELSEWHERE if inside else 0.0
        told[inside, i] = weight[inside, i] = 1.0
        if not inside and not cue.span:
            known[i] = 0.0  # set by a person without words that tell it: perhaps the account does not
    belief = np.full(8, np.nan, np.float32) if account.beliefs is None else np.array(account.beliefs, np.float32)
    need = np.nan if account.see_vet is None else float(account.see_vet)
    return Example(found, told, weight, target, known, belief, float(account.lean), need)


def _words(whole: Listened, text: str, span: str) -> list[int]:
    """The words that the marked words of a label cover."""
    at = text.find(span) if span else -1
    if at < 0:
        return []
    tokens = whole.tokens
    return [i for i in range(len(tokens)) if tokens.starts[i] < at + len(span) and at < tokens.ends[i]]
