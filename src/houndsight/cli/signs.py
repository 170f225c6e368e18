"""Signs that a terminal shows, and signs that would steer it: colours, jumps of the cursor, turns of the direction of writing."""

from __future__ import annotations

__all__ = ["visible"]

JOINERS = "\u200c\u200d"
"""Join letters and pictures into one, such as those of a family, and steer nothing."""


def visible(text: str, *, lines: bool = True) -> str:
    """The text with a blank for each sign that is not to be seen, so that it stays as long as it was; its `lines` may stay lines."""
    if text.isprintable():
        return text
    kept = f"{JOINERS}\n" if lines else JOINERS
    return "".join(sign if sign.isprintable() or sign in kept else " " for sign in text)
