"""Flags for a professional miss little and cry wolf seldom, on labelled accounts whose cues are heard perfectly."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from houndsight import Companion

ACCOUNTS = Path(__file__).resolve().parents[2] / "accounts"
RECALL = 0.95
FALSE_ALARMS = 0.10
COMPANION = Companion()


@dataclass(frozen=True)
class Account:
    """A labelled account: what was told, and whether a careful professional would want to see the dog."""

    id: str
    cues: dict[str, str]
    wants_professional: bool

    @property
    def flagged(self) -> bool:
        return COMPANION.read(given=COMPANION.given(self.cues.items())).wants_professional


def labelled(name: str) -> list[Account]:
    with (ACCOUNTS / name).open(encoding="utf-8") as lines:
        return [_account(json.loads(line)) for line in lines]


def _account(raw: dict[str, Any]) -> Account:
    """`flags` holds further cues, as `cue=value` or as a cue that is answered yes."""
    cues = {cue: told["value"] for cue, told in raw["cues"].items()}
    for flag in raw["flags"]:
        cue, _, value = flag.partition("=")
        cues[cue] = value or "yes"
    return Account(raw["id"], cues, raw["see_vet"])


@pytest.mark.parametrize("name", ["train.jsonl", "dev.jsonl"])
def test_at_most_one_in_twenty_who_want_a_professional_is_missed(name: str) -> None:
    wanting = [account for account in labelled(name) if account.wants_professional]
    missed = [account.id for account in wanting if not account.flagged]
    assert 1 - len(missed) / len(wanting) >= RECALL, missed


@pytest.mark.parametrize("name", ["train.jsonl", "dev.jsonl"])
def test_at_most_one_in_ten_who_want_none_is_sent_to_one(name: str) -> None:
    content = [account for account in labelled(name) if not account.wants_professional]
    alarmed = [account.id for account in content if account.flagged]
    assert len(alarmed) / len(content) <= FALSE_ALARMS, alarmed
