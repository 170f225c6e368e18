from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from houndsight.errors import KnowledgeError
from houndsight.evaluate.accounts import LabelledAccount, leaning, read_accounts
from houndsight.evaluate.counting import elicited
from houndsight.evaluate.fit import Fitted, Learner
from houndsight.evaluate.intervals import Figure
from houndsight.evaluate.learned_files import CALIBRATION_FILE, Provenance, calibration_as_toml, rounded, write_learned
from houndsight.evaluate.temper_fit import Recipe
from houndsight.inference.network import compile_network
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.load import DATA, load
from houndsight.knowledge.temper import PLAIN

from .conftest import ACCOUNTS

MADE = Provenance("a command", "train.jsonl", 252, "3.0.0", "2026-01-01", Recipe())
TABLES = {"dev.jsonl": {"temper and counts": {"top-1": Figure(0.8, 0.7, 0.9)}}}


@pytest.fixture(scope="module")
def fitted(knowledge: Knowledge, train: tuple[LabelledAccount, ...]) -> Fitted:
    return rounded(Learner(knowledge, train[:60], Recipe()).fit())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge with nothing learned in it."""
    return Path(shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("learned")))


def edited(folder: Path, fitted: Fitted, old: str, new: str) -> None:
    write_learned(folder, fitted, calibration_as_toml(fitted.temper, MADE, TABLES))
    path = folder / CALIBRATION_FILE
    text = path.read_text("utf-8")
    assert old in text
    if new.startswith("groups"):
        text = text.replace("[groups]", "[figures.groups]")
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_written_is_read_back(folder: Path, fitted: Fitted, knowledge: Knowledge) -> None:
    write_learned(folder, fitted, calibration_as_toml(fitted.temper, MADE, TABLES))
    read, meant = load(folder), fitted.learned(knowledge)
    assert (read.temper.prior, read.temper.lapse, read.temper.shrink) == (
        meant.temper.prior,
        meant.temper.lapse,
        meant.temper.shrink,
    )
    assert (dict(read.temper.groups), dict(read.temper.blocks)) == (
        dict(meant.temper.groups),
        dict(meant.temper.blocks),
    )
    before, after = compile_network(read), compile_network(meant)
    assert all((before.likelihood[cue] == pytest.approx(after.likelihood[cue], abs=1e-9)) for cue in before.likelihood)


def test_the_calibration_tells_where_it_comes_from(fitted: Fitted) -> None:
    raw = tomllib.loads(calibration_as_toml(fitted.temper, MADE, TABLES))
    assert raw["made"]["train"] == "train.jsonl"
    assert raw["made"]["recipe"]["seed"] == Recipe().seed
    assert raw["figures"]["dev.jsonl"]["temper and counts"]["top-1"] == [0.8, 0.7, 0.9]


def test_without_learned_files_the_network_is_pure(folder: Path) -> None:
    known = load(folder)
    assert known.temper is PLAIN
    assert not any(row.counts for row in known.tables.rows.values())


FAULTS = [
    ("prior = ", "priro = ", "the key prior is missing"),
    ("prior = ", "other = 1\nprior = ", "there is no key 'other'"),
    ("prior = ", "prior = 9 #", "prior: is 9; it must be a number above 0 and at most 3"),
    ("lapse = ", "lapse = 1.0 #", "lapse: is 1.0; it must be a number from 0 to below 1"),
    ("shrink = ", "shrink = 0 #", "shrink: is 0; it must be a number above 0"),
    ("shrink = ", 'shrink = "much" #', "shrink: is 'much'; it must be a number"),
    ("shrink = ", "shrink = true #", "shrink: is True; it must be a number"),
    ("dog = ", "god = ", "groups: there is no group or cue 'god'"),
    ("dog = ", "dog = 3.5 #", "groups.dog: is 3.5; it must be a number above 0 and at most 3"),
    ("dog = ", "dog = nan #", "groups.dog: is nan; it must be a number above 0 and at most 3"),
    ("shrink = ", "groups = 2\nshrink = ", "groups: is 2; it must be a table of weights by group"),
    ("weight = ", "wieght = ", "dependence: a block needs a weight and cues"),
    ('"rump"', '"tail"', "dependence.form: tail is not read by the motive"),
]


@pytest.mark.parametrize(("old", "new", "told"), FAULTS)
def test_a_fault_of_the_calibration_is_told_with_file_and_key(
    old: str, new: str, told: str, folder: Path, fitted: Fitted
) -> None:
    edited(folder, fitted, old, new)
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    assert any(fault.startswith(CALIBRATION_FILE) and told in fault for fault in caught.value.faults)


def test_all_faults_of_the_calibration_are_told_at_once(folder: Path, fitted: Fitted) -> None:
    edited(folder, fitted, "lapse = ", "lapse = -1\nshrink = 0 #")
    path = folder / CALIBRATION_FILE
    kept = [
        line
        for i, line in enumerate(path.read_text("utf-8").splitlines())
        if not (line.startswith("shrink") and "#" not in line)
    ]
    path.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    assert {fault.split(": ")[1] for fault in caught.value.faults} == {"lapse", "shrink"}


def test_the_learned_files_are_what_the_command_learns_from_the_accounts() -> None:
    known = load()
    made = tomllib.loads((DATA / CALIBRATION_FILE).read_text("utf-8"))["made"]
    accounts = leaning(read_accounts(ACCOUNTS / made["train"], known))
    learned = rounded(Learner(known, accounts, Recipe(**made["recipe"])).fit())
    assert dict(known.temper.groups) == pytest.approx(dict(learned.temper.groups), abs=2e-3)
    assert known.temper.lapse == pytest.approx(learned.temper.lapse, abs=2e-3)
    meant, found = learned.learned(elicited(known)).tables, known.tables
    for key, row in found.rows.items():
        assert row.counts == pytest.approx(meant.rows[key].counts, abs=1e-3)
