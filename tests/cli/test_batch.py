"""`houndsight read --batch`: many moments through pipes and files, broken off or not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

Run = Callable[..., Any]
GOOD = '{"id": 1, "cues": {"arrival": "yes"}}\n'
MIXED = '{"id": "a", "cues": {"arrival": "yes"}}\n\nnonsense\n{"id": "b", "cues": {"tail": "low"}}\n'


def ids(text: str) -> list[Any]:
    return [json.loads(line)["id"] for line in text.splitlines()]


def test_good_lines_are_answered_on_standard_output_with_status_0(command: Run) -> None:
    done = command("read", "--batch", "-", stdin=GOOD * 3)
    assert (done.status, ids(done.out)) == (0, [1, 1, 1])


def test_a_bad_line_has_its_answer_and_status_1(command: Run) -> None:
    done = command("read", "--batch", "-", stdin=MIXED)
    assert (done.status, ids(done.out)) == (1, ["a", None, "b"])
    assert "error" in json.loads(done.lines[1])


def test_the_count_goes_to_standard_error_only(command: Run) -> None:
    done = command("read", "--batch", "-", stdin=MIXED)
    assert done.err == "2 moments read, 1 that could not be read\n"
    assert all(line.startswith("{") for line in done.lines)


def test_an_empty_batch_has_no_answers_and_status_0(command: Run) -> None:
    done = command("read", "--batch", "-")
    assert (done.status, done.out, done.err) == (0, "", "0 moments read\n")


def test_bytes_that_are_no_text_are_one_bad_line(command: Run) -> None:
    done = command("read", "--batch", "-", stdin=GOOD.encode() + b"\xff\x00\xfe\n" + GOOD.encode())
    assert (done.status, ids(done.out)) == (1, [1, None, 1])


def test_a_last_line_without_its_end_is_read(command: Run) -> None:
    assert ids(command("read", "--batch", "-", stdin=GOOD + GOOD.rstrip()).out) == [1, 1]


def test_answers_are_utf_8_whatever_the_terminal_speaks(command: Run) -> None:
    line = json.dumps({"id": "Ärger 🐕", "cues": {"arrival": "yes"}}, ensure_ascii=False)
    done = command("read", "--batch", "-", stdin=line, PYTHONIOENCODING="ascii:strict")
    assert (done.status, ids(done.out)) == (0, ["Ärger 🐕"])


def test_half_of_a_surrogate_pair_does_not_stop_the_batch(command: Run) -> None:
    done = command("read", "--batch", "-", stdin='{"id": "\\ud83d", "cues": {"arrival": "yes"}}\n' + GOOD)
    assert (done.status, ids(done.out)) == (0, ["\ud83d", 1])


def test_answers_go_into_the_file_that_out_names(command: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "moments.jsonl", tmp_path / "answers.jsonl"
    source.write_text(MIXED)
    target.write_text("of yesterday")
    done = command("read", "--batch", str(source), "--out", str(target))
    assert (done.status, done.out, ids(target.read_text())) == (1, "", ["a", None, "b"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.jsonl", "moments.jsonl"]


# Broken off -----------------------------------------------------------------------------------------------------------


class Stream:
    """A long batch that is fed through a pipe and never ends by itself."""

    def __init__(self, environment: dict[str, str], *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "houndsight", "read", "--batch", "-", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
        )  # fmt: skip
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.stdin: IO[bytes] = self.process.stdin
        self.stdout: IO[bytes] = self.process.stdout

    def feed(self, lines: int) -> None:
        self.stdin.write(GOOD.encode() * lines)
        self.stdin.flush()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert pipe is not None
            try:
                pipe.close()
            except BrokenPipeError:
                continue


@pytest.fixture
def stream(environment: dict[str, str], tmp_path: Path) -> Iterator[Stream]:
    """A batch that has written some of its answers for `answers.jsonl`, and waits for more lines."""
    (tmp_path / "answers.jsonl").write_text("of yesterday")
    batch = Stream(environment, "--out", str(tmp_path / "answers.jsonl"))
    batch.feed(lines=200)
    ends = time.monotonic() + 30
    while not any(path.stat().st_size for path in tmp_path.glob(".*.part")) and time.monotonic() < ends:
        time.sleep(0.02)
    yield batch
    batch.close()


@pytest.mark.skipif(os.name == "nt", reason="signals are a thing of POSIX")
def test_an_interrupt_leaves_the_old_target_and_nothing_half_written(stream: Stream, tmp_path: Path) -> None:
    assert list(tmp_path.glob(".*.part"))
    stream.process.send_signal(signal.SIGINT)
    _, told = stream.process.communicate(timeout=30)
    assert (stream.process.returncode, b"Traceback" in told) == (130, False)
    assert [path.name for path in tmp_path.iterdir()] == ["answers.jsonl"]
    assert (tmp_path / "answers.jsonl").read_text() == "of yesterday"


@pytest.mark.skipif(os.name == "nt", reason="signals are a thing of POSIX")
def test_a_killed_batch_leaves_the_old_target_as_it_was(stream: Stream, tmp_path: Path) -> None:
    stream.process.kill()
    stream.process.wait(timeout=30)
    assert (tmp_path / "answers.jsonl").read_text() == "of yesterday"


def test_a_reader_that_goes_away_ends_the_batch_quietly(environment: dict[str, str]) -> None:
    batch = Stream(environment)
    batch.feed(lines=500)
    first = batch.stdout.readline()
    batch.stdout.close()
    _, told = batch.process.communicate(GOOD.encode() * 500, timeout=60)
    batch.stdin.close()
    assert json.loads(first)["id"] == 1
    assert b"Traceback" not in told
    assert b"Exception ignored" not in told


@pytest.mark.parametrize(
    "arguments", ["read --cue arrival=yes", "read --cue arrival=yes --json", "knowledge show cues"]
)
@pytest.mark.skipif(os.name == "nt", reason="the shell of POSIX")
def test_head_takes_the_first_line_and_nothing_is_complained_about(environment: dict[str, str], arguments: str) -> None:
    line = f'"{sys.executable}" -m houndsight {arguments} | head -1'
    done = subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, text=True, env=environment, check=False, timeout=60
    )
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, "", 1)
