"""The knowledge base: one immutable record of everything that the data files say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from houndsight.errors import UnknownCue, UnknownValue
from houndsight.knowledge.distributions import Tables
from houndsight.knowledge.rules import Exclusion, Flag, HomeTest, PlanStep, Veto
from houndsight.knowledge.settings import Model
from houndsight.knowledge.sources import Citation, Claim, OwnerQuestion
from houndsight.knowledge.temper import Temper
from houndsight.knowledge.vocabulary import Cue, Vocabulary
from houndsight.knowledge.wording import Wording

__all__ = ["Knowledge", "Utility"]


@dataclass(frozen=True, slots=True)
class Utility:
    """How good a response is for a dog with a motive: -2 harmful to 2 just right, for dog and people together."""

    value: int
    grade: str
    citations: tuple[str, ...]
    comment: str


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """Everything known, checked when loaded.

    `version` is the knowledge version of the model file, `digest` fingerprints all data files that a reading rests on:
    two readings with the same digest were made from the same numbers and words.
    """

    version: str
    digest: str
    vocabulary: Vocabulary
    model: Model
    temper: Temper
    tables: Tables
    concentrations: Mapping[str, float]
    utilities: Mapping[tuple[str, str], Utility]
    flags: tuple[Flag, ...]
    vetoes: tuple[Veto, ...]
    exclusions: tuple[Exclusion, ...]
    tests: tuple[HomeTest, ...]
    plan: tuple[PlanStep, ...]
    citations: Mapping[str, Citation]
    claims: Mapping[str, Claim]
    owner_questions: Mapping[str, OwnerQuestion]
    wording: Wording

    @property
    def label(self) -> str:
        """The version as it is written into readings: `3.0.0+1a2b3c4d`."""
        return f"{self.version}+{self.digest[:8]}"

    @property
    def motives(self) -> tuple[str, ...]:
        """Motive ids in the order of every array."""
        return tuple(self.vocabulary.motives)

    @property
    def responses(self) -> tuple[str, ...]:
        """Response ids in the order of every array."""
        return self.vocabulary.cues["response"].values

    def cue(self, name: str) -> Cue:
        """The cue called `name`; raises UnknownCue with the nearest names."""
        try:
            return self.vocabulary.cues[name]
        except KeyError:
            raise UnknownCue(name, self.vocabulary.cues) from None

    def checked(self, cue: str, value: str) -> tuple[str, str]:
        """(cue, value) when both are known; raises UnknownCue or UnknownValue."""
        if value not in self.cue(cue).values:
            raise UnknownValue(cue, value, self.cue(cue).values)
        return cue, value

    def shown(self, citations: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the citation ids that may be shown to a person."""
        return tuple(i for i in citations if self.citations[i].show)
