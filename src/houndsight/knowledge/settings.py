"""The numbers of `model.toml` as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from houndsight.knowledge.files import Folder
from houndsight.knowledge.temper import check_blocks, read_blocks
from houndsight.knowledge.vocabulary import GROUPS, Cue, Vocabulary
from houndsight.records.dog import SIZES

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
    "read_model",
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


def read_model(folder: Folder, raw: Mapping[str, Any], vocabulary: Vocabulary) -> Model | None:
    """The model's numbers, or None when a key is missing or of the wrong kind (noted in the folder)."""
    try:
        ask, pooling = raw["ask"], raw["pooling"]
        model = Model(
            version=raw["version"],
            date=raw["date"],
            draws=Draws(**raw["draws"]),
            verdict=VerdictRule(**raw["verdict"]),
            advice=AdviceRule(**{**raw["advice"], "apart": tuple(map(tuple, raw["advice"]["apart"]))}),
            asking=Asking(
                ask["worth_bits"], ask["lean"], tuple(ask["last"]), {int(k): v for k, v in ask["price"].items()}
            ),
            turning=Turning(tuple(raw["turning"]["never"])),
            strength=Strength(**raw["strength"]),
            second_reader=SecondReaderRule(**raw["second_reader"]),
            pooling=Pooling(**{**pooling, "shared": tuple(pooling["shared"])}),
            standing=Standing(**raw["standing"]),
            drift=DriftRule(**raw["drift"]),
            profile=ProfileRule(
                **{
                    **raw["profile"],
                    "well": tuple(raw["profile"]["well"]),
                    "well_for": {motive: tuple(also) for motive, also in raw["profile"]["well_for"].items()},
                    "cuts": tuple(raw["profile"]["cuts"]),
                }
            ),
            blocks=read_blocks(raw["dependence"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        folder.fault("model.toml", f"a key is missing, unknown or of the wrong kind ({error})")
        return None
    _check_numbers(folder, model)
    if not all(isinstance(raw[key], str) for key in ("version", "date")):
        folder.fault("model.toml: version and date", "must be texts in quotes")
    check_blocks(folder, "model.toml", model.blocks, vocabulary)
    _check_names(folder, model, vocabulary)
    return model


def _check_names(folder: Folder, model: Model, vocabulary: Vocabulary) -> None:
    """Notes cues, values and groups that are not there, and groups and sizes that are left out."""
    for name in model.pooling.shared:
        folder.known("model.toml: pooling.shared", "cue or group", name, {*vocabulary.cues, *GROUPS})
    for cue in model.standing.days:
        folder.known("model.toml: standing.days", "cue", cue, vocabulary.cues)
    if set(model.standing.usual) != set(SIZES):
        folder.fault("model.toml: standing.usual", f"needs a life in years for each size: {', '.join(SIZES)}")
    for cue in (model.asking.lean, *model.asking.last, *model.turning.never):
        folder.known("model.toml: ask.lean, ask.last or turning.never", "cue", cue, vocabulary.cues)
    for motive in model.profile.well_for:
        folder.known("model.toml: profile.well_for", "motive", motive, vocabulary.motives)
    for outcome in (*model.profile.well, *(one for also in model.profile.well_for.values() for one in also)):
        folder.known("model.toml: profile.well", "outcome", outcome, vocabulary.values.get("outcome", ()))
    for response in (r for group in model.advice.apart for r in group):
        folder.known("model.toml: advice.apart", "response", response, vocabulary.values.get("response", ()))
    if set(model.pooling.cue_strength) != set(GROUPS):
        folder.fault("model.toml: pooling.cue_strength", f"needs one strength for each group: {', '.join(GROUPS)}")


LIMITS: Mapping[str, tuple[type, float, float]] = MappingProxyType({
    "draws.count": (int, 1, 100_000),
    "draws.seed": (int, 0, 2**32),
    "draws.interval": (float, 0.01, 0.999),
    "verdict.clear_share": (float, 0, 1),
    "verdict.clear_probability": (float, 0, 1),
    "verdict.leaning_share": (float, 0, 1),
    "advice.plausible": (float, 0, 1),
    "second_reader.trust": (float, 0, 1),
    "advice.harmful_below": (float, -2, 2),
    "advice.at_most": (int, 1, 100),
    "advice.body_at_least": (float, 0, 1),
    "asking.worth_bits": (float, 0, 10),
    "strength.strong": (float, 0, 100),
    "strength.plain": (float, 0, 100),
    "strength.weak": (float, 0, 100),
    "pooling.prior_strength": (float, 0.01, 1e6),
    "pooling.carry_half": (float, 1, 1e6),
    "pooling.carry_loop": (float, 0, 100),
    "drift.prior": (float, 0.001, 0.999),
    "drift.least": (int, 1, 1000),
    "drift.tilt": (float, 0.01, 10),
    "drift.change": (float, 0.01, 10),
    "drift.told": (float, 0.01, 1e6),
    "profile.thin": (int, 0, 10_000),
    "profile.ways": (int, 0, 100),
    "profile.way_odds": (float, 1, 1e4),
    "profile.way_least": (int, 1, 1000),
    "standing.puppy_until": (float, 0, 5),
    "standing.old_share": (float, 0, 1),
})  # fmt: skip
"""Kind, least and most of each number of the model file."""


def _check_numbers(folder: Folder, model: Model) -> None:
    """Notes numbers that are none, or that lie outside their limits."""
    numbers: list[tuple[str, object, type, float, float]] = [
        (key, getattr(getattr(model, section), name), *limits)
        for key, limits in LIMITS.items()
        for section, name in [key.split(".")]
    ]
    numbers += [(f"ask.price.{cost}", model.asking.price.get(cost), float, 0.01, 100) for cost in (1, 2, 3)]
    strengths = model.pooling.cue_strength
    numbers += [(f"pooling.cue_strength.{group}", strength, float, 0.01, 1e6) for group, strength in strengths.items()]
    for table, least in (("days", 0.01), ("usual", 1.0)):
        given = getattr(model.standing, table)
        numbers += [(f"standing.{table}.{name}", number, float, least, 36500) for name, number in given.items()]
    numbers += [(f"profile.hours.{name}", hour, int, 0, 23) for name, hour in model.profile.hours.items()]
    numbers += [("profile.cuts", cut, float, 0.01, 0.99) for cut in model.profile.cuts]
    for key, value, kind, least, most in numbers:
        fits = isinstance(value, int if kind is int else int | float) and not isinstance(value, bool)
        if not (fits and least <= float(str(value)) <= most):
            sort = "whole number" if kind is int else "number"
            folder.fault(f"model.toml: {key}", f"{value!r} is not a {sort} from {least:g} to {most:g}")
