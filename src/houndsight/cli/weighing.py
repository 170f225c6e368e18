"""Weights of evidence in words."""

from __future__ import annotations

__all__ = ["strength"]

STEPS = ((6.0, "strong_"), (2.5, ""), (0.8, "weak_"))
"""Decibans from which a cue speaks strongly (odds change 4-fold), plainly (1.8-fold) or a little (1.2-fold)."""


def strength(decibans: float) -> str:
    """The key of the sentence: `strong_for`, `for`, `weak_for`, `none`, `weak_against`, `against`, `strong_against`."""
    for least, word in STEPS:
        if abs(decibans) >= least:
            return f"{word}{'for' if decibans > 0 else 'against'}"
    return "none"
