"""Reads the data files and collects every fault with file and key, so that an editor sees all of them at once."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Cells", "Folder", "parts"]


def parts(cell: str) -> tuple[str, ...]:
    """The items of a list cell, which are split by semicolons; an empty cell holds none."""
    return tuple(item.strip() for item in cell.split(";") if item.strip())


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a CSV file: its cells by column, and where it stands."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(slots=True)
class Folder:
    """The data folder being read; `faults` grows as files are found wanting."""

    root: Path
    faults: list[str] = field(default_factory=list)

    def fault(self, where: str, what: str) -> None:
        """Notes one fault: `where` is file (and line or key), `what` says what is wrong and what would be right."""
        self.faults.append(f"{where}: {what}")

    def rows(self, name: str, columns: str) -> list[Cells]:
        """The rows of the CSV file `name`; its header must be exactly `columns` (space separated)."""
        text = self._text(name)
        return list(self._rows(name, text, columns.split())) if text is not None else []

    def _rows(self, name: str, text: str, wanted: list[str]) -> Iterator[Cells]:
        try:
            lines = list(csv.reader(text.splitlines(keepends=True), strict=True))
        except csv.Error as error:
            self.fault(name, f"is not well-formed CSV ({error})")
            return
        if not lines or lines[0] != wanted:
            self.fault(
                name, f"the columns must be {','.join(wanted)}; found {','.join(lines[0]) if lines else 'nothing'}"
            )
            return
        for number, cells in enumerate(lines[1:], 2):
            if len(cells) != len(wanted):
                self.fault(f"{name}:{number}", f"has {len(cells)} cells; {len(wanted)} are wanted")
            else:
                yield Cells(f"{name}:{number}", dict(zip(wanted, cells, strict=True)))

    def toml(self, name: str) -> dict[str, Any]:
        """The tables of the TOML file `name`, empty when it cannot be read (which is noted)."""
        text = self._text(name)
        if text is None:
            return {}
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.fault(name, f"is not well-formed TOML ({error})")
            return {}

    def _text(self, name: str) -> str | None:
        try:
            text = (self.root / name).read_text("utf-8")
        except OSError:
            self.fault(name, "is missing or cannot be opened")
        except UnicodeDecodeError as error:
            self.fault(name, f"is not UTF-8 (byte {error.start})")
        else:
            if not text.startswith("\ufeff"):
                return text
            self.fault(name, "starts with a byte order mark; save it as plain UTF-8")
        return None

    def number(self, where: str, text: str, low: float, high: float) -> float:
        """`text` as a number from `low` to `high`; notes a fault and gives `low` when it is none."""
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            self.fault(where, f"{text!r} is not a number from {low:g} to {high:g}")
            return low
        return value

    def whole(self, where: str, text: str, low: int, high: int) -> int:
        """`text` as a whole number from `low` to `high`; notes a fault and gives `low` when it is none."""
        value = self.number(where, text, low, high)
        if value != int(value):
            self.fault(where, f"{text!r} is not a whole number")
        return int(value)

    def yes(self, where: str, text: str) -> bool:
        """Whether `text` is yes; notes a fault when it is neither yes nor no."""
        if text not in ("yes", "no"):
            self.fault(where, f"{text!r} must be yes or no")
        return text == "yes"

    def known(self, where: str, what: str, name: str, names: Iterable[str]) -> bool:
        """Whether `name` is one of `names`; notes a fault when it is not."""
        if name in names:
            return True
        self.fault(where, f"there is no {what} {name!r}")
        return False
