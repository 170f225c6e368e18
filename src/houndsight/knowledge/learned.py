"""What labelled accounts have added to the elicited tables: expected counts, kept apart from the rows they inform."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from houndsight.knowledge.distributions import Key, Tables
from houndsight.knowledge.files import Folder

__all__ = ["COUNTS_FILE", "counts_as_csv", "read_counts"]

COUNTS_FILE = "learned/counts.csv"
COLUMNS = "table motive state response cue value count"
_PLACES = {  # which columns hold the parts of a key, by table
    "likelihood": ("cue", "motive"),
    "state": ("motive",),
    "body": ("motive", "state", "cue"),
    "outcome": ("motive", "response"),
}


def read_counts(folder: Folder, tables: Tables) -> dict[Key, dict[str, float]]:
    """Expected counts by distribution and value; empty when nothing has been learned yet."""
    counts: dict[Key, dict[str, float]] = {}
    if not (folder.root / COUNTS_FILE).exists():
        return counts
    for row in folder.rows(COUNTS_FILE, COLUMNS):
        if not folder.known(row.where, "table", row["table"], _PLACES):
            continue
        key = (row["table"], *(row[column] for column in _PLACES[row["table"]]))
        distribution = tables.rows.get(key)
        if distribution is None or row["value"] not in distribution.values:
            folder.fault(row.where, f"there is no row {', '.join(key)} with a value {row['value']!r}")
            continue
        counts.setdefault(key, {})[row["value"]] = folder.number(row.where, row["count"], 0, 1e12)
    return counts


def counts_as_csv(counts: Mapping[Key, Mapping[str, float]]) -> str:
    """The text of the counts file: sorted, four decimals, cells that round to nothing left out."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS.split(), restval="", lineterminator="\n")
    writer.writeheader()
    for key in sorted(counts):
        places = dict(zip(_PLACES[key[0]], key[1:], strict=True))
        for value in sorted(counts[key]):
            if (count := round(counts[key][value], 4)) > 0:
                writer.writerow({"table": key[0], **places, "value": value, "count": f"{count:.4f}"})
    return out.getvalue()
