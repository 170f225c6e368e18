"""How well accounts are heard and read: one evaluation, with baselines and perfect hearing in the same run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from houndsight.evaluate import report
from houndsight.evaluate.accounts import LabelledAccount, leaning
from houndsight.evaluate.comparing import (
    PERFECT,
    Table,
    cue_table,
    labelled_hearing,
    motive_readings,
    motive_table,
    need_table,
)
from houndsight.evaluate.fit import beliefs_of
from houndsight.evaluate.hearing import CueCounts, scores_by_cue
from houndsight.evaluate.intervals import Figure
from houndsight.evaluate.scores import Bin, reliability
from houndsight.knowledge.base import Knowledge
from houndsight.records.observation import Heard

__all__ = ["Evaluation", "evaluate"]


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """All scores of a file of labelled accounts, by kind of hearing; the first kind is the one in question.

    `reliability` holds the bins of that kind, `by_cue` its counts for each cue.
    """

    accounts: int
    leans: int
    motives: Table
    cues: Table
    professional: Table
    reliability: tuple[Bin, ...]
    by_cue: CueCounts | None

    def as_text(self) -> str:
        """The tables, for reading."""
        parts = []
        if self.motives:
            parts += [report.figures_as_text("motive", self.motives), report.reliability_as_text(self.reliability)]
        if self.by_cue is not None:
            parts += [report.figures_as_text("cues, main moment", self.cues), report.by_cue_as_text(self.by_cue)]
        parts.append(report.figures_as_text("wants a professional", self.professional))
        return "\n\n".join(parts)

    def as_json(self) -> dict[str, Any]:
        """The same as plain values: each figure as value, low, high; null where it cannot be had."""
        bins = [
            {"low": b.low, "high": b.high, "accounts": b.count, "sure": b.confidence, "right": b.right}
            for b in self.reliability
        ]
        each = {} if self.by_cue is None else scores_by_cue(self.by_cue)
        return {
            "accounts": self.accounts,
            "leans": self.leans,
            "motives": _table(self.motives),
            "cues": _table(self.cues),
            "wants_a_professional": _table(self.professional),
            "reliability": bins,
            "by_cue": {
                cue: {"precision": _number(p), "recall": _number(r), "F1": _number(f), "labelled": n}
                for cue, (p, r, f, n) in each.items()
            },
        }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value


def _figure(figure: Figure) -> dict[str, float | None]:
    return {"value": _number(figure.value), "low": _number(figure.low), "high": _number(figure.high)}


def _table(table: Table) -> dict[str, dict[str, dict[str, float | None]]]:
    return {name: {score: _figure(figure) for score, figure in row.items()} for name, row in table.items()}


def evaluate(
    knowledge: Knowledge,
    accounts: Sequence[LabelledAccount],
    hearings: Mapping[str, Sequence[Heard]],
    train: Sequence[LabelledAccount] = (),
    draws: int = 1000,
) -> Evaluation:
    """Scores `hearings`, one Heard for each account under each name, beside baselines and the labelled cues.

    The baselines learn from `train`, or from the other folds of `accounts`. `draws` are bootstrap draws of the intervals.
    """
    told = leaning(tuple(accounts))
    q, readings = beliefs_of(told), motive_readings(knowledge, accounts, hearings, train)
    tables = {name: cue_table(knowledge, accounts, heard, draws) for name, heard in hearings.items()}
    first = next(iter(hearings), PERFECT)
    perfect = [labelled_hearing(account) for account in accounts]
    return Evaluation(
        accounts=len(accounts),
        leans=len(told),
        motives=motive_table(readings, q, draws),
        cues={name: dict(figures) for name, (figures, _) in tables.items()},
        professional=need_table(knowledge, accounts, {**hearings, PERFECT: perfect}, draws),
        reliability=reliability(readings[first], q) if readings else (),
        by_cue=tables[first][1] if first in tables else None,
    )
