"""`houndsight diary`: the moments that were kept, as a list, filtered and searched, and one of them whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from houndsight.cli.home import at_home, dog_names, drawn, person_names, print_json
from houndsight.cli.progress import Counting
from houndsight.cli.read import complete

if TYPE_CHECKING:
    from houndsight.companion.household import Household
    from houndsight.companion.wanted import Wanted
    from houndsight.records.moment import Moment
    from houndsight.records.reading import Reading

__all__ = ["EXAMPLES", "app", "filters"]

EXAMPLES = """[b]Examples[/b]

houndsight diary

houndsight diary --dog Rex --since "last week"

houndsight diary --search "queue tail" --cue tail=tucked --page 2

houndsight diary --knocked-over --json --limit 0 > falls.jsonl

houndsight diary show 3f2a
"""

app = typer.Typer(
    help="List, filter and search the moments of the diary; show one of them.",
    epilog=EXAMPLES,
    invoke_without_command=True,
    subcommand_metavar="[show ID]",
)

Dog = Annotated[str | None, typer.Option("--dog", "-d", metavar="NAME", help="Of this dog.", autocompletion=dog_names)]
Person = Annotated[
    str | None,
    typer.Option(
        "--person",
        "-p",
        metavar="NAME",
        help="Where this person was leaned on or logged it.",
        autocompletion=person_names,
    ),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="WORDS", help='From then on: "last week", "monday", 2026-03-01.')
]
Until = Annotated[str | None, typer.Option("--until", metavar="WORDS", help="Up to then, that day or week counted in.")]
Cue = Annotated[
    list[str] | None,
    typer.Option(
        "--cue",
        "-c",
        metavar="NAME[=VALUE]",
        help="With this cue, or this value of it. Can be given again.",
        autocompletion=complete,
    ),
]
Tag = Annotated[
    list[str] | None, typer.Option("--tag", "-t", metavar="WORD", help="With this tag. Can be given again.")
]
Own = Annotated[
    list[str] | None,
    typer.Option("--own", metavar="NAME[=VALUE]", help="With this cue of your own. Can be given again."),
]
Search = Annotated[
    str, typer.Option("--search", "-s", metavar="WORDS", help="With all these words in text, note or tags.")
]
KnockedOver = Annotated[
    bool | None, typer.Option("--knocked-over/--no-knocked-over", help="Where somebody fell, or nobody did.")
]


@app.callback()
def list_(
    context: typer.Context,
    dog: Dog = None,
    person: Person = None,
    since: Since = None,
    until: Until = None,
    cue: Cue = None,
    tag: Tag = None,
    own: Own = None,
    search: Search = "",
    knocked_over: KnockedOver = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="So many at most; 0 is all.")] = 20,
    page: Annotated[int, typer.Option("--page", min=1, help="The next so many.")] = 1,
    oldest_first: Annotated[bool, typer.Option("--oldest-first", help="The oldest first.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one moment a line as JSON, each with its likeliest motive.")] = False,
) -> None:  # fmt: skip
    """List the latest moments of the diary, with what each probably meant."""
    if context.invoked_subcommand is not None:
        return
    from houndsight.companion.wanted import queried  # noqa: PLC0415  # `read` shows that there is a diary without opening it

    wanted = filters(
        dog,
        person,
        since,
        until,
        cue,
        tag,
        own,
        search,
        knocked_over,
        limit=limit or None,
        page=page,
        oldest_first=oldest_first,
    )
    with at_home() as household, Counting() as counting:
        query = queried(household, wanted)
        if as_json:
            for number, moment in enumerate(household.diary.each(query), 1):
                print_json(_line(moment, household.read(moment)), line=True)
                counting(number)
            return
        lines = household.lines(query, counting)
        counting.clear()
        total = household.count(query)
        filtered = any((dog, person, since, until, cue, tag, own, search, knocked_over is not None))
        drawn(household).page(lines, first=query.offset, total=total, number=page, filtered=filtered)


def filters(
    dog: str | None,
    person: str | None,
    since: str | None,
    until: str | None,
    cue: list[str] | None,
    tag: list[str] | None,
    own: list[str] | None,
    search: str,
    knocked_over: bool | None,
    *,
    limit: int | None = None,
    page: int = 1,
    oldest_first: bool = False,
) -> Wanted:
    """What the filters on the command line ask for."""
    from houndsight.companion.wanted import Wanted  # noqa: PLC0415

    return Wanted(
        dog, person, since, until, tuple(cue or []), tuple(own or []), tuple(tag or []), search, knocked_over, oldest_first, limit, page,
    )  # fmt: skip


@app.command("show", epilog="[b]Example[/b]\n\nhoundsight diary show 3f2a")
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="Its id or the beginning of it.")],  # noqa: A002
    as_json: Annotated[bool, typer.Option("--json", help="Print it with its whole reading as JSON.")] = False,
) -> None:
    """Show everything that is kept of a moment, and its reading."""
    with at_home() as household:
        shown = household.shown(household.moment(id, anywhere=True))
        if as_json:
            print_json(_whole(household, shown.moment, shown.reading))
        else:
            drawn(household).moment(shown)


def _line(moment: Moment, reading: Reading) -> dict[str, Any]:
    from houndsight.records.diary_form import as_plain  # noqa: PLC0415

    leader = reading.leader
    return {
        **as_plain(moment),
        "reading": {
            "motive": leader.motive,
            "p": round(leader.p, 4),
            "low": round(leader.low, 4),
            "high": round(leader.high, 4),
            "verdict": reading.verdict,
            "flags": [flag.id for flag in reading.flags],
        },
    }


def _whole(household: Household, moment: Moment, reading: Reading) -> dict[str, Any]:
    from houndsight.records.diary_form import as_plain  # noqa: PLC0415
    from houndsight.records.json_form import as_json  # noqa: PLC0415

    return {"moment": as_plain(moment), "dog": as_plain(household.dog_of(moment)), "reading": as_json(reading)}
