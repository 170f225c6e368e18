"""The command, run in this process (`typed`) or in one of its own (`command`), never at a real terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import houndsight
from houndsight.cli.main import app

SOURCE = Path(houndsight.__file__).parents[1]
TERMINAL = (
    "NO_COLOR",
    "FORCE_COLOR",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
    "TERM",
    "COLUMNS",
    "LINES",
    "PYTHONIOENCODING",
)


@dataclass(frozen=True)
class Done:
    """What a finished command said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """This process's variables without those about a terminal, and with this very package in reach."""
    kept = {name: value for name, value in os.environ.items() if name not in TERMINAL}
    data = str(tmp_path_factory.mktemp("data"))
    return {**kept, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1", "COLUMNS": "80", "HOUNDSIGHT_DATA": data}


@pytest.fixture(scope="session")
def command(environment: dict[str, str]) -> Callable[..., Done]:
    """Runs `houndsight …` as a process; `stdin` is text or bytes, further keywords are variables of the environment."""

    def run(*arguments: str, stdin: str | bytes = "", **variables: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "houndsight", *arguments],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env=environment | variables,
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))

    return run


@pytest.fixture(scope="module")
def bare(command: Callable[..., Done], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables for a household with one dog."""
    data = {"HOUNDSIGHT_DATA": str(tmp_path_factory.mktemp("bare"))}
    command("dog", "add", "Rex", **data)
    return data


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Done]:
    """Runs `houndsight …` in this process; what it raises is raised here."""
    for name in TERMINAL:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("HOUNDSIGHT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HOUNDSIGHT_ZONE", "Europe/Berlin")
    monkeypatch.delenv("HOUNDSIGHT_DIARY", raising=False)

    def run(*arguments: str, stdin: str = "") -> Done:
        result = CliRunner().invoke(app, list(arguments), input=stdin, prog_name="houndsight")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Done(result.exit_code, result.stdout, result.stderr)

    return run
