"""Small sets of labelled accounts, and the knowledge without anything learned."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from houndsight.evaluate.accounts import LabelledAccount, leaning, read_accounts
from houndsight.evaluate.rows_fit import elicited
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.load import load

ACCOUNTS = Path(__file__).parents[2] / "accounts"

Line = Mapping[str, Any]
Reader = Callable[..., tuple[LabelledAccount, ...]]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return elicited(load())


@pytest.fixture(scope="session")
def train(knowledge: Knowledge) -> tuple[LabelledAccount, ...]:
    return leaning(read_accounts(ACCOUNTS / "train.jsonl", knowledge))


@pytest.fixture
def line(knowledge: Knowledge) -> dict[str, Any]:
    """One sound line of a file of accounts."""
    return {
        "id": "a1",
        "text": "He backed into my legs when I came in.",
        "cues": {"arrival": {"value": "yes", "span": "came in", "sure": 0.9}},
        "see_vet": False,
        "motive_probs": {motive: float(motive == "greeting") for motive in knowledge.motives},
    }


@pytest.fixture
def read(knowledge: Knowledge, tmp_path: Path) -> Reader:
    """Writes lines into a file and reads them back."""

    def reader(*lines: Line | str) -> tuple[LabelledAccount, ...]:
        path = tmp_path / "some.jsonl"
        text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines)
        path.write_text(text + "\n", encoding="utf-8")
        return read_accounts(path, knowledge)

    return reader
