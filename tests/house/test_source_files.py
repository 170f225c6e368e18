"""Rules of the house that hold for every source file: described, listed, short, and silent."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import houndsight

PACKAGE = Path(houndsight.__file__).parent
TESTS = Path(__file__).resolve().parents[1]
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 450
Described = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), name_of(path))


def public(body: list[ast.stmt]) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """Classes and functions that others may use, and the methods of these classes."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def of_a_command(node: ast.stmt) -> bool:
    """Whether it is a function that is reached through the command tree, not by its name."""
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef) else []
    return any(ast.unparse(decorator).startswith("app.") for decorator in decorators)


each = pytest.mark.parametrize("path", MODULES, ids=name_of)


@each
def test_a_module_and_all_that_is_public_in_it_is_described(path: Path) -> None:
    tree = tree_of(path)
    nodes: list[Described] = [tree, *public(tree.body)]
    bare = [getattr(node, "name", name_of(path)) for node in nodes if not (ast.get_docstring(node) or "").strip()]
    assert bare == []


@each
def test_a_module_lists_its_public_names(path: Path) -> None:
    tree = tree_of(path)
    defined = {node.name for node in public(tree.body) if node in tree.body and not of_a_command(node)}
    listed = [node for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"]
    if not defined or path.name == "__main__.py":
        return
    assert listed, "there is no __all__"
    names = ast.literal_eval(listed[0].value)
    assert len(names) == len(set(names))
    assert set(names) >= defined


@each
def test_a_listed_name_stands_in_its_module(path: Path) -> None:
    tree = tree_of(path)
    stands = {name for node in tree.body for name in _bound(node)}
    lists = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    assert {name for names in lists for name in ast.literal_eval(names)} <= stands


def _bound(node: ast.stmt) -> Iterator[str]:
    """The names that a statement at the top of a module binds, also below `if TYPE_CHECKING`."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (ast.unparse(target) for target in node.targets)
    elif isinstance(node, ast.AnnAssign):
        yield ast.unparse(node.target)
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name for alias in node.names)
    elif isinstance(node, ast.If):
        yield from (name for inner in node.body for name in _bound(inner))


@each
def test_a_module_prints_nothing_unless_it_is_a_command(path: Path) -> None:
    calls = [
        node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    ]
    assert name_of(path).startswith(("cli/", "evaluate/")) or calls == []


@each
def test_a_module_catches_no_error_of_every_kind(path: Path) -> None:
    caught = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ExceptHandler)]
    broad = [
        node.lineno for node in caught if node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
    ]
    assert broad == []


@pytest.mark.parametrize("root", [PACKAGE, TESTS], ids=["src", "tests"])
def test_no_file_is_long(root: Path) -> None:
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in root.rglob("*.py")}
    assert lengths
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=name_of)
def test_a_package_says_what_comes_in_what_goes_out_and_what_it_may_import(path: Path) -> None:
    told = ast.get_docstring(tree_of(path)) or ""
    if path.parent == PACKAGE:
        return
    parts = (r"\b(Comes in|In):", r"\b(Goes out|Out):", r"\bMay import:")
    assert [part for part in parts if not re.search(part, told)] == []


def test_every_folder_with_modules_is_a_package() -> None:
    assert [name_of(path) for path in MODULES if not (path.parent / "__init__.py").exists()] == []
