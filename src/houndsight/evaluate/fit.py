"""Fits what is learned from labelled accounts: expected counts beside the elicited rows, and the temper.

The temper is fitted on readings whose rows never saw the account they read (cross-fitting), since rows look surer than they
are on the accounts they were counted on. The same is done once more around the whole fit to foretell it (cross-validation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from houndsight.evaluate.accounts import LabelledAccount
from houndsight.evaluate.counting import Counts, elicited, expected_counts, informed, total
from houndsight.evaluate.temper_fit import Recipe, fit_temper, start_of
from houndsight.evaluate.weighing import Weighed, joined, posteriors, weigh
from houndsight.inference.network import Floats, compile_network
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.temper import PLAIN, Temper
from houndsight.records.observation import Observation

__all__ = ["Fitted", "Learner", "beliefs_of"]


def beliefs_of(accounts: Sequence[LabelledAccount]) -> Floats:
    """Labelled beliefs of accounts that tell of a lean, (N, M)."""
    return np.array([account.beliefs for account in accounts])


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learned: the temper and the counts that it goes with."""

    temper: Temper
    counts: Counts

    def learned(self, knowledge: Knowledge) -> Knowledge:
        """The knowledge as it reads with what was learned."""
        return replace(informed(knowledge, self.counts), temper=self.temper)


class Learner:
    """Learns from one set of accounts, all of which must tell of a lean; what the knowledge has learned before is set aside.

    `moments` are the observations that are read and that the temper is fitted on: by default the labelled cues. The counts are
    always those of the labelled cues.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        accounts: Sequence[LabelledAccount],
        recipe: Recipe,
        moments: Sequence[Sequence[Observation]] | None = None,
    ) -> None:
        self.knowledge, self.recipe = elicited(knowledge), recipe
        self.accounts, self.q = tuple(accounts), beliefs_of(accounts)
        self.moments = [account.observations for account in accounts] if moments is None else moments
        self.start = start_of(knowledge.model.blocks, recipe)
        plain = compile_network(self.knowledge, PLAIN)
        self._counts = [expected_counts(self.knowledge, plain, account) for account in accounts]
        self._elicited = self._weigh({}, self._all())

    def fit(self, *, counting: bool = True) -> Fitted:
        """Temper and counts from all accounts; without `counting` the elicited rows are kept."""
        return self._fit(self._all(), counting=counting)

    def foretold(self, *, counting: bool = True) -> Floats:
        """p(motive) of each account as a fit on the other folds reads it, (N, M)."""
        p = np.empty_like(self.q)
        for inside, held in self._folds(self._all(), self.recipe.seed):
            fitted = self._fit(inside, counting=counting)
            p[held] = posteriors(self._weigh(fitted.counts, held), fitted.temper)
        return p

    def started(self) -> Floats:
        """p(motive) of each account before anything is fitted: elicited rows, elicited blocks, no lapse."""
        return posteriors(self._elicited, replace(self.start, lapse=0.0))

    def plain(self) -> Floats:
        """p(motive) of each account in the pure network."""
        return posteriors(self._elicited, PLAIN)

    def read(self, fitted: Fitted) -> Floats:
        """p(motive) of each account as the fitted knowledge reads it."""
        return posteriors(self._weigh(fitted.counts, self._all()), fitted.temper)

    def _all(self) -> NDArray[np.intp]:
        return np.arange(len(self.accounts))

    def _fit(self, places: NDArray[np.intp], *, counting: bool) -> Fitted:
        q = self.q[places]
        if not counting:
            inside = np.isin(self._all(), places)
            return Fitted(fit_temper(self._elicited[inside], q, self.start, self.recipe), {})
        temper = fit_temper(self._crossed(places), q, self.start, self.recipe)
        return Fitted(temper, self._counted(places))

    def _crossed(self, places: NDArray[np.intp]) -> Weighed:
        """The evidence of the accounts at `places`, each under rows that were counted on other folds."""
        folds = self._folds(places, self.recipe.seed + 1)
        parts = [self._weigh(self._counted(inside), held) for inside, held in folds]
        return joined(parts, [held for _, held in folds])

    def _counted(self, places: NDArray[np.intp]) -> Counts:
        return total([self._counts[i] for i in places])

    def _weigh(self, counts: Counts, places: NDArray[np.intp]) -> Weighed:
        network = compile_network(informed(self.knowledge, counts), self.start)
        return weigh(network, [self.moments[i] for i in places])

    def _folds(self, places: NDArray[np.intp], seed: int) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
        """(the other folds, the fold held out), places sorted, for each fold."""
        mixed = np.random.default_rng(seed).permutation(places)
        fold = np.arange(len(mixed)) % self.recipe.folds
        return [(np.sort(mixed[fold != i]), np.sort(mixed[fold == i])) for i in range(self.recipe.folds)]
