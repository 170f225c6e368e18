"""A dog's profile: what his diary taught of him, beside dogs at large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from functools import cached_property

from houndsight.companion.acquaintance import Acquaintance
from houndsight.companion.card import card
from houndsight.inference.drift import drift
from houndsight.inference.posterior import posterior, see
from houndsight.inference.ways import own_ways
from houndsight.knowledge.settings import ProfileRule
from houndsight.records.profile import Profile, Rate, Shift, Slot, Way, Wish, Work
from houndsight.records.zones import zone_called

__all__ = ["profile"]

WISHES = 3
"""Cues that are named as worth recording."""
RESPONSES = 3
"""Responses that are told of for one motive."""


def profile(of: Acquaintance) -> Profile:
    """The profile of a dog as he is known."""
    return _Profile(of).whole()


class _Profile:
    """One dog's moments, counted. Everything is in the order of the moments, oldest first."""

    def __init__(self, of: Acquaintance) -> None:
        self.of, self.dialect, self.told = of, of.dialect, of.told
        self.knowledge = of.companion.knowledge
        self.rule: ProfileRule = self.knowledge.model.profile
        self.motives = self.dialect.at_large.motives
        self.shares = self.dialect.shares
        self.seen = [{o.cue: o.value for o in one.cues} for one in self.told]
        self.rates = self.dialect.motive_rates(self.knowledge.model.draws.interval)

    def whole(self) -> Profile:
        moments = len(self.told)
        return Profile(
            dog=self.of.dog.name,
            moments=moments,
            outcomes=sum("outcome" in seen for seen in self.seen),
            tests=sum(bool(test.factors) for test in self.of.tests),
            first=self.told[0].when if moments else None,
            last=self.told[-1].when if moments else None,
            thin=moments < self.rule.thin,
            rates=self._rates(),
            ways=tuple(self._ways()),
            works=tuple(self._works()),
            times=self._slots([self._hour(i) for i in range(moments)], list(self.rule.hours)),
            places=self._slots([seen.get("place") for seen in self.seen]),
            change=self._change(),
            wishes=self._wishes(),
            card=card(self.of),
        )

    def _rates(self) -> tuple[Rate, ...]:
        large = dict(zip(self.motives, self.dialect.drawn_to.tolist(), strict=True))
        sums = dict(zip(self.motives, self.shares.sum(axis=0).tolist(), strict=True))
        return tuple(Rate(r.motive, r.p, r.low, r.high, large[r.motive], sums[r.motive]) for r in self.rates)

    @cached_property
    def _places(self) -> dict[tuple[str, str], list[int]]:
        """(cue, value) -> the moments that told it."""
        places: dict[tuple[str, str], list[int]] = {}
        for i, seen in enumerate(self.seen):
            for pair in seen.items():
                places.setdefault(pair, []).append(i)
        return places

    # His own ways -----------------------------------------------------------------------------------------------------------

    def _ways(self) -> Iterator[Way]:
        """The largest differences that are likely enough; of a cue and a motive only one value."""
        told: set[tuple[str, int]] = set()
        for way in own_ways(self.dialect, [one.cues for one in self.told], least=self.rule.way_least):
            if way.odds < self.rule.way_odds or (way.cue, way.motive) in told:
                continue
            told.add((way.cue, way.motive))
            if len(told) > self.rule.ways:
                return
            words = self.knowledge.wording.cues[way.cue].values[way.value].clause
            numbers = (round(way.times), round(way.of), way.p, way.at_large, way.odds)
            yield Way(way.cue, way.value, self.motives[way.motive], *numbers, words)

    # What works -------------------------------------------------------------------------------------------------------------

    def _works(self) -> Iterator[Work]:
        """For each motive, the commonest first, the responses that were followed by an outcome, the best first."""
        network, large = self.dialect.network, self.dialect.at_large
        for rate in self.rates:
            m, ends = self.motives.index(rate.motive), (*self.rule.well, *self.rule.well_for.get(rate.motive, ()))
            well, found = [network.positions["outcome", outcome] for outcome in ends], []
            for response in self.knowledge.responses:
                counts = self._after(response, m)
                if round(sum(counts.values())) < 2:
                    continue
                r = network.positions["response", response]
                usual = max(sorted(counts), key=lambda outcome: counts[outcome])
                numbers = (round(counts[usual]), round(sum(counts.values())))
                chances = (float(table.outcome[r, well, m].sum()) for table in (network, large))
                found.append(Work(rate.motive, response, usual, *numbers, *chances))
            yield from sorted(found, key=lambda work: (-work.well, work.response))[:RESPONSES]

    def _after(self, response: str, m: int) -> dict[str, float]:
        """Outcome -> how often it followed the response in moments of the motive, by their chances."""
        counts: dict[str, float] = {}
        for i in self._places.get(("response", response), ()):
            if (outcome := self.seen[i].get("outcome")) is not None:
                counts[outcome] = counts.get(outcome, 0.0) + float(self.shares[i, m])
        return counts

    # When and where ---------------------------------------------------------------------------------------------------------

    def _hour(self, i: int) -> str:
        one = self.told[i]
        return self.rule.part_of_day(one.when.astimezone(zone_called(one.zone) or UTC).hour)

    def _slots(self, names: Sequence[str | None], order: Sequence[str] | None = None) -> tuple[Slot, ...]:
        """Moments by name, in the order given or the fullest first, with the motive that they are mostly for."""
        found = []
        for name in dict.fromkeys(name for name in names if name is not None):
            means = self.shares[[one == name for one in names]].sum(axis=0)
            count, m = names.count(name), int(means.argmax())
            found.append(Slot(name, count, self.motives[m], float(means[m] / count)))
        if order is not None:
            return tuple(sorted(found, key=lambda slot: order.index(slot.name)))
        return tuple(sorted(found, key=lambda slot: (-slot.moments, slot.name)))

    def _change(self) -> Shift | None:
        model = self.knowledge.model
        found = drift(self.dialect.network.prior, self.dialect.likelihood, model.drift, model.draws.interval)
        if found is None or found.odds < model.drift.told:
            return None
        since, earliest, latest = (self.told[place].when for place in (found.place, found.first, found.last))
        return Shift(self.motives[found.motive], found.before, found.after, found.odds, since, earliest, latest)

    # What to record ---------------------------------------------------------------------------------------------------------

    def _wishes(self) -> tuple[Wish, ...]:
        """Cues that would tell most of his moments, for what they cost to answer, and were told in few of them."""
        network, prices = self.dialect.network, self.knowledge.model.asking.price
        bits = self.of.reader.questioner.bits(see(network, []), posterior(network, []))
        wishes = []
        for cue, worth in bits.items():
            if network.cues[cue].group in ("context", "lean", "body"):
                told = sum(len(self._places.get((cue, value), ())) for value in network.cues[cue].values)
                wishes.append((worth * (1 - _share(told, len(self.told))) / prices[network.cues[cue].cost], cue, told))
        best = sorted(wishes, key=lambda wish: (-wish[0], wish[1]))[:WISHES]
        return tuple(Wish(cue, told, len(self.told), bits[cue]) for _, cue, told in best)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
