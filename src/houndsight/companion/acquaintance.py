"""What the diary knows of a dog when one of his moments is read: his dialect, the facts that stand, and what rules look back at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from houndsight.companion.companion import Companion
from houndsight.inference.dialect import Dialect, learn
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.conditions import History
from houndsight.records.dog import Dog
from houndsight.records.observation import Observation
from houndsight.records.told import Told
from houndsight.records.undertaking import HomeTest

if TYPE_CHECKING:
    from houndsight.diary.diary import Diary
    from houndsight.inference.read import Reader

__all__ = ["Acquaintance", "Life", "acquaintance"]

LOOKED_BACK = timedelta(days=400)
"""Rules that count moments look no further back."""


@dataclass(frozen=True, eq=False)
class Life:
    """All that is recorded of a dog up to `now`, his moments oldest first. What it teaches is worked out once, at first need."""

    companion: Companion
    dog: Dog
    told: tuple[Told, ...]
    tests: tuple[HomeTest, ...]
    now: datetime

    @cached_property
    def places(self) -> dict[str, int]:
        """Id of a moment -> its place."""
        return {one.id: place for place, one in enumerate(self.told)}

    @cached_property
    def answers(self) -> tuple[tuple[int, Observation], ...]:
        """What was told of the dog himself, each with the place of its moment."""
        cues = self.companion.knowledge.vocabulary.cues
        of_dog = {cue for cue in cues if cues[cue].group == "dog"}
        return tuple((place, o) for place, one in enumerate(self.told) for o in one.cues if o.cue in of_dog)

    @cached_property
    def seen(self) -> Counter[tuple[str, str]]:
        """(cue, value) -> in how many moments it was told."""
        return Counter((o.cue, o.value) for one in self.told for o in one.cues)

    def facts(self, at: datetime, but: int | None = None) -> dict[str, Observation]:
        """What stands at a time: his age by his birth, and the latest answer to each cue about him while it holds."""
        age = self.companion.knowledge.model.standing.age(self.dog.age(at.date()), self.dog.size)
        latest = {} if age is None else {"age": Observation("age", age)}
        return latest | {cue: o for cue, (_, o) in self.standing(at, but).items()}

    def standing(self, at: datetime, but: int | None = None) -> dict[str, tuple[datetime, Observation]]:
        """Cue about the dog -> when it was last answered, and how, while that holds."""
        lasts, latest = self.companion.knowledge.model.standing.days, {}
        for place, o in self.answers:
            since, days = self.told[place].when, lasts.get(o.cue)
            if place != but and since <= at and (days is None or at - since <= timedelta(days=days)):
                latest[o.cue] = since, o
        return latest

    @cached_property
    def dialect(self) -> Dialect:
        """What his moments and tests teach, drawn to dogs of whom the same stands now."""
        results = [test.factors for test in self.tests if test.factors]
        pooling, facts = self.companion.knowledge.model.pooling, tuple(self.facts(self.now).values())
        moments = [one.cues for one in self.told]
        return learn(self.companion.reader.network, pooling, moments, facts=facts, results=results)

    @cached_property
    def reader(self) -> Reader:
        """Reads his moments by all that is known of him."""
        return self.companion.reader.of(self.dialect)

    @cached_property
    def leads(self) -> tuple[str, ...]:
        """The motive that leads each moment."""
        motives = self.companion.reader.network.motives
        return tuple(motives[m] for m in self.dialect.shares.argmax(axis=1).tolist())


@dataclass(frozen=True, eq=False)
class Acquaintance:
    """A dog as he is known when a moment is read, at the time `at`.

    `but` is the place of that moment when it is in the diary: it is not read with what it says itself. `told_now` are facts about the dog
    that the moment tells. `brief` is for a list of many moments.
    """

    life: Life
    at: datetime
    but: int | None = None
    told_now: tuple[Observation, ...] = ()
    brief: bool = False

    @property
    def companion(self) -> Companion:
        """Whose knowledge he is read with."""
        return self.life.companion

    @property
    def dog(self) -> Dog:
        """The dog."""
        return self.life.dog

    @property
    def tests(self) -> tuple[HomeTest, ...]:
        """His tests."""
        return self.life.tests

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """His other moments, oldest first."""
        told = self.life.told
        return told if self.but is None else told[: self.but] + told[self.but + 1 :]

    @property
    def known(self) -> bool:
        """Whether there is anything by which he could differ from any dog."""
        return bool(self.told or self.facts or any(test.factors for test in self.tests))

    def reading(self, moment: str, at: datetime, *, brief: bool = False) -> Acquaintance:
        """The same for reading one of his moments: as it stood at that time, and without what the moment says itself."""
        return replace(self, at=at.astimezone(UTC), but=self.life.places.get(moment), brief=brief)

    def hearing(self, told: Iterable[Observation]) -> Acquaintance:
        """The same once these observations tell something new of the dog; itself when they do not."""
        cues = self.companion.knowledge.vocabulary.cues
        now = tuple(o for o in told if cues[o.cue].group == "dog")
        known = {(o.cue, o.value) for o in self.facts}
        return self if {(o.cue, o.value) for o in now} <= known else replace(self, told_now=now)

    @cached_property
    def facts(self) -> tuple[Observation, ...]:
        """What stands of the dog, what is told now included."""
        return tuple((self.life.facts(self.at, self.but) | {o.cue: o for o in self.told_now}).values())

    @cached_property
    def dialect(self) -> Dialect:
        """What his other moments and his tests teach, drawn to dogs of whom the same stands."""
        whole = self.life.dialect if self.but is None else self.life.dialect.without(self.but)
        return whole.with_facts(self.facts)

    @cached_property
    def reader(self) -> Reader:
        """Reads a moment of this dog. A brief one gives the same meaning, with the doubt and the outlook of all that is known of him."""
        return self.life.reader.reading_by(self.dialect) if self.brief else self.companion.reader.of(self.dialect)

    @cached_property
    def history(self) -> History:
        """What rules look back at: all that was ever told of him, and which motive led in each moment up to now."""
        own = () if self.but is None else self.life.told[self.but].cues
        only = Counter((o.cue, o.value) for o in own)
        seen = frozenset(pair for pair, count in self.life.seen.items() if count > only[pair])
        ago = [(place, self.at - one.when) for place, one in enumerate(self.life.told) if place != self.but]
        recent = [
            (self.life.leads[place], gone / timedelta(days=1))
            for place, gone in ago
            if timedelta() <= gone <= LOOKED_BACK
        ]
        return History(seen, leads=tuple(recent))


def acquaintance(companion: Companion, diary: Diary, dog: Dog, at: datetime) -> Acquaintance:
    """What the diary knows of a dog at the time `at`; what this knowledge has no cue or value for is passed over."""
    told = _known(companion.knowledge, diary.told(dog.id))
    at = at.astimezone(UTC)
    return Acquaintance(Life(companion, dog, told, diary.tests(dog.id), at), at)


def _known(knowledge: Knowledge, told: tuple[Told, ...]) -> tuple[Told, ...]:
    """The moments without cues and values of another version of the knowledge."""
    cues = knowledge.vocabulary.cues
    kinds = {id(o): o for one in told for o in one.cues}
    strange = {key for key, o in kinds.items() if o.cue not in cues or o.value not in cues[o.cue].values}
    if not strange:
        return told
    return tuple(replace(one, cues=tuple(o for o in one.cues if id(o) not in strange)) for one in told)
