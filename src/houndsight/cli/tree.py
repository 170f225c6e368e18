"""The tree of commands: one line for each. The module of a command is loaded when the command is wanted, so that each starts fast."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

__all__ = ["COMMANDS", "Entry", "Tree"]

READ = "Read a lean"
DIARY = "The diary"
WHO = "Dogs and people"
SAFE = "Keeping it safe, in and out"
HOUSE = "What stands behind it"


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: the group in which --help shows it, its module in this room, and the function and examples there.

    A command with commands of its own has no function: it is the module's `app`.
    """

    panel: str
    module: str
    function: str = ""
    examples: str = "EXAMPLES"


COMMANDS = {
    "read": Entry(READ, "read", "read"),
    "ask": Entry(READ, "ask", "ask"),
    "explain": Entry(READ, "explain", "explain"),
    "log": Entry(DIARY, "log", "log", "LOG"),
    "outcome": Entry(DIARY, "log", "outcome", "OUTCOME"),
    "diary": Entry(DIARY, "diary"),
    "profile": Entry(DIARY, "profile", "profile"),
    "edit": Entry(DIARY, "log", "edit", "EDIT"),
    "undo": Entry(DIARY, "undo", "undo", "UNDO"),
    "redo": Entry(DIARY, "undo", "redo", "REDO"),
    "trash": Entry(DIARY, "trash"),
    "dog": Entry(WHO, "dogs"),
    "person": Entry(WHO, "people"),
    "merge": Entry(WHO, "merge"),
    "backup": Entry(SAFE, "safety", "backup", "BACKUP"),
    "restore": Entry(SAFE, "safety", "restore", "RESTORE"),
    "doctor": Entry(SAFE, "safety", "doctor", "DOCTOR"),
    "export": Entry(SAFE, "exchange", "export", "EXPORT"),
    "import": Entry(SAFE, "exchange", "import_", "IMPORT"),
    "words": Entry(HOUSE, "words"),
    "knowledge": Entry(HOUSE, "knowledge"),
}
"""In the order of --help."""


class Tree(TyperGroup):
    """The commands by name. While --help is written they are there by their first sentence only."""

    telling = False

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """The names of all commands, in the order of --help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        return _told(cmd_name) if self.telling else _made(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed; a name nearly right is suggested."""
        names: Any = COMMANDS
        self.commands = names
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes --help."""
        self.telling = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self.telling = False


@cache
def _made(name: str) -> Any:
    """The whole command."""
    entry = COMMANDS[name]
    module = import_module(f"houndsight.cli.{entry.module}")
    app = getattr(module, "app", None)
    if entry.function:
        app = typer.Typer(add_completion=False, rich_markup_mode="rich")
        app.command(name, epilog=getattr(module, entry.examples))(getattr(module, entry.function))
        return typer.main.get_command(app)
    assert isinstance(app, typer.Typer)
    group = typer.main.get_group(app)
    group.name = name
    return group


def _told(name: str) -> TyperCommand:
    """What --help shows of the command."""
    entry = COMMANDS[name]
    module = import_module(f"houndsight.cli.{entry.module}")
    told = inspect.getdoc(getattr(module, entry.function)) if entry.function else module.app.info.help
    return TyperCommand(name, help=told, rich_help_panel=entry.panel, rich_markup_mode="rich")
