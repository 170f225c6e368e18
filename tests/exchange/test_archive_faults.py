from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.exchange.household import outgoing, read, written

from houndsight.errors import InputError

Files = dict[str, bytes]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """The files of a good archive, to be spoiled."""
    path = tmp_path / "good.zip"
    path.write_bytes(written("archive", outgoing()))
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Files, path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def sealed(files: Files) -> Files:
    """The files with a manifest that fits them."""
    manifest = json.loads(files["manifest.json"])
    for one in manifest["files"]:
        data = files[one["name"]]
        one |= {"bytes": len(data), "count": data.count(b"\n"), "sha256": hashlib.sha256(data).hexdigest()}
    return files | {"manifest.json": json.dumps(manifest).encode()}


def with_manifest(files: Files, change: Callable[[dict[str, Any]], Any]) -> Files:
    manifest = json.loads(files["manifest.json"])
    change(manifest)
    return files | {"manifest.json": json.dumps(manifest).encode()}


def refusal(files: Files, folder: Path) -> str:
    with pytest.raises(InputError) as refused:
        read(packed(files, folder / "bad.zip"), "archive")
    return str(refused.value)


def test_an_archive_that_was_only_packed_anew_is_read(files: Files, tmp_path: Path) -> None:
    assert len(read(packed(sealed(files), tmp_path / "again.zip"), "archive")) == 9


def test_an_archive_of_a_newer_houndsight_asks_for_an_update(files: Files, tmp_path: Path) -> None:
    told = refusal(with_manifest(files, lambda one: one.update(schema=2, by="Houndsight 9.0")), tmp_path)
    assert "newer Houndsight (Houndsight 9.0, schema 2)" in told
    assert "Update Houndsight" in told


@pytest.mark.parametrize("name", ["dogs.jsonl", "moments.jsonl"])
def test_a_changed_file_is_named_before_anything_is_taken(files: Files, tmp_path: Path, name: str) -> None:
    spoiled = files | {name: files[name].replace(b"e", b"o", 1)}
    assert refusal(spoiled, tmp_path) == f"bad.zip: {name} is not what the manifest says; it was damaged or changed."


def test_a_lost_line_is_counted(files: Files, tmp_path: Path) -> None:
    right = sealed(files | {"dogs.jsonl": files["dogs.jsonl"] * 2})
    wrong = with_manifest(right, lambda one: one["files"][1].update(count=1))
    assert "dogs.jsonl has 4 lines; the manifest says 1" in refusal(wrong, tmp_path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"kind":"dog","id":"d"}', "dog lacks its field 'name'"),
        (b'{"kind":"dog","id":"../d","name":"Rex","added":"2026-01-01T00:00Z"}', "cannot be used"),
        (b'{"kind":"person","id":"p","name":"Ida","added":"2026-01-01T00:00Z"}', "a person stands among the dogs"),
        (b'{"kind":"cat"}', "The kind of a record is 'cat'"),
        (b"[1, 2]", "The kind of a record is None"),
        (b"{not json}", "this is not a record in JSON"),
        (b'{"kind": NaN}', "NaN is no number"),
        (b"[" * 100_000, "this is not a record in JSON"),
        (b"\xff\xfe", "this is not a record in JSON"),
    ],
)
def test_a_line_that_is_no_record_is_named_with_its_file(
    files: Files, tmp_path: Path, line: bytes, reason: str
) -> None:
    told = refusal(sealed(files | {"dogs.jsonl": files["dogs.jsonl"] + line + b"\n"}), tmp_path)
    assert told.startswith("bad.zip: dogs.jsonl, line 3: ")
    assert reason in told


def test_a_file_that_is_missing_is_named(files: Files, tmp_path: Path) -> None:
    del files["plans.jsonl"]
    assert refusal(files, tmp_path) == "bad.zip: plans.jsonl is in its manifest alone."


def test_a_manifest_must_list_every_kind(files: Files, tmp_path: Path) -> None:
    del files["plans.jsonl"]
    shorter = with_manifest(files, lambda one: one["files"].pop(4))
    assert refusal(shorter, tmp_path) == "bad.zip: plans.jsonl is missing."


def test_a_file_that_the_manifest_does_not_list_is_refused(files: Files, tmp_path: Path) -> None:
    photo = f"photos/{'a' * 64}.png"
    assert refusal(files | {photo: b""}, tmp_path) == f"bad.zip: {photo} is in the archive alone."


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/passwd", "photos/../../x.png", "C:\\x", "photos/x.png", "dogs.jsonl/"]
)
def test_a_path_that_has_no_place_in_an_archive_is_refused(files: Files, tmp_path: Path, name: str) -> None:
    assert "has no place in an archive" in refusal(files | {name: b"x"}, tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused(files: Files, tmp_path: Path) -> None:
    path = packed(files, tmp_path / "bad.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("dogs.jsonl", files["dogs.jsonl"])
    with pytest.raises(InputError, match=r"dogs.jsonl is in it 2 times"):
        read(path, "archive")


def test_a_bomb_is_not_unpacked(files: Files, tmp_path: Path) -> None:
    told = refusal(sealed(files | {"moments.jsonl": bytes(80 << 20)}), tmp_path)
    assert "would unpack to 80 MiB" in told


def test_a_huge_photo_is_refused(files: Files, tmp_path: Path) -> None:
    assert "at most 16 MiB" in refusal(files | {f"photos/{'a' * 64}.png": bytes(17 << 20)}, tmp_path)


def test_a_size_that_is_a_lie_is_found(files: Files, tmp_path: Path) -> None:
    raw = bytearray(packed(files, tmp_path / "bad.zip").read_bytes())
    at = raw.rindex(b"moments.jsonl") - 46 + 24
    raw[at : at + 4] = (100).to_bytes(4, "little")
    (tmp_path / "lie.zip").write_bytes(raw)
    with pytest.raises(InputError, match=r"lie.zip: moments.jsonl is"):
        read(tmp_path / "lie.zip", "archive")


def test_a_photo_under_a_wrong_name_is_found(files: Files, tmp_path: Path) -> None:
    name = f"photos/{'a' * 64}.png"
    added = with_manifest(
        files | {name: b"x"}, lambda one: one["files"].append({"name": name, "count": 1, "bytes": 1, "sha256": ""})
    )
    assert "the figures of photos" in refusal(added, tmp_path)
    assert f"{name} is not what the manifest says" in refusal(sealed(_listed(files, name)), tmp_path)


def _listed(files: Files, name: str) -> Files:
    return with_manifest(files | {name: b"x"}, lambda one: one["files"].append({"name": name}))


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        (b"", "manifest.json is not JSON"),
        (b"[]", "does not say that this is a houndsight-archive"),
        (b'{"format": "houndsight-archive", "schema": "1"}', "gives the schema '1'"),
        (b'{"format": "houndsight-archive", "schema": 1}', "lacks something"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_told(files: Files, tmp_path: Path, manifest: bytes, reason: str) -> None:
    assert reason in refusal(files | {"manifest.json": manifest}, tmp_path)


def test_an_archive_without_a_manifest_is_none(files: Files, tmp_path: Path) -> None:
    del files["manifest.json"]
    assert "it has no manifest.json" in refusal(files, tmp_path)


def test_a_locked_archive_is_told(files: Files, tmp_path: Path) -> None:
    raw = bytearray(packed(files, tmp_path / "open.zip").read_bytes())
    at = raw.rindex(b"dogs.jsonl") - 46 + 8
    raw[at] |= 1
    (tmp_path / "locked.zip").write_bytes(raw)
    with pytest.raises(InputError, match=r"dogs\.jsonl is locked with a password"):
        read(tmp_path / "locked.zip", "archive")


def test_a_torn_archive_and_another_file_are_told(tmp_path: Path) -> None:
    whole = written("archive", outgoing())
    for name, data in {"torn.zip": whole[: len(whole) // 2], "text.zip": b"hello", "empty.zip": b""}.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match=f"{name} is not a Houndsight archive, or it is damaged"):
            read(tmp_path / name, "archive")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file .*none\.zip"):
        read(tmp_path / "none.zip", "archive")


@pytest.mark.parametrize("at", range(40, 2000, 131))
def test_no_damage_of_any_byte_gives_other_records(tmp_path: Path, at: int) -> None:
    good = written("archive", outgoing())
    raw = bytearray(good)
    raw[at % len(raw)] ^= 0xFF
    (tmp_path / "good.zip").write_bytes(good)
    (tmp_path / "hit.zip").write_bytes(raw)
    try:
        found = read(tmp_path / "hit.zip", "archive")
    except InputError:
        return
    assert found == read(tmp_path / "good.zip", "archive")
