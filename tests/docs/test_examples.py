"""The examples of the README and the docs show what the commands print."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("docs_make", ROOT / "docs" / "make.py")
assert SPEC is not None
assert SPEC.loader is not None
make = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(make)
PAGES = [page for page in make.PAGES if "```console" in page.read_text("utf-8")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_shows_what_its_commands_print(page: Path) -> None:
    text = page.read_text("utf-8")
    assert make.refreshed(text) == text, "run: python3 tasks.py docs"


@pytest.mark.parametrize("page", make.PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_python_examples_run() -> None:
    blocks = [
        b
        for page in make.PAGES
        for b in re.findall(r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    ]
    assert blocks
    for block in blocks:
        exec(compile(block, "example", "exec"), {})  # noqa: S102  # our own examples
