"""`houndsight read`: one moment, as a screen or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from houndsight import as_json, read
from houndsight.knowledge.load import load
from houndsight.records.json_form import schema_text

Run = Callable[..., Any]
WORDS = load().wording
VALIDATOR = Draft202012Validator(json.loads(schema_text()))
GROWL = ("--cue", "voice=growl", "--cue", "part=side", "--cue", "arrival=yes")


def test_json_keeps_to_the_schema_and_is_what_the_package_reads(typed: Run) -> None:
    done = typed("read", "--cue", "arrival=yes", "--cue", "part=backside", "--json")
    VALIDATOR.validate(done.json)
    assert done.json == json.loads(json.dumps(as_json(read(cues={"arrival": "yes", "part": "backside"}))))
    assert (done.status, done.err) == (0, "")


def test_the_schema_is_printed_as_it_is_kept(typed: Run) -> None:
    assert typed("read", "--schema").out == schema_text()


def test_blanks_around_a_cue_and_its_value_do_not_matter(typed: Run) -> None:
    spaced = typed("read", "--cue", " arrival = yes ", "--json").json
    assert [(cue["cue"], cue["value"]) for cue in spaced["cues"]] == [("arrival", "yes")]


def test_the_last_cue_of_a_name_holds(typed: Run) -> None:
    form = typed("read", "-c", "tail=low", "-c", "tail=tucked", "--json").json
    assert [cue["value"] for cue in form["cues"]] == ["tucked"]


def test_the_screen_has_its_sections_in_the_order_in_which_a_person_needs_them(typed: Run) -> None:
    out = typed("read", *GROWL).out
    sections = [WORDS.screen[f"sections.{name}"] for name in ("motives", "given", "turn", "do", "avoid", "question")]
    wanted = [WORDS.screen["flags.soon"], WORDS.screen["normal.no"][:40], WORDS.screen["meaning.body"][:30], *sections]
    places = [out.find(text) for text in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_a_moment_without_flags_begins_with_its_being_normal(typed: Run) -> None:
    assert typed("read", "--cue", "arrival=yes").lines[0] == WORDS.screen["normal.yes"]


def test_the_meaning_stands_before_the_chances(typed: Run) -> None:
    out = typed("read", "--cue", "trigger=noise", "--cue", "tail=tucked", "--cue", "tension=trembling").out
    assert WORDS.motives["security"].meaning in " ".join(out.split(WORDS.screen["sections.motives"])[0].split())


def test_what_a_hand_could_do_is_not_advised_after_a_growl(typed: Run) -> None:
    done = typed("read", *GROWL).out
    do = " ".join(done.split(WORDS.screen["sections.do"])[1].split(WORDS.screen["sections.avoid"])[0].split())
    assert do.startswith(f"• {WORDS.vetoes['no_hands'].say}")
    assert WORDS.responses["petted"].now not in do


def test_the_question_shows_how_each_answer_is_given(typed: Run) -> None:
    asked = read(cues={"arrival": "yes"}).question
    assert asked is not None
    last = typed("read", "--cue", "arrival=yes").out.split(WORDS.screen["sections.question"])[1]
    assert [value for value in load().cue(asked.cue).values if f"--cue {asked.cue}={value}" not in last] == []


def test_sources_stand_on_the_screen_only_when_asked_for(typed: Run) -> None:
    heading = WORDS.screen["sections.sources"]
    assert heading not in typed("read", "--cue", "arrival=yes").lines
    assert heading in typed("read", "--cue", "arrival=yes", "--sources").lines


def test_no_source_that_may_not_be_shown_is_on_the_screen(typed: Run) -> None:
    out = " ".join(typed("read", *GROWL, "--sources").out.split())
    assert [c.id for c in load().citations.values() if not c.show and c.reference in out] == []


@pytest.mark.parametrize(
    "arguments", [GROWL, ("--cue", "arrival=yes"), ("--cue", "bitten=yes", "--sources"), ("asdf",)]
)
def test_no_line_ends_in_a_blank(typed: Run, arguments: tuple[str, ...]) -> None:
    assert [line for line in typed("read", *arguments).lines if line != line.rstrip()] == []


@pytest.mark.parametrize("width", ["40", "60", "80", "200"])
def test_no_line_is_wider_than_the_terminal_or_than_can_be_read_well(command: Run, width: str) -> None:
    lines = command("read", *GROWL, COLUMNS=width).lines
    assert max(map(len, lines)) <= min(int(width), 92)


def test_a_motives_line_is_not_broken_at_80_columns(command: Run) -> None:
    out = command("read", "--cue", "pressure=light", COLUMNS="80").out
    table = out.split(WORDS.screen["sections.motives"])[1].split(WORDS.screen["motives.columns"][:30])[0]
    assert [line for line in table.strip().splitlines() if "%" not in line] == []


def test_an_account_comes_from_standard_input_too(typed: Run) -> None:
    account = "He leaned on me when I came home."
    assert typed("read", "-", "--json", stdin=account).json == typed("read", account, "--json").json


def test_words_that_were_heard_are_quoted_on_the_screen(typed: Run) -> None:
    out = typed("read", "He leaned on me with his tail tucked.").out
    assert WORDS.screen["sections.cues"] in out
    assert "tucked”)" in out


def test_a_hopeless_account_says_that_no_lean_was_heard_and_asks(typed: Run) -> None:
    out = " ".join(typed("read", "asdf qwer").out.split())
    assert WORDS.screen["meaning.no_lean"] in out
    assert WORDS.screen["sections.question"] in out
    assert WORDS.screen["sections.do"] not in out


BROKEN = b"He leaned his \xff big head on my leg.\n"


def test_an_account_on_standard_input_that_is_not_utf_8_is_read_or_refused_but_no_crash(command: Run) -> None:
    done = command("read", "-", stdin=BROKEN, PYTHONIOENCODING="utf-8:strict")
    assert done.status in (0, 2)
    assert "Traceback" not in done.err


def test_an_account_with_half_a_sign_in_it_is_read_or_refused_but_no_crash(command: Run) -> None:
    done = command("read", BROKEN.decode(errors="surrogateescape"), PYTHONIOENCODING="utf-8:strict")
    assert done.status in (0, 2)
    assert "Traceback" not in done.err
