"""Corrections of what was heard: kept on this machine, so that hearing can learn from them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from houndsight.companion.companion import Companion
from houndsight.diary.corrections import CorrectionsFile, as_line, data_folder
from houndsight.knowledge.vocabulary import CONTACT
from houndsight.records.correction import Corrected, corrected
from houndsight.records.observation import Observation

__all__ = ["CorrectionsFile", "as_line", "correction", "the_corrections"]


def the_corrections() -> CorrectionsFile:
    """The corrections of this user on this machine."""
    return CorrectionsFile(data_folder() / "corrections.jsonl")


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
