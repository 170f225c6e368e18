"""`houndsight backup`, `restore` and `doctor`: nothing that was written down gets lost."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from houndsight.cli.home import at_home, companion, drawn, print_json, sure

if TYPE_CHECKING:
    from houndsight.cli.screen import Screen
    from houndsight.companion.safety import Symptom

__all__ = ["BACKUP", "DOCTOR", "RESTORE", "backup", "doctor", "restore"]

BACKUP = """[b]Examples[/b]

houndsight backup

houndsight backup /media/stick/diary.sqlite3
"""
RESTORE = """[b]Example[/b]

houndsight restore /media/stick/diary.sqlite3
"""
DOCTOR = """[b]Example[/b]

houndsight doctor
"""


def backup(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A file that is not there yet, or a folder.", show_default="the folder `backups` beside the diary")] = None,
) -> None:  # fmt: skip
    """Copy the diary to a file, and check the copy."""
    from houndsight.companion.safety import backed_up  # noqa: PLC0415  # the commands of the diary load it, others do not

    with at_home() as household:
        made = backed_up(household, file)
        drawn(household).say("safety.backup", file=made, size=_size(made))


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Bring a backup back in the diary's place. It is checked first, and the present diary is kept aside."""
    from houndsight.companion.safety import brought_back, present  # noqa: PLC0415

    screen = _screen()
    there = present()
    if there is not None and file.is_file():
        screen.say("safety.replaces", place=there, file=file)
        if not sure(screen.text("safety.sure"), yes=yes):
            screen.say("safety.not_restored")
            raise typer.Exit(1)
    aside = brought_back(file)
    screen.say("safety.restored", file=file)
    if aside is not None:
        screen.say("safety.aside", file=aside)


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False) -> None:
    """Look the diary over, and tell what is found and what to do. Exit status 1 when something is to be mended."""
    from houndsight.companion.safety import examined  # noqa: PLC0415

    found = examined()
    if as_json:
        print_json([asdict(one) for one in found])
    else:
        _tell(_screen(), found)
    if any(one.grave for one in found):
        raise typer.Exit(1)


def _tell(screen: Screen, found: tuple[Symptom, ...]) -> None:
    for key, grave in (("safety.grave", True), ("safety.minor", False)):
        screen.points(key, [(one.what, one.do) for one in found if one.grave is grave])
    if not any(one.grave for one in found):
        screen.say("safety.healthy")


def _screen() -> Screen:
    from houndsight.cli.screen import Screen  # noqa: PLC0415  # brings the drawing of the terminal, which JSON does not need

    return Screen(companion().knowledge)


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB"
