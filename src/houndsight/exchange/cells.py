"""What stands in one cell of a table: safe for a spreadsheet, and read back to the very same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from houndsight.errors import InputError, UnknownValue
from houndsight.knowledge.vocabulary import Cue
from houndsight.records.observation import Observation

__all__ = [
    "as_cue",
    "as_list",
    "as_truth",
    "cue_cell",
    "guarded",
    "list_cell",
    "shown_confidence",
    "truth_cell",
    "unguarded",
]

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_CONFIDENCE = re.compile(r"(.+)@(0?\.\d*[1-9]\d*|1(?:\.0*)?)", re.DOTALL)
_YES = frozenset({"yes", "y", "true", "t", "1", "x", "✓"})
_NO = frozenset({"no", "n", "false", "f", "0"})
_UNKNOWN = frozenset({"unknown", "n/a", "na", "?", "-"})


def guarded(cell: str) -> str:
    """The cell with a `'` before it when a spreadsheet would take it for a formula; `unguarded` undoes it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell without the `'` that keeps it from being a formula."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def truth_cell(given: bool | None) -> str:
    """`yes`, `no`, or nothing."""
    return "" if given is None else ("yes" if given else "no")


def as_truth(cell: str) -> bool | None:
    """True, false, or None for a word that says "not known". Raises InputError when it is none of them."""
    word = cell.strip().casefold()
    if word in _YES or word in _NO:
        return word in _YES
    if word in _UNKNOWN:
        return None
    raise InputError(f"{cell!r:.60} is neither yes nor no.")


def cue_cell(one: Observation) -> str:
    """`wiggles` when it is sure, else with how sure: `wiggles@0.62`."""
    if one.confidence == 1 and not _CONFIDENCE.fullmatch(one.value):
        return one.value
    return f"{one.value}@{shown_confidence(one.confidence)}"


def shown_confidence(confidence: float) -> str:
    """The confidence in hundredths; what is not sure is never shown as sure."""
    return "1" if confidence == 1 else f"{min(max(round(confidence, 2), 0.01), 0.99):g}"


def as_cue(name: str, cell: str, known: Mapping[str, Cue]) -> Observation | None:
    """The observation in a cell, or None for a word that says "not known". Raises UnknownValue. A cue that is not known takes any value."""
    found = _CONFIDENCE.fullmatch(cell)
    value, confidence = (found[1], float(found[2])) if found else (cell, 1.0)
    if name in known:
        value = _value(known[name], value) or ""
    return Observation(name, value, confidence) if value else None


def _value(cue: Cue, given: str) -> str | None:
    if given in cue.values:
        return given
    word = re.sub(r"[\s-]+", "_", given.strip().casefold())
    if word in cue.values:
        return word
    if "yes" in cue.values and word in _YES:
        return "yes"
    if "no" in cue.values and (word in _NO or word == "none"):
        return "no"
    if given.strip().casefold() in _UNKNOWN:
        return None
    raise UnknownValue(cue.id, given, cue.values)


def list_cell(items: Iterable[str], separators: str = ";,") -> str:
    """Texts in one cell, with `; ` between them. A backslash stands before a separator, a backslash, and a space at either end of a text."""
    special = re.compile(rf"[\\{separators}]|^\s|\s\Z")
    return "; ".join(special.sub(lambda found: "\\" + found[0], item) for item in items)


def as_list(cell: str, separators: str = ";,") -> tuple[str, ...]:
    """The texts in a cell; empty ones are left out."""
    parts = re.findall(rf"(?:\\.|\\\Z|[^\\{separators}])+", cell, re.DOTALL)
    found = (re.sub(r"\\(.)", r"\1", _trimmed(part), flags=re.DOTALL) for part in parts)
    return tuple(one for one in found if one)


def _trimmed(part: str) -> str:
    """The part without the spaces around it; one after a backslash stays."""
    begins = part.lstrip()
    ends = begins.rstrip()
    slashes = len(ends) - len(ends.rstrip("\\"))
    return begins[: len(ends) + slashes % 2]
