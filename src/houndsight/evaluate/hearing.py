"""Scores of what was heard: cues against labelled cues, and calls for a professional against labelled need."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from houndsight.evaluate.accounts import LabelledAccount
from houndsight.evaluate.intervals import Places
from houndsight.inference.flags import fired
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.conditions import Scene
from houndsight.records.reading import PRESSING, PROFESSIONALS

__all__ = ["CueCounts", "calls_professional", "count_cues", "cue_scores", "need_scores", "scores_by_cue"]

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class CueCounts:
    """Per account and cue, (N, C): pairs cue=value that were right, wrongly heard, and missed. A wrong value is both of the latter."""

    cues: tuple[str, ...]
    right: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    extra: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    missed: np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def count_cues(
    cues: Sequence[str], labelled: Sequence[Collection[Pair]], heard: Sequence[Collection[Pair]]
) -> CueCounts:
    """Counts exact pairs of the main moment; pairs of cues that are not among `cues` are left out."""
    place = {cue: i for i, cue in enumerate(cues)}
    right, extra, missed = (np.zeros((len(labelled), len(cues)), dtype=np.int64) for _ in range(3))
    for n, (true, said) in enumerate(zip(labelled, heard, strict=True)):
        for table, pairs in (
            (right, set(true) & set(said)),
            (extra, set(said) - set(true)),
            (missed, set(true) - set(said)),
        ):
            for cue, _ in pairs:
                if cue in place:
                    table[n, place[cue]] += 1
    return CueCounts(tuple(cues), right, extra, missed)


def _ratios(right: float, extra: float, missed: float) -> tuple[float, float, float]:
    """Precision, recall and F1; NaN where nothing was heard, nothing was labelled, or neither."""
    precision = right / (right + extra) if right + extra else float("nan")
    recall = right / (right + missed) if right + missed else float("nan")
    either = 2 * right + extra + missed
    return precision, recall, 2 * right / either if either else float("nan")


def cue_scores(counts: CueCounts, places: Places) -> Mapping[str, float]:
    """Micro precision, recall and F1 over all pairs, and macro F1: the mean over the cues that were labelled or heard at all."""
    right, extra, missed = (table[places].sum(axis=0) for table in (counts.right, counts.extra, counts.missed))
    precision, recall, micro = _ratios(right.sum(), extra.sum(), missed.sum())
    each = [
        2 * r / (2 * r + e + m)
        for r, e, m in zip(right.tolist(), extra.tolist(), missed.tolist(), strict=True)
        if r + e + m
    ]
    macro = sum(each) / len(each) if each else float("nan")
    return {"precision": precision, "recall": recall, "micro F1": micro, "macro F1": macro}


def scores_by_cue(counts: CueCounts) -> dict[str, tuple[float, float, float, int]]:
    """Cue -> precision, recall, F1 and how often it was labelled, for the cues that were labelled or heard at all."""
    found = {}
    for i, cue in enumerate(counts.cues):
        right, extra, missed = (int(table[:, i].sum()) for table in (counts.right, counts.extra, counts.missed))
        if right + extra + missed:
            found[cue] = (*_ratios(right, extra, missed), right + missed)
    return found


def calls_professional(knowledge: Knowledge, scenes: Sequence[Scene]) -> bool:
    """Whether a flag of any of the account's moments wants a vet or a behaviour professional now or soon."""
    flags = [flag for scene in scenes for flag in fired(knowledge, scene)]
    return any(flag.who in PROFESSIONALS and flag.urgency in PRESSING for flag in flags)


def need_scores(called: Sequence[bool], accounts: Sequence[LabelledAccount], places: Places) -> Mapping[str, float]:
    """Share of the accounts that want a professional that were called (recall), and of the others that were (false alarms)."""
    known = np.array([account.see_vet is not None for account in accounts])[places]
    said, need = (
        np.array(called)[places][known],
        np.array([account.see_vet is True for account in accounts])[places][known],
    )
    return {
        "recall": float(said[need].mean()) if need.any() else float("nan"),
        "false alarms": float(said[~need].mean()) if not need.all() else float("nan"),
    }
