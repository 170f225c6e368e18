"""Writes what was learned into the knowledge: the temper with its provenance, and the rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from houndsight.evaluate.fit import Fitted
from houndsight.evaluate.intervals import Figure
from houndsight.evaluate.temper_fit import Recipe
from houndsight.knowledge.distributions import FittedRow
from houndsight.knowledge.learned import ROWS_FILE, rows_as_csv
from houndsight.knowledge.temper import Temper

__all__ = ["CALIBRATION_FILE", "Provenance", "calibration_as_toml", "rounded", "write_learned"]

CALIBRATION_FILE = "learned/calibration.toml"
HEAD = """\
# How much each kind of cue counts, learned from labelled accounts. Written by a command; do not edit by hand:
#     {command}
# Elicited numbers stand in model.toml and tables/, the rows that go with this file in learned/rows.csv.
"""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the learned numbers come from; `date` is that of the fit, `accounts` the number that told of a lean."""

    command: str
    train: Sequence[str]
    accounts: int
    knowledge: str
    date: str
    recipe: Recipe


def rounded(fitted: Fitted) -> Fitted:
    """The same with numbers as the files keep them, so that what is scored is what is written."""
    temper = fitted.temper
    return replace(
        fitted,
        temper=Temper(
            round(temper.prior, 4),
            MappingProxyType({group: round(gain, 4) for group, gain in temper.groups.items()}),
            MappingProxyType({name: (round(weight, 4), cues) for name, (weight, cues) in temper.blocks.items()}),
            round(temper.lapse, 4),
            round(temper.heard, 4),
        ),
        rows={key: _rounded(row) for key, row in fitted.rows.items()},
    )


def _rounded(row: FittedRow) -> FittedRow:
    return FittedRow({value: round(p, 6) for value, p in row.probabilities.items()}, round(row.seen, 2))


def calibration_as_toml(
    temper: Temper, made: Provenance, tables: Mapping[str, Mapping[str, Mapping[str, Figure]]]
) -> str:
    """The text of the calibration file. `tables` holds figures by set of accounts, kind of reading and score."""
    lines = [HEAD.format(command=made.command)]
    lines += [f"prior = {temper.prior}", f"lapse = {temper.lapse}", f"heard = {temper.heard}", ""]
    lines += _table("groups", temper.groups)
    for name, (weight, cues) in temper.blocks.items():
        lines += _table(f"dependence.{name}", {"weight": weight, "cues": list(cues)})
    provenance = {key: value for key, value in asdict(made).items() if key != "recipe"}
    lines += _table("made", provenance) + _table("made.recipe", asdict(made.recipe))
    for accounts, rows in tables.items():
        lines.append(f"[figures.{json.dumps(accounts)}]  # value, and the ends of the 90 % bootstrap interval")
        lines += [f"{json.dumps(reading)} = {{ {_inline(scores)} }}" for reading, scores in rows.items()]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _table(name: str, cells: Mapping[str, Any]) -> list[str]:
    return [f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in cells.items()), ""]


def _inline(scores: Mapping[str, Figure]) -> str:
    shown = {
        name: [round(figure.value, 3), round(figure.low, 3), round(figure.high, 3)] for name, figure in scores.items()
    }
    return ", ".join(f"{json.dumps(name)} = {values}" for name, values in shown.items())


def write_learned(folder: Path, fitted: Fitted, calibration: str) -> tuple[Path, Path]:
    """Writes both files into the data folder and tells their paths."""
    paths = folder / CALIBRATION_FILE, folder / ROWS_FILE
    paths[0].parent.mkdir(parents=True, exist_ok=True)
    for path, text in zip(paths, (calibration, rows_as_csv(fitted.rows)), strict=True):
        path.write_text(text, encoding="utf-8", newline="\n")
    return paths
