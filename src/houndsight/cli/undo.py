"""`houndsight undo` and `redo`: steps of the diary taken back, and done again."""

from __future__ import annotations

from typing import Annotated

import typer

from houndsight.cli.home import at_home, drawn

__all__ = ["REDO", "UNDO", "redo", "undo"]

UNDO = """[b]Examples[/b]

houndsight undo

houndsight undo 3

houndsight undo --list
"""
REDO = """[b]Examples[/b]

houndsight redo

houndsight redo 3
"""

Steps = Annotated[int, typer.Argument(metavar="[N]", min=1, help="How many steps.")]


def undo(
    steps: Steps = 1,
    list_: Annotated[bool, typer.Option("--list", "-l", help="Show what was done, the latest first, and take nothing back.")] = False,
) -> None:  # fmt: skip
    """Take back the last step, or the last so many, and say what they were."""
    with at_home() as household:
        screen = drawn(household)
        if list_:
            screen.actions(household.diary.actions(20))
        else:
            screen.steps("undo.took_back", household.undo(steps), steps, back=True)


def redo(steps: Steps = 1) -> None:
    """Do again what was taken back."""
    with at_home() as household:
        drawn(household).steps("undo.did_again", household.redo(steps), steps, back=False)
