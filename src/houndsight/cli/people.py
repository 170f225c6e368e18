"""`houndsight person`: the people of the household, and those who care for the dog."""

from __future__ import annotations

from typing import Annotated

import typer

from houndsight.cli.dogs import dog_screen
from houndsight.cli.home import AsJson, at_home, person_names, print_record

__all__ = ["app"]

app = typer.Typer(help="Add, list and change the people with the dog.", no_args_is_help=True)

ADD = """[b]Examples[/b]

houndsight person add Anna

houndsight person add Ben --role carer --note "walks him on Mondays"
"""
EDIT = """[b]Example[/b]

houndsight person edit Ben --role household --clear note
"""

Role = Annotated[
    str | None, typer.Option("--role", metavar="ROLE", help="household (as it is when left out), carer or visitor.")
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Anything worth knowing.")]


@app.command("add", epilog=ADD)
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the person is called.")],
    role: Role = None,
    note: Note = None,
    as_json: AsJson = False,
) -> None:
    """Add somebody who is leaned on, or who logs."""
    from houndsight.companion.people import PersonFacts  # noqa: PLC0415  # the commands of the diary load it, others do not

    with at_home() as household:
        person = household.add_person(PersonFacts(name, role, note))
        if as_json:
            print_record(person)
        else:
            dog_screen(household).say("person.added", person=person.name)


@app.command("list", epilog="[b]Example[/b]\n\nhoundsight person list")
def list_(as_json: AsJson = False) -> None:
    """List the people; --json prints one a line."""
    with at_home() as household:
        people = household.diary.people()
        if as_json:
            for person in people:
                print_record(person, line=True)
        else:
            dog_screen(household).people(people)


@app.command("edit", epilog=EDIT)
def edit(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who it is.", autocompletion=person_names)],
    new_name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Another name.")] = None,
    role: Role = None,
    note: Note = None,
    clear: Annotated[list[str] | None, typer.Option("--clear", metavar="FIELD", help="Empty a field: role or note. Can be given again.")] = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Change what is known of a person."""
    from houndsight.companion.people import PersonFacts  # noqa: PLC0415

    with at_home() as household:
        before = household.person(name)
        after = household.change_person(before, PersonFacts(new_name, role, note, tuple(clear or [])))
        if as_json:
            print_record(after)
        else:
            key = "person.same" if before == after else "person.changed"
            dog_screen(household).say(key, person=after.name, fields=household.fields(before, after))
