"""Scores of motive readings against labelled beliefs, as pure functions over arrays.

`p` are probabilities read and `q` probabilities believed, both (N, M) with rows that sum to 1. The leader of an account is the
motive that its labeller believed most.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from houndsight.inference.network import Floats

__all__ = [
    "LEAST",
    "Bin",
    "brier",
    "calibration_error",
    "cross_entropy",
    "leaders",
    "motive_scores",
    "reliability",
    "top",
]

LEAST = 1e-9
"""No probability is scored as less than this, so that one zero does not make a whole file infinitely bad."""


def leaders(q: Floats) -> NDArray[np.intp]:
    """Place of the likeliest motive of each row; of equals the first."""
    first: NDArray[np.intp] = q.argmax(axis=1)
    return first


def cross_entropy(p: Floats, q: Floats) -> Floats:
    """-Σ_m q log p of each account in nats; at its least, which is the entropy of q, when p = q."""
    loss: Floats = -(q * np.log(np.maximum(p, LEAST))).sum(axis=1)
    return loss


def brier(p: Floats, q: Floats) -> Floats:
    """Σ_m (p_m - 1[m leads])² of each account (Brier 1950), from 0, certain and right, to 2, certain and wrong."""
    right = np.eye(q.shape[1])[leaders(q)]
    loss: Floats = ((p - right) ** 2).sum(axis=1)
    return loss


def top(p: Floats, q: Floats, first: int = 1) -> NDArray[np.bool_]:
    """Whether the leader is among the `first` likeliest of each account; of equals the earlier motive comes first."""
    order = np.argsort(-p, axis=1, kind="stable")[:, :first]
    found: NDArray[np.bool_] = (order == leaders(q)[:, None]).any(axis=1)
    return found


@dataclass(frozen=True, slots=True)
class Bin:
    """Readings whose leading probability lies in [low, high): how many, how sure they were, and how often they were right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(p: Floats, q: Floats, bins: int = 10) -> tuple[Bin, ...]:
    """The reliability table: readings sorted by their leading probability into bins of equal width, empty ones left out."""
    sure, right = p.max(axis=1), top(p, q)
    place = np.minimum((sure * bins).astype(int), bins - 1)
    inside = ((i, place == i) for i in range(bins))
    return tuple(
        Bin(i / bins, (i + 1) / bins, int(here.sum()), float(sure[here].mean()), float(right[here].mean()))
        for i, here in inside
        if here.any()
    )


def calibration_error(p: Floats, q: Floats, bins: int = 10) -> float:
    """Expected calibration error (Naeini et al. 2015): mean distance between how sure and how often right, by size of bin.

    It is never below 0, so that few accounts make it too large, and its bootstrap draws larger still.
    """
    return sum(abs(b.confidence - b.right) * b.count for b in reliability(p, q, bins)) / len(p)


def motive_scores(p: Floats, q: Floats) -> Mapping[str, float]:
    """All scores by name; `sure` is the mean leading probability, to be held against `top-1`."""
    return {
        "top-1": float(top(p, q).mean()),
        "top-2": float(top(p, q, 2).mean()),
        "nats": float(cross_entropy(p, q).mean()),
        "Brier": float(brier(p, q).mean()),
        "ECE": calibration_error(p, q),
        "sure": float(p.max(axis=1).mean()),
    }
