"""The options with which a moment is written down: `log` and `edit` share them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from houndsight.cli.home import dog_names, person_names
from houndsight.cli.read import Said, complete, cue_pair
from houndsight.companion import Companion
from houndsight.errors import InputError

if TYPE_CHECKING:
    from houndsight.companion.entry import Entry
    from houndsight.companion.household import Household
    from houndsight.records.moment import OwnCue
    from houndsight.records.observation import Observation

__all__ = [
    "AsJson", "Believes", "By", "Cue", "Dog", "KnockedOver", "Note", "On", "Outcome", "Own", "Quiet", "Response", "Severity", "Tag",
    "Typed", "Until", "When", "Without", "after",
]  # fmt: skip


def _values(cue: str, incomplete: str) -> list[str]:
    return [value for value in Companion().knowledge.cue(cue).values if value.startswith(incomplete)]


def _responses(incomplete: str) -> list[str]:
    return _values("response", incomplete)


def _outcomes(incomplete: str) -> list[str]:
    return _values("outcome", incomplete)


def _motives(incomplete: str) -> list[str]:
    return _values("believes", incomplete)


Dog = Annotated[
    str | None,
    typer.Option(
        "--dog", "-d", metavar="NAME", help="Which dog; it can be left out when there is one.", autocompletion=dog_names
    ),
]
When = Annotated[
    str | None,
    typer.Option(
        "--when",
        metavar="WORDS",
        help='When it was: "10 min ago", "this morning", "monday 9am", 2026-03-01T08:30.',
        show_default="now",
    ),
]
Until = Annotated[str | None, typer.Option("--until", metavar="WORDS", help='When it was over: "for 10 min", 08:45.')]
On = Annotated[str | None, typer.Option("--on", metavar="NAME", help="Who was leaned on.", autocompletion=person_names)]
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who writes it down.", autocompletion=person_names)
]
Cue = Annotated[
    list[str] | None,
    typer.Option(
        "--cue",
        "-c",
        metavar="NAME=VALUE",
        help="A cue that you are sure of; it outranks the words. Can be given again.",
        autocompletion=complete,
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", "-w", metavar="NAME", help="A cue that was heard wrongly. Can be given again."),
]
Response = Annotated[
    str | None,
    typer.Option("--response", metavar="VALUE", help="What you did, such as petted.", autocompletion=_responses),
]
Outcome = Annotated[
    str | None,
    typer.Option("--outcome", metavar="VALUE", help="What followed, such as settled.", autocompletion=_outcomes),
]
Believes = Annotated[
    str | None, typer.Option("--believes", metavar="MOTIVE", help="What you think it meant.", autocompletion=_motives)
]
Own = Annotated[
    list[str] | None,
    typer.Option("--own", metavar="NAME=VALUE", help="Something that you count for yourself. Can be given again."),
]
Tag = Annotated[
    list[str] | None, typer.Option("--tag", "-t", metavar="WORD", help="A tag to find it by. Can be given again.")
]
Severity = Annotated[int | None, typer.Option("--severity", min=0, max=3, help="0 a touch, to 3 somebody was hurt.")]
KnockedOver = Annotated[bool | None, typer.Option("--knocked-over/--no-knocked-over", help="Whether somebody fell.")]
Note = Annotated[
    str | None, typer.Option("--note", "-n", metavar="TEXT", help="Anything else; it is kept and not read.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print one line only, without the reading.")]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stood on the command line about a moment, before any of it was looked at."""

    text: str | None = None
    when: str | None = None
    until: str | None = None
    on: str | None = None
    by: str | None = None
    cue: Sequence[str] | None = None
    without: Sequence[str] | None = None
    after: tuple[str | None, str | None, str | None] = (None, None, None)
    own: Sequence[str] | None = None
    tag: Sequence[str] | None = None
    severity: int | None = None
    knocked_over: bool | None = None
    note: str | None = None
    clear: Sequence[str] | None = None
    id: str | None = None

    def entry(self, household: Household) -> Entry:
        """The entry, checked. Raises InputError for what is in neither the vocabulary nor the diary."""
        from houndsight.companion.entry import Entry  # noqa: PLC0415  # `read` shows these options' parts without a diary

        given, without = Said(self.cue or [], self.without or []).checked(household.companion)
        return Entry(
            text=self.text,
            when=self.when,
            until=self.until,
            on=None if self.on is None else household.person(self.on).id,
            by=None if self.by is None else household.person(self.by).id,
            cues=given,
            without=without,
            after=after(household.companion, *self.after),
            own=tuple(map(_own, self.own or [])),
            tags=tuple(self.tag or []),
            severity=self.severity,
            knocked_over=self.knocked_over,
            note=self.note,
            clear=tuple(self.clear or []),
            id=self.id,
        )


def after(
    companion: Companion, response: str | None, outcome: str | None, believes: str | None
) -> tuple[Observation, ...]:
    """What followed, as observations. Raises UnknownValue that lists the values."""
    told = {"response": response, "outcome": outcome, "believes": believes}
    return companion.given((cue, value.strip()) for cue, value in told.items() if value is not None)


def _own(given: str) -> OwnCue:
    from houndsight.records.moment import OwnCue  # noqa: PLC0415

    try:
        return OwnCue(*cue_pair(given))
    except InputError:
        raise InputError(
            f"A cue of your own is given as NAME=VALUE, for example song=humming; this was {given!r}."
        ) from None
