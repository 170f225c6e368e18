"""What a sense of words must be able to do."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from houndsight.records.observation import Heard

__all__ = ["WordsSense"]


@runtime_checkable
class WordsSense(Protocol):
    """Hears an account. The built-in one is `senses.words.hear.Ear`; a model as a second reader follows the same protocol."""

    def __call__(self, text: str) -> Heard:
        """The cues told by `text`, with spans in its code points; the same text always gives the same."""
        ...
