"""A command brings in what it uses and nothing else, so that it starts fast."""

from __future__ import annotations

import subprocess
import sys

import pytest

LISTED = "; import sys; print(*sorted(sys.modules), sep='\\n', file=sys.stderr)"
BARE = """
import typer
app = typer.Typer(rich_markup_mode="rich")
@app.command()
def one(): pass
@app.command()
def two(): pass
try: app(["one"])
except SystemExit: pass
"""


def modules(environment: dict[str, str], code: str) -> set[str]:
    """The modules that are loaded once the code has run in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", code + LISTED], capture_output=True, text=True, env=environment, check=True, timeout=60
    )
    return set(done.stderr.split())


def after(environment: dict[str, str], *arguments: str) -> set[str]:
    """The modules that are loaded once a command has run."""
    code = f"from houndsight.cli.main import app\ntry: app({list(arguments)!r})\nexcept SystemExit: pass\n"
    return modules(environment, code + "0")


def within(found: set[str], *packages: str) -> set[str]:
    return {name for name in found if name.split(".")[0] in packages or name in packages}


def test_importing_the_package_brings_in_nothing_heavy(environment: dict[str, str]) -> None:
    found = modules(environment, "import houndsight")
    assert within(found, "numpy", "rich", "typer", "click", "sqlite3") == set()
    assert {name for name in found if name.startswith("houndsight")} == {"houndsight"}


def test_importing_the_companion_brings_in_no_numpy(environment: dict[str, str]) -> None:
    found = modules(environment, "from houndsight import Companion; Companion()")
    assert within(found, "numpy", "rich", "typer", "sqlite3") == set()


@pytest.fixture(scope="module")
def reading(environment: dict[str, str]) -> set[str]:
    return after(environment, "read", "--cue", "arrival=yes", "--json")


def test_a_reading_as_json_draws_nothing(environment: dict[str, str], reading: set[str]) -> None:
    bare = modules(environment, BARE + "0")
    assert within(reading, "rich") - within(bare, "rich") == set()


def test_a_reading_of_cues_brings_in_no_words_and_no_database(reading: set[str]) -> None:
    assert {name for name in reading if name.startswith(("houndsight.senses", "houndsight.knowledge.lexicon"))} == set()
    assert within(reading, "sqlite3", "sqlalchemy", "scipy", "pandas") == set()


@pytest.mark.parametrize(
    "arguments", [("explain", "greeting", "--json"), ("knowledge", "version"), ("read", "--schema")]
)
def test_what_works_out_no_chances_brings_in_no_numpy(environment: dict[str, str], arguments: tuple[str, ...]) -> None:
    assert within(after(environment, *arguments), "numpy") == set()


def test_a_reading_of_words_that_corrects_nothing_opens_no_diary(environment: dict[str, str]) -> None:
    found = after(environment, "read", "He leaned on me", "--cue", "leans_on=owner", "--json")
    assert within(found, "sqlite3", "sqlalchemy", "dateparser") == set()
