"""`houndsight profile`: what the diary taught of one dog."""

from __future__ import annotations

from typing import Annotated

import typer

from houndsight.cli.home import at_home, dog_names, print_json

__all__ = ["EXAMPLES", "profile"]

EXAMPLES = """[b]Examples[/b]

houndsight profile Rex

houndsight profile Rex --json > rex.json
"""


def profile(
    dog: Annotated[str | None, typer.Argument(metavar="DOG", help="Which dog; may be left out when there is one.", show_default=False, autocompletion=dog_names)] = None,
    as_lines: Annotated[bool, typer.Option("--json", help="Print the profile as JSON.")] = False,
) -> None:  # fmt: skip
    """Tell what the diary taught of a dog: why he leans, what is his own, what works, whether he changed, and what to record."""
    from houndsight.companion.profile import profile as made  # noqa: PLC0415  # brings NumPy, which help does not need

    with at_home() as household:
        one = made(household.acquaintance(household.dog(dog)))
        if as_lines:
            from houndsight.records.profile_form import profile_as_json  # noqa: PLC0415

            print_json(profile_as_json(one))
            return
        from houndsight.cli.profile_screen import ProfileScreen  # noqa: PLC0415

        ProfileScreen(household).profile(one)
