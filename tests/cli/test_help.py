"""Help, version and completion."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from houndsight import __version__

Run = Callable[..., Any]
COMMANDS = ["read", "ask", "explain", "knowledge check", "knowledge show"]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_shows_an_example(typed: Run, name: str) -> None:
    done = typed(*name.split(), "--help")
    after = done.out.split("Example")[-1]
    assert done.status == 0
    assert f"houndsight {name}" in " ".join(after.split())


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_help_of_the_program_shows_how_to_start_and_every_command(typed: Run, option: str) -> None:
    out = typed(option).out
    assert "Start with: houndsight read" in " ".join(out.split())
    assert [name for name in ("read", "ask", "explain", "knowledge") if name not in out] == []


def test_the_program_alone_shows_its_help(typed: Run) -> None:
    assert "Usage: houndsight" in typed().out


def test_the_version_is_told(typed: Run) -> None:
    done = typed("--version")
    assert (done.status, done.out) == (0, f"houndsight {__version__}\n")


@pytest.mark.skipif(os.name == "nt", reason="completion for a shell of POSIX")
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("houndsight read --cue tai", "tail="),
        ("houndsight read --cue tail=t", "tail=tucked"),
        ("houndsight explain greet", "greeting"),
        ("houndsight kno", "knowledge"),
    ],
)
def test_the_shell_completes_commands_cues_and_values(environment: dict[str, str], words: str, wanted: str) -> None:
    asked = {"_HOUNDSIGHT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": words}
    code = "from houndsight.cli.main import app; app(prog_name='houndsight')"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment | asked, check=False, timeout=60
    )
    assert wanted in done.stdout
