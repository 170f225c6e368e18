"""The names: motives, states, cues and their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from houndsight.knowledge.files import Folder, parts

__all__ = ["CONTACT", "GRADES", "GROUPS", "READ_BY", "Cue", "Motive", "Vocabulary", "read_vocabulary"]

GRADES = ("A", "B", "C", "D")
GROUPS = ("context", "lean", "body", "after", "dog")
READ_BY = ("motive", "state", "response", "flag")
CONTACT = frozenset({"leans_on", "part", "pressure"})
"""Cues that tell of a lean by themselves, whoever sets or tells one."""


@dataclass(frozen=True, slots=True)
class Motive:
    """What a lean can be for. `low` and `high` bound the elicited 90 % range of its share among all leans."""

    id: str
    prior: float
    low: float
    high: float
    in_article: bool
    grade: str
    citations: tuple[str, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class Cue:
    """One observable thing about a moment and the values it can take.

    `read_by` says what the cue depends on: the motive, the hidden state, the response given, or nothing (`flag`: rules only).
    `cost` is what an answer costs: 1 remembered easily, 2 needs thought, 3 must be watched or tried.
    """

    id: str
    group: str
    read_by: str
    cost: int
    since: str
    values: tuple[str, ...]

    @property
    def bears_on_motive(self) -> bool:
        """Whether a value of this cue can move the probabilities of the motives by itself."""
        return self.read_by in ("motive", "state") or self.id == "outcome"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All names; the order of the motives, states and values is the order of every array."""

    motives: Mapping[str, Motive]
    states: tuple[str, ...]
    cues: Mapping[str, Cue]

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """Cue -> its values."""
        return {cue.id: cue.values for cue in self.cues.values()}


def read_vocabulary(folder: Folder, model: Mapping[str, Any]) -> Vocabulary:
    """The names from the tables; faults are noted in the folder."""
    states = model.get("states", ())
    if not isinstance(states, list) or not states or not all(isinstance(state, str) for state in states):
        folder.fault("model.toml: states", f"must be a list of names; it is {states!r}")
        states = []
    return Vocabulary(_motives(folder), tuple(states), _cues(folder))


def _motives(folder: Folder) -> dict[str, Motive]:
    motives: dict[str, Motive] = {}
    for row in folder.rows("tables/motives.csv", "id prior low high in_article grade citations comment"):
        prior, low, high = (folder.number(row.where, row[column], 0, 1) for column in ("prior", "low", "high"))
        if not low <= prior <= high:
            folder.fault(row.where, f"{row['id']}: the prior {prior:g} lies outside {low:g} to {high:g}")
        if row["id"] in motives:
            folder.fault(row.where, f"the motive {row['id']!r} stands twice")
        folder.known(row.where, "grade", row["grade"], GRADES)
        motives[row["id"]] = Motive(
            row["id"],
            prior,
            low,
            high,
            folder.yes(row.where, row["in_article"]),
            row["grade"],
            parts(row["citations"]),
            row["comment"],
        )
    if abs(sum(motive.prior for motive in motives.values()) - 1) > 1e-9:
        folder.fault("tables/motives.csv", "the priors do not sum to 1")
    return motives


def _cues(folder: Folder) -> dict[str, Cue]:
    values: dict[str, list[str]] = {}
    for row in folder.rows("tables/values.csv", "cue value since"):
        if row["value"] in values.setdefault(row["cue"], []):
            folder.fault(row.where, f"the value {row['cue']}={row['value']} stands twice")
        values[row["cue"]].append(row["value"])
    cues: dict[str, Cue] = {}
    for row in folder.rows("tables/cues.csv", "id group read_by cost since"):
        folder.known(row.where, "group", row["group"], GROUPS)
        folder.known(row.where, "read_by", row["read_by"], READ_BY)
        cost = folder.whole(row.where, row["cost"], 1, 3)
        if row["id"] in cues:
            folder.fault(row.where, f"the cue {row['id']!r} stands twice")
        cues[row["id"]] = Cue(
            row["id"], row["group"], row["read_by"], cost, row["since"], tuple(values.pop(row["id"], ()))
        )
        if len(cues[row["id"]].values) < 2:
            folder.fault(row.where, f"{row['id']} needs two values or more in tables/values.csv")
    for orphan in values:
        folder.fault("tables/values.csv", f"{orphan} is not a cue of tables/cues.csv")
    return cues
