"""The archive as it is read: nothing of it is believed before it has been checked, and nothing is unpacked to the disk."""

from __future__ import annotations

import hashlib
import io
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NoReturn
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from houndsight.errors import InputError
from houndsight.exchange.manifest import FILES, MANIFEST, PHOTO, Listed, Manifest, read_manifest
from houndsight.exchange.protocol import EVERY, Home, Incoming, Progress, Wishes
from houndsight.records.action import Record
from houndsight.records.diary_form import from_plain, kind_of

__all__ = ["open_archive"]

BLOCK = 1 << 18
LONGEST_LINE = 1 << 24
LARGEST_MANIFEST = 1 << 26
LARGEST_PHOTO = 1 << 24
LARGEST = 1 << 35
"""Ceilings in bytes: of a line, of the manifest, of a photo, and of everything when it is unpacked (32 GiB)."""

SMALL, TIGHTEST = 1 << 26, 250
"""What unpacks to more than 64 MiB and to more than 250 times its own size was made to fill a disk."""

_DAMAGED = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


@contextmanager
def open_archive(path: Path, home: Home, wishes: Wishes, progress: Progress) -> Iterator[Incoming]:  # noqa: ARG001  # as every format
    """Opens an archive, checks all of it against its manifest, and hands back what it holds."""
    try:
        opened = ZipFile(path)
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except _DAMAGED as error:
        raise InputError(f"{path} is not a Houndsight archive, or it is damaged ({error}).") from None
    with opened as archive:
        checked = _Checked(path, archive)
        yield Incoming(lambda: checked.records(progress), checked.photos)


class _Checked:
    """An archive whose every file was found to be what its manifest says."""

    def __init__(self, path: Path, archive: ZipFile) -> None:
        self.path, self.archive = path, archive
        self.entries = {entry.orig_filename: entry for entry in archive.infolist()}
        self._look_over(archive.infolist())
        self.manifest = self._manifest()
        for listed in self.manifest.files:
            self._check(listed)

    def records(self, progress: Progress) -> Iterator[Record]:
        done = 0
        for kind, name in FILES.items():
            for number, line in enumerate(self._lines(name), 1):
                yield self._record(kind, name, number, line)
                done += 1
                if done % EVERY == 0:
                    progress(done)

    def photos(self) -> Iterator[bytes]:
        for name in self.entries:
            if PHOTO.fullmatch(name):
                with self._open(name) as file:
                    yield file.read()

    def _look_over(self, entries: list[ZipInfo]) -> None:
        """What can be told from the names and sizes alone, before anything is unpacked."""
        for name, many in Counter(entry.orig_filename for entry in entries).items():
            if name != MANIFEST and name not in FILES.values() and not PHOTO.fullmatch(name):
                self._fault(f"a file {name[:80]!r} has no place in an archive")
            if many > 1:
                self._fault(f"the file {name} is in it {many} times")
        for entry in entries:
            self._look_at(entry)
        size = sum(entry.file_size for entry in entries)
        if size > LARGEST or (size > SMALL and size > TIGHTEST * self.path.stat().st_size):
            self._fault(f"it would unpack to {size >> 20} MiB, far more than such an archive can hold")

    def _look_at(self, entry: ZipInfo) -> None:
        if entry.flag_bits & 1:
            self._fault(f"{entry.filename} is locked with a password; take the password off first")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            self._fault(f"{entry.filename} is packed in a way that Houndsight does not use")
        ceiling = LARGEST_MANIFEST if entry.filename == MANIFEST else LARGEST_PHOTO
        if entry.filename not in FILES.values() and entry.file_size > ceiling:
            self._fault(f"{entry.filename} is {entry.file_size >> 20} MiB; at most {ceiling >> 20} MiB can be read")

    def _manifest(self) -> Manifest:
        if MANIFEST not in self.entries:
            self._fault(f"it has no {MANIFEST}; it is not a Houndsight archive, or not a whole one")
        with self._open(MANIFEST) as file:
            raw = file.read()
        try:
            manifest = read_manifest(raw)
        except InputError as error:
            self._fault(str(error))
        names = [one.name for one in manifest.files]
        for name in self.entries.keys() ^ {*names, MANIFEST}:
            self._fault(f"{name} is in {'the archive' if name in self.entries else 'its manifest'} alone")
        for name in set(FILES.values()) - set(names):
            self._fault(f"{name} is missing")
        return manifest

    def _check(self, listed: Listed) -> None:
        sha, size, lines, photo = hashlib.sha256(), 0, 0, PHOTO.fullmatch(listed.name)
        with self._open(listed.name) as file:
            while block := file.read(BLOCK):
                sha.update(block)
                size, lines = size + len(block), lines + block.count(b"\n")
        if size != listed.bytes or sha.hexdigest() != listed.sha256 or (photo and photo[1] != listed.sha256):
            self._fault(f"{listed.name} is not what the manifest says; it was damaged or changed")
        if not photo and lines != listed.count:
            self._fault(f"{listed.name} has {lines} lines; the manifest says {listed.count}")

    def _lines(self, name: str) -> Iterator[bytes]:
        with self._open(name) as file, io.BufferedReader(file, BLOCK) as lines:  # type: ignore[type-var]  # it reads as a raw stream does
            while line := lines.readline(LONGEST_LINE):
                yield line

    def _record(self, kind: str, name: str, number: int, line: bytes) -> Record:
        try:
            form = json.loads(line, parse_constant=_no_number)
            record = from_plain(form if isinstance(form, dict) else {})
        except InputError as error:
            self._fault(f"{name}, line {number}: {error}")
        except (ValueError, OverflowError, RecursionError) as error:
            self._fault(f"{name}, line {number}: this is not a record in JSON ({error!s:.80})")
        if kind_of(record) != kind:
            self._fault(f"{name}, line {number}: a {kind_of(record)} stands among the {name.removesuffix('.jsonl')}")
        return record

    @contextmanager
    def _open(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self.archive.open(self.entries[name]) as file:
                yield file
        except _DAMAGED as error:
            self._fault(f"{name} is damaged ({error})")

    def _fault(self, what: str) -> NoReturn:
        raise InputError(f"{self.path.name}: {what.rstrip('.')}.") from None


def _no_number(given: str) -> NoReturn:
    raise ValueError(f"{given} is no number")
