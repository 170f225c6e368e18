"""Real readings for the tests of records."""

from __future__ import annotations

import pytest

from houndsight import Companion, Reading


@pytest.fixture(scope="session")
def companion() -> Companion:
    return Companion()


@pytest.fixture(scope="session")
def reading(companion: Companion) -> Reading:
    """A reading in which every part stands: evidence, a turn, a question, advice and a flag."""
    cues = {"arrival": "yes", "part": "backside", "onset": "sudden", "tail": "loose_wag"}
    return companion.read(given=companion.given(cues.items()))
