"""The learned temper: how much each kind of cue counts, read from `learned/calibration.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from houndsight.knowledge.files import Folder
from houndsight.knowledge.vocabulary import GROUPS, Vocabulary

__all__ = ["PLAIN", "Temper", "check_blocks", "read_blocks", "read_temper"]


@dataclass(frozen=True, slots=True)
class Temper:
    """How much each kind of cue counts, learned on labelled accounts; `PLAIN` is the pure network.

    `prior` is the exponent of the prior, `groups` that of each cue group's likelihood (`believes` has its own), `blocks`
    holds for every block of overlapping cues its cues and the weight that each further cue of it keeps, `lapse` is the
    share of readings that fall back to the prior, `heard` what a confidence of the words sense is multiplied by: cues heard in one
    account are right or wrong together.
    """

    prior: float = 1.0
    groups: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    blocks: Mapping[str, tuple[float, tuple[str, ...]]] = field(default_factory=lambda: MappingProxyType({}))
    lapse: float = 0.0
    heard: float = 1.0


TEMPER_KEYS = ("prior", "groups", "dependence", "lapse", "heard")

PLAIN = Temper()
"""The pure network: every cue counts once and in full."""


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
        blocks = read_blocks(raw["dependence"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        folder.fault(f"{name}: dependence", f"a block needs a weight and cues ({error})")
        blocks = {}
    check_blocks(folder, name, blocks, vocabulary)
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
        heard=_within(folder, f"{name}: heard", raw["heard"], 1),
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


def read_blocks(raw: Mapping[str, Any]) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Blocks of overlapping cues: name -> the weight that each further cue keeps, and the cues."""
    return {name: (float(block["weight"]), tuple(block["cues"])) for name, block in raw.items()}


def check_blocks(
    folder: Folder, file: str, blocks: Mapping[str, tuple[float, tuple[str, ...]]], vocabulary: Vocabulary
) -> None:
    """Notes blocks with a weight outside 0 to 1, an unknown cue, or a cue that stands twice."""
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
