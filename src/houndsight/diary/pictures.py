"""Photos of dogs: kept once each, named by their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, insert, select

from houndsight.diary.tables import photos
from houndsight.errors import InputError, NotInDiary
from houndsight.records.naming import is_id

__all__ = ["LARGEST_PHOTO", "all_photos", "keep_photo", "photo"]

LARGEST_PHOTO = 8 * 1024 * 1024
"""Bytes of the largest photo that is kept."""


def keep_photo(connection: Connection, data: bytes) -> tuple[str, bool]:
    """Keeps a photo; its SHA-256, and whether it is new. Raises InputError when it is no photo or too large."""
    _check(data)
    sha = hashlib.sha256(data).hexdigest()
    if connection.execute(select(photos.c.sha).where(photos.c.sha == sha)).first() is not None:
        return sha, False
    connection.execute(insert(photos).values(sha=sha, data=data))
    return sha, True


def photo(connection: Connection, sha: str) -> bytes:
    """A photo by its SHA-256. Raises NotInDiary."""
    data = connection.execute(select(photos.c.data).where(photos.c.sha == sha)).scalar() if is_id(sha) else None
    if data is None:
        raise NotInDiary("photo", sha)
    return bytes(data)


def all_photos(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """Every photo with its SHA-256, one at a time in memory."""
    for sha in connection.execute(select(photos.c.sha).order_by(photos.c.sha)).scalars().all():
        yield sha, photo(connection, sha)


def _check(data: bytes) -> None:
    if len(data) > LARGEST_PHOTO:
        raise InputError(f"The photo has {len(data) / 1024**2:.1f} MB; it can have 8. Make it smaller first.")
    if not _is_picture(data):
        raise InputError("This is not a photo that can be kept; it can be JPEG, PNG, WebP or GIF.")


def _is_picture(data: bytes) -> bool:
    """Whether it begins as a JPEG, PNG, GIF or WebP does."""
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a"))
