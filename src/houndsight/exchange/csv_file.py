"""A file of comma-separated values, whoever wrote it: its encoding, its separator, and its rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from houndsight.errors import InputError

__all__ = ["Row", "csv_rows"]

Row = tuple[int, list[str]]
"""The number of a row as a spreadsheet counts it, and its cells. A first line `sep=;`, which spreadsheets hide, is not counted."""

LONGEST_CELL = 1 << 24
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@contextmanager
def csv_rows(path: Path) -> Iterator[Iterator[Row]]:
    """The rows of a file, the headings first; rows without any content are left out.

    UTF-8 with or without a mark, UTF-16 with one; separated by commas, semicolons or tabs, whichever the first line has most of.
    Raises InputError that names the line when the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            mark = file.read(3)
        encoding = next((name for beginning, name in _MARKS if mark.startswith(beginning)), "utf-8")
        with path.open(encoding=encoding, newline="") as file:
            first = file.readline(LONGEST_CELL)
            told = re.fullmatch(r"sep=([,;\t|])\s*", first)
            separator = told[1] if told else _separator(first)
            if not told:
                file.seek(0)
            yield _rows(path, file, separator)
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}.") from None
    except UnicodeError:
        raise _not_text(path, encoding) from None


def _separator(line: str) -> str:
    bare = re.sub(r'"[^"]*"', "", line)
    return max(",;\t", key=bare.count)


def _rows(path: Path, file: TextIO, separator: str) -> Iterator[Row]:
    reader = csv.reader(file, delimiter=separator)
    limit = csv.field_size_limit()
    csv.field_size_limit(LONGEST_CELL)
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise InputError(
            f"{path.name}: line {reader.line_num} cannot be read ({error}). Is there a quotation mark that is not closed?"
        ) from None
    finally:
        csv.field_size_limit(limit)


def _not_text(path: Path, encoding: str) -> InputError:
    line = _bad_line(path) if encoding == "utf-8" else 1
    return InputError(
        f"{path.name}: line {line} is not in the signs of UTF-8. Save the table as `CSV UTF-8`, and take that file."
    )


def _bad_line(path: Path) -> int:
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            try:
                raw.decode()
            except UnicodeError:
                return number
    return 1
