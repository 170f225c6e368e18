"""The command `houndsight`: where it begins, and the one place where errors become exit statuses."""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import Annotated

import typer

from houndsight import __version__
from houndsight.cli.signs import visible
from houndsight.cli.tree import Tree
from houndsight.errors import HoundsightError

__all__ = ["app", "run"]

PATIENCE = 50_000
"""New objects before waste is looked for: what a command loads it keeps, and looking would take a twentieth of its time."""

app = typer.Typer(
    name="houndsight",
    cls=Tree,
    help="What a dog means when he leans on you, how sure that is and why, and what to do.",
    epilog='Start with: houndsight read "He backed into my legs the second I came in"',
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"houndsight {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """What a dog means when he leans on you, how sure that is and why, and what to do."""


def run() -> None:
    """Runs the command. Exit status: 0 done, 1 something in the input or the knowledge is wrong, 2 cannot be read at all."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a sign shows a question mark
    gc.set_threshold(PATIENCE)
    try:
        app(prog_name="houndsight")
    except HoundsightError as error:
        typer.echo(f"houndsight: {visible(str(error))}", err=True)
        sys.exit(2)
    except OSError as error:  # the disk is full, or the terminal has gone
        typer.echo(f"houndsight: The output cannot be written: {error.strerror}.", err=True)
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # what is still waiting would fail again at the end
        sys.exit(2)
