from __future__ import annotations

import os
from pathlib import Path

import pytest

from houndsight.errors import InputError
from houndsight.whole_file import whole_file


def test_a_file_takes_its_name_only_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with whole_file(path) as file:
        file.write(b"half")
        assert not path.exists()
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("out.csv", b"half")]


def test_what_was_there_stays_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"before")
    with pytest.raises(InputError, match="a reason"):
        _half(path)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("out.csv", b"before")]


def _half(path: Path) -> None:
    with whole_file(path) as file:
        file.write(b"half")
        raise InputError("a reason")


def test_a_full_disk_is_told() -> None:
    with (
        pytest.raises(InputError, match=r"/dev/full cannot be written: No space left"),
        whole_file(Path("/dev/full")) as file,
    ):
        file.write(b"x" * 100_000)


def test_a_device_takes_what_comes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with whole_file(pipe) as file:
        file.write(b"all")
    assert os.read(reader, 10) == b"all"
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["", "none/out.csv"])
def test_a_folder_and_a_folder_that_is_not_there_are_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"is a folder|cannot be written: No such file"), whole_file(tmp_path / name):
        pass
