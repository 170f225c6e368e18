"""What the diary knows of a dog when one of his moments is read: his dialect, the facts that stand, and what rules look back at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from houndsight.companion.companion import Companion
from houndsight.inference.dialect import Dialect, learn
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.conditions import History
from houndsight.knowledge.settings import Standing
from houndsight.records.dog import Dog
from houndsight.records.observation import Observation
from houndsight.records.told import Told
from houndsight.records.undertaking import HomeTest

if TYPE_CHECKING:
    from houndsight.diary.diary import Diary
    from houndsight.inference.read import Reader

__all__ = ["Acquaintance", "acquaintance"]


@dataclass(frozen=True, eq=False)
class Acquaintance:
    """A dog as he is known from his moments, oldest first, at the time `at`.

    `told_now` are facts about him that are told in the moment that is read. Learning happens at first need; `learned` is what was learned
    already.
    """

    companion: Companion
    dog: Dog
    told: tuple[Told, ...]
    tests: tuple[HomeTest, ...]
    at: datetime
    told_now: tuple[Observation, ...] = ()
    learned: Dialect | None = None

    def reading(self, moment: str, at: datetime) -> Acquaintance:
        """The same for reading one of his moments: as it stood at that time, and without what the moment says itself."""
        place = next((i for i, one in enumerate(self.told) if one.id == moment), None)
        if place is None:
            return replace(self, at=at.astimezone(UTC), learned=self.dialect)
        others = self.told[:place] + self.told[place + 1 :]
        return replace(self, at=at.astimezone(UTC), told=others, learned=self.dialect.without(place))

    def hearing(self, told: Iterable[Observation]) -> Acquaintance:
        """The same once these observations tell something new of the dog; itself when they do not."""
        now = tuple(o for o in told if self._of_dog(o))
        known = {(o.cue, o.value) for o in self.facts}
        return self if {(o.cue, o.value) for o in now} <= known else replace(self, told_now=now)

    @property
    def known(self) -> bool:
        """Whether there is anything by which he could differ from any dog."""
        return bool(self.told or self.facts or any(test.factors for test in self.tests))

    @cached_property
    def facts(self) -> tuple[Observation, ...]:
        """What stands of the dog: his age by his birth, then the latest answer to each cue about him while it holds, then what is told now."""
        standing = self.companion.knowledge.model.standing
        age = standing.age(self.dog.age(self.at.date()), self.dog.size)
        latest = {} if age is None else {"age": Observation("age", age)}
        for one in self.told:
            for o in one.cues:
                if self._of_dog(o) and self._stands(o, one.when, standing):
                    latest[o.cue] = o
        return tuple((latest | {o.cue: o for o in self.told_now}).values())

    def _stands(self, one: Observation, since: datetime, standing: Standing) -> bool:
        days = standing.days.get(one.cue)
        return since <= self.at and (days is None or self.at - since <= timedelta(days=days))

    def _of_dog(self, one: Observation) -> bool:
        return self.companion.knowledge.cue(one.cue).group == "dog"

    @cached_property
    def dialect(self) -> Dialect:
        """What his moments and tests teach."""
        if self.learned is not None:
            return self.learned
        results = [dict(test.factors) for test in self.tests if test.factors]
        pooling = self.companion.knowledge.model.pooling
        moments = [one.cues for one in self.told]
        return learn(self.companion.reader.network, pooling, moments, facts=self.facts, results=results)

    @cached_property
    def reader(self) -> Reader:
        """Reads a moment of this dog."""
        return self.companion.reader.of(self.dialect)

    @cached_property
    def history(self) -> History:
        """What rules look back at: all that was ever told of him, and which motive led in each moment up to now."""
        seen = frozenset((o.cue, o.value) for one in self.told for o in one.cues)
        motives, leads = self.companion.reader.network.motives, self.dialect.shares.argmax(axis=1).tolist()
        ago = [(self.at - one.when).total_seconds() / 86400 for one in self.told]
        return History(seen, leads=tuple((motives[m], days) for m, days in zip(leads, ago, strict=True) if days >= 0))


def acquaintance(companion: Companion, diary: Diary, dog: Dog, at: datetime) -> Acquaintance:
    """What the diary knows of a dog, seen from the time `at`; what this knowledge has no cue or value for is passed over."""
    told = _known(companion.knowledge, diary.told(dog.id))
    return Acquaintance(companion, dog, told, diary.tests(dog.id), at.astimezone(UTC))


def _known(knowledge: Knowledge, told: tuple[Told, ...]) -> tuple[Told, ...]:
    """The moments without cues and values of another version of the knowledge."""
    cues = knowledge.vocabulary.cues
    kinds = {id(o): o for one in told for o in one.cues}
    strange = {key for key, o in kinds.items() if o.cue not in cues or o.value not in cues[o.cue].values}
    if not strange:
        return told
    return tuple(replace(one, cues=tuple(o for o in one.cues if id(o) not in strange)) for one in told)
