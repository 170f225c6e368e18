"""`houndsight read`: one moment, or a batch of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from houndsight.companion import Companion
from houndsight.errors import InputError
from houndsight.records.json_form import as_json, schema_text

__all__ = ["EXAMPLES", "complete", "cue_pair", "read"]

EXAMPLES = """[b]Examples[/b]

houndsight read "He backed into my legs the second I came in, whole rear end wiggling"

houndsight read --cue arrival=yes --cue part=backside --json

houndsight read - < account.txt

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
        if text is not None or cue:
            raise InputError("--batch reads its moments from a file; give no text and no --cue beside it.")
        from houndsight.cli.batch import run_batch  # noqa: PLC0415  # one moment does not need it

        run_batch(batch, out)
    elif out is not None:
        raise InputError("--out goes with --batch. To keep one reading, use: houndsight read … --json > reading.json")
    else:
        _one(text, cue or [], as_lines=as_lines, sources=sources)


def _one(text: str | None, cues: list[str], *, as_lines: bool, sources: bool) -> None:
    if text is None and not cues and not as_lines:
        raise InputError(
            'Tell what happened: houndsight read "He leaned on me while I cooked". Or let it ask you: houndsight ask'
        )
    companion = Companion()
    text = typer.get_binary_stream("stdin").read().decode("utf-8", "replace") if text == "-" else text
    reading = companion.read(text, companion.given(cue_pair(cue) for cue in cues))
    if as_lines:
        typer.echo(json.dumps(as_json(reading), ensure_ascii=False, indent=2))
        return
    from houndsight.cli.screen import Screen  # noqa: PLC0415  # brings the drawing of the terminal, which JSON does not need

    Screen(companion.knowledge).reading(reading, text, sources=sources)


def cue_pair(given: str) -> tuple[str, str]:
    """`arrival=yes` as a pair. Raises InputError when there is no equals sign."""
    name, sign, value = given.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise InputError(f"A cue is given as NAME=VALUE, for example arrival=yes; this was {given!r}.")
    return name.strip(), value.strip()
