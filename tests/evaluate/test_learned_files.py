from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import numpy as np
import pytest

from houndsight.errors import KnowledgeError
from houndsight.evaluate.accounts import LabelledAccount, leaning, read_accounts
from houndsight.evaluate.cases import read_cases
from houndsight.evaluate.fit import Fitted, Learner, beliefs_of
from houndsight.evaluate.intervals import Figure
from houndsight.evaluate.learned_files import CALIBRATION_FILE, Provenance, calibration_as_toml, rounded, write_learned
from houndsight.evaluate.rows_fit import RowsFit
from houndsight.evaluate.temper_fit import Recipe
from houndsight.inference.network import compile_network
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.load import DATA, load
from houndsight.knowledge.temper import PLAIN

ROOT = Path(__file__).parents[2]

MADE = Provenance("a command", "train.jsonl", 252, "3.0.0", "2026-01-01", Recipe())
TABLES = {"dev.jsonl": {"temper and rows": {"top-1": Figure(0.8, 0.7, 0.9)}}}


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
    assert (read.temper.prior, read.temper.lapse) == (meant.temper.prior, meant.temper.lapse)
    assert (dict(read.temper.groups), dict(read.temper.blocks)) == (
        dict(meant.temper.groups),
        dict(meant.temper.blocks),
    )
    before, after = compile_network(read), compile_network(meant)
    assert all(before.likelihood[cue] == pytest.approx(after.likelihood[cue], abs=5e-6) for cue in before.likelihood)


def test_the_calibration_tells_where_it_comes_from(fitted: Fitted) -> None:
    raw = tomllib.loads(calibration_as_toml(fitted.temper, MADE, TABLES))
    assert raw["made"]["train"] == "train.jsonl"
    assert raw["made"]["recipe"]["seed"] == Recipe().seed
    assert raw["figures"]["dev.jsonl"]["temper and rows"]["top-1"] == [0.8, 0.7, 0.9]


def test_without_learned_files_the_network_is_pure(folder: Path) -> None:
    known = load(folder)
    assert known.temper is PLAIN
    assert not any(row.fitted for row in known.tables.rows.values())


FAULTS = [
    ("prior = ", "priro = ", "the key prior is missing"),
    ("prior = ", "other = 1\nprior = ", "there is no key 'other'"),
    ("prior = ", "prior = 9 #", "prior: is 9; it must be a number above 0 and at most 3"),
    ("lapse = ", "lapse = 1.0 #", "lapse: is 1.0; it must be a number from 0 to below 1"),
    ("prior = ", "prior = 0 #", "prior: is 0; it must be a number above 0"),
    ("prior = ", 'prior = "much" #', "prior: is 'much'; it must be a number"),
    ("prior = ", "prior = true #", "prior: is True; it must be a number"),
    ("dog = ", "god = ", "groups: there is no group or cue 'god'"),
    ("dog = ", "dog = 3.5 #", "groups.dog: is 3.5; it must be a number above 0 and at most 3"),
    ("dog = ", "dog = nan #", "groups.dog: is nan; it must be a number above 0 and at most 3"),
    ("prior = ", "groups = 2\nprior = ", "groups: is 2; it must be a table of weights by group"),
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
    edited(folder, fitted, "lapse = ", "lapse = -1 #")
    path = folder / CALIBRATION_FILE
    path.write_text(path.read_text("utf-8").replace("prior = ", "prior = 0 #", 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    assert {fault.split(": ")[1] for fault in caught.value.faults} == {"lapse", "prior"}


ROW_FAULTS = [
    (",0.", ",1.", "all must be above 0 and sum to 1"),
    ("likelihood,", "likeness,", "there is no table 'likeness'"),
    ("arrival,no", "arrival,maybe", "there is no row likelihood, arrival, "),
]


@pytest.mark.parametrize(("old", "new", "told"), ROW_FAULTS)
def test_a_fault_of_the_fitted_rows_is_told(old: str, new: str, told: str, folder: Path, fitted: Fitted) -> None:
    path = write_learned(folder, fitted, calibration_as_toml(fitted.temper, MADE, TABLES))[1]
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    assert any(told in fault for fault in caught.value.faults), caught.value.faults


def test_the_fitted_rows_are_what_the_command_fits_on_the_accounts() -> None:
    known = load()
    made = tomllib.loads((DATA / CALIBRATION_FILE).read_text("utf-8"))["made"]
    recipe = Recipe(**made["recipe"])
    accounts = [one for name in made["train"] for one in leaning(read_accounts(ROOT / name, known))]
    assert made["accounts"] == len(accounts)
    moments = [account.observations for account in accounts]
    cases = read_cases(ROOT / "tests" / "cases" / "vignettes.csv", known)
    rows = RowsFit(known, moments, beliefs_of(accounts), recipe, cases)
    for key, row in rows.fit(np.arange(len(accounts))).items():
        assert list(known.tables.rows[key].fitted) == pytest.approx(list(row.probabilities.values()), abs=5e-3)
