"""The small language in which flags, vetoes and exclusions say when they hold.

    expr := term (OR term)*      term := atom (AND atom)*
    atom := (expr) | NOT atom | TRUE | n OF (atom, atom, ...) | cue=value | cue!=value | cue IN (value, value)
          | ever(cue=value) | told(cue=value) | p(motive) OP x | count(motive, days) OP n            OP is one of >= <= > <

A cue that was not told makes its atom false, also with `!=`: the unknown is never "no". `NOT atom` holds when the atom does
not, and so also when its cue is unknown. `ever` looks through the dog's history, this moment included;
`told` through all moments of the same account.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

__all__ = ["NO_HISTORY", "Condition", "ConditionFault", "History", "Scene", "parse"]

TOKEN = re.compile(r"\s*(>=|<=|!=|[=<>(),]|[A-Za-z_][A-Za-z_0-9]*|[0-9]+(?:\.[0-9]+)?)")
COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class History:
    """What a dog's diary holds for the rules that look back.

    `seen` are all (cue, value) ever recorded of him, `told` those of the other moments of the same account; `leads` are
    (motive, days ago) of each moment that a motive led.
    """

    seen: frozenset[tuple[str, str]] = frozenset()
    told: frozenset[tuple[str, str]] = frozenset()
    leads: tuple[tuple[str, float], ...] = ()

    def count(self, motive: str, days: float) -> int:
        """How many moments of the last `days` days the motive led."""
        return sum(lead == motive and ago <= days for lead, ago in self.leads)


NO_HISTORY = History()
"""A dog of whom nothing was recorded."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a rule may look at: the moment's cues, the posterior by motive, and the dog's history."""

    cues: Mapping[str, str]
    p: Mapping[str, float] = field(default_factory=dict)
    history: History = NO_HISTORY


Test = Callable[[Scene], bool]


class ConditionFault(Exception):
    """A condition that cannot be read, or that names something unknown; the text says what and where."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition, read once. `cues` are the names of the cues that it looks at.

    `needs_cue` tells that it can hold only when one of them was told; most rules are of that kind and need no closer look.
    """

    text: str
    test: Test = field(repr=False, compare=False)
    cues: frozenset[str] = frozenset()
    needs_cue: bool = False

    def holds(self, scene: Scene) -> bool:
        """Whether the condition holds of the scene."""
        if self.needs_cue and self.cues.isdisjoint(scene.cues):
            return False
        return self.test(scene)

    @property
    def always(self) -> bool:
        """Whether it is the condition that holds of every scene."""
        return self.text == "TRUE"


def parse(text: str, values: Mapping[str, Collection[str]], motives: Collection[str]) -> Condition:
    """Reads a condition. `values` gives the values of every cue. Raises ConditionFault."""
    parser = _Parser(_tokens(text), values, motives)
    test = parser.either()
    if parser.at < len(parser.tokens):
        raise ConditionFault(f"nothing may follow, but {' '.join(parser.tokens[parser.at :])!r} does")
    needs_cue = not {"NOT", "TRUE", "p", "count", "ever", "told"} & set(parser.tokens)
    return Condition(text, test, frozenset(parser.cues), needs_cue)


def _anything(_scene: Scene) -> bool:
    return True


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if match is None:
            raise ConditionFault(f"cannot read {text[at:].strip()!r}")
        found.append(match.group(1))
        at = match.end()
    return found


class _Parser:
    """Recursive descent over the tokens; each method reads one construct and returns its test."""

    def __init__(self, tokens: list[str], values: Mapping[str, Collection[str]], motives: Collection[str]) -> None:
        self.tokens, self.values, self.motives = tokens, values, motives
        self.at = 0
        self.cues: set[str] = set()

    def either(self) -> Test:
        tests = [self.both()]
        while self._peek() == "OR":
            self._next()
            tests.append(self.both())
        return tests[0] if len(tests) == 1 else lambda scene: any(test(scene) for test in tests)

    def both(self) -> Test:
        tests = [self.atom()]
        while self._peek() == "AND":
            self._next()
            tests.append(self.atom())
        return tests[0] if len(tests) == 1 else lambda scene: all(test(scene) for test in tests)

    def atom(self) -> Test:
        word = self._next()
        if word == "(":
            inner = self.either()
            self._next(")")
            return inner
        if word == "NOT":
            denied = self.atom()
            return lambda scene: not denied(scene)
        if word == "TRUE":
            return _anything
        if word.isdigit():
            return self._at_least(int(word))
        special = {"p": self._p, "ever": self._ever, "told": self._told, "count": self._count}.get(word)
        return special() if special is not None and self._peek() == "(" else self._cue(word)

    def _at_least(self, wanted: int) -> Test:
        self._next("OF")
        self._next("(")
        tests = [self.atom()]
        while self._peek() == ",":
            self._next()
            tests.append(self.atom())
        self._next(")")
        if not 0 < wanted <= len(tests):
            raise ConditionFault(f"{wanted} OF needs from 1 to {len(tests)}")
        return lambda scene: sum(test(scene) for test in tests) >= wanted

    def _cue(self, cue: str) -> Test:
        wanted, same = self._wanted(cue)
        if same:
            return lambda scene: scene.cues.get(cue) in wanted
        return lambda scene: cue in scene.cues and scene.cues[cue] not in wanted

    def _wanted(self, cue: str) -> tuple[frozenset[str], bool]:
        """The values named after a cue, and whether they are wanted or shut out."""
        if cue not in self.values:
            raise ConditionFault(f"there is no cue {cue!r}")
        self.cues.add(cue)
        sign = self._next()
        if sign in ("=", "!="):
            return frozenset({self._value(cue)}), sign == "="
        if sign != "IN":
            raise ConditionFault(f"after {cue} one of =, != or IN is wanted, not {sign!r}")
        self._next("(")
        wanted = {self._value(cue)}
        while self._peek() == ",":
            self._next()
            wanted.add(self._value(cue))
        self._next(")")
        return frozenset(wanted), True

    def _value(self, cue: str) -> str:
        value = self._next()
        if value not in self.values[cue]:
            raise ConditionFault(f"the cue {cue} has no value {value!r}")
        return value

    def _ever(self) -> Test:
        cue, pairs = self._looked_for("ever")
        return lambda scene: (
            (cue, scene.cues.get(cue, "")) in pairs
            or not pairs.isdisjoint(scene.history.seen)
            or not pairs.isdisjoint(scene.history.told)
        )

    def _told(self) -> Test:
        cue, pairs = self._looked_for("told")
        return lambda scene: (cue, scene.cues.get(cue, "")) in pairs or not pairs.isdisjoint(scene.history.told)

    def _looked_for(self, name: str) -> tuple[str, frozenset[tuple[str, str]]]:
        """The cue in the brackets, and the pairs of it that are looked for."""
        self._next("(")
        cue = self._next()
        wanted, same = self._wanted(cue)
        self._next(")")
        if not same:
            raise ConditionFault(f"{name}() takes = or IN")
        return cue, frozenset((cue, value) for value in wanted)

    def _p(self) -> Test:
        self._next("(")
        motive = self._motive()
        self._next(")")
        compare, limit = self._limit()
        return lambda scene: compare(scene.p.get(motive, 0.0), limit)

    def _count(self) -> Test:
        self._next("(")
        motive = self._motive()
        self._next(",")
        days = self._number()
        self._next(")")
        compare, limit = self._limit()
        return lambda scene: compare(scene.history.count(motive, days), limit)

    def _motive(self) -> str:
        motive = self._next()
        if motive not in self.motives:
            raise ConditionFault(f"there is no motive {motive!r}")
        return motive

    def _limit(self) -> tuple[Callable[[float, float], bool], float]:
        sign = self._next()
        if sign not in COMPARE:
            raise ConditionFault(f"one of {', '.join(COMPARE)} is wanted, not {sign!r}")
        return COMPARE[sign], self._number()

    def _number(self) -> float:
        word = self._next()
        try:
            return float(word)
        except ValueError:
            raise ConditionFault(f"a number is wanted, not {word!r}") from None

    def _next(self, wanted: str | None = None) -> str:
        if self.at >= len(self.tokens):
            raise ConditionFault(f"ends too soon{f'; {wanted!r} is wanted' if wanted else ''}")
        token = self.tokens[self.at]
        if wanted is not None and token != wanted:
            raise ConditionFault(f"{wanted!r} is wanted, not {token!r}")
        self.at += 1
        return token

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""
