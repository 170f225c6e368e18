"""Help, version and completion."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from houndsight import __version__
from houndsight.cli import tree

Run = Callable[..., Any]
COMMANDS = [
    "read", "ask", "explain", "log", "outcome", "diary", "diary show", "edit", "undo", "redo", "trash", "trash dog", "trash empty",
    "dog add", "dog list", "dog show", "dog edit", "person add", "person list", "person edit", "merge dogs", "merge people",
    "merge moments", "backup", "restore", "doctor", "export", "import", "knowledge check", "knowledge show",
]  # fmt: skip


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
    assert [name for name in tree.COMMANDS if f"│ {name} " not in out] == []


def test_the_first_help_tells_of_a_command_what_its_own_help_tells(typed: Run) -> None:
    first = " ".join(typed("--help").out.replace("│", " ").split())
    assert "outcome Tell what you did and what followed, and see what that changes in the reading." in first
    assert "trash Put moments, dogs and people out of sight;" in first


def test_a_command_nearly_right_is_suggested(typed: Run) -> None:
    assert "Did you mean 'diary'" in typed("dairy").err


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
        ("houndsight outcome --response scr", "scratched_rump"),
        ("houndsight log --outcome sett", "settled"),
    ],
)
def test_the_shell_completes_commands_cues_and_values(environment: dict[str, str], words: str, wanted: str) -> None:
    asked = {"_HOUNDSIGHT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": words}
    code = "from houndsight.cli.main import app; app(prog_name='houndsight')"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment | asked, check=False, timeout=60
    )
    assert wanted in done.stdout
