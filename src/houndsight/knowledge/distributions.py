"""The probability rows: each is one distribution with its evidence grade and sources.

Elicited numbers stay as they were judged. What labelled accounts make of them is kept beside them as fitted rows
(`learned/rows.csv`), and a reading takes these unless it is to be the pure network.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from houndsight.knowledge.files import Cells, Folder, parts
from houndsight.knowledge.vocabulary import GRADES, Vocabulary

__all__ = ["ANY", "Distribution", "FittedRow", "Key", "Tables", "read_concentrations", "read_tables", "with_rows"]

ANY = "*"
"""Stands for every motive in a body row."""

Key = tuple[str, ...]
"""Names one distribution: (`likelihood`, cue, motive), (`state`, motive), (`body`, motive or *, state, cue), (`outcome`, motive, response)."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """P(value | key): elicited probabilities over `values`, which sum to 1.

    `fitted` are those fitted on labelled accounts, empty where there are none, and `seen` the expected number of accounts that told the
    row's cue under its motive. `grade` is the grade of the evidence for the row's direction; `citations` and `comments` are gathered
    from its cells.
    """

    key: Key
    values: tuple[str, ...]
    probabilities: tuple[float, ...]
    grade: str
    citations: tuple[str, ...]
    comments: tuple[str, ...]
    fitted: tuple[float, ...] = ()
    seen: float = 0.0


@dataclass(frozen=True, slots=True)
class FittedRow:
    """A row as accounts have moved it: value -> probability, and the expected number of accounts that spoke of it."""

    probabilities: Mapping[str, float]
    seen: float


@dataclass(frozen=True, slots=True)
class Tables:
    """Every distribution by key."""

    rows: Mapping[Key, Distribution]

    def likelihood(self, cue: str, motive: str) -> Distribution:
        """P(value of `cue` | motive)."""
        return self.rows["likelihood", cue, motive]

    def state(self, motive: str) -> Distribution:
        """P(hidden state | motive)."""
        return self.rows["state", motive]

    def body(self, cue: str, motive: str, state: str) -> Distribution:
        """P(value of the body `cue` | state, motive): the motive's own row where there is one."""
        own = self.rows.get(("body", motive, state, cue))
        return own if own is not None else self.rows["body", ANY, state, cue]

    def outcome(self, motive: str, response: str) -> Distribution:
        """P(outcome | motive, response)."""
        return self.rows["outcome", motive, response]


def read_tables(folder: Folder, vocabulary: Vocabulary, citations: Collection[str]) -> Tables:
    """Reads, checks and joins the tables; faults are noted in the folder."""
    cells: dict[Key, list[tuple[str, Cells]]] = {}
    for row in folder.rows("tables/likelihoods.csv", "cue value motive probability grade citations comment"):
        cells.setdefault(("likelihood", row["cue"], row["motive"]), []).append((row["value"], row))
    for row in folder.rows("tables/states.csv", "table motive state cue value probability grade citations comment"):
        if row["table"] == "state":
            cells.setdefault(("state", row["motive"]), []).append((row["state"], row))
        else:
            cells.setdefault(("body", row["motive"], row["state"], row["cue"]), []).append((row["value"], row))
    for row in folder.rows("tables/outcomes.csv", "motive response outcome probability fit grade citations comment"):
        cells.setdefault(("outcome", row["motive"], row["response"]), []).append((row["outcome"], row))
    wanted = _wanted(vocabulary)
    _check_keys(folder, cells, wanted, vocabulary)
    rows = {key: _distribution(folder, key, named, wanted, citations) for key, named in cells.items()}
    return Tables({key: row for key, row in rows.items() if row is not None})


def _wanted(vocabulary: Vocabulary) -> dict[Key, tuple[str, ...]]:
    """Every distribution that a reading needs, with its values in order."""
    wanted: dict[Key, tuple[str, ...]] = {("state", motive): vocabulary.states for motive in vocabulary.motives}
    for cue in vocabulary.cues.values():
        if (
            cue.read_by == "motive" or cue.id == "response"
        ):  # the response row is the mix that an untold response is averaged over
            wanted |= {("likelihood", cue.id, motive): cue.values for motive in vocabulary.motives}
        if cue.read_by == "state":
            wanted |= {("body", ANY, state, cue.id): cue.values for state in vocabulary.states}
    if {"response", "outcome"} <= vocabulary.cues.keys():
        outcomes = vocabulary.cues["outcome"].values
        wanted |= {("outcome", m, r): outcomes for m in vocabulary.motives for r in vocabulary.cues["response"].values}
    return wanted


def _check_keys(folder: Folder, found: Iterable[Key], wanted: Iterable[Key], vocabulary: Vocabulary) -> None:
    """Notes rows that are missing, and rows that no cue or motive explains."""
    files = {"likelihood": "likelihoods", "state": "states", "body": "states", "outcome": "outcomes"}
    found, wanted = set(found), set(wanted)
    for key in sorted(wanted - found):
        folder.fault(f"tables/{files[key[0]]}.csv", f"the row of {', '.join(key[1:])} is missing")
    for key in sorted(found - wanted):
        own_body = key[0] == "body" and key[1] in vocabulary.motives and ("body", ANY, *key[2:]) in wanted
        if not own_body:
            folder.fault(
                f"tables/{files[key[0]]}.csv",
                f"the row of {', '.join(key[1:])} names an unknown cue, motive, state or response",
            )


def _distribution(
    folder: Folder,
    key: Key,
    named: list[tuple[str, Cells]],
    wanted: Mapping[Key, tuple[str, ...]],
    citations: Collection[str],
) -> Distribution | None:
    """One checked distribution, or None when its values are not those of its cue."""
    first = named[0][1].where
    name = ", ".join(key[1:])
    values = wanted.get(key) or wanted.get(("body", ANY, *key[2:]), ())
    have = dict(named)
    if len(have) < len(named) or set(have) != set(values):
        folder.fault(
            first, f"{name}: has the values {', '.join(v for v, _ in named)}; wanted once each: {', '.join(values)}"
        )
        return None
    numbers = tuple(folder.number(have[v].where, have[v]["probability"], 0, 1) for v in values)
    if min(numbers) <= 0 or abs(sum(numbers) - 1) > 1e-9:
        folder.fault(
            first, f"{name}: the probabilities must all be above 0 and sum to 1; they sum to {sum(numbers):.4f}"
        )
    grades = {row["grade"] for _, row in named}
    for _, row in named:
        folder.known(row.where, "grade", row["grade"], GRADES)
        for source in parts(row["citations"]):
            folder.known(row.where, "citation", source, citations)
    sources = tuple(dict.fromkeys(s for _, row in named for s in parts(row["citations"])))
    comments = tuple(row["comment"] for _, row in named if row["comment"])
    return Distribution(key, values, numbers, max(grades), sources, comments)


def with_rows(tables: Tables, fitted: Mapping[Key, FittedRow]) -> Tables:
    """The same tables with the fitted rows laid beside the elicited ones."""
    rows = dict(tables.rows)
    for key, one in fitted.items():
        row = rows[key]
        rows[key] = replace(row, fitted=tuple(one.probabilities[value] for value in row.values), seen=one.seen)
    return Tables(rows)


def read_concentrations(folder: Folder) -> Mapping[str, float]:
    """Grade -> Dirichlet concentration for each value of a row: how firmly a row of that grade is known."""
    name = "tables/concentrations.csv"
    rows = folder.rows(name, "grade concentration half_width_80 sd citations comment")
    found = {row["grade"]: folder.number(row.where, row["concentration"], 0.01, 1e6) for row in rows}
    strengths = [found.get(grade, 0.0) for grade in GRADES]
    if sorted(strengths, reverse=True) != strengths or 0.0 in strengths:
        folder.fault(name, f"needs one row for each grade {', '.join(GRADES)}, with falling concentration")
        return dict.fromkeys(GRADES, 1.0)
    return found
