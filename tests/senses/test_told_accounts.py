"""Accounts that the lexicon was not built on: hearing them must not get worse than it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from houndsight.knowledge.lexicon import load_lexicon
from houndsight.senses.words.hear import hear

TOLD = Path(__file__).resolve().parents[2] / "accounts" / "told"
SAFETY = {"bitten", "collapse", "bloat", "breathing", "straining", "eaten_something", "knocks_over", "mobility", "pain"}
LEXICON = load_lexicon()


def pairs(part: int) -> list[tuple[set[tuple[str, str]], set[tuple[str, str]], bool, bool]]:
    """For each account of the part: labelled and heard pairs, and whether a lean was labelled and heard."""
    found = []
    for line in (TOLD / f"part{part}.jsonl").read_text("utf-8").splitlines():
        account = json.loads(line)
        heard = hear(account["text"], LEXICON)
        labelled = {(cue, value) for cue, (value, _) in account["cues"].items()}
        found.append((labelled, {(o.cue, o.value) for o in heard.observations}, account["lean"], heard.heard_lean))
    return found


PARTS = {part: pairs(part) for part in range(1, 7)}


@pytest.mark.parametrize("part", PARTS)
def test_hearing_keeps_its_precision_and_recall(part: int) -> None:
    right = sum(len(labelled & heard) for labelled, heard, _, _ in PARTS[part])
    said = sum(len(heard) for _, heard, _, _ in PARTS[part])
    true = sum(len(labelled) for labelled, _, _, _ in PARTS[part])
    assert right / said >= 0.64
    assert right / true >= 0.48


def test_most_leans_are_heard_and_few_are_invented() -> None:
    told = [(lean, heard) for part in PARTS.values() for _, _, lean, heard in part]
    assert sum(heard for lean, heard in told if lean) / sum(lean for lean, _ in told) >= 0.88
    assert sum(heard for lean, heard in told if not lean) / sum(not lean for lean, _ in told) <= 0.2


def test_words_of_safety_are_mostly_heard() -> None:
    labelled = heard = 0
    for part in PARTS.values():
        for true, said, _, _ in part:
            grave = {(cue, value) for cue, value in true if cue in SAFETY and value in ("yes", "impaired")}
            labelled, heard = labelled + len(grave), heard + len(grave & said)
    assert heard / labelled >= 0.7
