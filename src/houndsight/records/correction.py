"""What a person put right in what was heard."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from houndsight.records.observation import Observation

__all__ = ["Corrected", "Correction", "corrected"]


@dataclass(frozen=True, slots=True)
class Correction:
    """One cue put right: `heard` is the value that was heard, `right` the value that holds; None is "not told"."""

    cue: str
    heard: str | None
    right: str | None

    @property
    def kind(self) -> str:
        """`added`, `changed` or `removed`."""
        if self.heard is None:
            return "added"
        return "removed" if self.right is None else "changed"


@dataclass(frozen=True, slots=True)
class Corrected:
    """An account with its cues as a person left them, and what the person changed; an example to learn hearing from.

    `lean` tells whether a lean was told. `when` is the time of the correction, ISO 8601 in UTC.
    """

    text: str
    cues: tuple[Observation, ...]
    corrections: tuple[Correction, ...]
    lean: bool
    when: str = ""

    @property
    def id(self) -> str:
        """The same for the same account with the same corrections, whenever they were made."""
        parts = [self.text, *sorted(f"{one.cue}={one.right}" for one in self.corrections)]
        return f"c-{hashlib.sha256(chr(0).join(parts).encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def corrected(
    heard: Iterable[Observation], given: Iterable[Observation], removed: Iterable[str]
) -> tuple[tuple[Observation, ...], tuple[Correction, ...]]:
    """The cues that hold once a person has spoken, and what that changed.

    A cue that is `given` outranks what was heard of it; one that is `removed` was not told. A cue given as it was heard is
    confirmed and no correction.
    """
    found = {one.cue: one for one in heard}
    set_right = {one.cue: one for one in given}
    gone = [cue for cue in dict.fromkeys(removed) if cue in found and cue not in set_right]
    changes = [
        Correction(cue, found[cue].value if cue in found else None, one.value)
        for cue, one in set_right.items()
        if cue not in found or found[cue].value != one.value
    ]
    changes += [Correction(cue, found[cue].value, None) for cue in gone]
    holds = {cue: one for cue, one in (found | set_right).items() if cue not in gone}
    return tuple(holds.values()), tuple(changes)
