"""The household that a command works for: its diary is opened when the command begins and closed when it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import typer

from houndsight.companion import Companion

if TYPE_CHECKING:
    from houndsight.cli.diary_screen import DiaryScreen
    from houndsight.companion.household import Household
    from houndsight.records.action import Record

__all__ = ["AsJson", "at_home", "companion", "dog_names", "drawn", "person_names", "print_json", "print_record", "sure"]


AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@cache
def companion() -> Companion:
    """The companion of all commands that this process runs."""
    return Companion()


@contextmanager
def at_home(known: Companion | None = None) -> Iterator[Household]:
    """The household of this user. Raises DiaryFault when the diary cannot be opened."""
    from houndsight.companion.household import opened  # noqa: PLC0415  # brings the database, which most commands do not need

    with opened(known or companion()) as household:
        yield household


def drawn(household: Household) -> DiaryScreen:
    """A screen that shows the household's diary."""
    from houndsight.cli.diary_screen import DiaryScreen  # noqa: PLC0415  # brings the drawing of the terminal, which JSON does not need

    return DiaryScreen(household)


def print_json(value: Any, *, line: bool = False) -> None:
    """Prints a value as JSON, on one `line` or indented."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=None if line else 2))


def print_record(record: Record, *, line: bool = False) -> None:
    """Prints a record of the diary as JSON, on one `line` or indented."""
    from houndsight.records.diary_form import as_plain  # noqa: PLC0415  # few commands print one

    print_json(as_plain(record), line=line)


def sure(question: str, *, yes: bool) -> bool:
    """Whether the person wants to go on; `yes` says so beforehand. At the end of input nobody is sure."""
    if yes:
        return True
    typer.echo(f"{question} [y/N] ", nl=False)
    try:
        return input().strip().casefold() in ("y", "yes")
    except EOFError:
        typer.echo()
        return False


def dog_names(incomplete: str) -> list[str]:
    """Names of dogs that begin with what was typed, for the shell."""
    with at_home() as household:
        return [dog.name for dog in household.diary.dogs() if dog.name.casefold().startswith(incomplete.casefold())]


def person_names(incomplete: str) -> list[str]:
    """Names of people that begin with what was typed, for the shell."""
    with at_home() as household:
        return [one.name for one in household.diary.people() if one.name.casefold().startswith(incomplete.casefold())]
