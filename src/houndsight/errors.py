"""Errors that a person can act on.

HoundsightError
├── InputError            what was given cannot be read (exit status 2)
│   ├── UnknownCue        no cue of that name
│   ├── UnknownValue      the cue has no such value
│   └── NotInDiary        no dog, person or moment of that name or id
├── DiaryFault            the diary cannot be opened, read or written; nothing of what was there is lost
├── KnowledgeError        the knowledge files are at fault; carries every fault with file and key
└── MissingExtra          an optional library is not installed; names the extra that brings it
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

__all__ = [
    "DiaryFault",
    "HoundsightError",
    "InputError",
    "KnowledgeError",
    "MissingExtra",
    "NotInDiary",
    "UnknownCue",
    "UnknownValue",
    "nearest",
]


def nearest(word: str, known: Iterable[str]) -> str:
    """` Did you mean …?` with up to three close names, or nothing when none is close."""
    close = get_close_matches(word, list(known), n=3, cutoff=0.55)
    return f" Did you mean {' or '.join(close)}?" if close else ""


class HoundsightError(Exception):
    """Anything that Houndsight raises on purpose."""


class InputError(HoundsightError):
    """What was given cannot be read; the text says what was wrong and what would be right."""


class UnknownCue(InputError):
    """A cue name that is not in the vocabulary."""

    def __init__(self, cue: str, known: Iterable[str]) -> None:
        names = sorted(known)
        super().__init__(
            f"There is no cue called {cue!r}.{nearest(cue, names)} `houndsight knowledge show cues` lists them."
        )
        self.cue = cue


class UnknownValue(InputError):
    """A value that the cue does not have."""

    def __init__(self, cue: str, value: str, known: Sequence[str]) -> None:
        super().__init__(f"The cue {cue!r} has no value {value!r}. It can be: {', '.join(known)}.")
        self.cue, self.value = cue, value


class NotInDiary(InputError):
    """What was named is not in the diary."""

    def __init__(self, what: str, given: str, known: Iterable[str] = ()) -> None:
        super().__init__(f"The diary has no {what} {given!r}.{nearest(given, known)}")
        self.what, self.given = what, given


class DiaryFault(HoundsightError):
    """The diary cannot be opened, read or written; the text says why, and what can be done."""


class KnowledgeError(HoundsightError):
    """The knowledge files are at fault; `faults` holds every fault found, each with file and key."""

    def __init__(self, faults: Sequence[str]) -> None:
        count = f"{len(faults)} fault" + ("s" if len(faults) != 1 else "")
        super().__init__(f"The knowledge files have {count}:\n" + "\n".join(f"  {f}" for f in faults))
        self.faults = tuple(faults)


class MissingExtra(HoundsightError):
    """An optional library is not installed."""

    def __init__(self, job: str, extra: str) -> None:
        super().__init__(f"{job} needs an optional part. Install it with: pip install 'houndsight[{extra}]'")
        self.extra = extra
