"""`python -m houndsight.evaluate`: fits what is learned from labelled accounts."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from houndsight.errors import HoundsightError, InputError, MissingExtra
from houndsight.evaluate import report
from houndsight.evaluate.accounts import leaning, read_accounts
from houndsight.evaluate.cases import read_cases
from houndsight.evaluate.comparing import after_fit, before_and_after, cue_table
from houndsight.evaluate.fit import Learner
from houndsight.evaluate.learned_files import Provenance, calibration_as_toml, rounded, write_learned
from houndsight.evaluate.temper_fit import Recipe
from houndsight.knowledge.load import DATA, load
from houndsight.records.observation import Heard, Observation

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

FIT_HELP = """Fits the rows and the temper on the accounts in TRAIN and checks them on those of --check.

\b
Examples:
  python -m houndsight.evaluate fit accounts/train.jsonl --check accounts/dev.jsonl
  python -m houndsight.evaluate fit accounts/train.jsonl accounts/read/*.jsonl --check accounts/dev.jsonl --unseen build/unseen.jsonl --write
"""
TRAIN_HELP = """Trains the ear on the accounts in TRAIN, and says how well ears hear accounts that they were not trained on.

\b
Examples:
  python -m houndsight.evaluate train accounts/train.jsonl accounts/read/*.jsonl --classes accounts/thesaurus.toml --unseen build/unseen.jsonl
  python -m houndsight.evaluate train accounts/train.jsonl accounts/read/*.jsonl --classes accounts/thesaurus.toml --write
"""


def _say(line: str = "") -> None:
    sys.stdout.write(line + "\n")


@app.command(help=FIT_HELP)
def fit(
    train: Annotated[list[Path], typer.Argument(metavar="TRAIN", help="Labelled accounts to learn from, JSON lines.")],
    check: Annotated[Path, typer.Option(help="Labelled accounts that only check what was learned.")],
    cases: Annotated[Path | None, typer.Option(help="Scenes whose wanted leaders are taught along, CSV.")] = None,
    unseen: Annotated[Path | None, typer.Option(help="What ears heard in accounts that they were not trained on, as `train` writes it.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Put what was learned into the knowledge.")] = False,
    date: Annotated[str, typer.Option(help="Date to note down, by default today's.")] = "",
    draws: Annotated[int, typer.Option(help="Bootstrap draws for the intervals.", min=0)] = 1000,
) -> None:  # fmt: skip
    """Prints figures before and after, and with --write puts the learned files in place."""
    knowledge, recipe = load(), Recipe()
    accounts = [one for path in train for one in leaning(read_accounts(path, knowledge))]
    taught = () if cases is None else read_cases(cases, knowledge)
    learner = Learner(knowledge, accounts, recipe, cases=taught)
    checker = Learner(knowledge, leaning(read_accounts(check, knowledge)), recipe)
    sys.stderr.write("fitting, and once more for each fold: some minutes with thousands of accounts\n")
    alone, fitted = learner.fit(rows=False), learner.fit()
    if unseen is not None:
        heard = _unseen(unseen)
        fitted = learner.believing(fitted, [heard.get(one.id) for one in accounts])
    else:
        fitted = replace(fitted, temper=replace(fitted.temper, heard=knowledge.temper.heard))
    fitted = rounded(fitted)
    told = f"{len(accounts)} accounts, foretold"
    tables = {told: before_and_after(learner, draws), check.name: after_fit(checker, alone, fitted, draws)}
    for title, table in tables.items():
        _say(report.figures_as_text(title, table) + "\n")
    _say(report.fitted_as_text(fitted))
    if write:
        names = " ".join(_place(path) for path in train)
        given = {"--cases": cases, "--unseen": unseen}
        beside = "".join(f" {option} {_place(path)}" for option, path in given.items() if path is not None)
        command = f"python -m houndsight.evaluate fit {names} --check {_place(check)}{beside} --write"
        day = date or datetime.now(UTC).date().isoformat()
        made = Provenance(command, [_place(path) for path in train], len(accounts), knowledge.version, day, recipe)
        for path in write_learned(DATA, fitted, calibration_as_toml(fitted.temper, made, tables)):
            _say(f"wrote {path.name}")


def _unseen(path: Path) -> dict[str, tuple[Observation, ...]]:
    """Account -> what an ear heard in it that was not trained on it."""
    found = {}
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}. `python3 tasks.py train` makes it.") from None
    for line in lines:
        raw = json.loads(line)
        found[raw["id"]] = tuple(Observation(cue, value, sure, "words") for cue, value, sure in raw["cues"])
    return found


@app.command(help=TRAIN_HELP)
def train(
    files: Annotated[list[Path], typer.Argument(metavar="TRAIN", help="Labelled accounts to learn from, JSON lines.")],
    classes: Annotated[Path, typer.Option(help="Classes of words with like meaning, TOML.")],
    unseen: Annotated[
        Path | None, typer.Option(help="Where to put what was heard in unseen accounts, for `fit`.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Put the ear into the knowledge.")] = False,
    nets: Annotated[int, typer.Option(help="Networks of the ear.", min=1)] = 3,
    folds: Annotated[int, typer.Option(help="Folds of the accounts for trust and limits.", min=2)] = 3,
    epochs: Annotated[int, typer.Option(help="Rounds over the accounts.", min=1)] = 26,
) -> None:
    """Prints how unseen accounts were heard, and with --write puts the ear in place. Takes half an hour on two cores."""
    try:
        from houndsight.evaluate.training.ear import Plan, make_ear, word_classes  # noqa: PLC0415  # brings JAX
    except ImportError:
        raise MissingExtra("Training the ear", "train") from None
    from houndsight.knowledge.ear import EAR_FILE, pack  # noqa: PLC0415
    from houndsight.knowledge.lexicon import load_lexicon  # noqa: PLC0415

    knowledge, lexicon = load(), load_lexicon()
    accounts = [one for path in files for one in read_accounts(path, knowledge)]
    names = " ".join(_place(path) for path in files)
    made = {"command": f"python -m houndsight.evaluate train {names} --classes {_place(classes)} --write"}
    plan, groups = Plan(nets, folds, epochs), word_classes(classes, lexicon)
    ear, told = make_ear(
        accounts, lexicon, knowledge.vocabulary, groups, plan, made, lambda line: sys.stderr.write(f"{line}\n")
    )
    heard = [Heard(cues) for cues in told]
    scores, counts = cue_table(knowledge, accounts, heard)
    _say(report.figures_as_text(f"{len(accounts)} unseen accounts", {"cues": dict(scores)}) + "\n")
    _say(report.by_cue_as_text(counts))
    if unseen is not None:
        unseen.parent.mkdir(parents=True, exist_ok=True)
        lines = [
            json.dumps({"id": one.id, "cues": [(o.cue, o.value, o.confidence) for o in cues]})
            for one, cues in zip(accounts, told, strict=True)
        ]
        unseen.write_text("\n".join(lines) + "\n", "utf-8")
    if write:
        (DATA / EAR_FILE).write_bytes(pack(ear))
        _say(f"wrote {Path(EAR_FILE).name}")


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
