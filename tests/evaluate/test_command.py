from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from houndsight.evaluate import __main__ as command
from houndsight.records.observation import Heard, Observation

from .conftest import ACCOUNTS

DEV = str(ACCOUNTS / "dev.jsonl")
TRAIN = str(ACCOUNTS / "train.jsonl")


def run(*words: str) -> str:
    result = CliRunner().invoke(command.app, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_perfect_hearing_can_be_scored_without_any_sense_of_words() -> None:
    out = run("score", DEV, "--labelled-cues", "--draws", "20")
    assert "dev.jsonl: 89 accounts, 83 with a lean" in out
    assert "labelled cues" in out
    assert "heard cues" not in out


def test_baselines_are_shown_when_there_is_something_to_train_on() -> None:
    out = run("score", DEV, "--labelled-cues", "--train", TRAIN, "--draws", "0")
    assert all(name in out for name in ("majority", "bag of words", "labelled cues"))


def test_what_is_heard_is_scored_beside_perfect_hearing(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard((Observation("leans_on", "owner"),), heard_lean=True)
    monkeypatch.setattr(command, "_ear", lambda: lambda _: heard)
    out = run("score", DEV, "--draws", "0")
    assert "heard cues" in out
    assert "micro F1" in out
    assert [line for line in out.splitlines() if line.startswith("leans_on ")]


def test_a_fit_prints_what_it_learned_and_leaves_the_files_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(command, "DATA", tmp_path)
    out = run("fit", TRAIN, "--check", DEV, "--draws", "0")
    assert "train.jsonl, foretold" in out
    assert "gain of context" in out
    assert not list(tmp_path.iterdir())


def test_a_fit_writes_both_files_when_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(command, "DATA", tmp_path)
    run("fit", TRAIN, "--check", DEV, "--draws", "0", "--write", "--date", "2026-01-01")
    assert sorted(path.name for path in (tmp_path / "learned").iterdir()) == ["calibration.toml", "counts.csv"]
    assert str(ACCOUNTS) not in (tmp_path / "learned" / "calibration.toml").read_text("utf-8")


def test_a_temper_fitted_on_what_a_deaf_ear_hears_leaves_all_gains_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_ear", lambda: lambda _: Heard())
    out = run("fit", TRAIN, "--check", DEV, "--heard", "--draws", "0")
    gains = {line.split()[-1] for line in out.splitlines() if line.startswith("gain of")}
    assert gains == {"1.000"}


@pytest.mark.parametrize("name", ["score", "fit"])
def test_help_shows_examples(name: str) -> None:
    assert f"python -m houndsight.evaluate {name} accounts/" in run(name, "--help")


def test_an_unreadable_file_is_one_sentence_and_exit_status_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["evaluate", "score", "none.jsonl", "--labelled-cues"])
    with pytest.raises(SystemExit) as left:
        command.main()
    assert left.value.code == 2
    assert "none.jsonl cannot be opened" in capsys.readouterr().err
