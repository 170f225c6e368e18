"""The first thing that is read of an archive: which files it has, and the fingerprint of each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from houndsight.errors import InputError
from houndsight.records.diary_form import KINDS

__all__ = ["FILES", "MANIFEST", "PHOTO", "SCHEMA", "Listed", "Manifest", "read_manifest"]

NAME = "houndsight-archive"
SCHEMA = 1
"""Rises when an older Houndsight could not read what a newer one writes."""

MANIFEST = "manifest.json"
FILES: Mapping[str, str] = {kind: "people.jsonl" if kind == "person" else f"{kind}s.jsonl" for kind in KINDS}
"""Kind of record -> its file."""

PHOTO = re.compile(r"photos/([0-9a-f]{64})\.(jpg|png|webp|gif|bin)")
_SHA = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of an archive: `count` records (1 of a photo), `bytes` long, with its SHA-256."""

    name: str
    count: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """When an archive was made, by which Houndsight, and its files in the order written."""

    made: datetime
    by: str
    files: tuple[Listed, ...]

    def as_bytes(self) -> bytes:
        """The manifest as it stands in the archive."""
        head = {"format": NAME, "schema": SCHEMA, "made": self.made.isoformat(), "by": self.by}
        form = {**head, "files": [asdict(one) for one in self.files]}
        return (json.dumps(form, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(raw: bytes) -> Manifest:
    """The manifest of an archive. Raises InputError when it is none, is of a newer Houndsight, or names a file that cannot be there."""
    try:
        form = json.loads(raw)
    except (ValueError, RecursionError):
        raise InputError(f"{MANIFEST} is not JSON") from None
    if not isinstance(form, dict) or form.get("format") != NAME:
        raise InputError(f"{MANIFEST} does not say that this is a {NAME}")
    schema = form.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise InputError(f"{MANIFEST} gives the schema {schema!r:.40}; it must be a number from 1 to {SCHEMA}")
    if schema > SCHEMA:
        raise InputError(
            f"it was made by a newer Houndsight ({form.get('by')!s:.40}, schema {schema}); this one reads up to schema {SCHEMA}. "
            "Update Houndsight, and take it in then"
        )
    try:
        files = tuple(_listed(one) for one in form["files"])
        return Manifest(datetime.fromisoformat(form["made"]), str(form["by"]), files)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{MANIFEST} lacks something or has it wrong ({error!s:.80})") from None


def _listed(one: Mapping[str, Any]) -> Listed:
    listed = Listed(one["name"], one["count"], one["bytes"], one["sha256"])
    if listed.name not in FILES.values() and not PHOTO.fullmatch(listed.name):
        raise ValueError(f"a file {listed.name!r:.80} has no place in an archive")
    if not (type(listed.count) is int and type(listed.bytes) is int and _SHA.fullmatch(listed.sha256)):
        raise ValueError(f"the figures of {listed.name}")
    return listed
