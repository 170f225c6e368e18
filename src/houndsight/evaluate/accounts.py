"""Labelled accounts: what people told, and what a careful reader heard in it and believed about the motive."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from houndsight.errors import InputError
from houndsight.knowledge.base import Knowledge
from houndsight.records.observation import Observation

__all__ = ["AccountsFault", "LabelledAccount", "LabelledCue", "Trap", "leaning", "read_accounts"]

SUM_TOLERANCE = 0.02
"""Beliefs are written with two or three decimals, so eight of them may miss 1 by this much; they are rescaled."""


class AccountsFault(InputError):
    """A file of accounts cannot be read; `faults` holds every fault found, each with its line."""

    def __init__(self, name: str, faults: list[str]) -> None:
        count = f"{len(faults)} fault" + ("s" if len(faults) != 1 else "")
        super().__init__(f"{name} has {count}:\n" + "\n".join(f"  {fault}" for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class LabelledCue:
    """One cue as the labeller heard it: the words that tell it, and how surely (0 to 1) they do."""

    cue: str
    value: str
    span: str = ""
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Trap:
    """Words that look like a cue or a flag (`looks_like`) and are none: negated, another dog's, past, somebody's theory."""

    span: str
    looks_like: str


@dataclass(frozen=True, slots=True)
class LabelledAccount:
    """One account with its labels, in one of the two forms that accounts/README.md tells.

    `cues` belong to the main moment, `second` to the other one if there is one. `flagged` are (cue, value) that a professional
    should hear, `flag_ids` flags that were labelled by name. `beliefs` are the labeller's probabilities in the order of the
    motives, or None when no lean was told or nobody said what they believe. `see_vet` tells whether a professional is wanted now
    or soon, None where nobody said; `lean` whether a lean was told.
    """

    id: str
    text: str
    cues: tuple[LabelledCue, ...]
    second: tuple[LabelledCue, ...] = ()
    flagged: tuple[tuple[str, str], ...] = ()
    flag_ids: tuple[str, ...] = ()
    see_vet: bool | None = False
    beliefs: tuple[float, ...] | None = None
    traps: tuple[Trap, ...] = ()
    part: str = ""
    lean: bool = True

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The main moment as perfect hearing would report it."""
        return tuple(Observation(cue.cue, cue.value) for cue in self.cues)


def leaning(accounts: tuple[LabelledAccount, ...]) -> tuple[LabelledAccount, ...]:
    """The accounts that tell of a lean, so that there are beliefs to be scored against."""
    return tuple(account for account in accounts if account.beliefs is not None)


def read_accounts(path: Path, knowledge: Knowledge) -> tuple[LabelledAccount, ...]:
    """The accounts of a JSONL file, in order. Raises AccountsFault with every fault and its line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 (byte {error.start})") from None
    reader = _Reader(knowledge, [])
    read = [reader.account(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    accounts = tuple(account for account in read if account is not None)
    for twice in sorted({a.id for a in accounts if sum(b.id == a.id for b in accounts) > 1}):
        reader.faults.append(f"the id {twice!r} stands twice")
    if reader.faults:
        raise AccountsFault(path.name, reader.faults)
    return accounts


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one line at a time; `faults` grows as lines are found wanting."""

    knowledge: Knowledge
    faults: list[str]

    def account(self, number: int, line: str) -> LabelledAccount | None:
        """The account of one line, or None when a fault was noted."""
        before = len(self.faults)
        try:
            raw = json.loads(line)
            account = self._account(number, raw)
        except json.JSONDecodeError as error:
            self.faults.append(f"line {number}: is not JSON ({error.msg} at column {error.colno})")
        except KeyError as error:
            self.faults.append(f"line {number}: the key {error} is missing")
        except (TypeError, ValueError, AttributeError) as error:
            self.faults.append(f"line {number}: something is of the wrong kind ({error})")
        else:
            return account if len(self.faults) == before else None
        return None

    def _account(self, number: int, raw: Mapping[str, Any]) -> LabelledAccount:
        where = f"line {number} ({raw['id']})"
        flagged, ids = self._flags(where, raw.get("flags") or [])
        traps = raw.get("not_cues") or []
        return LabelledAccount(
            id=str(raw["id"]),
            text=str(raw["text"]),
            cues=tuple(self._cues(where, raw["cues"])),
            second=tuple(self._cues(f"{where}, second moment", raw.get("second") or {})),
            flagged=flagged,
            flag_ids=ids,
            see_vet=self._need(raw),
            beliefs=self._beliefs(where, raw),
            traps=tuple(Trap(str(trap["span"]), str(trap["looks_like"])) for trap in traps),
            part=str(raw.get("part", "")),
            lean=bool(raw["lean"]) if "lean" in raw else raw["motive_probs"] is not None,
        )

    @staticmethod
    def _need(raw: Mapping[str, Any]) -> bool | None:
        said = raw.get("see") if "lean" in raw else raw["see_vet"]
        return None if said is None else bool(said)

    def _cues(self, where: str, raw: Mapping[str, Any]) -> Iterator[LabelledCue]:
        """The cues of a moment: each an object, a value with its words, or a bare value."""
        for cue, label in raw.items():
            if isinstance(label, str):
                value, span, sure = label, "", 1.0
            elif isinstance(label, list):
                (value, span), sure = label, 1.0
            else:
                value, span, sure = label["value"], label.get("span", ""), label.get("sure", 1)
            self._checked(where, cue, value)
            if not 0 < sure <= 1:
                self.faults.append(f"{where}: {cue} is sure to {sure}; it must be above 0 and at most 1")
            yield LabelledCue(cue, value, span, float(sure))

    def _flags(self, where: str, raw: list[str]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        """Flags are written `cue=value`, or `cue` for `cue=yes`, or as the id of a flag."""
        ids = {flag.id for flag in self.knowledge.flags}
        named = tuple(flag for flag in raw if flag in ids)
        pairs = []
        for flag in raw:
            if flag not in ids:
                cue, _, value = flag.partition("=")
                pairs.append((cue, value or "yes"))
                self._checked(f"{where}, flags", *pairs[-1])
        return tuple(pairs), named

    def _checked(self, where: str, cue: str, value: str) -> None:
        try:
            self.knowledge.checked(cue, value)
        except InputError as error:
            self.faults.append(f"{where}: {error}")

    def _beliefs(self, where: str, line: Mapping[str, Any]) -> tuple[float, ...] | None:
        """Beliefs in the order of the motives; in the short form motives that are left out have nothing."""
        motives = self.knowledge.motives
        if "lean" in line:
            said = line.get("belief")
            raw = None if not said else {**dict.fromkeys(motives, 0.0), **said}
        else:
            raw = line["motive_probs"]
        if raw is None:
            return None
        if set(raw) != set(motives):
            self.faults.append(
                f"{where}: motive_probs needs each of {', '.join(motives)} once; it has {', '.join(raw)}"
            )
            return None
        total = sum(raw.values())
        if min(raw.values()) < 0 or abs(total - 1) > SUM_TOLERANCE:
            self.faults.append(f"{where}: motive_probs must not be negative and must sum to 1; they sum to {total:.3f}")
            return None
        return tuple(raw[motive] / total for motive in motives)
