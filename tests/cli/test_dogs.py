"""The commands for dogs and people, the trash and merging."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def rex(typed: Run) -> Run:
    typed(
        "dog",
        "add",
        "Rex",
        "--born",
        "2019-05-01",
        "--size",
        "large",
        "--breed",
        "Labrador mix",
        "--sex",
        "male",
        "--neutered",
    )
    return typed


def test_a_dog_is_added_listed_and_shown(rex: Run) -> None:
    assert re.fullmatch(r"Rex +\d+ years +large Labrador mix +no moments yet", rex("dog", "list").lines[0])
    shown = rex("dog", "show", "rex").out
    assert [word for word in ("Labrador mix", "male", "2019-05-01", "neutered") if word not in shown] == []


def test_a_dog_is_printed_as_json(rex: Run) -> None:
    dog = json.loads(rex("dog", "list", "--json").lines[0])
    assert (dog["name"], dog["neutered"], dog["born"]) == ("Rex", True, "2019-05-01")
    assert rex("dog", "show", "Rex", "--json").json == dog


def test_a_change_of_a_dog_says_what_changed(rex: Run) -> None:
    assert rex("dog", "edit", "Rex", "--size", "giant", "--name", "Rexi").lines == ["Changed Rexi (name, size)."]
    assert rex("dog", "edit", "Rexi", "--size", "giant").lines == [
        "Nothing was changed: that is how Rexi is written down already."
    ]


def test_a_reckoned_age_is_told_as_about(typed: Run) -> None:
    typed("dog", "add", "Luna", "--age", "3 years")
    assert "about 3 years" in typed("dog", "list").out


def test_a_dog_has_a_photo(rex: Run, tmp_path: Path) -> None:
    picture = tmp_path / "rex.png"
    picture.write_bytes(PIXEL)
    rex("dog", "edit", "Rex", "--photo", str(picture))
    assert len(rex("dog", "show", "Rex", "--json").json["photo"]) == 64


def test_people_are_added_listed_and_changed(typed: Run) -> None:
    typed("person", "add", "Anna")
    typed("person", "add", "Ben", "--role", "carer", "--note", "walks him")
    assert typed("person", "list").lines == ["Anna  household", "Ben   carer      walks him"]
    assert typed("person", "edit", "ben", "--role", "visitor", "--clear", "note").lines == ["Changed Ben (role, note)."]
    assert json.loads(typed("person", "list", "--json").lines[1])["role"] == "visitor"


def test_a_household_of_nobody_says_how_to_begin(typed: Run) -> None:
    assert "houndsight dog add Rex" in typed("dog", "list").out
    assert "houndsight person add Anna" in typed("person", "list").out


MISTAKES = {
    "size": (["dog", "edit", "Rex", "--size", "gigantic"], "It can be: toy, small, medium, large, giant."),
    "twice": (["dog", "add", "rex"], "has a dog called Rex already"),
    "no photo": (["dog", "edit", "Rex", "--photo", "missing.png"], "missing.png cannot be opened: No such file"),
    "no dog": (["dog", "show", "Rx"], "The diary has no dog 'Rx'. Did you mean Rex?"),
    "role": (["person", "add", "Ben", "--role", "boss"], "It can be: household, carer, visitor."),
    "not in the trash": (["trash", "restore", "Rex"], "There is no 'Rex' in the trash."),
    "no moment": (["trash", "zzzz"], "The diary has no moment 'zzzz'."),
    "with himself": (["merge", "dogs", "Rex", "rex"], "cannot be merged with itself"),
}


@pytest.mark.parametrize(("arguments", "words"), MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_told_in_a_sentence(command: Run, bare: dict[str, str], arguments: list[str], words: str) -> None:
    done = command(*arguments, **bare)
    assert (done.status, done.out) == (2, "")
    assert words in done.err


# The trash ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def told(rex: Run) -> Run:
    """The command in a household with two moments."""
    for name in ("one", "two"):
        rex("log", "--cue", "part=backside", "--id", name, "--when", "2025-03-01 07:15", "-q")
    return rex


def test_a_moment_goes_into_the_trash_and_comes_back(told: Run) -> None:
    assert told("trash", "one").out.startswith("In the trash: the moment one of Rex, 2025-03-01 07:15.")
    assert re.match(r"one +2025-03-01", told("trash", "list").lines[2])
    assert told("diary").lines[-1] == "One moment."
    assert told("trash", "restore", "one").lines == ["Back in the diary: the moment one of Rex, 2025-03-01 07:15."]
    assert told("trash", "list").lines == ["The trash is empty."]


def test_several_moments_go_at_once(told: Run) -> None:
    assert told("trash", "moment", "one", "two").out.startswith("In the trash: 2 moments.")
    assert told("undo").lines == ["Taken back: put 2 moments of Rex into the trash"]


def test_a_dog_goes_with_his_moments(told: Run) -> None:
    assert told("trash", "dog", "Rex").out.startswith("In the trash: Rex and 2 moments.")
    assert re.fullmatch(r"  Rex +\w{4} +since today \d\d:\d\d", told("trash", "list").lines[1])
    assert told("trash", "restore", "Rex").lines == ["Back in the diary: Rex and his moments."]


def test_a_person_goes_into_the_trash_and_comes_back(told: Run) -> None:
    told("person", "add", "Ben")
    assert told("trash", "person", "Ben").out.startswith("In the trash: Ben.")
    assert told("trash", "restore", "ben").lines == ["Back in the diary: Ben."]


@pytest.mark.parametrize("reply", ["", "n\n", "no idea\n"])
def test_the_trash_is_emptied_only_on_a_yes(told: Run, reply: str) -> None:
    told("trash", "one")
    done = told("trash", "empty", stdin=reply)
    assert done.status == 1
    assert "Nothing was forgotten." in done.out
    assert "one" in told("trash", "list").out


def test_an_emptied_trash_says_how_much_was_forgotten(told: Run) -> None:
    told("trash", "one")
    done = told("trash", "empty", stdin="y\n")
    assert "In the trash: 1 moment. What is forgotten cannot be brought back" in done.out
    assert done.lines[-1].endswith("The trash is empty now. 1 thing was forgotten.")
    assert told("trash", "empty", "--yes").lines == ["The trash is empty."]


# Merging --------------------------------------------------------------------------------------------------------------------


def test_two_dogs_become_one(told: Run) -> None:
    told("dog", "add", "Rexi")
    told("log", "--cue", "part=backside", "--dog", "Rexi", "-q")
    assert told("merge", "dogs", "Rex", "Rexi").out.startswith("Rexi is now a part of Rex: 1 moment went over.")
    assert "3 moments" in told("dog", "list").out


def test_two_moments_become_one(told: Run) -> None:
    assert told("merge", "moments", "one", "two").out.startswith("two is now a part of one.")
    assert told("diary").lines[-1] == "One moment."


def test_two_people_become_one(told: Run) -> None:
    told("person", "add", "Anna")
    told("person", "add", "Anne")
    assert told("merge", "people", "Anna", "Anne").out.startswith("Anne is now a part of Anna.")
    assert told("person", "list").lines == ["Anna  household"]
