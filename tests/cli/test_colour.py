"""Colours are for terminals: none in pipes, none with NO_COLOR, some at a terminal or when they are asked for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
GROWL = ("read", "--cue", "voice=growl", "--cue", "part=side")
ESCAPE = "\x1b["
COLOUR = re.compile(r"\x1b\[[0-9;]*\b(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|38|48)\b[0-9;]*m")

pty = pytest.importorskip("pty") if os.name != "nt" else None


def at_a_terminal(environment: dict[str, str], *arguments: str) -> str:
    """What the command writes when its standard output is a pseudo-terminal."""
    assert pty is not None
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "houndsight", *arguments],
        stdin=subprocess.DEVNULL, stdout=follower, stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    os.close(follower)
    written = b""
    while piece := _piece(leader):
        written += piece
    os.close(leader)
    assert process.wait(timeout=60) == 0
    return written.decode()


def _piece(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


@pytest.mark.parametrize(
    "arguments", [GROWL, ("explain", "greeting"), ("knowledge", "show"), ("read", "--help"), ("ask",)]
)
def test_a_pipe_gets_no_escape_codes(command: Run, arguments: tuple[str, ...]) -> None:
    assert ESCAPE not in command(*arguments, TERM="xterm-256color").out


def test_no_color_wins_in_a_pipe(command: Run) -> None:
    assert ESCAPE not in command(*GROWL, NO_COLOR="1", TERM="xterm-256color").out


def test_force_color_brings_colours_into_a_pipe(command: Run) -> None:
    assert COLOUR.search(command(*GROWL, FORCE_COLOR="1", TERM="xterm-256color").out)


def test_json_has_no_escape_codes_even_when_colours_are_forced(command: Run) -> None:
    assert ESCAPE not in command(*GROWL, "--json", FORCE_COLOR="1").out


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are a thing of POSIX")
def test_a_terminal_gets_colours(environment: dict[str, str]) -> None:
    assert COLOUR.search(at_a_terminal(environment | {"TERM": "xterm-256color"}, *GROWL))


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are a thing of POSIX")
def test_a_terminal_with_no_color_gets_no_colours(environment: dict[str, str]) -> None:
    assert not COLOUR.search(at_a_terminal(environment | {"TERM": "xterm-256color", "NO_COLOR": "1"}, *GROWL))


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are a thing of POSIX")
def test_a_dumb_terminal_gets_no_escape_codes(environment: dict[str, str]) -> None:
    assert ESCAPE not in at_a_terminal(environment | {"TERM": "dumb"}, *GROWL)
