"""Moments of the diary on a terminal: what was kept, what changed, the list, and one moment whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from houndsight.cli.layout import by_row, seen
from houndsight.cli.screen import Screen
from houndsight.companion.saying import Sayings
from houndsight.records.action import Action
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.observation import Observation
from houndsight.records.person import Person
from houndsight.records.reading import PRESSING, Reading

if TYPE_CHECKING:
    from houndsight.companion.household import Household, Line, Logged, Rewritten

__all__ = ["DiaryScreen"]

MOVED = 4
"""Motives that are shown as moved, at most."""

SHORTEST_TEXT = 24
"""Columns that the words of a moment have in a list, at least."""


class DiaryScreen(Screen):
    """Prints a household's diary."""

    def __init__(self, household: Household, console: Console | None = None) -> None:
        super().__init__(household.companion.knowledge, console)
        self.answering: str | None = None
        self.household = household
        self.sayings = Sayings(self.words.screen, household.now())

    # A moment that was kept or changed ----------------------------------------------------------------------------------------

    def logged(self, logged: Logged, *, quiet: bool = False) -> None:
        """The reading of a moment that was kept, and how to go on; `quiet` leaves out the reading."""
        if not quiet:
            self._whole(logged)
            self._gap()
        if logged.reading.also:
            self.say("kept.also")
        said = self.text("kept.again" if logged.again else "kept.said", **self._called(logged.moment))
        then = (
            ""
            if logged.again or logged.moment.value("outcome")
            else self.text("kept.then", id=self.household.short(logged.moment))
        )
        self.tell(f"{said} {then}".rstrip())

    def rewritten(self, rewritten: Rewritten, *, quiet: bool = False, after: Iterable[Observation] = ()) -> None:
        """What a change made of the reading. `after` are cues that tell what followed."""
        if not quiet and rewritten.changed:
            self._section("after.told", [Text(self._clause(one)) for one in after])
            self._flags([one for one in rewritten.reading.flags if one not in rewritten.before.flags])
            self._turned(rewritten.before, rewritten.reading)
            self._gap()
        self.say("kept.changed" if rewritten.changed else "kept.same", **self._called(rewritten.moment))

    def _called(self, moment: Moment) -> dict[str, str]:
        dog = self.household.dog_of(moment).name
        return {"id": self.household.short(moment), "dog": dog, "when": self.sayings.exactly(moment.when)}

    def _clause(self, one: Observation) -> str:
        clause = self.words.cues[one.cue].values[one.value].clause
        return f"{clause[0].upper()}{clause[1:]}."

    def _turned(self, before: Reading, after: Reading) -> None:
        """The motives whose chance moved, and the meaning as it is now."""
        was = {one.motive: one.p for one in before.motives}
        moved = [one for one in after.motives if round(one.p * 100) != round(was[one.motive] * 100)]
        if not moved:
            self._gap()
            self.say("after.nothing")
            return
        rows = [
            [
                Text(one.motive),
                Text(self.words.motives[one.motive].label, style="dim"),
                Text(self._share(was[one.motive], one.p)),
            ]
            for one in sorted(moved, key=lambda one: -abs(one.p - was[one.motive]))[:MOVED]
        ]
        self._gap()
        self._line(Text(self._headline(after), style="bold"))
        self._section("after.turn", self._columns(rows))

    def _share(self, before: float, after: float) -> str:
        share = self.text("after.share", before=f"{before * 100:3.0f} %", after=f"{after * 100:3.0f} %")
        return share if self.plain_signs else share.replace("->", "→")

    # The list ------------------------------------------------------------------------------------------------------------------

    def page(self, lines: Sequence[Line], *, first: int, total: int, number: int, filtered: bool) -> None:
        """A page of moments as a table. `first` counts the moments before this page's."""
        if not lines:
            self.say("list.beyond" if total else "list.none" if filtered else "list.empty", count=total)
            return
        self.table(lines)
        self._gap()
        last = first + len(lines)
        if total == len(lines):
            self.say("list.one" if total == 1 else "list.count", count=total)
            return
        self.say(
            "list.older" if last < total else "list.part", first=first + 1, last=last, count=total, page=number + 1
        )

    def table(self, lines: Sequence[Line]) -> None:
        """Moments, one a row; columns that would be empty, or say the same dog in every row, are left out."""
        heads = self.text("list.head").split(", ")
        rows = [self._row(one) for one in lines]
        several = len({one.dog.id for one in lines}) > 1
        shown = [
            i for i in range(len(heads)) if any(row[i].plain for row in rows) and (heads[i] != heads[2] or several)
        ]
        head = [Text(heads[i], style="bold underline") for i in shown]
        for line in self._fitted([head, *([seen(row[i], lines=False) for i in shown] for row in rows)]):
            self._line(line)

    def _fitted(self, rows: Sequence[Sequence[Text]]) -> list[Text]:
        """The rows as lines. A last cell that is too long is cut; where there is little room it stands below its row."""
        left = sum(max(row[i].cell_len for row in rows) + 2 for i in range(len(rows[0]) - 1))
        room = self.console.width - 2 - left
        if room >= SHORTEST_TEXT:
            return self._columns([[*row[:-1], self._cut(row[-1], room)] for row in rows])
        head, *above = by_row([row[:-1] for row in rows], self.console, self.console.width - 2)
        indent = max(row[0].cell_len for row in rows) + 2
        below = [Text(" " * indent).append_text(self._cut(row[-1], self.console.width - indent)) for row in rows[1:]]
        return [*head, *(line for lines, last in zip(above, below, strict=True) for line in (*lines, last))]

    def _cut(self, text: Text, room: int) -> Text:
        if text.cell_len > room:
            text = text.copy()
            text.truncate(room - 3 if self.plain_signs else room, overflow="crop" if self.plain_signs else "ellipsis")
            text.append("..." if self.plain_signs else "")
        return text

    def _row(self, line: Line) -> list[Text]:
        outcome = self.words.cues["outcome"].values.get(line.moment.value("outcome") or "")
        told = line.moment.text or line.moment.note or ", ".join(f"{one.cue}={one.value}" for one in line.moment.cues)
        return [
            Text(self.household.short(line.moment), style="cyan"),
            Text(self.sayings.time(line.moment.when)),
            Text(line.dog.name),
            Text("" if line.leaned_on is None else line.leaned_on.name),
            self._likeliest(line.reading),
            Text("" if outcome is None else outcome.answer.removeprefix("he ")),
            Text(" ".join(told.split()), style="dim"),
        ]

    def _likeliest(self, reading: Reading) -> Text:
        """The likeliest motive, and who is wanted when a flag presses."""
        leader = reading.leader
        told = self.text("list.likeliest", motive=leader.motive, figure=f"{leader.p * 100:.0f} %")
        told = told if reading.heard_lean else self.text("list.no_lean")
        who = next(
            (one.who for one in reading.flags if one.urgency in PRESSING and one.who in ("vet", "behaviour")), None
        )
        return Text(told) if who is None else Text(self.text(f"list.{who}", likeliest=told), style="bold")

    # One moment ----------------------------------------------------------------------------------------------------------------

    def moment(self, shown: Logged) -> None:
        """Everything that is kept of a moment, and its reading."""
        moment = shown.moment
        head = self.text(
            "moment.head", **(self._called(moment) | {"when": self.sayings.lasting(moment.when, moment.ended)})
        )
        self._headed(head, [])
        if moment.trashed is not None:
            self.say("list.trashed")
        self.facts("moment", self._told(moment))
        self._whole(shown)

    def _whole(self, logged: Logged) -> None:
        """The reading of a moment; its question is answered by editing the moment."""
        self.answering = self.household.short(logged.moment)
        self.reading(logged.reading, logged.moment.text or None)

    def _how_to_answer(self) -> str:
        return self.text("kept.how", id=self.answering)

    def _told(self, moment: Moment) -> dict[str, str | None]:
        by, on = (self.household.person_called(one) for one in (moment.logged_by, moment.leaned_on))
        local = moment.when.utcoffset() == moment.when.astimezone(self.sayings.now.tzinfo).utcoffset()
        severities = self.text("moment.severities").split("|")
        return {
            "text": moment.text or None,
            "on": None if on is None else on.name,
            "by": None if by is None else by.name,
            "logged": self.sayings.exactly(moment.logged),
            "zone": None if local else moment.zone,
            "severity": None if moment.severity is None else severities[moment.severity],
            "knocked_over": self.yes(moment.knocked_over, "moment"),
            "note": moment.note or None,
            "tags": ", ".join(moment.tags) or None,
            "own": ", ".join(f"{one.name}={one.value}" for one in moment.own) or None,
        }

    def yes(self, truth: bool | None, section: str) -> str | None:
        """Yes or no in words; None stays None."""
        return None if truth is None else self.text(f"{section}.yes" if truth else f"{section}.no")

    def facts(self, section: str, told: dict[str, str | None]) -> None:
        """Facts by name, one a line; what was not told is left out."""
        rows = [
            [Text(self.text(f"{section}.{name}"), style="dim"), Text(value)] for name, value in told.items() if value
        ]
        self._indented(*self._columns(rows))

    # Steps ---------------------------------------------------------------------------------------------------------------------

    def steps(self, key: str, actions: Sequence[Action], wanted: int, *, back: bool) -> None:
        """Which steps were taken back, or done again; `key` names the sentence."""
        end = "" if back else "_again"
        if not actions:
            self.say(f"undo.nothing{end}")
            return
        for action in actions:
            self.say(key, what=self.deed(action))
        if len(actions) < wanted:
            self.say(f"undo.fewer{end}")

    def deed(self, action: Action) -> str:
        """What an action did, with the time of the moment when it was a single one."""
        records = [change.after or change.before for change in action.changes]
        moments = [one for one in records if isinstance(one, Moment)]
        if len(moments) != 1 or any(isinstance(one, Dog | Person) for one in records):
            return action.what
        return self.text("undo.with_time", what=action.what, when=self.sayings.exactly(moments[0].when))

    def actions(self, actions: Sequence[Action]) -> None:
        """What was done in the diary, the newest first."""
        if not actions:
            self.say("undo.none")
            return
        undone: Callable[[Action], str] = lambda one: self.text("undo.undone") if one.undone else ""  # noqa: E731
        rows = [
            [Text(self.sayings.time(one.when)), Text(self.deed(one)), Text(undone(one), style="dim")] for one in actions
        ]
        for line in self._columns(rows):
            self._line(line)
