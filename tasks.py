#!/usr/bin/env python3
"""The commands of this repository. Needs nothing but Python 3.11 or later; everything else goes into `.venv`.

python3 tasks.py read "He leaned on me at the door"    set up, and read an account (any houndsight command works: ask, explain …)
python3 tasks.py test [pytest options]                 set up, and run all tests
python3 tasks.py lint                                  style, types and import rules
python3 tasks.py format                                put the code into its format
python3 tasks.py bench [options]                       speed beside peers, as ratios
python3 tasks.py score FILE.jsonl                      how well labelled accounts are read
python3 tasks.py train                                 train the ear on accounts/, write it (half an hour)
python3 tasks.py fit                                   fit rows and temper on accounts/, write them (some minutes)
python3 tasks.py docs                                  make the parts of the docs that come from the program
python3 tasks.py lock                                  pin the dependencies again
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"run": ROOT / "lock" / "run.txt", "dev": ROOT / "lock" / "dev.txt"}
LEARN = ("-m", "houndsight.evaluate")
TAUGHT = (
    "accounts/train.jsonl",
    *(f"accounts/read/{name}.jsonl" for name in ("short", "messy", "plain", "health", "oblique")),
)
UNSEEN = ("--unseen", "build/unseen.jsonl")
HEARD = UNSEEN if (ROOT / UNSEEN[1]).exists() else ()
CHECKED = ("--check", "accounts/dev.jsonl", "--cases", "tests/cases/vignettes.csv")
DEV = {
    "test": [["-m", "pytest"]],
    "lint": [
        ["-m", "ruff", "check"],
        ["-m", "ruff", "format", "--check"],
        ["-m", "mypy"],
        ["-c", "from importlinter.cli import lint_imports_command as main; main()"],
    ],
    "format": [["-m", "ruff", "format"], ["-m", "ruff", "check", "--fix"]],
    "bench": [["-m", "benchmarks"]],
    "score": [["-m", "houndsight", "words", "evaluate"]],
    "train": [[*LEARN, "train", *TAUGHT, "--classes", "accounts/thesaurus.toml", *UNSEEN, "--write"]],
    "fit": [[*LEARN, "fit", *TAUGHT, *CHECKED, *HEARD, "--write"]],
    "docs": [["docs/make.py"]],
}
ALONE = {"lint", "format", "train", "fit"}
"""Commands that take no options: what follows them would go to several programs."""


def main(arguments: list[str]) -> int:
    """Runs one command; gives its exit status."""
    if sys.version_info < (3, 11):
        print(f"Houndsight needs Python 3.11 or later; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    command, rest = arguments[0], arguments[1:]
    if command == "lock":
        return lock()
    if command not in DEV:
        set_up("run")
        return run("-m", "houndsight", command, *rest)
    if rest and command in ALONE:
        print(f"`tasks.py {command}` takes no options.", file=sys.stderr)
        return 2
    set_up("dev")
    return next((status for step in DEV[command] if (status := run(*step, *rest))), 0)


def run(*arguments: str) -> int:
    """Runs the environment's Python in the repository's folder."""
    return subprocess.call([str(PYTHON), *arguments], cwd=ROOT, env=os.environ | {"PYTHONUTF8": "1"})


def set_up(kind: str) -> None:
    """Makes `.venv` hold what the lock of `kind` pins, and this package; does nothing when it does so already."""
    wanted = hashlib.sha256(LOCKS[kind].read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / f"{kind}.stamp"
    if stamp.exists() and stamp.read_text() == wanted and PYTHON.exists():
        return
    print(f"Setting up {VENV} (once; this may take a minute or two) …", file=sys.stderr)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    pip("--require-hashes", "-r", str(LOCKS[kind]))
    pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    stamp.write_text(wanted)


def pip(*arguments: str) -> None:
    """Installs; ends the program with pip's own words when that fails."""
    status = run("-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)
    if status:
        print("The installation failed; pip's message is above. Is the package index reachable?", file=sys.stderr)
        raise SystemExit(status)


def lock() -> int:
    """Pins all dependencies with their hashes, for every platform."""
    set_up("dev")
    base = ["-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", "3.11"]
    base += ["--no-emit-index-url", "--no-header", "--no-annotate", "pyproject.toml", "--group", "build"]
    return run(*base, "-o", "lock/run.txt") or run(*base, "--group", "dev", "-o", "lock/dev.txt")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
