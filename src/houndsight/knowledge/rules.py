"""The rules as records: flags, vetoes, tests at home and the steps of the plan. Their words stand in the wording files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from houndsight.knowledge.conditions import Condition, ConditionFault, parse
from houndsight.knowledge.files import Cells, Folder, parts
from houndsight.knowledge.vocabulary import GRADES, Vocabulary

__all__ = [
    "URGENCIES",
    "WHO",
    "Exclusion",
    "Flag",
    "HomeTest",
    "PlanStep",
    "Veto",
    "read_exclusions",
    "read_flags",
    "read_plan",
    "read_tests",
    "read_vetoes",
]

URGENCIES = ("now", "soon", "watch")
WHO = ("vet", "behaviour", "you")
SCOPES = ("anyone", "child")


@dataclass(frozen=True, slots=True)
class Flag:
    """A sign that outranks every motive.

    `ask_when` tells when the cue `asks` should be asked, in that cue's own question; a yes then fires this flag. `urgency` is
    now (at once or today), soon (within days) or watch; `who` is wanted: a vet, a behaviour professional, or you yourself.
    `covers` are flags whose advice this one includes, so that a screen need not show them beside it.
    """

    id: str
    condition: Condition
    asks: str
    ask_when: Condition | None
    urgency: str
    who: str
    covers: tuple[str, ...]
    grade: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Veto:
    """What must not be advised when `condition` holds. `scope` child: for children only, and an adult is told something.

    `includes` are responses that the veto's own words already advise, so that they are not advised once more. It keeps silent
    when one of the vetoes in `yields_to` holds as well.
    """

    id: str
    condition: Condition
    yields_to: tuple[str, ...]
    scope: str
    blocks: tuple[str, ...]
    includes: tuple[str, ...]
    grade: str
    citations: tuple[str, ...]

    @property
    def always(self) -> bool:
        """Whether it holds of every moment, so that it need not be said first."""
        return self.condition.always


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A reason against every test that does something to the dog; filming him and writing things down stay allowed."""

    id: str
    condition: Condition
    grade: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomeTest:
    """A test at home for one motive: minutes of a session (None: no fixed length), pairs of sessions, its own exclusion.

    `logs_only`: nothing is done to the dog, he is filmed or written down; the common exclusions then do not hold.
    """

    __test__ = False  # not a test case: pytest would collect the name

    id: str
    motive: str
    minutes: float | None
    pairs: int
    logs_only: bool
    excluded: Condition
    grade: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step of the plan for a lean that knocks people over: criteria in tries out of a set, on so many days in a row.

    `push`, `stick`: tries that succeed at least, to go on and to repeat; fewer means going back. `child_push` holds where a
    child or a frail person is about. `split_after` drops in a row split the step. `maintain_days` without a bump end it.
    A step without sets has none of the numbers (None).
    """

    id: str
    set_size: int | None
    push: int | None
    stick: int | None
    child_push: int | None
    days_in_row: int
    split_after: int
    maintain_days: int | None
    grade: str
    citations: tuple[str, ...]


def read_flags(folder: Folder, vocabulary: Vocabulary, citations: Collection[str]) -> tuple[Flag, ...]:
    """Flags in the order of their table; every cue that only rules read must be asked and used by some flag."""
    name = "rules/flags.csv"
    rows = folder.rows(name, "id condition ask_when asks urgency who covers grade citations")
    found = tuple(_flag(folder, row, vocabulary, citations) for row in rows)
    ids = [flag.id for flag in found]
    _check_unique(folder, name, ids)
    for flag in found:
        for covered in flag.covers:
            folder.known(f"{name}: {flag.id}", "flag", covered, ids)
    asked = {flag.asks for flag in found}
    used = {cue for flag in found for cue in flag.condition.cues}
    for cue in vocabulary.cues.values():
        if cue.read_by == "flag" and not (cue.id in asked and cue.id in used):
            folder.fault(name, f"{cue.id} is a cue for rules only; a flag must ask it and a flag must use it")
    return found


def _flag(folder: Folder, row: Cells, vocabulary: Vocabulary, citations: Collection[str]) -> Flag:
    folder.known(row.where, "urgency", row["urgency"], URGENCIES)
    folder.known(row.where, "who", row["who"], WHO)
    condition = _condition(folder, row, "condition", vocabulary)
    asks, ask_when = row["asks"], _condition(folder, row, "ask_when", vocabulary) if row["ask_when"] else None
    if bool(asks) != (ask_when is not None):
        folder.fault(row.where, f"{row['id']}: ask_when and asks go together")
    if asks and folder.known(row.where, "cue", asks, vocabulary.cues) and asks not in condition.cues:
        folder.fault(row.where, f"{row['id']}: asks {asks}, which its own condition does not look at")
    return Flag(
        row["id"], condition, asks, ask_when, row["urgency"], row["who"], parts(row["covers"]), row["grade"],
        _sources(folder, row, citations),
    )  # fmt: skip


def read_vetoes(folder: Folder, vocabulary: Vocabulary, citations: Collection[str]) -> tuple[Veto, ...]:
    """Vetoes in the order of their table, gravest first; one that always holds must forbid scolding."""
    name = "rules/vetoes.csv"
    found = []
    for row in folder.rows(name, "id condition yields_to scope blocks includes grade citations"):
        folder.known(row.where, "scope", row["scope"], SCOPES)
        for response in (*parts(row["blocks"]), *parts(row["includes"])):
            folder.known(row.where, "response", response, vocabulary.values.get("response", ()))
        condition = _condition(folder, row, "condition", vocabulary)
        sources = _sources(folder, row, citations)
        lists = {column: parts(row[column]) for column in ("yields_to", "blocks", "includes")}
        found.append(
            Veto(id=row["id"], condition=condition, scope=row["scope"], grade=row["grade"], citations=sources, **lists)
        )
    ids = [veto.id for veto in found]
    _check_unique(folder, name, ids)
    for veto in found:
        for graver in veto.yields_to:
            folder.known(f"{name}: {veto.id}", "veto", graver, ids)
    if not any(veto.always and "scolded" in veto.blocks for veto in found):
        folder.fault(name, "a veto that always holds must block scolded")
    return tuple(found)


def read_exclusions(folder: Folder, vocabulary: Vocabulary, citations: Collection[str]) -> tuple[Exclusion, ...]:
    """The exclusions common to all tests that do something to the dog."""
    name = "rules/exclusions.csv"
    rows = folder.rows(name, "id condition grade citations")
    found = tuple(
        Exclusion(
            row["id"], _condition(folder, row, "condition", vocabulary), row["grade"], _sources(folder, row, citations)
        )
        for row in rows
    )
    _check_unique(folder, name, [exclusion.id for exclusion in found])
    return found


def read_tests(folder: Folder, vocabulary: Vocabulary, citations: Collection[str]) -> tuple[HomeTest, ...]:
    """Tests at home; every motive has one."""
    name = "rules/tests.csv"
    rows = folder.rows(name, "id motive minutes pairs logs_only exclude_when grade citations")
    found = tuple(_test(folder, row, vocabulary, citations) for row in rows)
    _check_unique(folder, name, [test.id for test in found])
    for motive in vocabulary.motives.keys() - {test.motive for test in found}:
        folder.fault(name, f"there is no test for {motive}")
    return found


def _test(folder: Folder, row: Cells, vocabulary: Vocabulary, citations: Collection[str]) -> HomeTest:
    folder.known(row.where, "motive", row["motive"], vocabulary.motives)
    own = _condition(folder, row, "exclude_when", vocabulary)
    minutes = folder.number(row.where, row["minutes"], 0.1, 600) if row["minutes"] else None
    pairs = folder.whole(row.where, row["pairs"], 1, 100)
    return HomeTest(
        row["id"],
        row["motive"],
        minutes,
        pairs,
        folder.yes(row.where, row["logs_only"]),
        own,
        row["grade"],
        _sources(folder, row, citations),
    )


def read_plan(folder: Folder, citations: Collection[str]) -> tuple[PlanStep, ...]:
    """Steps of the plan in order."""
    name = "rules/plan.csv"
    columns = "step set_size push stick child_push days_in_row split_after maintain_days grade citations"
    found = tuple(_step(folder, row, citations) for row in folder.rows(name, columns))
    if [step.id for step in found] != [f"step_{n}" for n in range(len(found))]:
        folder.fault(name, "the steps must be step_0, step_1 and so on, in order")
    return found


def _step(folder: Folder, row: Cells, citations: Collection[str]) -> PlanStep:
    def whole(column: str) -> int | None:
        return folder.whole(row.where, row[column], 1, 1000) if row[column] else None

    size, push, stick, child = whole("set_size"), whole("push"), whole("stick"), whole("child_push")
    if size is not None and not (stick and push and child and stick < push <= child <= size):
        folder.fault(row.where, f"{row['step']}: wanted stick < push <= child_push <= set_size")
    return PlanStep(
        row["step"], size, push, stick, child, whole("days_in_row") or 1, whole("split_after") or 3, whole("maintain_days"),
        row["grade"], _sources(folder, row, citations),
    )  # fmt: skip


def _condition(folder: Folder, row: Cells, column: str, vocabulary: Vocabulary) -> Condition:
    try:
        return parse(row[column], vocabulary.values, vocabulary.motives)
    except ConditionFault as fault:
        folder.fault(f"{row.where}: {column}", f"{fault} (in {row[column]!r})")
    except RecursionError:
        folder.fault(f"{row.where}: {column}", "is nested too deep")
    return Condition("", lambda _: False)


def _sources(folder: Folder, row: Cells, citations: Collection[str]) -> tuple[str, ...]:
    folder.known(row.where, "grade", row["grade"], GRADES)
    for source in parts(row["citations"]):
        folder.known(row.where, "citation", source, citations)
    return parts(row["citations"])


def _check_unique(folder: Folder, name: str, ids: list[str]) -> None:
    for twice in sorted({i for i in ids if ids.count(i) > 1}):
        folder.fault(name, f"{twice!r} stands twice")
