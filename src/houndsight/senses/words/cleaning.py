"""Blanks out of an account what is not told in words: mark-up, addresses, and the heads of chat lines; every place stays where it was."""

from __future__ import annotations

import re

__all__ = ["Cleaned", "cleaned", "in_english"]

Cleaned = tuple[str, tuple[str, ...]]
"""The text with blanks, as long as before, and notes: `markup`, `chat`."""

_MARKUP = re.compile(r"<(script|style)\b[^<>]{0,300}>[^<]{0,20000}|</?[a-zA-Z!][^<>]{0,300}>|&#?[a-zA-Z0-9]{2,8};")
_ADDRESS = re.compile(r"https?://\S{1,2000}|www\.\S{1,300}")
_STAMPED = re.compile(
    r"(?m)^[ \t]{0,8}\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[, ]{1,3}\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?\]?(?: ?[-–])? ?"
    r"(?:[^:\n]{1,40}:)?"
)
_SPEAKER = re.compile(
    r"(?m)^[ \t]{0,8}(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?[ -]{0,3})?([A-Z][\w.'-]{0,20}(?: [A-Z][\w.'-]{0,20}){0,2}):[ \t]"
)
_TALK = 3
"""So many lines that begin with a name make a chat."""


def cleaned(text: str) -> Cleaned:
    """`text` with everything that is no telling blanked out."""
    notes: list[str] = []
    bare = _MARKUP.sub(_blank, text)
    if bare != text:
        notes.append("markup")
    bare = _ADDRESS.sub(_blank, bare)
    stamps = len(_STAMPED.findall(bare))
    if stamps >= _TALK or len(_SPEAKER.findall(bare)) >= _TALK:
        notes.append("chat")
        bare = _SPEAKER.sub(_blank, _STAMPED.sub(_blank, bare))
    return bare, tuple(notes)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


_FEWEST = 6
_LEAST = 0.12
_LATIN = 0.7


def in_english(text: str, words: list[str], common: frozenset[str]) -> bool:
    """Whether it may be English: Latin letters, and enough of the commonest words. Fewer than six words have the benefit of the doubt."""
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) >= _FEWEST and sum(letter.isascii() for letter in letters) < _LATIN * len(letters):
        return False
    if len(words) < _FEWEST:
        return True
    return sum(word in common for word in words) >= _LEAST * len(words)
