"""`python -m houndsight.evaluate`: scores readings against labelled accounts, and fits what is learned from them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from houndsight.errors import HoundsightError
from houndsight.evaluate import report
from houndsight.evaluate.accounts import LabelledAccount, leaning, read_accounts
from houndsight.evaluate.comparing import (
    Hearing,
    after_fit,
    before_and_after,
    cue_table,
    labelled_hearing,
    motive_table,
    need_table,
)
from houndsight.evaluate.fit import Learner, beliefs_of
from houndsight.evaluate.learned_files import Provenance, calibration_as_toml, rounded, write_learned
from houndsight.evaluate.scores import reliability
from houndsight.evaluate.temper_fit import FREE_PRIOR, Recipe
from houndsight.inference.network import compile_network
from houndsight.inference.posterior import posterior
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.load import DATA, load
from houndsight.records.observation import Heard

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

SCORE_HELP = """Scores readings of the labelled accounts in FILE: motives, cues, calls for a professional.

\b
Examples:
  python -m houndsight.evaluate score accounts/dev.jsonl --train accounts/train.jsonl
  python -m houndsight.evaluate score accounts/dev.jsonl --labelled-cues
"""
FIT_HELP = """Fits the temper and the counts on the accounts in TRAIN and checks them on those of --check.

\b
Examples:
  python -m houndsight.evaluate fit accounts/train.jsonl --check accounts/dev.jsonl
  python -m houndsight.evaluate fit accounts/train.jsonl --check accounts/dev.jsonl --write
"""


def _say(line: str = "") -> None:
    sys.stdout.write(line + "\n")


def _progress(job: str, things: Sequence[LabelledAccount]) -> Iterator[LabelledAccount]:
    """Passes the accounts on, and tells on stderr how far it has come once a second."""
    spoken = time.monotonic()
    for number, thing in enumerate(things):
        if time.monotonic() - spoken > 1:
            spoken = time.monotonic()
            sys.stderr.write(f"{job}: {number} of {len(things)}\n")
        yield thing


def _ear() -> Hearing:
    """The words sense, brought in only when it is wanted: perfect hearing needs none."""
    from houndsight.knowledge.lexicon import load_lexicon  # noqa: PLC0415
    from houndsight.senses.words.hear import Ear  # noqa: PLC0415

    return Ear(load_lexicon())


def _hear(ear: Hearing, accounts: Iterable[LabelledAccount]) -> list[Heard]:
    return [ear(account.text) for account in accounts]


def _reliability(knowledge: Knowledge, accounts: Sequence[LabelledAccount], heard: Sequence[Heard] | None) -> str:
    """The reliability table of the heard cues, or of the labelled ones when nothing was to be heard."""
    network = compile_network(knowledge)
    moments = [a.observations for a in accounts] if heard is None else [h.observations for h in heard]
    p = [posterior(network, moment) for a, moment in zip(accounts, moments, strict=True) if a.beliefs is not None]
    return report.reliability_as_text(reliability(np.array(p), beliefs_of(leaning(tuple(accounts)))))


@app.command(help=SCORE_HELP)
def score(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Labelled accounts, JSON lines.")],
    train: Annotated[Path | None, typer.Option(help="Accounts to train the baselines on.")] = None,
    labelled_cues: Annotated[bool, typer.Option("--labelled-cues", help="Score perfect hearing only.")] = False,
    draws: Annotated[int, typer.Option(help="Bootstrap draws for the intervals.", min=0)] = 1000,
) -> None:
    """Prints every score with its 90 % bootstrap interval."""
    knowledge = load()
    accounts = read_accounts(file, knowledge)
    known = read_accounts(train, knowledge) if train is not None else ()
    heard = None if labelled_cues else _hear(_ear(), _progress("hearing", accounts))
    told = leaning(accounts)
    _say(f"{file.name}: {len(accounts)} accounts, {len(told)} with a lean; knowledge {knowledge.label}\n")
    _say(report.figures_as_text("motive", motive_table(knowledge, accounts, heard, known, draws)) + "\n")
    _say(_reliability(knowledge, accounts, heard) + "\n")
    hearings = {"labelled cues": [labelled_hearing(account) for account in accounts]}
    if heard is not None:
        hearings = {"heard cues": heard, **hearings}
        _say(report.cues_as_text(*cue_table(knowledge, accounts, heard, draws)) + "\n")
    _say(report.figures_as_text("wants a professional", need_table(knowledge, accounts, hearings, draws)))


@app.command(help=FIT_HELP)
def fit(
    train: Annotated[Path, typer.Argument(metavar="TRAIN", help="Labelled accounts to learn from, JSON lines.")],
    check: Annotated[Path, typer.Option(help="Labelled accounts that only check what was learned.")],
    heard: Annotated[bool, typer.Option("--heard", help="Fit the temper on heard cues, not on labelled ones.")] = False,
    free_prior: Annotated[bool, typer.Option("--free-prior", help="Sharpen the prior as well as the cues.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Put what was learned into the knowledge.")] = False,
    date: Annotated[str, typer.Option(help="Date to note down, by default today's.")] = "",
    draws: Annotated[int, typer.Option(help="Bootstrap draws for the intervals.", min=0)] = 1000,
) -> None:
    """Prints figures before and after, and with --write puts the learned files in place."""
    knowledge, recipe = load(), FREE_PRIOR if free_prior else Recipe()
    ear = _ear() if heard else None
    learner, checker = (_learner(path, knowledge, recipe, ear) for path in (train, check))
    sys.stderr.write("fitting, and once more for each fold: some seconds\n")
    alone, fitted = learner.fit(counting=False), rounded(learner.fit())
    tables = {
        f"{train.name}, foretold": before_and_after(learner, draws),
        check.name: after_fit(checker, alone, fitted, draws),
    }
    for title, table in tables.items():
        _say(report.figures_as_text(title, table) + "\n")
    _say(report.fitted_as_text(fitted))
    if write:
        how = (" --heard" if heard else "") + (" --free-prior" if free_prior else "")
        command = f"python -m houndsight.evaluate fit {_place(train)} --check {_place(check)}{how} --write"
        day = date or datetime.now(UTC).date().isoformat()
        made = Provenance(command, train.name, len(learner.accounts), knowledge.version, day, recipe)
        for path in write_learned(DATA, fitted, calibration_as_toml(fitted.temper, made, tables)):
            _say(f"wrote {path.name}")


def _learner(path: Path, knowledge: Knowledge, recipe: Recipe, ear: Hearing | None) -> Learner:
    """A learner on the accounts of a file, as `ear` hears them, or on their labelled cues."""
    accounts = leaning(read_accounts(path, knowledge))
    if ear is None:
        return Learner(knowledge, accounts, recipe)
    heard = _hear(ear, _progress("hearing", accounts))
    return Learner(knowledge, accounts, recipe, [one.observations for one in heard])


def _place(path: Path) -> str:
    """A path as it may be noted down: one machine's folders are nobody else's business."""
    return path.name if path.is_absolute() else path.as_posix()


def main() -> None:
    """The command line; an error that a person can act on is one sentence on stderr and exit status 2."""
    try:
        app(prog_name="python -m houndsight.evaluate")
    except HoundsightError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
