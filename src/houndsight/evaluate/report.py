"""Figures as tables of text that line up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from houndsight.evaluate.comparing import Table
from houndsight.evaluate.fit import Fitted
from houndsight.evaluate.hearing import CueCounts, scores_by_cue
from houndsight.evaluate.scores import Bin

__all__ = ["as_text", "by_cue_as_text", "figures_as_text", "fitted_as_text", "reliability_as_text"]


def as_text(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with its first column to the left and the others to the right."""
    lines = [head, *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    cells = (
        [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        for line in lines
    )
    return "\n".join("  ".join(line).rstrip() for line in cells)


def figures_as_text(title: str, table: Table) -> str:
    """One line for each kind of reading, one column for each score, intervals in brackets."""
    scores = list(next(iter(table.values()), {}))
    return as_text([title, *scores], ([name, *(str(row[score]) for score in scores)] for name, row in table.items()))


def reliability_as_text(bins: Sequence[Bin]) -> str:
    """The reliability table: how sure readings were, and how often they were right."""
    rows = ([f"{b.low:.1f} to {b.high:.1f}", str(b.count), f"{b.confidence:.3f}", f"{b.right:.3f}"] for b in bins)
    return as_text(["leading probability", "accounts", "sure", "right"], rows)


def by_cue_as_text(counts: CueCounts) -> str:
    """A line for each cue, most often labelled first."""
    each = sorted(scores_by_cue(counts).items(), key=lambda item: -item[1][3])
    rows = ([cue, *(_ratio(ratio) for ratio in ratios), str(labelled)] for cue, (*ratios, labelled) in each)
    return as_text(["cue", "precision", "recall", "F1", "labelled"], rows)


def _ratio(value: float) -> str:
    return "-" if value != value else f"{value:.2f}"  # noqa: PLR0124 - NaN alone differs from itself


def fitted_as_text(fitted: Fitted) -> str:
    """The learned numbers, for reading."""
    temper = fitted.temper
    rows = [
        ["prior", f"{temper.prior:.3f}"],
        *([f"gain of {name}", f"{gain:.3f}"] for name, gain in temper.groups.items()),
    ]
    rows += [[f"block {name} keeps", f"{weight:.3f}"] for name, (weight, _) in temper.blocks.items()]
    rows += [["lapse", f"{temper.lapse:.3f}"], ["rows moved", f"{len(fitted.rows)}"]]
    return as_text(["learned", ""], rows)
