"""`houndsight words`: what was heard in an account, how well accounts are heard, and what people put right."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from houndsight.cli.output import writing
from houndsight.cli.read import told
from houndsight.companion import Companion
from houndsight.errors import InputError
from houndsight.records.correction_form import as_line
from houndsight.records.heard_form import heard_as_json, heard_schema_text

if TYPE_CHECKING:
    from houndsight.companion.corrections import Corrections
    from houndsight.evaluate.accounts import LabelledAccount

__all__ = ["app"]

app = typer.Typer(help="Hear an account, see how well accounts are heard, export corrections.", no_args_is_help=True)

HEAR = """[b]Examples[/b]

houndsight words hear "He backed into my legs the second I came in"

houndsight words hear - --json < account.txt
"""
EVALUATE = """[b]Examples[/b]

houndsight words evaluate accounts/dev.jsonl --train accounts/train.jsonl

houndsight words evaluate accounts.jsonl --json > scores.json
"""
CORRECTIONS = """[b]Examples[/b]

houndsight words corrections > corrections.jsonl

houndsight words corrections --out corrections.jsonl

houndsight words corrections --forget c-1a2b3c4d5e6f
"""


@app.command("hear", epilog=HEAR)
def hear(
    text: Annotated[str | None, typer.Argument(help="What happened, in your own words; - reads it from standard input.", show_default=False)] = None,
    as_lines: Annotated[bool, typer.Option("--json", help="Print what was heard as JSON.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of what was heard and exit.")] = False,
) -> None:  # fmt: skip
    """Show the cues that are heard in an account, each with its value, how sure, and the words that gave it."""
    if schema:
        typer.echo(heard_schema_text(), nl=False)
        return
    if text is None:
        raise InputError('Give an account: houndsight words hear "He leaned on me while I cooked"')
    account = told(text) or ""
    companion = Companion()
    heard = companion.hear(account)
    if as_lines:
        typer.echo(json.dumps(heard_as_json(heard, account), ensure_ascii=False, indent=2))
        return
    from houndsight.cli.screen import Screen  # noqa: PLC0415  # brings the drawing of the terminal, which JSON does not need

    Screen(companion.knowledge).heard(heard, account)


@app.command("evaluate", epilog=EVALUATE)
def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="Labelled accounts, JSON lines.")],
    train: Annotated[Path | None, typer.Option(metavar="FILE.jsonl", help="Accounts to train the baselines on.", show_default="the other folds of FILE")] = None,
    labelled_cues: Annotated[bool, typer.Option("--labelled-cues", help="Score perfect hearing only.")] = False,
    draws: Annotated[int, typer.Option(help="Bootstrap draws for the intervals.", min=0)] = 1000,
    as_lines: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:  # fmt: skip
    """Score hearing and reading on labelled accounts: cues, motives, calibration, calls for a professional; with baselines.

    Every figure stands with its 90 % bootstrap interval.
    """
    from houndsight.evaluate.accounts import read_accounts  # noqa: PLC0415  # only this command scores anything
    from houndsight.evaluate.evaluation import evaluate as evaluated  # noqa: PLC0415

    companion = Companion()
    knowledge = companion.knowledge
    accounts = read_accounts(file, knowledge)
    known = read_accounts(train, knowledge) if train is not None else ()
    if not accounts:
        raise InputError(f"{file} holds no account.")
    hearings = {}
    if not labelled_cues:
        hearings["heard cues"] = [companion.hear(account.text) for account in _watched("hearing", accounts)]
        hearings["keyword lexicon alone"] = [companion.phrases_alone(account.text) for account in accounts]
    scores = evaluated(knowledge, accounts, hearings, known, draws)
    if as_lines:
        typer.echo(json.dumps(scores.as_json() | {"knowledge": knowledge.label}, indent=2))
        return
    typer.echo(f"{file.name}: {scores.accounts} accounts, {scores.leans} with a lean; knowledge {knowledge.label}\n")
    typer.echo(scores.as_text())


def _watched(job: str, accounts: Sequence[LabelledAccount]) -> Iterator[LabelledAccount]:
    """Passes the accounts on, and tells on stderr how far it has come once a second."""
    spoken = time.monotonic()
    for number, account in enumerate(accounts):
        if time.monotonic() - spoken > 1:
            spoken = time.monotonic()
            typer.echo(f"{job}: {number:,} of {len(accounts):,}", err=True)
        yield account


@app.command("corrections", epilog=CORRECTIONS)
def corrections(
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE.jsonl", help="Where they go.", show_default="standard output")] = None,
    forget: Annotated[list[str] | None, typer.Option("--forget", metavar="ID", help="Take this correction out. Can be given again.")] = None,
    forget_all: Annotated[bool, typer.Option("--forget-all", help="Take all corrections out.")] = False,
) -> None:  # fmt: skip
    """Export what you put right in what was heard, one labelled account a line, for training and for checking.

    Corrections stay on this machine until you pass them on yourself. They hold the whole accounts as you told them.
    """
    from houndsight.companion.corrections import Corrections  # noqa: PLC0415  # only this command opens the diary

    with Corrections() as kept:
        if forget_all or forget:
            _forget(kept, frozenset(one.id for one in kept.all()) if forget_all else frozenset(forget or ()))
            return
        found = kept.all()
        with writing(out) as target:
            target.writelines((as_line(one) + "\n").encode("utf-8", "surrogatepass") for one in found)
        where = f"; they are kept in {kept.place}" if found else ""
        typer.echo(f"{_counted(len(found))}{where}", err=True)


def _forget(kept: Corrections, ids: frozenset[str]) -> None:
    unknown = sorted(ids - {one.id for one in kept.all()})
    if unknown:
        raise InputError(
            f"There is no correction {unknown[0]}. `houndsight words corrections` lists them with their ids."
        )
    typer.echo(f"{_counted(kept.forget(ids))} taken out")


def _counted(count: int) -> str:
    return f"{count:,} correction{'' if count == 1 else 's'}"
