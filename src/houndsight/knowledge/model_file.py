"""Reads `model.toml`: its numbers as records, and every fault in it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from houndsight.knowledge.files import Folder
from houndsight.knowledge.settings import (
    AdviceRule,
    Asking,
    Draws,
    DriftRule,
    Model,
    Pooling,
    ProfileRule,
    SecondReaderRule,
    Standing,
    Strength,
    Turning,
    VerdictRule,
)
from houndsight.knowledge.temper import check_blocks, read_blocks
from houndsight.knowledge.vocabulary import GROUPS, Vocabulary
from houndsight.records.dog import SIZES

__all__ = ["read_model"]


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
