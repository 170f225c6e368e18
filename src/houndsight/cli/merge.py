"""`houndsight merge`: two dogs, people or moments that are one."""

from __future__ import annotations

from typing import Annotated

import typer

from houndsight.cli.dogs import dog_screen
from houndsight.cli.home import at_home, dog_names, person_names

__all__ = ["app"]

app = typer.Typer(help="Join two dogs, people or moments that are one and the same.", no_args_is_help=True)


@app.command("dogs", epilog="[b]Example[/b]\n\nhoundsight merge dogs Rex Rexi")
def dogs(
    keep: Annotated[str, typer.Argument(metavar="KEEP", help="The dog who stays.", autocompletion=dog_names)],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The dog whose moments he takes over.", autocompletion=dog_names)],
) -> None:  # fmt: skip
    """All that is the other's becomes the first's; the other goes into the trash."""
    from houndsight.companion.joining import join_dogs  # noqa: PLC0415  # the commands of the diary load it, others do not

    with at_home() as household:
        first, second = household.dog(keep), household.dog(other)
        count = join_dogs(household, first, second)
        screen = dog_screen(household)
        screen.say("merge.dogs", keep=first.name, other=second.name, moments=screen.counted(count))


@app.command("people", epilog="[b]Example[/b]\n\nhoundsight merge people Anna Anne")
def people(
    keep: Annotated[str, typer.Argument(metavar="KEEP", help="The person who stays.", autocompletion=person_names)],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The person who is the same one.", autocompletion=person_names)],
) -> None:  # fmt: skip
    """The first stands in all moments of the other, who goes into the trash."""
    from houndsight.companion.joining import join_people  # noqa: PLC0415

    with at_home() as household:
        first, second = household.person(keep), household.person(other)
        join_people(household, first, second)
        dog_screen(household).say("merge.people", keep=first.name, other=second.name)


@app.command("moments", epilog="[b]Example[/b]\n\nhoundsight merge moments 3f2a 77c1")
def moments(
    keep: Annotated[str, typer.Argument(metavar="KEEP", help="The id of the moment that stays.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The id of the moment that was logged twice.")],
) -> None:
    """The first takes over what it lacks; the other goes into the trash."""
    from houndsight.companion.joining import join_moments  # noqa: PLC0415

    with at_home() as household:
        first, second = household.moment(keep), household.moment(other)
        join_moments(household, first, second)
        dog_screen(household).say("merge.moments", keep=household.short(first), other=household.short(second))
