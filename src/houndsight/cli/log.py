"""`houndsight log`, `outcome` and `edit`: a moment is written down, told to its end, put right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from houndsight.cli import entry_options as given
from houndsight.cli.home import at_home, drawn, print_json
from houndsight.cli.read import told as account
from houndsight.errors import InputError, NotInDiary

if TYPE_CHECKING:
    from houndsight.companion.household import Household
    from houndsight.records.moment import Moment
    from houndsight.records.reading import Reading

__all__ = ["EDIT", "LOG", "OUTCOME", "edit", "log", "outcome"]

LOG = """[b]Examples[/b]

houndsight log "He backed into my legs the second I came in"

houndsight log "He leaned on Anna in the queue, tail tucked" --dog Rex --on Anna --when "this morning"

houndsight log --cue arrival=yes --cue part=backside --when "10 min ago" --tag hall

houndsight log "He leaned on the wall" --severity 1 --no-knocked-over --own song=humming --quiet
"""
OUTCOME = """[b]Examples[/b]

houndsight outcome "I scratched his rump and he settled"

houndsight outcome 3f2a --response petted --outcome settled

houndsight outcome --dog Rex --outcome wants_more --believes scratch
"""
EDIT = """[b]Examples[/b]

houndsight edit 3f2a --when "yesterday 18:30" --on Anna

houndsight edit 3f2a --cue tail=low --without voice

houndsight edit 3f2a --text "He leaned on Anna, not on me" --clear severity
"""


def log(
    text: Annotated[str | None, typer.Argument(help="What happened, in your own words; - reads it from standard input.", show_default=False)] = None,
    dog: given.Dog = None,
    when: given.When = None,
    until: given.Until = None,
    on: given.On = None,
    by: given.By = None,
    cue: given.Cue = None,
    without: given.Without = None,
    response: given.Response = None,
    outcome: given.Outcome = None,
    believes: given.Believes = None,
    own: given.Own = None,
    tag: given.Tag = None,
    severity: given.Severity = None,
    knocked_over: given.KnockedOver = None,
    note: given.Note = None,
    name: Annotated[str | None, typer.Option("--id", metavar="ID", help="An id of your own; the same id keeps one moment, however often it is sent.")] = None,
    as_lines: given.AsJson = False,
    quiet: given.Quiet = False,
) -> None:  # fmt: skip
    """Keep a moment in the diary, and say what it probably means."""
    typed = given.Typed(
        account(text), when, until, on, by, cue, without, (response, outcome, believes), own, tag, severity, knocked_over, note, id=name,
    )  # fmt: skip
    with at_home() as household:
        logged = household.log(typed.entry(household), dog)
        if as_lines:
            print_json({**_form(logged.moment, logged.reading), "again": logged.again})
        else:
            drawn(household).logged(logged, quiet=quiet)


def outcome(
    what: Annotated[list[str] | None, typer.Argument(metavar="[ID] [TEXT]", help="Which moment (the latest, when left out), and what you did and what followed in your own words.", show_default=False)] = None,
    dog: given.Dog = None,
    response: given.Response = None,
    outcome: given.Outcome = None,
    believes: given.Believes = None,
    as_lines: given.AsJson = False,
    quiet: given.Quiet = False,
) -> None:  # fmt: skip
    """Tell what you did and what followed, and see what that changes in the reading."""
    with at_home() as household:
        moment, words = _which(household, what or [], dog)
        cues = given.after(household.companion, response, outcome, believes)
        done = household.follow(moment, words, cues)
        if as_lines:
            print_json(_form(done.moment, done.reading))
            return
        said = [one for cue in ("response", "outcome", "believes") for one in done.reading.cues if one.cue == cue]
        drawn(household).rewritten(done, quiet=quiet, after=said)


def edit(
    id: Annotated[str, typer.Argument(metavar="ID", help="Which moment: its id or the beginning of it.")],  # noqa: A002
    text: Annotated[str | None, typer.Option("--text", metavar="TEXT", help="What happened, told anew; it is heard anew.")] = None,
    dog: Annotated[str | None, typer.Option("--dog", "-d", metavar="NAME", help="The dog whose moment it was.")] = None,
    when: given.When = None,
    until: given.Until = None,
    on: given.On = None,
    by: given.By = None,
    cue: given.Cue = None,
    without: given.Without = None,
    response: given.Response = None,
    outcome: given.Outcome = None,
    believes: given.Believes = None,
    own: given.Own = None,
    tag: given.Tag = None,
    severity: given.Severity = None,
    knocked_over: given.KnockedOver = None,
    note: given.Note = None,
    clear: Annotated[list[str] | None, typer.Option("--clear", metavar="FIELD", help="Empty a field: text, until, on, by, cues, severity, knocked_over, note, tags, own, response, outcome, believes. Can be given again.")] = None,
    as_lines: given.AsJson = False,
    quiet: given.Quiet = False,
) -> None:  # fmt: skip
    """Change a moment of the diary, and see what that changes in the reading."""
    typed = given.Typed(
        account(text), when, until, on, by, cue, without, (response, outcome, believes), own, tag, severity, knocked_over, note, clear,
    )  # fmt: skip
    with at_home() as household:
        done = household.edit(household.moment(id), typed.entry(household), dog)
        if as_lines:
            print_json(_form(done.moment, done.reading))
        else:
            drawn(household).rewritten(done, quiet=quiet)


def _form(moment: Moment, reading: Reading) -> dict[str, Any]:
    from houndsight.records.diary_form import as_plain  # noqa: PLC0415
    from houndsight.records.json_form import as_json  # noqa: PLC0415

    return {"moment": as_plain(moment), "reading": as_json(reading)}


def _which(household: Household, what: list[str], dog: str | None) -> tuple[Moment, str | None]:
    """The moment and the words that were given."""
    if len(what) > 2:
        raise InputError('Put what followed between quotation marks: houndsight outcome "I petted him and he settled"')
    if len(what) == 2:
        return household.moment(what[0]), account(what[1])
    if not what:
        return household.moment(dog=dog), None
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._:-]{3,63}", what[0]):
        return _named(household, what[0], dog)
    return household.moment(dog=dog), account(what[0])


def _named(household: Household, word: str, dog: str | None) -> tuple[Moment, str | None]:
    """The moment that a single word names; a word like "settled" that names none tells what followed the latest."""
    try:
        return household.moment(word), None
    except NotInDiary:
        if not word.isalpha():
            raise
        return household.moment(dog=dog), word
