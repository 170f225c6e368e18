"""What the package offers to programs is listed, whole, importable and described."""

from __future__ import annotations

import importlib

import pytest

import houndsight


@pytest.mark.parametrize("name", houndsight.__all__)
def test_a_public_name_can_be_imported_and_is_described(name: str) -> None:
    offered = getattr(houndsight, name)
    assert name == "__version__" or (offered.__doc__ or "").strip()


def test_the_list_of_public_names_is_sorted_and_names_each_once() -> None:
    assert list(houndsight.__all__) == sorted(set(houndsight.__all__))


def test_the_list_of_public_names_is_the_agreed_one() -> None:
    assert set(houndsight.__all__) == {
        "Companion", "HoundsightError", "InputError", "KnowledgeError", "Observation", "Reading", "__version__",
        "as_json", "read",
    }  # fmt: skip


def test_a_public_name_is_the_very_thing_of_its_module() -> None:
    for name in set(houndsight.__all__) - {"__version__"}:
        offered = getattr(houndsight, name)
        assert getattr(importlib.import_module(offered.__module__), name) is offered


def test_a_name_that_is_not_offered_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'houndsight' has no attribute 'reed'"):
        getattr(houndsight, "reed")  # noqa: B009  # a plain access would not pass the type checker


def test_every_error_is_of_the_one_tree() -> None:
    errors = importlib.import_module("houndsight.errors")
    classes = [thing for thing in vars(errors).values() if isinstance(thing, type) and issubclass(thing, Exception)]
    assert len(classes) > 5
    assert [c.__name__ for c in classes if not issubclass(c, houndsight.HoundsightError)] == []
    assert [c.__name__ for c in classes if c.__name__ not in (errors.__doc__ or "")] == []
