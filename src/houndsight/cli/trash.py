"""`houndsight trash`: out of sight, and back, until the trash is emptied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from houndsight.cli.home import at_home, dog_names, person_names, sure

if TYPE_CHECKING:
    from houndsight.cli.trash_screen import TrashScreen
    from houndsight.companion.household import Household
    from houndsight.companion.trash import Trash

__all__ = ["app"]

EXAMPLES = """[b]Examples[/b]

houndsight trash 3f2a

houndsight trash dog Rex

houndsight trash list

houndsight trash restore 3f2a
"""


class _MomentsFirst(TyperGroup):
    """`trash 3f2a 77c1` stands for `trash moment 3f2a 77c1`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        known = args and (args[0] in self.commands or args[0].startswith("-"))
        return super().resolve_command(ctx, args if known else ["moment", *args])


app = typer.Typer(
    cls=_MomentsFirst,
    help="Put moments, dogs and people out of sight; see what is there; take it back, or forget it for good.",
    epilog=EXAMPLES,
    no_args_is_help=True,
    subcommand_metavar="ID… | COMMAND",
)


@app.command("moment", epilog="[b]Examples[/b]\n\nhoundsight trash 3f2a\n\nhoundsight trash moment 3f2a 77c1")
def moment(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Ids of moments, or beginnings of them.")],
) -> None:
    """Put moments into the trash; `moment` can be left out."""
    with at_home() as household:
        screen, trash = _at(household)
        screen.put_moments(trash.put_moments(ids))


@app.command("dog", epilog="[b]Example[/b]\n\nhoundsight trash dog Rex")
def dog(name: Annotated[str, typer.Argument(metavar="NAME", help="Which dog.", autocompletion=dog_names)]) -> None:
    """Put a dog into the trash, with his moments, tests and plans."""
    with at_home() as household:
        screen, trash = _at(household)
        gone = household.dog(name)
        screen.put_dog(gone, trash.put_dog(gone))


@app.command("person", epilog="[b]Example[/b]\n\nhoundsight trash person Ben")
def person(name: Annotated[str, typer.Argument(metavar="NAME", help="Who.", autocompletion=person_names)]) -> None:
    """Put a person into the trash; the moments with them stay."""
    with at_home() as household:
        screen, trash = _at(household)
        gone = household.person(name)
        trash.put_person(gone)
        screen.say("trash.person", person=gone.name)


@app.command("list", epilog="[b]Example[/b]\n\nhoundsight trash list")
def list_() -> None:
    """Show what is in the trash."""
    with at_home() as household:
        screen, trash = _at(household)
        screen.trash(trash)


@app.command("restore", epilog="[b]Examples[/b]\n\nhoundsight trash restore 3f2a\n\nhoundsight trash restore Rex")
def restore(what: Annotated[str, typer.Argument(metavar="ID|NAME", help="What comes back.")]) -> None:
    """Take something out of the trash; with a dog comes what went with him."""
    with at_home() as household:
        screen, trash = _at(household)
        screen.restored(trash.restore(what))


@app.command("empty", epilog="[b]Example[/b]\n\nhoundsight trash empty")
def empty(yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False) -> None:
    """Forget all that is in the trash for good. It asks first."""
    with at_home() as household:
        screen, trash = _at(household)
        if screen.holds(trash) == 0:
            return
        if not sure(screen.text("trash.sure"), yes=yes):
            screen.say("trash.kept")
            raise typer.Exit(1)
        count = trash.empty()
        screen.say("trash.emptied_one" if count == 1 else "trash.emptied_many", count=count)


def _at(household: Household) -> tuple[TrashScreen, Trash]:
    from houndsight.cli.trash_screen import TrashScreen  # noqa: PLC0415  # the commands of the diary load it, others do not
    from houndsight.companion.trash import Trash  # noqa: PLC0415

    return TrashScreen(household), Trash(household)
