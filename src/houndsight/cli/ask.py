"""`houndsight ask`: the interview at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from houndsight.cli.read import cue_pair
from houndsight.companion import Companion
from houndsight.companion.interview import Interview, begin

if TYPE_CHECKING:
    from houndsight.cli.screen import Screen

__all__ = ["EXAMPLES", "ask"]

EXAMPLES = """[b]Examples[/b]

houndsight ask

houndsight ask "He leaned on me at the door"

houndsight ask --cue arrival=yes
"""


def ask(
    text: Annotated[str | None, typer.Argument(help="What happened, in your own words, to start from.", show_default=False)] = None,
    cue: Annotated[list[str] | None, typer.Option("--cue", "-c", metavar="NAME=VALUE", help="A cue that you are sure of.")] = None,
    sources: Annotated[bool, typer.Option("--sources", help="Show the grade and the sources at the end.")] = False,
) -> None:  # fmt: skip
    """Answer the most useful questions one by one, then see the reading. To say that you do not know is an answer too."""
    from houndsight.cli.screen import Screen  # noqa: PLC0415  # other commands print JSON without it

    companion = Companion()
    given = companion.given(cue_pair(c) for c in cue or [])
    screen = Screen(companion.knowledge)
    screen.say("ask.welcome")
    screen.say("ask.keys")
    if text is None and not given:
        text = _line(screen.text("ask.tell")) or None
    interview = begin(companion, text, given)
    while interview.question is not None:
        following = _step(screen, interview)
        if following is None:
            break
        interview = following
    else:
        screen.say("ask.clear" if interview.ended == "clear" else "ask.nothing")
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
        screen.say("ask.again", count=len(choices) + 1)
    return None


def _line(prompt: str) -> str | None:
    """One line from the person, or None at the end of input."""
    typer.echo(prompt, nl=prompt != "> ")
    try:
        return input()
    except EOFError:
        return None
