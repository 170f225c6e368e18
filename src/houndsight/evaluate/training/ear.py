"""The whole ear: networks trained on all accounts, and what they hear of accounts that they have not seen, for trust and limits."""

from __future__ import annotations

import hashlib
import multiprocessing
import tomllib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from houndsight.errors import InputError
from houndsight.evaluate.accounts import LabelledAccount
from houndsight.evaluate.training.examples import Example, example, heading
from houndsight.evaluate.training.train import train
from houndsight.knowledge.ear import Head, Net, TrainedEar, pack, unpack
from houndsight.knowledge.lexicon import Lexicon
from houndsight.knowledge.vocabulary import Vocabulary
from houndsight.records.observation import Observation
from houndsight.senses.words.deciding import ANY, Chances, chances, likeliest, told_values
from houndsight.senses.words.listening import listened

__all__ = ["Plan", "fingerprint", "make_ear", "word_classes"]

LEAST_TRUST = 0.38
"""A cue is told from this calibrated chance on. Half of the F1 to be had would give the best F1 on accounts labelled as densely as
those learned from; real ones are labelled a little more sparingly."""

LEAST_SAFETY = 0.28
"""The same for cues that rules alone read and for the values that warn: they have recall first."""

WARNING = frozenset(("voice", "mobility", "rear_discomfort", "knocks_over"))
"""Cues that flags rest on though the motive reads them too; they share the lower limit of the safety cues."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the ear is made: networks of the final ear, folds for trust, rounds over the accounts, width of the network, processes."""

    nets: int = 3
    folds: int = 4
    epochs: int = 30
    hidden: int = 160
    processes: int = 2


def fingerprint(accounts: Sequence[LabelledAccount]) -> str:
    """What tells these accounts with these labels from any others."""
    total = hashlib.sha256()
    for account in accounts:
        cues = sorted((cue.cue, cue.value, cue.span) for cue in account.cues)
        total.update(
            repr((account.text, cues, account.beliefs, account.lean, account.see_vet)).encode("utf-8", "surrogatepass")
        )
    return total.hexdigest()[:16]


def word_classes(path: Path, lexicon: Lexicon) -> dict[str, tuple[int, ...]]:
    """Stem -> the numbers of its classes, from a TOML file of `[classes]` with words between blanks. Raises InputError."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))["classes"]
        named = sorted((str(name), str(words).split()) for name, words in raw.items())
    except (OSError, KeyError, AttributeError, ValueError) as error:
        raise InputError(f"{path} is not a file of word classes: {error}") from None
    found: dict[str, set[int]] = {}
    for number, (_, words) in enumerate(named):
        for word in words:
            found.setdefault(lexicon.stem(word), set()).add(number)
    return {stem: tuple(sorted(numbers)) for stem, numbers in sorted(found.items())}


def make_ear(
    accounts: Sequence[LabelledAccount],
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    classes: Mapping[str, tuple[int, ...]],
    plan: Plan,
    made: Mapping[str, Any],
    say: Callable[[str], object] = lambda _: None,
) -> tuple[TrainedEar, list[tuple[Observation, ...]]]:
    """The ear that these accounts make, and what an ear made from the other folds tells of each of them."""
    head = heading(accounts, lexicon, vocabulary, classes)
    examples = [example(account, lexicon, head) for account in accounts]
    fold = np.random.default_rng(20).permutation(len(examples)) % plan.folds
    jobs = [([i for i in range(len(examples)) if fold[i] != f], 1 + f) for f in range(plan.folds)]
    jobs += [(list(range(len(examples))), 11 + seed) for seed in range(plan.nets)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(plan.processes, mp_context=context) as pool:
        waiting = [pool.submit(_trained, [examples[i] for i in inside], head, seed, plan) for inside, seed in jobs]
        nets = []
        for number, one in enumerate(waiting, 1):
            nets.append(one.result())
            say(f"{number} of {len(jobs)} networks are trained")
    unseen: list[Chances | None] = [None] * len(examples)
    for f in range(plan.folds):
        judge = _rounded(TrainedEar(head, (nets[f],)))
        for i in np.flatnonzero(fold == f).tolist():
            unseen[i] = chances(examples[i].found, judge)
    foretold = [one for one in unseen if one is not None]
    trust = _trust(head, examples, foretold)
    head = replace(head, trust=trust, limits=_limits(vocabulary, trust), lean=_lean(examples, foretold))
    head = replace(
        head,
        made={
            **made,
            "accounts": len(accounts),
            "from": fingerprint(accounts),
            "networks": plan.nets,
            "rounds": plan.epochs,
        },
    )
    told = [
        told_values(said, head, listened(account.text, lexicon))
        for account, said in zip(accounts, foretold, strict=True)
    ]
    return _rounded(TrainedEar(head, tuple(nets[plan.folds :]))), told


def _trained(examples: Sequence[Example], head: Head, seed: int, plan: Plan) -> Net:
    return train(examples, head, seed, plan.epochs, plan.hidden)


def _rounded(ear: TrainedEar) -> TrainedEar:
    """The ear as its file keeps it, so that what is judged is what is written."""
    return unpack(pack(ear))


def _trust(
    head: Head, examples: Sequence[Example], heard: Sequence[Chances], least: float = 0.03
) -> tuple[float, float]:
    """Slope and intercept of the chance of being right over the log odds (Platt 1999), for each account's likeliest value of each cue."""
    odds, right = [], []
    for one, said in zip(examples, heard, strict=True):
        for k in likeliest(said, head).values():
            p = float(said.account[k])
            if p >= least and one.known[k] > 0:
                odds.append(np.log(p / (1 - min(p, 1 - 1e-6))))
                right.append(float(one.account[k]))
    if not odds:  # a network that has hardly begun hears nothing
        return 1.0, 0.0
    x, y = np.array(odds), np.array(right)

    def surprise(ab: NDArray[np.float64]) -> float:
        z = ab[0] * x + ab[1]
        return float((np.logaddexp(0, z) - y * z).mean())

    found = minimize(surprise, np.array([1.0, 0.0]), method="Nelder-Mead")
    return round(float(found.x[0]), 4), round(float(found.x[1]), 4)


def _limits(vocabulary: Vocabulary, trust: tuple[float, float]) -> dict[str, float]:
    """The least chance before calibration at which a cue is told."""

    def raw(chance: float) -> float:
        z = (np.log(chance / (1 - chance)) - trust[1]) / trust[0]
        return round(float(1 / (1 + np.exp(-z))), 4)

    careful = [cue.id for cue in vocabulary.cues.values() if cue.read_by == "flag" or cue.id in WARNING]
    return {ANY: raw(LEAST_TRUST), **dict.fromkeys(careful, raw(LEAST_SAFETY))}


def _lean(examples: Sequence[Example], heard: Sequence[Chances]) -> float:
    """The limit that parts accounts with a lean from those without best, both kinds counting alike."""
    said = np.array([one.lean for one in heard])
    told = np.array([one.lean for one in examples]) > 0.5
    tried = np.unique(said.round(3))
    balanced = [
        ((said[told] >= t).mean() if told.any() else 1) + ((said[~told] < t).mean() if (~told).any() else 1)
        for t in tried
    ]
    return float(tried[int(np.argmax(balanced))])
