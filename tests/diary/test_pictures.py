"""Photos of dogs."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from tests.diary.samples import PNG, REX

from houndsight.diary.diary import Diary
from houndsight.errors import InputError, NotInDiary

HEADS = [PNG, b"\xff\xd8\xff\xe0 JFIF", b"GIF89a picture", b"RIFF\x00\x00\x00\x00WEBPVP8 "]


@pytest.mark.parametrize("data", HEADS, ids=["png", "jpeg", "gif", "webp"])
def test_a_photo_comes_back_by_its_sha256(diary: Diary, data: bytes) -> None:
    sha = diary.keep_photo(data)
    assert sha == hashlib.sha256(data).hexdigest()
    assert diary.photo(sha) == data


def test_a_photo_is_kept_once(diary: Diary) -> None:
    shas = {diary.keep_photo(PNG), diary.keep_photo(PNG)}
    assert list(diary.photos()) == [(shas.pop(), PNG)]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "not a photo"), (b"%PDF-1.7", "not a photo"), (PNG + b"x" * 8 * 1024**2, r"has 8\.0 MB; it can have 8")],
    ids=["nothing", "pdf", "large"],
)
def test_what_is_no_photo_or_too_large_is_refused(diary: Diary, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        diary.keep_photo(data)


def test_a_photo_that_is_not_there_is_named(diary: Diary) -> None:
    with pytest.raises(NotInDiary, match="no photo 'abc'"):
        diary.photo("abc")


def test_a_dog_is_kept_with_a_photo_and_without_it_again(diary: Diary) -> None:
    sha = diary.keep_photo(PNG)
    diary.keep("a photo", [replace(REX, photo=sha)])
    diary.keep("no photo", [REX])
    diary.undo()
    assert diary.dog("rex").photo == sha
