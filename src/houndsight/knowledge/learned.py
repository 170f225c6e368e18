"""What labelled accounts have made of the elicited tables: fitted rows, kept apart from those that were judged."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from houndsight.knowledge.distributions import FittedRow, Key, Tables
from houndsight.knowledge.files import Folder

__all__ = ["ROWS_FILE", "read_rows", "rows_as_csv"]

ROWS_FILE = "learned/rows.csv"
COLUMNS = "table motive state response cue value probability seen"
TOLERANCE = 2e-5
"""Probabilities are written with six decimals, so that a row may miss 1 by this much."""
_PLACES = {  # which columns hold the parts of a key, by table
    "likelihood": ("cue", "motive"),
    "state": ("motive",),
    "body": ("motive", "state", "cue"),
    "outcome": ("motive", "response"),
}


def read_rows(folder: Folder, tables: Tables) -> dict[Key, FittedRow]:
    """Fitted rows by key; empty when nothing has been learned yet.

    A row that lacks a value was fitted before that value came into the tables, and is set aside.
    """
    fitted: dict[Key, dict[str, float]] = {}
    seen: dict[Key, float] = {}
    if not (folder.root / ROWS_FILE).exists():
        return {}
    for row in folder.rows(ROWS_FILE, COLUMNS):
        if not folder.known(row.where, "table", row["table"], _PLACES):
            continue
        key = (row["table"], *(row[column] for column in _PLACES[row["table"]]))
        distribution = tables.rows.get(key)
        if distribution is None or row["value"] not in distribution.values:
            folder.fault(row.where, f"there is no row {', '.join(key)} with a value {row['value']!r}")
            continue
        fitted.setdefault(key, {})[row["value"]] = folder.number(row.where, row["probability"], 0, 1)
        seen[key] = folder.number(row.where, row["seen"], 0, 1e12)
    for key, cells in list(fitted.items()):
        if len(cells) < len(tables.rows[key].values):
            del fitted[key]
            continue
        if min(cells.values()) <= 0 or abs(sum(cells.values()) - 1) > TOLERANCE:
            name = ", ".join(key)
            folder.fault(ROWS_FILE, f"{name}: all must be above 0 and sum to 1; they sum to {sum(cells.values()):.4f}")
            continue
        total = sum(cells.values())  # rounding left it a little beside 1
        fitted[key] = {value: p / total for value, p in cells.items()}
    return {key: FittedRow(cells, seen[key]) for key, cells in fitted.items()}


def rows_as_csv(fitted: Mapping[Key, FittedRow]) -> str:
    """The text of the file of fitted rows: sorted; probabilities with six decimals."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS.split(), restval="", lineterminator="\n")
    writer.writeheader()
    for key in sorted(fitted):
        places = dict(zip(_PLACES[key[0]], key[1:], strict=True))
        seen = f"{fitted[key].seen:.2f}"
        for value, p in sorted(fitted[key].probabilities.items()):
            writer.writerow({"table": key[0], **places, "value": value, "probability": f"{p:.6f}", "seen": seen})
    return out.getvalue()
