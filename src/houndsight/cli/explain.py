"""`houndsight explain`: what is known about a name, how firmly, and from whom."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from houndsight.companion import Companion
from houndsight.companion.explain import explain as explained
from houndsight.companion.explain import names

__all__ = ["EXAMPLES", "complete", "explain"]

EXAMPLES = """[b]Examples[/b]

houndsight explain greeting

houndsight explain tail=tucked

houndsight explain growl

houndsight explain dominance
"""


def complete(incomplete: str) -> list[str]:
    """The names that begin with what was typed, for the shell."""
    every = [i for ids in names(Companion().knowledge).values() for i in ids]
    return [i for i in every if i.startswith(incomplete)]


def explain(
    name: Annotated[str, typer.Argument(help="A motive, a cue, a flag, a response, a claim such as S20, or a word to look for.", show_default=False, autocompletion=complete)],
    as_lines: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:  # fmt: skip
    """Tell what is known about a name, its grade and sources, and what is not known."""
    companion = Companion()
    found = explained(companion.knowledge, name)
    if as_lines:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
        return
    from houndsight.cli.screen import Screen  # noqa: PLC0415  # brings the drawing of the terminal, which JSON does not need

    screen = Screen(companion.knowledge)
    for one in found:
        screen.explanation(one)
