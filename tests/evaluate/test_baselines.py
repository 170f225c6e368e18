from __future__ import annotations

import numpy as np
import pytest

from houndsight.evaluate.accounts import LabelledAccount
from houndsight.evaluate.baselines import SMOOTHING, BagOfWords, majority
from houndsight.evaluate.fit import beliefs_of
from houndsight.evaluate.scores import cross_entropy, top

TEXTS = ["the storm scared him", "a storm again", "he wants dinner", "dinner was late"] * 5
BELIEFS = np.array([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9], [0.1, 0.9]] * 5)


def test_the_majority_says_the_same_of_everybody() -> None:
    assert majority(np.array([[1.0, 0.0], [0.5, 0.5]]), 3).tolist() == [[0.75, 0.25]] * 3


def test_a_bag_of_words_learns_what_a_word_speaks_for() -> None:
    p = BagOfWords.fit(TEXTS, BELIEFS)(["what a storm", "dinner time"])
    assert p.argmax(axis=1).tolist() == [0, 1]


def test_words_never_seen_leave_the_prior() -> None:
    model = BagOfWords.fit(TEXTS, BELIEFS)
    assert model(["xyzzy", ""]) == pytest.approx(np.tile(np.exp(model.log_prior), (2, 1)))


def test_the_shares_agree_with_bayes_by_hand() -> None:
    model = BagOfWords.counted(
        ["storm storm", "storm", "dinner", "dinner"], np.array([[1.0, 0], [1, 0], [0, 1], [0, 1]])
    )
    storm = np.array([2 + SMOOTHING / 2, SMOOTHING / 2]) / (2 + SMOOTHING)
    assert model(["Storm!"])[0] == pytest.approx(storm / storm.sum())


def test_a_bag_of_words_beats_the_majority_on_other_accounts(train: tuple[LabelledAccount, ...]) -> None:
    first, rest = train[:170], train[170:]
    p = BagOfWords.fit([a.text for a in first], beliefs_of(first))([a.text for a in rest])
    q, same = beliefs_of(rest), majority(beliefs_of(first), len(rest))
    assert top(p, q).mean() > top(same, q).mean()
    assert cross_entropy(p, q).mean() < cross_entropy(same, q).mean()
