"""`houndsight knowledge`: check the data files, list what they hold, tell their version."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from houndsight.companion import Companion
from houndsight.companion.explain import names
from houndsight.errors import InputError, KnowledgeError
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.load import DATA

__all__ = ["app"]

app = typer.Typer(help="Check, list and date what Houndsight knows.", no_args_is_help=True)

EXAMPLES = """[b]Examples[/b]

houndsight knowledge show

houndsight knowledge show cues

houndsight knowledge check my-data/
"""


@app.command("check", epilog="[b]Example[/b]\n\nhoundsight knowledge check src/houndsight/knowledge/data")
def check(
    folder: Annotated[
        Path, typer.Argument(help="The folder with the data files.", show_default="the one that is installed")
    ] = DATA,
    language: Annotated[str, typer.Option(help="Whose wording is checked.")] = "en",
) -> None:
    """Check every data file and tell all faults at once, each with file and key. Exit status 1 when there is a fault."""
    from houndsight.knowledge.lexicon import lexicon_faults  # noqa: PLC0415  # large, and only this command checks it without words

    faults: list[str] = []
    try:
        knowledge = Companion(folder, language).knowledge
    except KnowledgeError as error:
        faults += error.faults
    faults += lexicon_faults(folder, language)
    faults = [*dict.fromkeys(faults)]  # a cue that is gone is at fault wherever it is named
    if faults:
        typer.echo("\n".join(faults))
        typer.echo(f"{len(faults)} faults", err=True)
        raise typer.Exit(1)
    typer.echo("\n".join(_summary(knowledge)))
    typer.echo("No faults.")


@app.command("version")
def version() -> None:
    """Tell the version and fingerprint of the knowledge files."""
    knowledge = Companion().knowledge
    typer.echo(f"knowledge {knowledge.label} of {knowledge.model.date}")


@app.command("show", epilog=EXAMPLES)
def show(
    what: Annotated[str | None, typer.Argument(help="motives, cues, flags, vetoes, responses, tests, steps (of the plan), claims or questions.", show_default=False)] = None,
) -> None:  # fmt: skip
    """List what is known; without a word, how much of each there is."""
    knowledge = Companion().knowledge
    if what is None:
        typer.echo("\n".join(_summary(knowledge)))
        return
    titles = _titles(knowledge)
    kind = next((kind for kind in titles if what.casefold() in (kind, f"{kind}s", f"{kind}es")), None)
    if kind is None:
        raise InputError(f"There is no list of {what!r}. The lists are: {', '.join(_plural(kind) for kind in titles)}.")
    width = max(len(i) for i in titles[kind])
    for i, title in titles[kind].items():
        typer.echo(f"{i:<{width}}  {title}")


def _plural(kind: str) -> str:
    return f"{kind}es" if kind.endswith("o") else f"{kind}s"


def _titles(knowledge: Knowledge) -> dict[str, dict[str, str]]:
    """Kind -> id -> what a person reads first about it."""
    words = knowledge.wording
    cues = {i: f"{', '.join(knowledge.cue(i).values)}  ({words.cues[i].question})" for i in knowledge.vocabulary.cues}
    return {
        "motive": {i: w.meaning for i, w in words.motives.items()},
        "cue": cues,
        "flag": {i: w.words for i, w in words.flags.items()},
        "veto": {i: w.say for i, w in words.vetoes.items()},
        "response": {i: w.name for i, w in words.responses.items()},
        "test": {i: w.plain for i, w in words.tests.items()},
        "step": {i: f"{w.name}. {w.criterion}" for i, w in words.plan.items()},
        "claim": {
            i: f"{w.claim} ({knowledge.claims[i].verdict})" for i, w in words.claims.items() if knowledge.claims[i].show
        },
        "question": {i: w.ask for i, w in words.questions.items()},
    }


def _summary(knowledge: Knowledge) -> list[str]:
    grades = Counter(row.grade for row in knowledge.tables.rows.values())
    counts = {kind: len(ids) for kind, ids in names(knowledge).items()}
    shown = sum(c.show for c in knowledge.citations.values())
    return [
        f"knowledge {knowledge.label} of {knowledge.model.date}",
        ", ".join(f"{n} {_plural(kind)}" for kind, n in counts.items()),
        f"{sum(len(c.values) for c in knowledge.vocabulary.cues.values())} values of cues",
        f"{len(knowledge.tables.rows)} probability rows by grade: "
        + ", ".join(f"{g} {grades[g]}" for g in sorted(grades)),
        f"{len(knowledge.citations)} citations, {shown} of them shown to people",
    ]
