"""Runs the examples of the README and the docs, and writes their output beneath them.

python docs/make.py           write
python docs/make.py --check   change nothing; exit status 1 when a page is out of date

An example is a fenced block of kind `console`. Lines that begin with `$ ` are commands; what stands below is their output, and
a line `…` at its end means that the rest is left out. The examples of a page share one diary, which is empty at its beginning; it is
always the same morning there, and new moments get the same ids each time (`docs/pinned.py`).
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

__all__ = ["PAGES", "refreshed"]

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"(?P<open>^```console\n)(?P<body>.*?)(?P<close>^```$)", re.MULTILINE | re.DOTALL)
PINNED = ROOT / "docs" / "pinned.py"
CUT = "…"
PREFIXES = ("python3 tasks.py ", "houndsight ")


def refreshed(page: str) -> str:
    """The page with the output that its commands give now."""
    with tempfile.TemporaryDirectory() as data:
        return BLOCK.sub(lambda m: m["open"] + _body(m["body"], data) + m["close"], page)


def _body(body: str, data: str) -> str:
    parts = re.split(r"^\$ (.*)\n", body, flags=re.MULTILINE)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return parts[0] + "".join(f"$ {command}\n{_fitted(_run(command, data), shown)}" for command, shown in pairs)


def _fitted(output: str, shown: str) -> str:
    """The output, cut after as many lines as are shown when the page leaves out the rest."""
    lines = shown.rstrip("\n").split("\n")
    if lines[-1] != CUT:
        return output
    return "\n".join(output.split("\n")[: len(lines) - 1]) + f"\n{CUT}\n"


def _run(command: str, data: str) -> str:
    prefix = next((p for p in PREFIXES if command.startswith(p)), None)
    if prefix is None:
        raise SystemExit(f"An example must begin with one of {PREFIXES}; this one is {command!r}.")
    arguments = shlex.split(command.removeprefix(prefix), posix=True)
    source = None
    if "<<<" in arguments:
        at = arguments.index("<<<")
        source, arguments = arguments[at + 1].encode().decode("unicode_escape"), arguments[:at]
    environment = os.environ | {
        "COLUMNS": "88",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "PYTHONUTF8": "1",
        "HOUNDSIGHT_DATA": data,
    }
    done = subprocess.run(
        [sys.executable, str(PINNED), *arguments],
        input=source, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, cwd=ROOT, check=False,
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in done.stdout.split("\n")).strip("\n") + "\n"


def main() -> int:
    """Writes, or checks, every page; gives the exit status."""
    check, stale = "--check" in sys.argv[1:], []
    for page in PAGES:
        before = page.read_text("utf-8")
        after = refreshed(before)
        if after != before:
            stale.append(page)
            if not check:
                page.write_text(after, "utf-8")
    for page in stale:
        print(f"{page.relative_to(ROOT)}: {'out of date; run: python3 tasks.py docs' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
