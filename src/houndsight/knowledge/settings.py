"""The numbers of `model.toml` and of `learned/calibration.toml` as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from houndsight.knowledge.files import Folder
from houndsight.knowledge.vocabulary import GROUPS, Vocabulary

__all__ = [
    "PLAIN",
    "AdviceRule",
    "Asking",
    "Draws",
    "Model",
    "Pooling",
    "Temper",
    "Turning",
    "VerdictRule",
    "read_model",
    "read_temper",
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
    """When a question is worth asking: bits per unit of cost; `price` maps a cue's cost class to its divisor."""

    worth_bits: float
    last: tuple[str, ...]
    price: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Turning:
    """Cues that are never offered as what would turn the answer: a dog's age cannot be otherwise."""

    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pooling:
    """How strongly one dog is drawn to dogs at large (Dirichlet strengths; for the learning of a dog)."""

    prior_strength: float
    cue_strength: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Temper:
    """How much each kind of cue counts, learned on labelled accounts; `PLAIN` is the pure network.

    `prior` is the exponent of the prior, `groups` that of each cue group's likelihood (`believes` has its own), `blocks`
    holds for every block of overlapping cues its cues and the weight that each further cue of it keeps, `lapse` is the
    share of readings that fall back to the prior, `shrink` how often the elicited rows count against the learned counts.
    """

    prior: float = 1.0
    groups: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    blocks: Mapping[str, tuple[float, tuple[str, ...]]] = field(default_factory=lambda: MappingProxyType({}))
    lapse: float = 0.0
    shrink: float = 1.0


TEMPER_KEYS = ("prior", "groups", "dependence", "lapse", "shrink")

PLAIN = Temper()
"""The pure network: every cue counts once and in full."""


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
    pooling: Pooling
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
            asking=Asking(ask["worth_bits"], tuple(ask["last"]), {int(k): v for k, v in ask["price"].items()}),
            turning=Turning(tuple(raw["turning"]["never"])),
            pooling=Pooling(pooling["prior_strength"], pooling["cue_strength"]),
            blocks=_blocks(raw["dependence"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        folder.fault("model.toml", f"a key is missing, unknown or of the wrong kind ({error})")
        return None
    _check_numbers(folder, model)
    if not all(isinstance(raw[key], str) for key in ("version", "date")):
        folder.fault("model.toml: version and date", "must be texts in quotes")
    _check_blocks(folder, "model.toml", model.blocks, vocabulary)
    for cue in (*model.asking.last, *model.turning.never):
        folder.known("model.toml: ask.last or turning.never", "cue", cue, vocabulary.cues)
    for response in (r for group in model.advice.apart for r in group):
        folder.known("model.toml: advice.apart", "response", response, vocabulary.values.get("response", ()))
    if set(model.pooling.cue_strength) != set(GROUPS):
        folder.fault("model.toml: pooling.cue_strength", f"needs one strength for each group: {', '.join(GROUPS)}")
    return model


LIMITS: Mapping[str, tuple[type, float, float]] = MappingProxyType({
    "draws.count": (int, 1, 100_000),
    "draws.seed": (int, 0, 2**32),
    "draws.interval": (float, 0.01, 0.999),
    "verdict.clear_share": (float, 0, 1),
    "verdict.clear_probability": (float, 0, 1),
    "verdict.leaning_share": (float, 0, 1),
    "advice.plausible": (float, 0, 1),
    "advice.harmful_below": (float, -2, 2),
    "advice.at_most": (int, 1, 100),
    "advice.body_at_least": (float, 0, 1),
    "asking.worth_bits": (float, 0, 10),
    "pooling.prior_strength": (float, 0.01, 1e6),
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
    for key, value, kind, least, most in numbers:
        fits = isinstance(value, int if kind is int else int | float) and not isinstance(value, bool)
        if not (fits and least <= float(str(value)) <= most):
            sort = "whole number" if kind is int else "number"
            folder.fault(f"model.toml: {key}", f"{value!r} is not a {sort} from {least:g} to {most:g}")


def read_temper(folder: Folder, vocabulary: Vocabulary) -> Temper:
    """The learned temper; the pure network when no calibration has been fitted."""
    name = "learned/calibration.toml"
    if not (folder.root / name).exists():
        return PLAIN
    raw = folder.toml(name)
    for key in TEMPER_KEYS:
        if key not in raw:
            folder.fault(name, f"the key {key} is missing")
    for key in raw.keys() - {*TEMPER_KEYS, "made", "figures"}:
        folder.fault(name, f"there is no key {key!r}")
    if not raw.keys() >= set(TEMPER_KEYS):
        return PLAIN
    try:
        blocks = _blocks(raw["dependence"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        folder.fault(f"{name}: dependence", f"a block needs a weight and cues ({error})")
        blocks = {}
    _check_blocks(folder, name, blocks, vocabulary)
    groups = raw["groups"]
    if not isinstance(groups, dict):
        folder.fault(f"{name}: groups", f"is {groups!r}; it must be a table of weights by group")
        groups = {}
    for group in groups:
        folder.known(f"{name}: groups", "group or cue", group, {*GROUPS, *vocabulary.cues, "state"})
    return Temper(
        prior=_within(folder, f"{name}: prior", raw["prior"], 3),
        groups=MappingProxyType(
            {group: _within(folder, f"{name}: groups.{group}", weight, 3) for group, weight in groups.items()}
        ),
        blocks=blocks,
        lapse=_within(folder, f"{name}: lapse", raw["lapse"], 1, zero=True),
        shrink=_within(folder, f"{name}: shrink", raw["shrink"], 1e6),
    )


def _within(folder: Folder, where: str, value: object, high: float, *, zero: bool = False) -> float:
    """`value` as a number above 0 and at most `high`, or, with `zero`, from 0 to below `high`; else a fault is noted and 1 or 0 stands."""
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and (0 <= value < high if zero else 0 < value <= high)
    ):
        return float(value)
    limits = f"from 0 to below {high:g}" if zero else f"above 0 and at most {high:g}"
    folder.fault(where, f"is {value!r}; it must be a number {limits}")
    return 0.0 if zero else 1.0


def _blocks(raw: Mapping[str, Any]) -> dict[str, tuple[float, tuple[str, ...]]]:
    return {name: (float(block["weight"]), tuple(block["cues"])) for name, block in raw.items()}


def _check_blocks(
    folder: Folder, file: str, blocks: Mapping[str, tuple[float, tuple[str, ...]]], vocabulary: Vocabulary
) -> None:
    seen: set[str] = set()
    for name, (weight, cues) in blocks.items():
        where = f"{file}: dependence.{name}"
        if not 0 < weight <= 1:
            folder.fault(where, f"the weight {weight} must be above 0 and at most 1")
        for cue in cues:
            if folder.known(where, "cue", cue, vocabulary.cues) and vocabulary.cues[cue].read_by != "motive":
                folder.fault(where, f"{cue} is not read by the motive; the hidden state tempers body cues already")
            if cue in seen:
                folder.fault(where, f"{cue} stands in two blocks")
            seen.add(cue)
