from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from houndsight.evaluate import __main__ as command
from houndsight.knowledge.ear import EAR_FILE, unpack

from .conftest import ACCOUNTS

DEV = str(ACCOUNTS / "dev.jsonl")
CASES = str(Path(__file__).parents[1] / "cases" / "vignettes.csv")


def run(*words: str) -> str:
    result = CliRunner().invoke(command.app, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The first forty accounts of the training file."""
    path = tmp_path_factory.mktemp("accounts") / "some.jsonl"
    lines = (ACCOUNTS / "train.jsonl").read_text("utf-8").splitlines()[:40]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("classes") / "classes.toml"
    path.write_text('[classes]\nseats = "sofa couch"\nlegs = "leg shin"\n', "utf-8")
    return str(path)


def test_a_fit_prints_what_it_learned_and_leaves_the_files_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, some: str
) -> None:
    monkeypatch.setattr(command, "DATA", tmp_path)
    out = run("fit", some, "--check", DEV, "--draws", "0")
    assert "accounts, foretold" in out
    assert "gain of context" in out
    assert not list(tmp_path.iterdir())


def test_a_fit_writes_both_files_when_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, some: str) -> None:
    monkeypatch.setattr(command, "DATA", tmp_path)
    run("fit", some, some, "--check", DEV, "--cases", CASES, "--draws", "0", "--write", "--date", "2026-01-01")
    assert sorted(path.name for path in (tmp_path / "learned").iterdir()) == ["calibration.toml", "rows.csv"]
    written = (tmp_path / "learned" / "calibration.toml").read_text("utf-8")
    assert str(ACCOUNTS) not in written
    assert "--cases vignettes.csv" in written


def test_what_was_heard_sets_how_far_hearing_is_believed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, some: str
) -> None:
    """Cues that have nothing to do with the account teach to believe little of what is heard."""
    monkeypatch.setattr(command, "DATA", tmp_path)
    unseen = tmp_path / "unseen.jsonl"
    ids = [json.loads(line)["id"] for line in Path(some).read_text("utf-8").splitlines()]
    wrong = [["place", "clinic", 0.9], ["trigger", "noise", 0.9], ["tail", "tucked", 0.9]]
    unseen.write_text("\n".join(json.dumps({"id": i, "cues": wrong}) for i in ids) + "\n", "utf-8")
    run("fit", some, "--check", DEV, "--unseen", str(unseen), "--draws", "0", "--write")
    assert "\nheard = 0.3\n" in (tmp_path / "learned" / "calibration.toml").read_text("utf-8")


def test_an_ear_is_trained_and_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, some: str, classes: str
) -> None:
    monkeypatch.setattr(command, "DATA", tmp_path)
    (tmp_path / "learned").mkdir()
    unseen = tmp_path / "deep" / "unseen.jsonl"
    few = ("--nets", "1", "--folds", "2", "--epochs", "2")
    out = run("train", some, "--classes", classes, "--unseen", str(unseen), *few, "--write")
    assert "40 unseen accounts" in out
    ear = unpack((tmp_path / EAR_FILE).read_bytes())
    assert len(ear.nets) == 1
    assert ear.head.made["accounts"] == 40
    assert all(np.isfinite(weights).all() for weights in ear.nets[0].values())
    assert len(unseen.read_text("utf-8").splitlines()) == 40


@pytest.mark.parametrize("name", ["train", "fit"])
def test_help_shows_examples(name: str) -> None:
    assert f"python -m houndsight.evaluate {name} accounts/" in run(name, "--help")


def test_an_unreadable_file_is_one_sentence_and_exit_status_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["evaluate", "fit", "none.jsonl", "--check", DEV])
    with pytest.raises(SystemExit) as left:
        command.main()
    assert left.value.code == 2
    assert "none.jsonl cannot be opened" in capsys.readouterr().err
