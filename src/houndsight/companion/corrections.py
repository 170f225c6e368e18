"""Corrections of what was heard: kept in the diary of this machine, so that hearing can learn from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from houndsight.companion.companion import Companion
from houndsight.knowledge.vocabulary import CONTACT
from houndsight.records.correction import Corrected, corrected
from houndsight.records.observation import Observation

if TYPE_CHECKING:
    from houndsight.diary.diary import Diary

__all__ = ["Corrections", "correction"]


class Corrections:
    """The corrections in this user's diary, which is opened at the first of them and closed at the end of `with`.

    Looking for some makes no diary; keeping the first one does.
    """

    def __init__(self) -> None:
        self._opened: Diary | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @property
    def _diary(self) -> Diary:
        if self._opened is None:
            from houndsight.diary.opening import open_diary  # noqa: PLC0415  # a reading that corrects nothing needs no database

            self._opened = open_diary()
        return self._opened

    @property
    def place(self) -> str:
        """Where they are kept."""
        return self._diary.place

    def keep(self, one: Corrected) -> bool:
        """Keeps a correction; False when the very same one is there already. Raises DiaryFault when it cannot be kept."""
        cues = ", ".join(change.cue for change in one.corrections)
        return self._diary.keep(f"put right what was heard of {cues}", [one]) is not None

    def all(self) -> tuple[Corrected, ...]:
        """The corrections in the order kept; none when there is no diary yet."""
        return self._diary.corrections() if self._there() else ()

    def forget(self, ids: Iterable[str]) -> int:
        """Takes out the corrections with these ids, for good; how many there were."""
        return self._diary.forget(ids) if self._there() else 0

    def _there(self) -> bool:
        from houndsight.diary.opening import is_diary  # noqa: PLC0415  # a reading that corrects nothing needs no database

        return self._opened is not None or is_diary()


def correction(
    companion: Companion, text: str, given: Sequence[Observation], removed: Collection[str] = ()
) -> Corrected | None:
    """What a person put right in the hearing of `text`, as an example to keep; None when they changed nothing."""
    heard = companion.hear(text)
    cues, changes = corrected(heard.observations, given, removed)
    if not changes:
        return None
    lean = heard.heard_lean or any(one.cue in CONTACT for one in cues)
    return Corrected(text, cues, changes, lean, datetime.now(UTC).isoformat(timespec="seconds"))
