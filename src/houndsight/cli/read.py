"""`houndsight read`: one moment, or a batch of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from houndsight.cli.home import at_home, dog_names
from houndsight.companion import Companion
from houndsight.errors import DiaryFault, InputError
from houndsight.records.correction import Corrected
from houndsight.records.json_form import as_json, schema_text
from houndsight.records.observation import Observation

if TYPE_CHECKING:
    from houndsight.companion.acquaintance import Acquaintance

__all__ = ["EXAMPLES", "Said", "complete", "cue_pair", "keep_correction", "keeper", "known_of", "read", "told"]

EXAMPLES = """[b]Examples[/b]

houndsight read "He backed into my legs the second I came in, whole rear end wiggling"

houndsight read --cue arrival=yes --cue part=backside --json

houndsight read "He growled at the hoover and leaned on me" --without voice

houndsight read - < account.txt

houndsight read "He leans on me in the queue" --dog Rex

houndsight read --batch moments.jsonl --out readings.jsonl
"""


def complete(incomplete: str) -> list[str]:
    """Cue names, and the values of a cue once its name stands."""
    knowledge = Companion().knowledge
    name, sign, _ = incomplete.partition("=")
    if sign and name in knowledge.vocabulary.cues:
        return [f"{name}={value}" for value in knowledge.cue(name).values if f"{name}={value}".startswith(incomplete)]
    return [f"{cue}=" for cue in knowledge.vocabulary.cues if cue.startswith(name)]


def read(
    text: Annotated[str | None, typer.Argument(help="What happened, in your own words; - reads it from standard input.", show_default=False)] = None,
    cue: Annotated[list[str] | None, typer.Option("--cue", "-c", metavar="NAME=VALUE", help="A cue that you are sure of; it outranks the words. Can be given again.", autocompletion=complete)] = None,
    without: Annotated[list[str] | None, typer.Option("--without", "-w", metavar="NAME", help="A cue that was heard wrongly: nothing was told about it. Can be given again.")] = None,
    dog: Annotated[str | None, typer.Option("--dog", "-d", metavar="NAME", help="Read it by what the diary knows of this dog; nothing is kept (houndsight log keeps it).", autocompletion=dog_names)] = None,
    known: Annotated[bool, typer.Option("--known", help="With --batch: read each line by what the diary knows of its dog.")] = False,
    keep: Annotated[bool, typer.Option("--keep/--no-keep", help="Keep what you put right on this machine (houndsight words corrections).")] = True,
    as_lines: Annotated[bool, typer.Option("--json", help="Print the reading as JSON.")] = False,
    sources: Annotated[bool, typer.Option("--sources", help="Show the grade and the sources behind each cue and warning.")] = False,
    batch: Annotated[str | None, typer.Option("--batch", metavar="FILE.jsonl", help="Read many moments, one JSON object a line: id, and text or cues; - is standard input.", show_default=False)] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE.jsonl", help="Where the answers of a batch go.", show_default="standard output")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of a reading and exit.")] = False,
) -> None:  # fmt: skip
    """Say what a lean probably means, how sure that is and why, and what to do."""
    if schema:
        typer.echo(schema_text(), nl=False)
    elif batch is not None:
        if text is not None or cue or without or dog is not None:
            raise InputError(
                "--batch reads its moments from a file; give no text, no --cue, no --without and no --dog beside it."
            )
        from houndsight.cli.batch import run_batch  # noqa: PLC0415  # one moment does not need it

        run_batch(batch, out, keep=keep, known=known)
    elif known:
        raise InputError("--known goes with --batch. For one moment, name the dog: houndsight read … --dog Rex")
    elif out is not None:
        raise InputError("--out goes with --batch. To keep one reading, use: houndsight read … --json > reading.json")
    else:
        _one(text, Said(cue or [], without or []), dog, as_lines=as_lines, sources=sources, keep=keep)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person set right on the command line: cues given as NAME=VALUE, and names of cues that were not told."""

    cues: Sequence[str]
    without: Sequence[str]

    def checked(self, companion: Companion) -> tuple[tuple[Observation, ...], tuple[str, ...]]:
        """The cues as observations, and the names. Raises InputError for what is not in the vocabulary."""
        given = companion.given(cue_pair(cue) for cue in self.cues)
        names = tuple(companion.knowledge.cue(name.strip()).id for name in self.without)
        both = [one.cue for one in given if one.cue in names]
        if both:
            raise InputError(f"The cue {both[0]} stands under --cue and under --without; only one can hold.")
        return given, names


def _one(text: str | None, said: Said, dog: str | None, *, as_lines: bool, sources: bool, keep: bool) -> None:
    cues = said.cues
    if text is None and not cues and not as_lines:
        raise InputError(
            'Tell what happened: houndsight read "He leaned on me while I cooked". Or let it ask you: houndsight ask'
        )
    companion = Companion()
    text = told(text)
    given, without = said.checked(companion)
    reading = companion.read(text, given, removed=without, of=None if dog is None else known_of(companion, dog))
    if text is not None and keep and (given or without):
        keep_correction(companion, text, given, without)
    if as_lines:
        typer.echo(json.dumps(as_json(reading), ensure_ascii=False, indent=2))
        return
    from houndsight.cli.screen import Screen  # noqa: PLC0415  # brings the drawing of the terminal, which JSON does not need

    Screen(companion.knowledge).reading(reading, text, sources=sources)


def known_of(companion: Companion, dog: str) -> Acquaintance | None:
    """What the diary knows of the dog; None when nothing is known of him yet. Raises InputError when there is no such dog."""
    with at_home() as household:
        of = household.acquaintance(household.dog(dog))
    of = replace(of, life=replace(of.life, companion=companion))
    return of if of.known else None


@contextmanager
def keeper() -> Iterator[Callable[[Corrected], None]]:
    """Keeps corrections on this machine; a disk that refuses is told and stops nothing."""
    from houndsight.companion.corrections import Corrections  # noqa: PLC0415  # most readings correct nothing

    with Corrections() as kept:

        def keep(made: Corrected) -> None:
            try:
                kept.keep(made)
            except (DiaryFault, InputError) as error:
                typer.echo(f"houndsight: What you put right is not kept. {error}", err=True)

        yield keep


def keep_correction(companion: Companion, text: str, given: Sequence[Observation], without: Collection[str]) -> None:
    """Keeps what was put right in the hearing of `text`, if anything was."""
    from houndsight.companion.corrections import correction  # noqa: PLC0415

    made = correction(companion, text, given, without)
    if made is not None:
        with keeper() as keep:
            keep(made)


def told(text: str | None) -> str | None:
    """The account that was given: `-` stands for standard input."""
    return typer.get_binary_stream("stdin").read().decode("utf-8", "replace") if text == "-" else text


def cue_pair(given: str) -> tuple[str, str]:
    """`arrival=yes` as a pair. Raises InputError when there is no equals sign."""
    name, sign, value = given.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise InputError(f"A cue is given as NAME=VALUE, for example arrival=yes; this was {given!r}.")
    return name.strip(), value.strip()
