"""How far knowing the dog moved a reading, and why: counted from his own moments, and put into words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from houndsight.companion.acquaintance import Acquaintance
from houndsight.inference.evidence import decibans
from houndsight.inference.network import chance
from houndsight.inference.posterior import posterior
from houndsight.records.effect import DialectEffect, Reason
from houndsight.records.observation import Observation
from houndsight.records.reading import MotiveShare

__all__ = ["effect"]

AT_MOST = 3
"""Reasons that are told."""
FEWEST = 2
"""What was told in fewer moments is no reason to tell."""
ALIKE = 3
"""Earlier moments like this one are told of from so many on."""


def effect(of: Acquaintance, observations: Sequence[Observation], leader: MotiveShare) -> DialectEffect:
    """What knowing the dog did to the reading of a moment that `leader` leads."""
    return _Effect(of, observations, leader).told()


class _Effect:
    def __init__(self, of: Acquaintance, observations: Sequence[Observation], leader: MotiveShare) -> None:
        self.of, self.leader, self.dialect = of, leader, of.dialect
        self.words = of.companion.knowledge.wording
        self.strength = of.companion.knowledge.model.strength
        self.at_large = of.companion.reader
        self.motives = self.at_large.network.motives
        self.place = self.motives.index(leader.motive)
        self.bearing = of.reader.bearing(observations)
        told = {o.cue for o in observations}
        self.facts = tuple(o for o in of.facts if o.cue not in told)
        self.large = posterior(self.at_large.network, [*of.facts, *self.bearing])
        self.values = {o.cue: o.value for o in self.bearing}
        self.seen = [{o.cue: o.value for o in one.cues} for one in of.told]
        self.cues, weights = of.reader.weights(self.bearing)
        self.own = weights[:, self.place]

    def told(self) -> DialectEffect:
        before, moments = float(self.large[self.place]), len(self.of.told)
        way = 1.0 if self.leader.p >= before else -1.0
        weighed = sorted(self._weighed(), key=lambda reason: -way * (reason.decibans or 0.0))
        because = [r for r in weighed if way * (r.decibans or 0.0) >= self.strength.weak][:AT_MOST]
        return DialectEffect(
            dog=self.of.dog.name,
            moments=moments,
            motive=self.leader.motive,
            p=self.leader.p,
            at_large=before,
            leader_at_large=self.motives[int(self.large.argmax())],
            words=self._headline(before, moments),
            because=(*because, *self._alike()) if because else (),
            facts=self.facts,
        )

    def _headline(self, before: float, moments: int) -> str:
        count = self._say("one" if moments == 1 else "count", count=moments)
        moved = abs(_decibans(self.leader.p) - _decibans(before))
        key = "moved" if moved >= self.strength.weak else "unmoved"
        key = key if moments else f"{key}_facts"
        names = {"dog": self.of.dog.name, "count": count, "motive": self.leader.motive}
        return self._say(key, before=_figure(before), after=_figure(self.leader.p), **names)

    def _weighed(self) -> Iterator[Reason]:
        """What he does for this motive more or less often than other dogs: lean at all, and show each cue of this moment."""
        rates = self.dialect.network.prior
        habit = decibans(rates)[self.place] - decibans(self.dialect.drawn_to)[self.place]
        of, times = len(self.of.told), self.dialect.shares[:, self.place].sum()
        large = _figure(float(self.dialect.drawn_to[self.place]))
        said = self._say("habit", times=round(times), of=of, motive=self.leader.motive, large=large)
        yield Reason(said, float(habit), round(times), of)
        _, at_large = self.at_large.weights(self.bearing)
        for i, cue in enumerate(self.cues):
            times, of = (round(count) for count in self._count(cue))
            own_rows = not self.dialect.pooling.is_shared(self.at_large.network.cues[cue])
            if of >= FEWEST and own_rows and cue != "response":
                yield Reason(self._cue(cue, times, of), float(self.own[i] - at_large[i, self.place]), times, of)

    def _count(self, cue: str) -> tuple[float, float]:
        """In how many moments of this motive the cue was as it is now, and in how many it was told; an outcome after the same response."""
        shares = self.dialect.shares[:, self.place]
        alike = [
            cue in seen and (cue != "outcome" or seen.get("response") == self.values.get("response"))
            for seen in self.seen
        ]
        same = [told and seen[cue] == self.values[cue] for told, seen in zip(alike, self.seen, strict=True)]
        return float(shares[same].sum()), float(shares[alike].sum())

    def _cue(self, cue: str, times: int, of: int) -> str:
        network = self.at_large.network
        large = chance(network, cue, self.values[cue], self.values.get("response"))[self.place]
        clause = self.words.cues[cue].values[self.values[cue]].clause
        clause = f"{clause[0].upper()}{clause[1:]}"
        return self._say(
            "cue", clause=clause, times=times, of=of, motive=self.leader.motive, large=_figure(float(large))
        )

    def _alike(self) -> Iterator[Reason]:
        """Earlier moments that share the two cues that speak most for the motive, and how they ended."""
        ranked = [(self.cues[i], self.own[i]) for i in np.argsort(-self.own).tolist()]
        telling = [cue for cue, own in ranked if own > 0 and cue not in ("response", "outcome", "believes")][:2]
        same = np.array([all(seen.get(cue) == self.values[cue] for cue in telling) for seen in self.seen], dtype=bool)
        if not telling or same.sum() < ALIKE:
            return
        clauses = self._say("and").join(self.words.cues[cue].values[self.values[cue]].clause for cue in telling)
        of, times = int(same.sum()), round(float(self.dialect.shares[same, self.place].sum()))
        yield Reason(
            self._say("alike", clauses=clauses, times=times, of=of, motive=self.leader.motive), None, times, of
        )
        ends = [seen["outcome"] for seen, alike in zip(self.seen, same, strict=True) if alike and "outcome" in seen]
        if len(ends) >= ALIKE:
            usual = max(sorted(set(ends)), key=ends.count)
            answer = self.words.cues["outcome"].values[usual].answer
            said = self._say("ended", answer=answer, times=ends.count(usual), of=len(ends))
            yield Reason(said, None, ends.count(usual), len(ends))

    def _say(self, key: str, **values: object) -> str:
        return self.words.screen[f"dialect.{key}"].format(**values)


def _decibans(p: float) -> float:
    return float(decibans(np.array([p, 1 - p]))[0])


def _figure(p: float) -> str:
    """A probability in hundredths, never rounded to nothing."""
    return f"{p * 100:.0f}" if p >= 0.005 else "<1"
