"""Accounts that the ear was not trained on: hearing them must not get worse than it is."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from houndsight.evaluate.accounts import read_accounts
from houndsight.evaluate.training.ear import fingerprint
from houndsight.knowledge.ear import load_ear
from houndsight.knowledge.load import DATA, load
from houndsight.records.observation import Heard
from houndsight.senses.words.hear import Ear

ACCOUNTS = Path(__file__).resolve().parents[2] / "accounts"
TAUGHT = ("train.jsonl", *(f"read/{name}.jsonl" for name in ("short", "messy", "plain", "health", "oblique")))
GRAVE = {
    "bitten",
    "collapse",
    "bloat",
    "breathing",
    "straining",
    "eaten_something",
    "knocks_over",
    "mobility",
    "pain",
    "lost_control",
}


@lru_cache(maxsize=1)
def told() -> list[tuple[dict[str, str], Heard, bool]]:
    """For each account: labelled cues, what is heard, whether a lean was labelled."""
    ear = Ear.load()
    lines = (ACCOUNTS / "read" / "check.jsonl").read_text("utf-8").splitlines()
    accounts = [json.loads(line) for line in lines]
    return [({c: v for c, (v, _) in a["cues"].items()}, ear(a["text"]), a["lean"]) for a in accounts]


def test_hearing_keeps_its_precision_and_recall() -> None:
    flags = {cue.id for cue in load().vocabulary.cues.values() if cue.read_by == "flag"}
    labelled = [{(c, v) for c, v in cues.items() if c not in flags} for cues, _, _ in told()]
    heard = [{(o.cue, o.value) for o in one.observations if o.cue not in flags} for _, one, _ in told()]
    right = sum(len(a & b) for a, b in zip(labelled, heard, strict=True))
    assert right / sum(map(len, heard)) >= 0.70
    assert right / sum(map(len, labelled)) >= 0.50


def test_most_leans_are_heard_and_few_are_invented() -> None:
    lean = [one.heard_lean for _, one, lean in told() if lean]
    none = [one.heard_lean for _, one, lean in told() if not lean]
    assert sum(lean) / len(lean) >= 0.93
    assert sum(none) / len(none) <= 0.25


def test_words_of_safety_are_mostly_heard() -> None:
    labelled = heard = 0
    for cues, one, _ in told():
        grave = {
            (c, v) for c, v in cues.items() if (c in GRAVE and v in ("yes", "impaired")) or (c, v) == ("voice", "growl")
        }
        said = {(o.cue, o.value) for moment in (one, *one.further) for o in moment.observations}
        labelled, heard = labelled + len(grave), heard + len(grave & said)
    assert heard / labelled >= 0.58


def test_the_ear_was_made_from_the_accounts_that_stand_here() -> None:
    ear = load_ear(DATA)
    assert ear is not None
    known = load()
    accounts = [one for name in TAUGHT for one in read_accounts(ACCOUNTS / name, known)]
    assert ear.head.made["accounts"] == len(accounts)
    assert ear.head.made["from"] == fingerprint(accounts)


def test_no_account_of_the_check_was_trained_on() -> None:
    texts = {json.loads(line)["text"] for name in TAUGHT for line in (ACCOUNTS / name).read_text("utf-8").splitlines()}
    held = [json.loads(line)["text"] for line in (ACCOUNTS / "read" / "check.jsonl").read_text("utf-8").splitlines()]
    assert not texts & set(held)
