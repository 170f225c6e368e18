"""What the tests of files share: the knowledge, and a small household."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.load import load

sys.path.append(str(Path(__file__).parents[2]))


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge, loaded once."""
    return load()
