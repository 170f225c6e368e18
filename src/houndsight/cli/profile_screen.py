"""A dog's profile on a terminal."""

from __future__ import annotations

from rich.text import Text

from houndsight.cli.dog_screen import DogScreen
from houndsight.records.profile import Card, Profile, Rate, Shift, Slot, Way, Work
from houndsight.records.reading import MotiveShare

__all__ = ["ProfileScreen"]

NARROW = 14
"""Columns of a bar: the figures of dogs at large stand beside it."""
OFTEN = 0.5
"""Share of the moments below which it is said that what followed is worth telling."""
FEWEST = 5
"""With fewer readings whose outcome is known nothing is said of how they were borne out."""
MOST = 1000
"""No odds are said above this."""


class ProfileScreen(DogScreen):
    """Prints what the diary taught of a dog."""

    def profile(self, one: Profile) -> None:
        """The whole profile, the surest and most useful first."""
        if not one.moments and not one.tests:
            self.tell(self._say("none", dog=one.dog))
            return
        self._headed(self._say("head", dog=one.dog), [Text(line) for line in self._begin(one)])
        rows = [self._rate(rate) for rate in one.rates]
        self._part("rates", [*self._columns(rows), Text(self._say("columns"), style="dim")])
        self._part("ways", [self._way(way) for way in one.ways] or [Text(self._say("no_ways"))])
        self._part("works", [self._work(work) for work in one.works] or [Text(self._say("no_works"))])
        self._part("times", self._columns([self._slot(slot, self._say(slot.name)) for slot in one.times]))
        self._part("places", self._columns([self._slot(slot, self._place(slot)) for slot in one.places]))
        self._part("change", self._change(one.change))
        self._part("card", self._card(one.card))
        self._part("wishes", [Text(self._bullet(line)) for line in self._wishes(one)])

    def _begin(self, one: Profile) -> list[str]:
        lines = []
        if one.first is not None and one.last is not None:
            first, last = self.sayings.time(one.first), self.sayings.time(one.last)
            moments = self._say("moments_one" if one.moments == 1 else "moments", count=one.moments)
            lines.append(self._say("since", moments=moments, first=first, last=last, outcomes=one.outcomes))
        if one.tests:
            lines.append(self._say("tests_one" if one.tests == 1 else "tests", count=one.tests))
        return [*lines, self._say("thin")] if one.thin else lines

    def _rate(self, rate: Rate) -> list[Text]:
        label = Text(self.words.motives[rate.motive].label, style="dim")
        bar = self._bar(MotiveShare(rate.motive, rate.p, rate.low, rate.high), NARROW)
        reach = self._say("range", low=f"{rate.low * 100:.0f}", high=f"{rate.high * 100:.0f}")
        large = self._say("large", large=_hundredths(rate.at_large))
        mean = Text(f"{rate.p * 100:3.0f} %")
        return [Text(rate.motive), label, bar, mean, Text(reach, style="dim"), Text(large, style="dim")]

    def _way(self, way: Way) -> Text:
        clause = f"{way.words[0].upper()}{way.words[1:]}"
        said = self._say("way", clause=clause, times=way.times, of=way.of, motive=way.motive)
        return self._piece(said, self._say("way_odds", large=_hundredths(way.at_large), odds=self._odds(way.odds)))

    def _work(self, work: Work) -> Text:
        response = self.words.cues["response"].values[work.response].clause
        outcome = self.words.cues["outcome"].values[work.outcome].answer
        said = self._say("work", motive=work.motive, response=response, outcome=outcome, times=work.times, of=work.of)
        return self._piece(
            said, self._say("work_well", well=_hundredths(work.well), large=_hundredths(work.well_at_large))
        )

    def _slot(self, slot: Slot, name: str) -> list[Text]:
        said = self._say("slot", motive=slot.motive)
        return [Text(name), Text(self.counted(slot.moments)), Text(f"{said} ({slot.share * 100:.0f} %)", style="dim")]

    def _place(self, slot: Slot) -> str:
        return self.words.cues["place"].values[slot.name].answer

    def _change(self, change: Shift | None) -> list[Text]:
        if change is None:
            return [Text(self._say("no_change"))]
        since, earliest, latest = (self.sayings.time(one) for one in (change.since, change.earliest, change.latest))
        key = "more" if change.after > change.before else "less"
        before, after = _hundredths(change.before), _hundredths(change.after)
        said = self._say(key, since=since, motive=change.motive, before=before, after=after)
        return [
            self._piece(said, self._say("change_odds", odds=self._odds(change.odds), earliest=earliest, latest=latest))
        ]

    def _card(self, card: Card | None) -> list[Text]:
        if card is None or card.readings < FEWEST:
            return [Text(self._say("no_card"))]
        kept = self._say("kept", kept=card.kept, readings=card.readings, expected=f"{card.expected:.0f}")
        his, large = _hundredths(card.foretold), _hundredths(card.foretold_at_large)
        return [Text(kept), Text(self._say("foretold", his=his, large=large))]

    def _wishes(self, one: Profile) -> list[str]:
        lines = []
        if one.outcomes < OFTEN * one.moments:
            lines.append(self._say("after", told=one.outcomes, of=one.moments))
        return lines + [
            self._say("wish", cue=self.words.cues[w.cue].question, told=w.told, of=w.of) for w in one.wishes
        ]

    def _odds(self, odds: float) -> str:
        return self._say("most", odds=MOST) if odds > MOST else f"{odds:.0f}"

    def _part(self, key: str, lines: list[Text]) -> None:
        self._section(f"profile.{key}", lines)

    def _say(self, key: str, **values: object) -> str:
        return self.text(f"profile.{key}", **values)


def _hundredths(p: float) -> str:
    """A rate in hundredths, never rounded to nothing."""
    return f"{p * 100:.0f}" if p >= 0.005 else "less than 1"
