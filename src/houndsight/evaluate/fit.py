"""Fits what is learned from labelled accounts: rows beside the elicited ones, and the temper.

The temper is fitted on readings whose rows never saw the account they read (cross-fitting), since rows look surer than they
are on the accounts they were fitted on. The same is done once more around the whole fit to foretell it (cross-validation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from houndsight.evaluate.accounts import LabelledAccount
from houndsight.evaluate.cases import Case
from houndsight.evaluate.rows_fit import Rows, RowsFit, elicited, informed
from houndsight.evaluate.temper_fit import Recipe, fit_temper, loss_of, start_of
from houndsight.evaluate.weighing import Weighed, joined, posteriors, weigh
from houndsight.inference.network import Floats, compile_network
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.temper import PLAIN, Temper
from houndsight.records.observation import Observation

__all__ = ["Fitted", "Learner", "beliefs_of"]

BELIEFS = tuple(round(0.3 + 0.05 * i, 2) for i in range(15))
"""What is tried for how far the words sense is believed."""


def beliefs_of(accounts: Sequence[LabelledAccount]) -> Floats:
    """Labelled beliefs of accounts that tell of a lean, (N, M)."""
    return np.array([account.beliefs for account in accounts])


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learned: the temper and the rows that it goes with."""

    temper: Temper
    rows: Rows

    def learned(self, knowledge: Knowledge) -> Knowledge:
        """The knowledge as it reads with what was learned."""
        return replace(informed(knowledge, self.rows), temper=self.temper)


class Learner:
    """Learns from one set of accounts, all of which must tell of a lean; what the knowledge has learned before is set aside.

    `moments` are the observations that are read and that the temper is fitted on: by default the labelled cues. The rows are
    always fitted on the labelled cues, and on the `cases`.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        accounts: Sequence[LabelledAccount],
        recipe: Recipe,
        moments: Sequence[Sequence[Observation]] | None = None,
        cases: Sequence[Case] = (),
    ) -> None:
        self.knowledge, self.recipe = elicited(knowledge), recipe
        self.accounts, self.q = tuple(accounts), beliefs_of(accounts)
        self.moments = [account.observations for account in accounts] if moments is None else moments
        self.start = start_of(knowledge.model.blocks, recipe)
        labelled = [account.observations for account in accounts]
        self._rows = RowsFit(knowledge, labelled, self.q, recipe, cases)
        self._elicited = self._weigh({}, self._all())

    def fit(self, *, rows: bool = True) -> Fitted:
        """Temper and rows from all accounts; without `rows` the elicited ones are kept."""
        return self._fit(self._all(), rows=rows)

    def believing(self, fitted: Fitted, heard: Sequence[Sequence[Observation] | None]) -> Fitted:
        """The same with `heard` of the temper set so that readings of what ears heard in these accounts are as sure as they are right.

        `heard` stands beside the accounts, None where nobody listened. Rows are those of other folds.
        """
        places = np.array([i for i, one in enumerate(heard) if one is not None])
        moments = [one or () for one in heard]
        folds = [(self._rows.fit(inside), held) for inside, held in self._folds(places, self.recipe.seed + 1)]

        def lost(belief: float) -> float:
            temper = replace(fitted.temper, heard=belief)
            return sum(
                float(loss_of(self._of(rows, temper, moments, held), self.q[held], self.recipe).sum())
                for rows, held in folds
            )

        best = min(BELIEFS, key=lost)
        return replace(fitted, temper=replace(fitted.temper, heard=best))

    def _of(
        self, rows: Rows, temper: Temper, moments: Sequence[Sequence[Observation]], places: NDArray[np.intp]
    ) -> Floats:
        network = compile_network(informed(self.knowledge, rows), temper)
        return posteriors(weigh(network, [moments[i] for i in places]), temper)

    def foretold(self, *, rows: bool = True) -> Floats:
        """p(motive) of each account as a fit on the other folds reads it, (N, M)."""
        p = np.empty_like(self.q)
        for inside, held in self._folds(self._all(), self.recipe.seed):
            fitted = self._fit(inside, rows=rows)
            p[held] = posteriors(self._weigh(fitted.rows, held), fitted.temper)
        return p

    def started(self) -> Floats:
        """p(motive) of each account before anything is fitted: elicited rows, elicited blocks, no lapse."""
        return posteriors(self._elicited, replace(self.start, lapse=0.0))

    def plain(self) -> Floats:
        """p(motive) of each account in the pure network."""
        return posteriors(self._elicited, PLAIN)

    def read(self, fitted: Fitted) -> Floats:
        """p(motive) of each account as the fitted knowledge reads it."""
        return posteriors(self._weigh(fitted.rows, self._all()), fitted.temper)

    def _all(self) -> NDArray[np.intp]:
        return np.arange(len(self.accounts))

    def _fit(self, places: NDArray[np.intp], *, rows: bool) -> Fitted:
        q = self.q[places]
        if not rows:
            inside = np.isin(self._all(), places)
            return Fitted(fit_temper(self._elicited[inside], q, self.start, self.recipe), {})
        temper = fit_temper(self._crossed(places), q, self.start, self.recipe)
        return Fitted(temper, self._rows.fit(places))

    def _crossed(self, places: NDArray[np.intp]) -> Weighed:
        """The evidence of the accounts at `places`, each under rows that were fitted on other folds."""
        folds = self._folds(places, self.recipe.seed + 1)
        parts = [self._weigh(self._rows.fit(inside), held) for inside, held in folds]
        return joined(parts, [held for _, held in folds])

    def _weigh(self, rows: Rows, places: NDArray[np.intp]) -> Weighed:
        network = compile_network(informed(self.knowledge, rows), self.start)
        return weigh(network, [self.moments[i] for i in places])

    def _folds(self, places: NDArray[np.intp], seed: int) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
        """(the other folds, the fold held out), places sorted, for each fold."""
        mixed = np.random.default_rng(seed).permutation(places)
        fold = np.arange(len(mixed)) % self.recipe.folds
        return [(np.sort(mixed[fold != i]), np.sort(mixed[fold == i])) for i in range(self.recipe.folds)]
