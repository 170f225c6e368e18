"""`houndsight ask`: the interview at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from houndsight.cli.home import dog_names
from houndsight.cli.read import Said, keep_correction, known_of
from houndsight.companion import Companion
from houndsight.companion.interview import Interview, begin
from houndsight.errors import InputError

if TYPE_CHECKING:
    from houndsight.cli.screen import Screen

__all__ = ["EXAMPLES", "ask"]

EXAMPLES = """[b]Examples[/b]

houndsight ask

houndsight ask "He leaned on me at the door"

houndsight ask --cue arrival=yes

houndsight ask --dog Rex
"""


def ask(
    text: Annotated[str | None, typer.Argument(help="What happened, in your own words, to start from.", show_default=False)] = None,
    cue: Annotated[list[str] | None, typer.Option("--cue", "-c", metavar="NAME=VALUE", help="A cue that you are sure of.")] = None,
    without: Annotated[list[str] | None, typer.Option("--without", "-w", metavar="NAME", help="A cue that was heard wrongly.")] = None,
    dog: Annotated[str | None, typer.Option("--dog", "-d", metavar="NAME", help="Ask and read by what the diary knows of this dog.", autocompletion=dog_names)] = None,
    keep: Annotated[bool, typer.Option("--keep/--no-keep", help="Keep what you put right on this machine (houndsight words corrections).")] = True,
    sources: Annotated[bool, typer.Option("--sources", help="Show the grade and the sources at the end.")] = False,
) -> None:  # fmt: skip
    """Answer the most useful questions one by one, then see the reading. To say that you do not know is an answer too."""
    from houndsight.cli.screen import Screen  # noqa: PLC0415  # other commands print JSON without it

    companion = Companion()
    given, removed = Said(cue or [], without or []).checked(companion)
    of = None if dog is None else known_of(companion, dog)
    screen = Screen(companion.knowledge)
    screen.say("ask.welcome")
    screen.say("ask.keys")
    if text is None and not given:
        text = _line(screen.text("ask.tell")) or None
    interview = begin(companion, text, given, removed, of)
    while interview.question is not None:
        following = _step(screen, interview)
        if following is None:
            break
        interview = following
    else:
        screen.say("ask.clear" if interview.ended == "clear" else "ask.nothing")
    if interview.text is not None and keep:
        set_right = [one for one in interview.answers if one.origin == "given"]
        keep_correction(companion, interview.text, set_right, interview.removed)
    screen.reading(interview.reading, interview.text, sources=sources, answers=False)


def _step(screen: Screen, interview: Interview) -> Interview | None:
    """The interview after one answer; None when the person wants to see the reading, or when nobody answers any more."""
    choices = interview.choices
    screen.question(interview)
    while (reply := _line("> ")) is not None:
        word = reply.strip().casefold()
        if word in ("", "?", str(len(choices) + 1)):
            return interview.pass_over()
        if word in ("q", "quit", "exit"):
            return None
        if word == "b":
            screen.say("ask.back" if interview.before else "ask.no_back")
            return interview.back()
        chosen = [c for n, c in enumerate(choices, 1) if word in (str(n), c.value)]
        if chosen:
            return interview.answer(chosen[0].value)
        if (corrected := _corrected(screen, interview, reply.strip())) is not None:
            return corrected
        screen.say("ask.again", count=len(choices) + 1)
    return None


def _corrected(screen: Screen, interview: Interview, reply: str) -> Interview | None:
    """The interview after `tail=low` or `-tail`; None when the reply is something else, or no cue, which is then said."""
    cue, sign, value = reply.partition("=")
    try:
        if sign:
            return interview.correct(cue.strip(), value.strip())
        if reply.startswith("-") and len(reply) > 1:
            return interview.correct(reply[1:].strip(), None)
    except InputError as error:
        screen.tell(str(error))
    return None


def _line(prompt: str) -> str | None:
    """One line from the person, or None at the end of input."""
    typer.echo(prompt, nl=prompt != "> ")
    try:
        return input()
    except EOFError:
        return None
