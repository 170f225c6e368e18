"""Comma-separated values: the moments as a table, for spreadsheets and from the logs of other programs."""

from __future__ import annotations

from houndsight.exchange.csv_reading import open_csv
from houndsight.exchange.csv_writing import write_csv
from houndsight.exchange.protocol import Format

__all__ = ["CSV"]

CSV = Format("csv", (".csv", ".tsv", ".txt"), write_csv, open_csv)
