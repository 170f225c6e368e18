"""What cannot be read is told in a sentence on standard error, with exit status 2 and nothing on standard output."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
LINE = '{"id": 1, "cues": {"arrival": "yes"}}\n'

SENTENCES = {
    "unknown cue": (["read", "--cue", "arival=yes"], "There is no cue called 'arival'. Did you mean arrival"),
    "unknown value": (["read", "--cue", "arrival=perhaps"], "has no value 'perhaps'. It can be: yes, no."),
    "no pair": (
        ["read", "--cue", "arrival"],
        "A cue is given as NAME=VALUE, for example arrival=yes; this was 'arrival'.",
    ),
    "no value": (["read", "--cue", "arrival="], "A cue is given as NAME=VALUE"),
    "no name": (["read", "--cue", "=yes"], "A cue is given as NAME=VALUE"),
    "nothing told": (["read"], "Tell what happened: houndsight read"),
    "out alone": (["read", "He leaned", "--out", "x.jsonl"], "--out goes with --batch"),
    "batch and text": (
        ["read", "He leaned", "--batch", "x.jsonl"],
        "give no text, no --cue, no --without and no --dog beside it",
    ),
    "batch and cue": (
        ["read", "--cue", "arrival=yes", "--batch", "x.jsonl"],
        "give no text, no --cue, no --without and no --dog beside it",
    ),
    "batch missing": (["read", "--batch", "missing.jsonl"], "missing.jsonl cannot be opened: No such file"),
    "batch a folder": (["read", "--batch", "."], ". cannot be opened: Is a directory"),
    "ask bad pair": (["ask", "--cue", "arrival"], "A cue is given as NAME=VALUE"),
    "unknown name": (["explain", "greting"], "Nothing is called 'greting'. Did you mean greeting"),
    "unknown list": (["knowledge", "show", "dogs"], "There is no list of 'dogs'. The lists are: motives, cues"),
}


@pytest.mark.parametrize(("arguments", "words"), SENTENCES.values(), ids=list(SENTENCES))
def test_a_mistake_is_told_in_a_sentence(command: Run, arguments: list[str], words: str) -> None:
    done = command(*arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("houndsight: ")
    assert words in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("arguments", [["nonsense"], ["read", "a", "b"], ["read", "--nonsense"], ["read", "--cue"]])
def test_a_command_line_that_is_none_has_status_2_and_no_traceback(command: Run, arguments: list[str]) -> None:
    done = command(*arguments)
    assert (done.status, done.out) == (2, "")
    assert "Traceback" not in done.err


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    path = tmp_path / "moments.jsonl"
    path.write_text(LINE)
    return path


def test_answers_do_not_overwrite_the_batch(command: Run, batch: Path) -> None:
    done = command("read", "--batch", str(batch), "--out", str(batch))
    assert (done.status, batch.read_text()) == (2, LINE)
    assert "is the batch itself" in done.err


def test_answers_do_not_overwrite_the_batch_by_another_name(command: Run, batch: Path, tmp_path: Path) -> None:
    (tmp_path / "other.jsonl").symlink_to(batch)
    assert command("read", "--batch", str(batch), "--out", str(tmp_path / "other.jsonl")).status == 2
    assert batch.read_text() == LINE


@pytest.mark.parametrize("target", ["missing/answers.jsonl", "moments.jsonl/answers.jsonl"])
def test_a_target_that_cannot_be_written_is_named(command: Run, batch: Path, tmp_path: Path, target: str) -> None:
    done = command("read", "--batch", str(batch), "--out", str(tmp_path / target))
    assert done.status == 2
    assert f"{tmp_path / target} cannot be written: " in done.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["moments.jsonl"]


@pytest.mark.parametrize("target", ["", ".", "/"])
def test_a_target_without_a_name_is_refused_in_a_sentence(command: Run, batch: Path, target: str) -> None:
    done = command("read", "--batch", str(batch), "--out", target)
    assert done.status == 2
    assert "Traceback" not in done.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a thing of POSIX")
def test_a_target_that_is_no_plain_file_is_not_replaced(command: Run, batch: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    end = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)  # so that writing into it need not wait for a reader
    command("read", "--batch", str(batch), "--out", str(pipe))
    os.close(end)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no device that is always full")
def test_a_full_disk_is_told_in_a_sentence(environment: dict[str, str], batch: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "houndsight", "read", "--batch", str(batch)],
            stdout=full, stderr=subprocess.PIPE, env=environment, check=False, timeout=60,
        )  # fmt: skip
    assert done.returncode not in (0, None)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("arguments", [["read", "--cue", "arrival=yes"], ["explain", "greeting"], ["read", "--help"]])
def test_a_terminal_with_few_signs_gets_what_it_can_show(command: Run, arguments: list[str], encoding: str) -> None:
    done = command(*arguments, PYTHONIOENCODING=f"{encoding}:strict")
    assert (done.status, done.err) == (0, "")


def test_json_of_words_that_the_terminal_cannot_show_is_still_json(command: Run) -> None:
    done = command("read", "--cue", "arrival=yes", "--json", PYTHONIOENCODING="ascii:strict")
    assert done.status == 0
    assert done.json["cues"]
