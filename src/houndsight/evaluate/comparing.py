"""Readings side by side: before and after the fit, and against baselines and perfect hearing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from houndsight.evaluate.accounts import LabelledAccount, leaning
from houndsight.evaluate.baselines import BagOfWords, majority
from houndsight.evaluate.fit import Fitted, Learner, beliefs_of
from houndsight.evaluate.hearing import CueCounts, calls_professional, count_cues, cue_scores, need_scores
from houndsight.evaluate.intervals import Figure, figures
from houndsight.evaluate.scores import motive_scores
from houndsight.inference.network import Floats, Network, compile_network
from houndsight.inference.posterior import posterior
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.conditions import Scene
from houndsight.records.observation import Heard, Observation

__all__ = [
    "PERFECT",
    "Hearing",
    "Table",
    "after_fit",
    "before_and_after",
    "cue_table",
    "labelled_hearing",
    "motive_readings",
    "motive_table",
    "need_table",
]

Hearing = Callable[[str], Heard]
"""A sense of words: text in, what was heard out."""

Table = dict[str, dict[str, Figure]]
"""Kind of reading -> score -> figure."""

PERFECT = "labelled cues"
"""The name of perfect hearing."""

STAGES = ("pure network", "blocks of model.toml", "temper", "temper and rows")


def _figures(p: Floats, q: Floats, draws: int) -> dict[str, Figure]:
    return figures(lambda places: motive_scores(p[places], q[places]), len(q), draws)


def before_and_after(learner: Learner, draws: int = 1000) -> Table:
    """Stages of the fit on the accounts that it learns from, the learned ones foretold across folds."""
    readings = learner.plain(), learner.started(), learner.foretold(rows=False), learner.foretold()
    return {name: _figures(p, learner.q, draws) for name, p in zip(STAGES, readings, strict=True)}


def after_fit(check: Learner, temper_alone: Fitted, fitted: Fitted, draws: int = 1000) -> Table:
    """The same stages on accounts that were not learned from."""
    readings = check.plain(), check.started(), check.read(temper_alone), check.read(fitted)
    return {name: _figures(p, check.q, draws) for name, p in zip(STAGES, readings, strict=True)}


def labelled_hearing(account: LabelledAccount) -> Heard:
    """What perfect hearing would report: the labelled cues of both moments, and what a professional should hear.

    A flagged value that the main moment contradicts was told of another moment.
    """
    main = {cue.cue: cue.value for cue in account.cues}
    flagged = [Observation(cue, value) for cue, value in account.flagged if main.get(cue) != value]
    added = {o.cue: o for o in flagged if o.cue not in main}
    apart = [(o,) for o in flagged if o not in added.values()]
    second = [tuple(Observation(cue.cue, cue.value) for cue in account.second)] if account.second else []
    further = tuple(Heard(moment, heard_lean=False) for moment in (*second, *apart))
    return Heard((*account.observations, *added.values()), account.beliefs is not None, further)


def _read(network: Network, many: Sequence[Sequence[Observation]]) -> Floats:
    return np.array([posterior(network, observations) for observations in many])


def motive_readings(
    knowledge: Knowledge,
    accounts: Sequence[LabelledAccount],
    hearings: Mapping[str, Sequence[Heard]],
    train: Sequence[LabelledAccount] = (),
) -> dict[str, Floats]:
    """p(motive) of the accounts that tell of a lean, (N, M): baselines, each kind of hearing, and perfect hearing under PERFECT.

    The baselines learn from `train`; without it they learn from the other folds of the accounts themselves.
    """
    inside = [i for i, account in enumerate(accounts) if account.beliefs is not None]
    told = [accounts[i] for i in inside]
    if not told:
        return {}
    network = compile_network(knowledge)
    readings = _baselines(told, leaning(tuple(train)))
    for name, heard in hearings.items():
        readings[name] = _read(network, [heard[i].observations for i in inside])
    return readings | {PERFECT: _read(network, [account.observations for account in told])}


def motive_table(readings: Mapping[str, Floats], q: Floats, draws: int = 1000) -> Table:
    """Scores of readings against the beliefs `q` (N, M)."""
    return {name: _figures(p, q, draws) for name, p in readings.items()}


def _baselines(told: Sequence[LabelledAccount], known: Sequence[LabelledAccount], folds: int = 5) -> dict[str, Floats]:
    """The commonest motive and a bag of words, trained on `known` or, when there are none, each fold on the others."""
    if known:
        learned, texts = beliefs_of(known), [a.text for a in told]
        return {
            "majority": majority(learned, len(told)),
            "bag of words": BagOfWords.fit([a.text for a in known], learned)(texts),
        }
    if len(told) < 2 * folds:
        return {}
    q = beliefs_of(told)
    found = {"majority": np.zeros_like(q), "bag of words": np.zeros_like(q)}
    for fold in range(folds):
        held = [i for i in range(len(told)) if i % folds == fold]
        others = [told[i] for i in range(len(told)) if i % folds != fold]
        for name, p in _baselines([told[i] for i in held], others).items():
            found[name][held] = p
    return found


def cue_table(
    knowledge: Knowledge, accounts: Sequence[LabelledAccount], heard: Sequence[Heard], draws: int = 1000
) -> tuple[Mapping[str, Figure], CueCounts]:
    """Scores of the heard cues of the main moment. Cues that only rules read are labelled as flags and are left out here."""
    cues = [cue.id for cue in knowledge.vocabulary.cues.values() if cue.read_by != "flag"]
    labelled = [[(cue.cue, cue.value) for cue in account.cues] for account in accounts]
    said = [[(o.cue, o.value) for o in one.observations] for one in heard]
    counts = count_cues(cues, labelled, said)
    return figures(partial(cue_scores, counts), len(accounts), draws), counts


def need_table(
    knowledge: Knowledge,
    accounts: Sequence[LabelledAccount],
    hearings: Mapping[str, Sequence[Heard]],
    draws: int = 1000,
) -> Table:
    """Recall and false alarms of calls for a professional, any moment of an account counting, by kind of hearing."""
    network = compile_network(knowledge)
    found: Table = {}
    for name, heard in hearings.items():
        called = [
            calls_professional(knowledge, [_scene(network, one) for one in (whole, *whole.further)]) for whole in heard
        ]
        found[name] = figures(partial(need_scores, called, accounts), len(accounts), draws)
    return found


def _scene(network: Network, heard: Heard) -> Scene:
    p = posterior(network, heard.observations)
    return Scene({o.cue: o.value for o in heard.observations}, dict(zip(network.motives, p.tolist(), strict=True)))
