"""One companion for all tests of the use cases, and a short way to read cues with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from houndsight import Companion, Reading


@pytest.fixture(scope="session")
def companion() -> Companion:
    return Companion()


@pytest.fixture(scope="session")
def read_cues(companion: Companion) -> Callable[..., Reading]:
    """Reads cues written as keywords: `read_cues(arrival="yes")`."""
    return lambda **cues: companion.read(given=companion.given(cues.items()))
