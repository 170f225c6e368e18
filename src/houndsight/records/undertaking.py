"""What a household tries with a dog over days: a test that settles a motive, and a plan that changes the lean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from houndsight.errors import InputError
from houndsight.records.naming import aware, checked_id

__all__ = ["HomeTest", "Plan", "Session"]

LAST_STEP = 1000
STRONGEST = 1e6
"""No test at home tells more than this."""


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a test or a plan: when it is due, when it was done, under which condition, and what was measured.

    `condition` is `test` or `control` in a test, the step in a plan. `measure` is the number that the test or the step counts.
    """

    due: datetime
    done: datetime | None = None
    condition: str = ""
    measure: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        aware(self.due, "a session")
        if self.done is not None:
            aware(self.done, "a session that was done")
        if self.measure is not None and not isfinite(self.measure):
            raise InputError(f"What a session measured is {self.measure}; it must be a number.")


@dataclass(frozen=True, slots=True)
class HomeTest:
    """A test at home, begun for one dog. `test` is its id in the knowledge; `factors` are the Bayes factors that it came to, by motive.

    A factor is how much likelier the result is when the dog leans for this motive than on average; each is above 0. A test that is
    not over has none.
    """

    id: str
    dog: str
    test: str
    begun: datetime
    ended: datetime | None = None
    sessions: tuple[Session, ...] = ()
    factors: tuple[tuple[str, float], ...] = ()
    note: str = ""
    trashed: datetime | None = None

    def __post_init__(self) -> None:
        checked_id(self.id, "id of a test")
        checked_id(self.dog, "id of a dog")
        _lasts(self.begun, self.ended, "a test")
        for motive, factor in self.factors:
            if not 1 / STRONGEST <= factor <= STRONGEST:
                raise InputError(
                    f"The Bayes factor of {motive} is {factor}; it goes from {1 / STRONGEST:g} to {STRONGEST:g}."
                )


@dataclass(frozen=True, slots=True)
class Plan:
    """A redirect programme, begun for one dog. `plan` is its id in the knowledge, `step` the step that it stands at, from 1."""

    id: str
    dog: str
    plan: str
    begun: datetime
    step: int = 1
    ended: datetime | None = None
    sessions: tuple[Session, ...] = ()
    note: str = ""
    trashed: datetime | None = None

    def __post_init__(self) -> None:
        checked_id(self.id, "id of a plan")
        checked_id(self.dog, "id of a dog")
        _lasts(self.begun, self.ended, "a plan")
        if not 1 <= self.step <= LAST_STEP:
            raise InputError(f"The step of a plan is {self.step}; the first is 1, and none has more than {LAST_STEP}.")


def _lasts(begun: datetime, ended: datetime | None, what: str) -> None:
    aware(begun, f"beginning {what}")
    if ended is not None and aware(ended, f"ending {what}") < begun:
        raise InputError(f"The end of {what}, {ended.isoformat()}, is before its beginning, {begun.isoformat()}.")
