from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.household import ALL, ANNA, LEAN, NOW, PHOTO, REX, outgoing, read, written
from tests.strategies import households

from houndsight.exchange.archive_reading import open_archive
from houndsight.exchange.protocol import Wishes
from houndsight.records.action import Record

SHA = hashlib.sha256(PHOTO).hexdigest()


def saved(records: Sequence[Record], folder: Path, photos: Sequence[tuple[str, bytes]] = ()) -> Path:
    path = folder / "all.houndsight.zip"
    path.write_bytes(written("archive", outgoing(records, photos)))
    return path


@given(households())
def test_what_goes_into_an_archive_comes_out_equal(records: tuple[Record, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert read(saved(records, Path(folder)), "archive") == list(records)


@given(households(), st.lists(st.binary(max_size=50), max_size=3, unique=True))
def test_the_same_records_make_the_same_bytes(records: tuple[Record, ...], pictures: list[bytes]) -> None:
    photos = [(hashlib.sha256(data).hexdigest(), data) for data in pictures]
    assert written("archive", outgoing(records, photos)) == written("archive", outgoing(records, photos))


def test_only_the_manifest_tells_when_an_archive_was_made() -> None:
    given_ = outgoing()
    later = replace(given_, home=replace(given_.home, now=NOW + timedelta(days=1)))
    first, second = (zipfile.ZipFile(io.BytesIO(written("archive", one))) for one in (given_, later))
    differing = [name for name in first.namelist() if first.read(name) != second.read(name)]
    assert differing == ["manifest.json"]


def test_an_archive_has_a_file_for_each_kind_and_a_manifest_with_their_fingerprints() -> None:
    archive = zipfile.ZipFile(io.BytesIO(written("archive", outgoing(ALL, [(SHA, PHOTO)]))))
    manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["format"], manifest["schema"], manifest["made"]) == ("houndsight-archive", 1, NOW.isoformat())
    assert [(one["name"], one["count"]) for one in manifest["files"]] == [
        ("people.jsonl", 2), ("dogs.jsonl", 2), ("moments.jsonl", 2), ("tests.jsonl", 1), ("plans.jsonl", 1),
        ("corrections.jsonl", 1), (f"photos/{SHA}.png", 1),
    ]  # fmt: skip
    for one in manifest["files"]:
        assert hashlib.sha256(archive.read(one["name"])).hexdigest() == one["sha256"]


def test_photos_come_back_as_they_went(tmp_path: Path) -> None:
    photos = [PHOTO, b"\xff\xd8\xff\xe0 a jpeg", b"RIFF\x00\x00\x00\x00WEBP", b"GIF89a"]
    path = saved(ALL, tmp_path, [(hashlib.sha256(data).hexdigest(), data) for data in photos])
    with open_archive(path, outgoing().home, Wishes(), lambda _: None) as incoming:
        assert list(incoming.photos()) == photos
    endings = [name[-4:] for name in zipfile.ZipFile(path).namelist() if name.startswith("photos/")]
    assert endings == [".png", ".jpg", "webp", ".gif"]


def test_an_archive_of_nothing_is_whole_too(tmp_path: Path) -> None:
    assert read(saved((), tmp_path), "archive") == []


def test_the_lines_of_an_archive_are_plain_json() -> None:
    archive = zipfile.ZipFile(io.BytesIO(written("archive", outgoing((ANNA, REX, LEAN)))))
    line = json.loads(archive.read("moments.jsonl"))
    assert (line["kind"], line["id"], line["cues"][0]["value"]) == ("moment", LEAN.id, "wiggles")


def test_records_out_of_order_are_refused_rather_than_lost() -> None:
    with pytest.raises(ValueError, match="a person comes too late"):
        written("archive", outgoing((REX, ANNA)))


def test_a_stream_that_cannot_seek_takes_an_archive_too(tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.got = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object, /) -> int:
            self.got += memoryview(data)  # type: ignore[arg-type]
            return len(memoryview(data))  # type: ignore[arg-type]

    from houndsight.exchange.archive_writing import write_archive  # noqa: PLC0415

    pipe = Pipe()
    write_archive(pipe, outgoing(), lambda _: None)  # type: ignore[arg-type]
    (tmp_path / "piped.zip").write_bytes(pipe.got)
    assert read(tmp_path / "piped.zip", "archive") == list(ALL)
