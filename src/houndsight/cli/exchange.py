"""`houndsight export` and `import`: the diary as files for other programs and machines, and back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from houndsight.cli import diary as asked
from houndsight.cli.home import at_home, drawn, person_names, print_json
from houndsight.cli.progress import Counting
from houndsight.cli.signs import visible
from houndsight.errors import InputError

if TYPE_CHECKING:
    from houndsight.companion.exchanging import Exchange, Progress, Sent, Wishes
    from houndsight.companion.household import Household
    from houndsight.companion.wanted import Wanted
    from houndsight.records.query import Query

__all__ = ["EXPORT", "IMPORT", "export", "import_"]

EXPORT = """[b]Examples[/b]

houndsight export family.houndsight.zip

houndsight export rex.csv --dog Rex --since "last month"

houndsight export - --format csv > moments.csv

houndsight export dates.ics
"""
IMPORT = """[b]Examples[/b]

houndsight import family.houndsight.zip

houndsight import leans.csv --dry-run

houndsight import leans.csv --map "Date=start" --map "Who=person" --dog Rex --zone Europe/London
"""

WHOLE = ("archive",)
"""Formats that hold the whole diary."""

DOG_ONLY = ("calendar",)
"""Formats that can be made of one dog, and are not chosen otherwise."""


def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; the ending tells the kind: .houndsight.zip (everything, without loss), .csv, .parquet, .arrow, .ics. - is standard output.")],
    kind: Annotated[str | None, typer.Option("--format", metavar="KIND", help="The kind, when the name does not tell it: archive, csv, parquet, arrow or calendar.")] = None,
    dog: asked.Dog = None,
    person: asked.Person = None,
    since: asked.Since = None,
    until: asked.Until = None,
    cue: asked.Cue = None,
    tag: asked.Tag = None,
    own: asked.Own = None,
    search: asked.Search = "",
    knocked_over: asked.KnockedOver = None,
) -> None:  # fmt: skip
    """Write the diary, or the moments that are asked for, to a file."""
    from houndsight.companion.files import kind_of_file  # noqa: PLC0415  # the commands of the diary load it, others do not

    if file == "-" and kind is None:
        raise InputError("Say which kind goes to standard output: houndsight export - --format csv > moments.csv")
    name = kind or kind_of_file(Path(file), to="write")
    wanted = asked.filters(dog, person, since, until, cue, tag, own, search, knocked_over, oldest_first=True)
    with at_home() as household, Counting() as counting:
        query = _asked(household, name, wanted)
        sent = _exchange(household, counting).export(name, sys.stdout.buffer if file == "-" else Path(file), query)
        counting.clear()
        _said(household, sent)


def _asked(household: Household, name: str, wanted: Wanted) -> Query:
    """The query; raises InputError when the format cannot be made of a part of the diary."""
    from houndsight.companion.wanted import Wanted, queried  # noqa: PLC0415

    nothing = Wanted(oldest_first=True)
    if name in WHOLE and wanted != nothing:
        raise InputError("An archive holds the whole diary. For some of the moments, use .csv, .parquet or .arrow.")
    if name in DOG_ONLY and wanted != Wanted(dog=wanted.dog, oldest_first=True):
        raise InputError("A calendar holds tests and plans: of the filters only --dog goes with it.")
    return queried(household, wanted)


def _exchange(household: Household, progress: Progress) -> Exchange:
    from houndsight.companion.exchanging import Exchange  # noqa: PLC0415

    return Exchange(household.companion, household.diary, now=household.now, progress=progress)


def _said(household: Household, sent: Sent) -> None:
    if sent.to is None:
        return
    one = "one" if sent.count == 1 else "many"
    kind = sent.format if sent.format in (*WHOLE, *DOG_ONLY) else "table"
    drawn(household).say(f"out.{kind}_{one}", count=f"{sent.count:,}", file=sent.to)


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An archive of Houndsight, or a CSV table of any program.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing, and tell what would be taken, skipped and why.")] = False,
    columns: Annotated[list[str] | None, typer.Option("--map", metavar="THEIRS=OURS", help='Which of our columns one of theirs is, such as "Date=start"; nothing after the sign passes it over. Can be given again.')] = None,
    zone: Annotated[str | None, typer.Option("--zone", metavar="ZONE", help="The time zone of times that do not tell theirs.", show_default="yours")] = None,
    skip_faulty: Annotated[bool, typer.Option("--skip-faulty", help="Leave out rows that cannot be read, and take the others.")] = False,
    dog: Annotated[str | None, typer.Option("--dog", "-d", metavar="NAME", help="Whose moments they are, where a row names no dog.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="NAME", help="Who was leaned on, where a row names nobody.", autocompletion=person_names)] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who wrote it down, where a row names nobody.", autocompletion=person_names)] = None,
    day_first: Annotated[bool | None, typer.Option("--day-first/--month-first", help="How 03/04/2026 is meant, when the file does not make it plain.")] = None,
    hear: Annotated[bool, typer.Option("--hear/--no-hear", help="Hear the cues in the text of a row.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print what became of the rows as JSON.")] = False,
) -> None:  # fmt: skip
    """Take moments in from a file, all in one step; a second time adds nothing. Exit status 1 when faulty rows stopped it."""
    from houndsight.companion.files import kind_of_file  # noqa: PLC0415

    name = kind_of_file(file, to="read")
    with at_home() as household, Counting() as counting:
        wishes = _wishes(household, columns or (), zone, day_first, (dog, on, by), hear=hear)
        report = _exchange(household, counting).take_in(name, file, wishes, dry_run=dry_run, skip_faulty=skip_faulty)
    if as_json:
        print_json(asdict(report))
    else:
        typer.echo(visible(report.text))
    if not report.done and not report.dry_run:
        raise typer.Exit(1)


def _wishes(
    household: Household,
    columns: Sequence[str],
    zone: str | None,
    day_first: bool | None,
    named: tuple[str | None, str | None, str | None],
    *,
    hear: bool,
) -> Wishes:
    from houndsight.companion.exchanging import Wishes  # noqa: PLC0415
    from houndsight.companion.when import zone_name  # noqa: PLC0415

    dog, on, by = named
    return Wishes(
        columns=tuple(map(_pair, columns)),
        zone=zone or zone_name(household.now()),
        day_first=day_first,
        dog=household.dog_or_new(dog),
        leaned_on=household.person_or_new(on),
        logged_by=household.person_or_new(by),
        hear=(lambda text: household.companion.hear(text).observations) if hear else None,
    )


def _pair(given: str) -> tuple[str, str]:
    theirs, sign, ours = given.rpartition("=")
    if not sign or not theirs.strip():
        raise InputError(f'A column is given as THEIRS=OURS, for example "Date=start"; this was {given!r}.')
    return theirs.strip(), ours.strip()
