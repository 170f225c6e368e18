"""The moments that are timed: random values, 70 % of the cues missing, the same ones in every run."""

from __future__ import annotations

import numpy as np

from houndsight.inference.batch import MISSING, BatchReader, Codes
from houndsight.knowledge.base import Knowledge

__all__ = ["MISSING_SHARE", "random_codes", "random_moments"]

MISSING_SHARE = 0.7


def random_moments(knowledge: Knowledge, count: int) -> list[dict[str, str]]:
    """Cue -> value of each moment; cues that only rules read are left out."""
    rng = np.random.default_rng(5)
    cues = [cue for cue in knowledge.vocabulary.cues.values() if cue.read_by != "flag"]
    return [{c.id: str(rng.choice(c.values)) for c in cues if rng.random() >= MISSING_SHARE} for _ in range(count)]


def random_codes(batch: BatchReader, count: int) -> Codes:
    """Moments as codes, (count, number of cues)."""
    rng = np.random.default_rng(6)
    codes: Codes = (rng.random((count, len(batch.cues)), dtype=np.float32) * batch.sizes.astype(np.float32)).astype(
        np.int8
    )
    codes[rng.random(codes.shape, dtype=np.float32) < MISSING_SHARE] = MISSING
    return codes
