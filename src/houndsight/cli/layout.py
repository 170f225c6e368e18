"""Lines of a terminal: columns and hanging indents, without blanks at their ends and without signs that steer it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from houndsight.cli.signs import visible

__all__ = ["by_row", "hanging", "in_columns", "seen"]

GAP = 2
"""Blanks between two columns."""


def seen(text: Text, *, lines: bool = True) -> Text:
    """The text with a blank for each sign that would steer the terminal. Every line passes here, whoever wrote what stands in it.

    Without `lines` it becomes one line, such as a cell that others stand beside.
    """
    if text.plain.isprintable():
        return text
    clean = text.copy()
    clean.plain = visible(text.plain, lines=lines)
    return clean


def in_columns(rows: Sequence[Sequence[Text]], console: Console, width: int) -> list[Text]:
    """Rows of cells as lines whose columns stand under each other; a last cell that is too long goes on below itself."""
    return [line for lines in by_row(rows, console, width) for line in lines]


def by_row(rows: Sequence[Sequence[Text]], console: Console, width: int) -> list[list[Text]]:
    """As `in_columns`, the lines of each row by themselves."""
    rows = [[*(seen(cell, lines=False) for cell in row[:-1]), seen(row[-1])] for row in rows]
    count = max(map(len, rows), default=0)
    widths = [max((row[i].cell_len for row in rows if i < len(row)), default=0) for i in range(count)]
    left = sum(widths[:-1]) + GAP * (count - 1)
    found = []
    for row in rows:
        line, lines = Text(), []
        for cell, full in zip(row[:-1], widths, strict=False):
            line.append_text(cell)
            line.append(" " * (full - cell.cell_len + GAP))
        for number, piece in enumerate(row[-1].wrap(console, max(width - left, 20))):
            piece.rstrip()
            lines.append(Text.assemble(line if number == 0 else " " * left, piece))
        lines[-1].rstrip()
        found.append(lines)
    return found


def hanging(text: Text, console: Console, indent: int) -> Text:
    """The text wrapped to the console's width; every line keeps the text's own indent and a bullet hangs over."""
    body = seen(text)
    own = len(body.plain) - len(body.plain.lstrip(" "))
    if indent + body.cell_len <= console.width:
        return Text.assemble(" " * indent, body)
    bullet = 2 if body.plain[own : own + 2] in ("• ", "- ") else 0
    body = body[own:]
    joined = Text()
    for number, piece in enumerate(body.wrap(console, max(console.width - indent - own - bullet, 20))):
        piece.rstrip()
        joined.append(("\n" if number else "") + " " * (indent + own + (bullet if number else 0)))
        joined.append_text(piece)
    return joined
