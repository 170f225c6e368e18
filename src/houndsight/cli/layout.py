"""Lines of a terminal: columns and hanging indents, without blanks at their ends."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

__all__ = ["hanging", "in_columns"]

GAP = 2
"""Blanks between two columns."""


def in_columns(rows: Sequence[Sequence[Text]]) -> list[Text]:
    """Rows of cells as lines whose columns stand under each other; the last cell of a row is not padded."""
    count = max(map(len, rows), default=0)
    widths = [max((row[i].cell_len for row in rows if i < len(row)), default=0) for i in range(count)]
    lines = []
    for row in rows:
        line = Text()
        for cell, width in zip(row, widths, strict=False):
            line.append_text(cell)
            line.append(" " * (width - cell.cell_len + GAP))
        line.rstrip()
        lines.append(line)
    return lines


def hanging(text: Text, console: Console, indent: int) -> Text:
    """The text wrapped to the console's width; every line keeps the text's own indent and a bullet hangs over."""
    body = text.copy()
    own = len(body.plain) - len(body.plain.lstrip(" "))
    bullet = 2 if body.plain[own : own + 2] in ("• ", "- ") else 0
    body = body[own:]
    pieces = body.wrap(console, max(console.width - indent - own - bullet, 20))
    joined = Text()
    for number, piece in enumerate(pieces):
        piece.rstrip()
        joined.append(("\n" if number else "") + " " * (indent + own + (bullet if number else 0)))
        joined.append_text(piece)
    return joined
