"""`houndsight dog`: the dogs of the household."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from houndsight.cli.home import AsJson, at_home, dog_names, print_record
from houndsight.errors import InputError

if TYPE_CHECKING:
    from houndsight.cli.dog_screen import DogScreen
    from houndsight.companion.household import Household

__all__ = ["app", "dog_screen", "photo_of"]

app = typer.Typer(help="Add, list, show and change the dogs of the household.", no_args_is_help=True)

ADD = """[b]Examples[/b]

houndsight dog add Rex

houndsight dog add Rex --born 2019-05-01 --size large --breed "Labrador mix" --sex male --neutered

houndsight dog add Luna --age "3 years" --history "From a shelter, fears brooms" --photo luna.jpg
"""
EDIT = """[b]Examples[/b]

houndsight dog edit Rex --size giant

houndsight dog edit Rex --name Rexi --clear history
"""

Name = Annotated[str, typer.Argument(metavar="NAME", help="The dog's name.", autocompletion=dog_names)]
Born = Annotated[
    str | None, typer.Option("--born", metavar="DAY", help="When he was born: 2019-05-01, 2019-05 or 2019.")
]
Age = Annotated[
    str | None,
    typer.Option("--age", metavar="AGE", help='How old he is, when the day is not known: "3 years", "10 weeks".'),
]
Size = Annotated[str | None, typer.Option("--size", metavar="SIZE", help="toy, small, medium, large or giant.")]
Breed = Annotated[str | None, typer.Option("--breed", metavar="TEXT", help="His breed or mix, in your own words.")]
Sex = Annotated[str | None, typer.Option("--sex", metavar="SEX", help="female or male.")]
Neutered = Annotated[bool | None, typer.Option("--neutered/--entire", help="Whether he is neutered.")]
History = Annotated[str | None, typer.Option("--history", metavar="TEXT", help="What should be known of his life.")]
Photo = Annotated[
    Path | None, typer.Option("--photo", metavar="FILE", help="A picture of him: JPEG, PNG, WebP or GIF.")
]


@app.command("add", epilog=ADD)
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What he is called.")],
    born: Born = None,
    age: Age = None,
    size: Size = None,
    breed: Breed = None,
    sex: Sex = None,
    neutered: Neutered = None,
    history: History = None,
    photo: Photo = None,
    as_json: AsJson = False,
) -> None:
    """Add a dog to the diary."""
    from houndsight.companion.dogs import DogFacts  # noqa: PLC0415  # the commands of the diary load it, others do not

    facts = DogFacts(name, born, age, size, breed, sex, neutered, history)
    with at_home() as household:
        dog = household.add_dog(facts, photo_of(photo))
        if as_json:
            print_record(dog)
        else:
            dog_screen(household).say("dog.added", dog=dog.name)


@app.command("list", epilog="[b]Example[/b]\n\nhoundsight dog list")
def list_(as_json: AsJson = False) -> None:
    """List the dogs; --json prints one a line."""
    with at_home() as household:
        dogs = household.diary.dogs()
        if as_json:
            for dog in dogs:
                print_record(dog, line=True)
        else:
            dog_screen(household).dogs(dogs)


@app.command("show", epilog="[b]Example[/b]\n\nhoundsight dog show Rex")
def show(name: Name, as_json: AsJson = False) -> None:
    """Show what is known of a dog."""
    with at_home() as household:
        dog = household.dog(name)
        if as_json:
            print_record(dog)
        else:
            dog_screen(household).dog(dog)


@app.command("edit", epilog=EDIT)
def edit(
    name: Name,
    new_name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Another name.")] = None,
    born: Born = None,
    age: Age = None,
    size: Size = None,
    breed: Breed = None,
    sex: Sex = None,
    neutered: Neutered = None,
    history: History = None,
    photo: Photo = None,
    clear: Annotated[list[str] | None, typer.Option("--clear", metavar="FIELD", help="Empty a field: born, size, breed, sex, neutered, history or photo. Can be given again.")] = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Change what is known of a dog."""
    from houndsight.companion.dogs import DogFacts  # noqa: PLC0415

    facts = DogFacts(new_name, born, age, size, breed, sex, neutered, history, clear=tuple(clear or []))
    with at_home() as household:
        before = household.dog(name)
        after = household.change_dog(before, facts, photo_of(photo))
        if as_json:
            print_record(after)
        else:
            key = "dog.same" if before == after else "dog.changed"
            dog_screen(household).say(key, dog=after.name, fields=household.fields(before, after))


def dog_screen(household: Household) -> DogScreen:
    """A screen that shows dogs and people."""
    from houndsight.cli.dog_screen import DogScreen  # noqa: PLC0415  # brings the drawing of the terminal, which JSON does not need

    return DogScreen(household)


def photo_of(file: Path | None) -> bytes | None:
    """The picture in a file. Raises InputError when it cannot be opened."""
    if file is None:
        return None
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be opened: {error.strerror}.") from None
