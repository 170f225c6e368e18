"""The archive as it is written: a stream, one file for each kind of record, then the photos, then the manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from houndsight.errors import InputError
from houndsight.exchange.manifest import FILES, MANIFEST, Listed, Manifest
from houndsight.exchange.protocol import EVERY, Outgoing, Progress
from houndsight.records.action import Record
from houndsight.records.diary_form import as_plain, kind_of

__all__ = ["write_archive"]

BLOCK = 1 << 18
"""Bytes after which lines go into the archive."""

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive, so that the same records make the same bytes."""

_BEGINNINGS = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF8", "gif"))


def write_archive(to: BinaryIO, outgoing: Outgoing, progress: Progress) -> int:
    """Writes everything, and tells how many records that were. They must come in the order of `diary_form.KINDS`."""
    with ZipFile(to, "w") as archive:
        records = _records(archive, outgoing.records(), progress)
        photos = [_photo(archive, sha, data) for sha, data in outgoing.photos()]
        made = outgoing.home.now, f"Houndsight {outgoing.home.version}"
        manifest = Manifest(*made, (*records, *photos))
        archive.writestr(_entry(MANIFEST, ZIP_DEFLATED), manifest.as_bytes())
    return sum(one.count for one in records)


def _records(archive: ZipFile, records: Iterable[Record], progress: Progress) -> list[Listed]:
    waiting = list(FILES)
    listed: list[Listed] = []
    done = 0
    for kind, some in groupby(records, kind_of):
        if kind not in waiting:
            raise ValueError(f"a {kind} comes too late: the order of the kinds is {', '.join(FILES)}")
        while waiting[0] != kind:
            listed.append(_lines(archive, FILES[waiting.pop(0)], (), progress, done))
        listed.append(_lines(archive, FILES[waiting.pop(0)], some, progress, done))
        done += listed[-1].count
    return listed + [_lines(archive, FILES[kind], (), progress, done) for kind in waiting]


def _lines(archive: ZipFile, name: str, records: Iterable[Record], progress: Progress, before: int) -> Listed:
    sha, count, size = hashlib.sha256(), 0, 0
    with archive.open(_entry(name, ZIP_DEFLATED), "w", force_zip64=True) as file:
        for block in _blocks(records):
            data = b"".join(block)
            file.write(data)
            sha.update(data)
            count, size = count + len(block), size + len(data)
            progress(before + count)
    return Listed(name, count, size, sha.hexdigest())


def _blocks(records: Iterable[Record]) -> Iterator[list[bytes]]:
    block: list[bytes] = []
    size = 0
    for record in records:
        block.append(_line(record))
        size += len(block[-1])
        if len(block) == EVERY or size > BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _line(record: Record) -> bytes:
    """The record as JSON. Half a sign, as some programs leave behind, is kept as the bytes that it would have."""
    text = json.dumps(as_plain(record), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def _photo(archive: ZipFile, sha: str, data: bytes) -> Listed:
    if hashlib.sha256(data).hexdigest() != sha:
        raise InputError(f"The photo {sha[:12]}… of the diary is damaged. `houndsight doctor` tells what can be done.")
    name = f"photos/{sha}.{_ending(data)}"
    archive.writestr(_entry(name, ZIP_STORED), data)
    return Listed(name, 1, len(data), sha)


def _ending(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((ending for beginning, ending in _BEGINNINGS if data.startswith(beginning)), "bin")


def _entry(name: str, compression: int) -> ZipInfo:
    entry = ZipInfo(name, LONG_AGO)
    entry.compress_type, entry.create_system, entry.external_attr = compression, 3, 0o644 << 16
    return entry
