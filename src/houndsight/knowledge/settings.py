"""The numbers of `model.toml` as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from houndsight.knowledge.vocabulary import Cue

__all__ = [
    "AdviceRule",
    "Asking",
    "Draws",
    "DriftRule",
    "Model",
    "Pooling",
    "ProfileRule",
    "SecondReaderRule",
    "Standing",
    "Strength",
    "Turning",
    "VerdictRule",
]


@dataclass(frozen=True, slots=True)
class Draws:
    """How often the tables are drawn, with which seed, and the mass of the interval that is shown."""

    count: int
    seed: int
    interval: float


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """When a reading is `clear`, `leaning` or `open`: shares of draws that the leader leads, and its own probability."""

    clear_share: float
    clear_probability: float
    leaning_share: float


@dataclass(frozen=True, slots=True)
class AdviceRule:
    """Which motives count as plausible, which utilities as harmful, and how much advice a person is given at a time.

    `apart` are groups of responses that contradict each other: only the best of each group is advised.
    """

    plausible: float
    harmful_below: float
    at_most: int
    body_at_least: float
    apart: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """When a question is worth asking: bits per unit of cost; `price` maps a cue's cost class to its divisor.

    `lean` is the cue that is asked for when no lean was told; `last` are cues asked for when nothing else is worth asking.
    """

    worth_bits: float
    lean: str
    last: tuple[str, ...]
    price: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Turning:
    """Cues that are never offered as what would turn the answer: a dog's age cannot be otherwise."""

    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strength:
    """Decibans from which a cue is said to speak strongly, plainly or a little."""

    strong: float
    plain: float
    weak: float

    def word(self, decibans: float) -> str:
        """The key of its sentence: `strong_for`, `for`, `weak_for`, `none`, `weak_against`, `against`, `strong_against`."""
        way = "for" if decibans > 0 else "against"
        for least, word in ((self.strong, f"strong_{way}"), (self.plain, way), (self.weak, f"weak_{way}")):
            if abs(decibans) >= least:
                return word
        return "none"


@dataclass(frozen=True, slots=True)
class Pooling:
    """How strongly one dog is drawn to dogs at large (Dirichlet strengths; for the learning of a dog).

    `shared` are cues, or groups of cues, of which no dog has rows of his own. With `carry_half` moments the doubt about his rows weighs half in his rates, and it counts 1 + `carry_loop` x weight times.
    """

    prior_strength: float
    cue_strength: Mapping[str, float]
    shared: tuple[str, ...]
    carry_half: float
    carry_loop: float

    def is_shared(self, cue: Cue) -> bool:
        """Whether all dogs share the rows of a cue."""
        return cue.id in self.shared or cue.group in self.shared


@dataclass(frozen=True, slots=True)
class Standing:
    """How long what was told of a dog stands: cue -> days; a cue without days stands until it is answered otherwise.

    `puppy_until` is an age in years; a dog is old in the last `old_share` of the life in years that is `usual` for his size.
    """

    days: Mapping[str, float]
    puppy_until: float
    old_share: float
    usual: Mapping[str, float]

    def age(self, years: float | None, size: str | None) -> str | None:
        """The value of the cue `age` at so many years; None when they are not known. A dog of unknown size is taken for a medium one."""
        if years is None:
            return None
        if years < self.puppy_until:
            return "puppy"
        return "senior" if years >= (1 - self.old_share) * self.usual[size or "medium"] else "adult"


@dataclass(frozen=True, slots=True)
class DriftRule:
    """When a change of a motive's rate is thought of, and told.

    `prior` is the probability of a change in a diary before it is opened. On each side of it are `least` moments. `tilt` and `change`
    are standard deviations of log odds: of a motive over all against the mean, and of a change. It is told from `told` to 1 on.
    """

    prior: float
    least: int
    tilt: float
    change: float
    told: float


@dataclass(frozen=True, slots=True)
class ProfileRule:
    """What a profile tells, and from when on.

    Below `thin` moments it says that they are few. A way of the dog's own is told from `way_odds` on, seen in `way_least` moments or
    more, `ways` of them at most. Outcomes `well` end a moment well; of a
    motive in `well_for` those there do so too. `cuts` are the shares of the diary after which the dog is learned
    anew, to see how earlier readings were borne out. `hours` name -> first hour of a part of the day.
    """

    thin: int
    ways: int
    way_odds: float
    way_least: int
    well: tuple[str, ...]
    well_for: Mapping[str, tuple[str, ...]]
    cuts: tuple[float, ...]
    hours: Mapping[str, int]

    def part_of_day(self, hour: int) -> str:
        """The name of the part of the day that an hour (0 to 23) belongs to; the last one goes on over midnight."""
        begun = [name for name, first in self.hours.items() if first <= hour]
        return begun[-1] if begun else list(self.hours)[-1]


@dataclass(frozen=True, slots=True)
class SecondReaderRule:
    """How far a second reader is believed: `trust` (0 to 1) scales its confidence."""

    trust: float


@dataclass(frozen=True, slots=True)
class Model:
    """All numbers that are not rows of a table."""

    version: str
    date: str
    draws: Draws
    verdict: VerdictRule
    advice: AdviceRule
    asking: Asking
    turning: Turning
    strength: Strength
    pooling: Pooling
    standing: Standing
    drift: DriftRule
    profile: ProfileRule
    second_reader: SecondReaderRule
    blocks: Mapping[str, tuple[float, tuple[str, ...]]]
