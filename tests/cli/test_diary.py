"""The commands of the diary: log, outcome, diary, edit, undo and redo, as an owner types them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
HELLO = "He backed into my legs the second I came in"
QUEUE = "He leaned on me in the queue, tail tucked"


@pytest.fixture(scope="module")
def folder(command: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a household with one dog, one person and three moments."""
    data = tmp_path_factory.mktemp("told")
    for arguments in (
        ("dog", "add", "Rex", "--born", "2019-05-01"),
        ("person", "add", "Anna"),
        ("log", HELLO, "--when", "2025-03-01 07:15", "--on", "Anna", "--tag", "hall", "--id", "hello", "-q"),
        ("log", QUEUE, "--when", "2025-03-02 18:30", "--id", "queue", "--knocked-over", "-q"),
        ("log", "--cue", "arrival=yes", "--when", "2025-03-03", "--own", "song=humming", "--id", "cues", "-q"),
    ):
        assert command(*arguments, HOUNDSIGHT_DATA=str(data), HOUNDSIGHT_ZONE="Europe/Berlin").status == 0
    return data


@pytest.fixture
def rex(typed: Run) -> Run:
    """The command in a household with one dog and one person."""
    typed("dog", "add", "Rex", "--born", "2019-05-01")
    typed("person", "add", "Anna")
    return typed


@pytest.fixture
def told(typed: Run, folder: Path, tmp_path: Path) -> Run:
    """The command in a household with a diary of three moments."""
    shutil.copytree(folder, tmp_path / "data")
    return typed


# Logging --------------------------------------------------------------------------------------------------------------------


def test_logging_prints_the_reading_and_says_at_last_what_was_kept(rex: Run) -> None:
    done = rex("log", HELLO, "--when", "yesterday 18:30")
    assert "He is most likely saying hello" in done.out
    assert re.fullmatch(
        r"Kept as (\w{4}): Rex, yesterday 18:30\. What he did then: houndsight outcome \1 …", done.lines[-1]
    )


def test_the_question_of_a_kept_moment_is_answered_by_editing_it(rex: Run) -> None:
    out = rex("log", HELLO, "--id", "hello").out
    assert "To answer: houndsight edit hello with one of these" in out
    assert "--cue person_state=busy" in out


def test_quiet_logging_prints_one_line(rex: Run) -> None:
    assert rex("log", HELLO, "--id", "hello", "-q", "--when", "yesterday 18:30", "--outcome", "settled").lines == [
        "Kept as hello: Rex, yesterday 18:30."
    ]


def test_logging_as_json_gives_moment_and_reading(rex: Run) -> None:
    done = rex("log", QUEUE, "--json", "--id", "queue", "--severity", "1", "--tag", "shop", "--note", "rainy").json
    assert (done["moment"]["id"], done["moment"]["severity"], done["moment"]["tags"]) == ("queue", 1, ["shop"])
    assert (done["reading"]["id"], done["again"]) == ("queue", False)


def test_an_id_sent_twice_is_kept_once_and_said_so(rex: Run) -> None:
    rex("log", HELLO, "--id", "hello", "-q")
    again = rex("log", HELLO, "--id", "hello", "-q")
    assert again.out.startswith("Kept already as hello: Rex, today")
    assert rex("diary", "--json").out.count("\n") == 1


def test_an_account_is_logged_from_standard_input(rex: Run) -> None:
    rex("log", "-", "-q", stdin=HELLO)
    assert HELLO in rex("diary", "--json").out


# What followed and changes --------------------------------------------------------------------------------------------------


def test_what_followed_the_latest_moment_is_told_in_plain_words(told: Run) -> None:
    done = told("outcome", "I stayed with him and he settled")
    assert "You stayed and let him lean." in done.out
    assert "What that changes" in done.out
    assert done.lines[-1] == "Changed cues: Rex, 2025-03-03 12:00. To take it back: houndsight undo"


def test_what_followed_a_moment_is_told_by_values(told: Run) -> None:
    done = told("outcome", "queue", "--response", "petted", "--outcome", "settled", "--json").json
    kept = {one["cue"]: one["value"] for one in done["moment"]["cues"]}
    assert (kept["response"], kept["outcome"]) == ("petted", "settled")


def test_an_id_and_words_go_together(told: Run) -> None:
    assert "He wanted more afterwards." in told("outcome", "queue", "gave him a treat, he wanted more").out


def test_one_word_tells_what_followed_too(told: Run) -> None:
    assert "He settled afterwards." in told("outcome", "settled").out


def test_an_edit_shows_what_it_changes(told: Run) -> None:
    done = told("edit", "queue", "--without", "tail", "--cue", "arrival=yes")
    assert re.search(r"greeting +a hello +\d+ % → +\d+ %", done.out)
    assert done.lines[-1].startswith("Changed queue: Rex, 2025-03-02 18:30.")


def test_an_edit_that_leaves_the_reading_says_so(told: Run) -> None:
    assert "It leaves the reading as it was." in told("edit", "queue", "--note", "rainy").out


def test_an_edit_that_changes_nothing_says_so(told: Run) -> None:
    assert told("edit", "hello", "--tag", "hall").lines == ["That is how hello stands already. Nothing was changed."]


def test_a_field_is_emptied(told: Run) -> None:
    told("edit", "hello", "--clear", "on", "--clear", "tags", "-q")
    assert {"leaned_on", "tags"}.isdisjoint(told("diary", "show", "hello", "--json").json["moment"])


# Looking back ---------------------------------------------------------------------------------------------------------------


def test_an_empty_diary_says_how_to_begin(typed: Run) -> None:
    assert typed("diary").out.startswith("The diary has no moment yet. Log one: houndsight log")


def test_the_diary_is_a_table_with_the_latest_first(told: Run) -> None:
    lines = told("diary").lines
    assert [line.split()[0] for line in lines[:4]] == ["id", "cues", "queue", "hello"]
    assert re.match(r"hello +2025-03-01 +Anna +greeting \d\d % +He backed into my legs the se", lines[3])
    assert lines[-1] == "3 moments."
    assert max(map(len, lines)) <= 80


def test_a_terminal_with_few_columns_gets_two_lines_for_a_moment(told: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = told("diary").lines
    assert f"       {HELLO}" in lines
    assert max(map(len, lines)) <= 60


def test_with_several_dogs_the_table_names_them(told: Run) -> None:
    told("dog", "add", "Luna")
    told("log", HELLO, "--dog", "luna", "-q")
    assert re.search(r"\d +Luna ", told("diary").out)


def test_who_is_wanted_stands_beside_the_motive(rex: Run) -> None:
    rex("log", "He leaned on the wall and he was wobbly behind", "-q")
    assert re.search(r"% \(vet\)", rex("diary").out)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (["--person", "anna"], "hello"),
        (["--since", "2025-03-02", "--until", "2025-03-02"], "queue"),
        (["--cue", "tail=tucked"], "queue"),
        (["--tag", "hall"], "hello"),
        (["--own", "song"], "cues"),
        (["--search", "QUEUE tail"], "queue"),
        (["--knocked-over"], "queue"),
        (["--limit", "1", "--page", "3"], "hello"),
        (["--oldest-first"], "hello queue cues"),
        (["--dog", "rex", "--limit", "0"], "cues queue hello"),
    ],
)
def test_the_diary_is_narrowed(told: Run, filters: list[str], ids: str) -> None:
    lines = told("diary", *filters, "--json").lines
    assert [json.loads(line)["id"] for line in lines] == ids.split()


def test_a_line_of_json_is_the_record_and_its_likeliest_motive(told: Run) -> None:
    line = json.loads(told("diary", "--tag", "hall", "--json").lines[0])
    assert (line["kind"], line["reading"]["motive"]) == ("moment", "greeting")


def test_a_page_says_how_to_go_on(told: Run) -> None:
    assert told("diary", "--limit", "2").lines[-1] == "1 to 2 of 3 moments. More: --page 2"
    assert told("diary", "--limit", "2", "--page", "2").lines[-1] == "3 to 3 of 3 moments."
    assert told("diary", "--limit", "2", "--page", "3").lines == ["There are no more than 3 moments."]


def test_nothing_found_is_said(told: Run) -> None:
    assert told("diary", "--search", "submarine").lines == ["No moment fits."]


def test_one_moment_is_shown_whole(told: Run) -> None:
    out = told("diary", "show", "hell").out
    assert "hello: Rex, 2025-03-01 07:15" in out
    assert re.search(r"leaned on +Anna", out)
    assert re.search(r"tags +hall", out)
    assert "He is most likely saying hello" in out


def test_signs_that_steer_a_terminal_are_not_shown(rex: Run) -> None:
    rex("log", "--cue", "part=backside", "--note", "red \x1b[31m note", "--id", "steer", "-q")
    assert "\x1b" not in rex("diary").out + rex("diary", "show", "steer").out


STEERING = "\x1b[31m\x9b2J\u202eRe\tx\udc9b\n\x07"


def test_names_that_steer_a_terminal_are_shown_without_those_signs(typed: Run) -> None:
    told = [
        typed(*arguments).out
        for arguments in (
            ("dog", "add", STEERING, "--breed", STEERING, "--history", STEERING),
            ("dog", "add", "Luna"),
            ("person", "add", STEERING, "--note", STEERING),
            (
                "log",
                f"He leaned{STEERING} on me",
                "--dog",
                STEERING,
                "--on",
                STEERING,
                "--id",
                "steer",
                "--tag",
                STEERING,
            ),
            ("diary",),
            ("diary", "show", "steer"),
            ("dog", "list"),
            ("dog", "show", STEERING),
            ("person", "list"),
            ("profile", STEERING),
            ("undo", "--list"),
            ("trash", "dog", STEERING),
            ("trash", "list"),
        )
    ]
    assert "[31m" in told[4]
    assert {sign for out in told for sign in out if not sign.isprintable()} == {"\n"}


def test_a_name_of_two_lines_is_one_cell_of_a_list(typed: Run) -> None:
    typed("dog", "add", "Rex\nthe Great", "--breed", "mix")
    assert [line.split()[:4] for line in typed("dog", "list").lines] == [["Rex", "the", "Great", "mix"]]


def test_an_account_is_quoted_without_signs_that_steer_a_terminal(typed: Run) -> None:
    out = typed("read", "He backed\x1b into\x9bmy legs", "--no-keep").out
    assert "(“backed  into my legs”)" in out
    assert {sign for sign in out if not sign.isprintable()} == {"\n"}


def test_signs_that_join_others_stay(typed: Run) -> None:
    family = "\U0001f468\u200d\U0001f467"
    assert family in typed("dog", "add", family).out + typed("dog", "list").out


def test_a_mistake_is_told_without_signs_that_steer_a_terminal(command: Run, tmp_path: Path) -> None:
    variables = {"HOUNDSIGHT_DATA": str(tmp_path)}
    for name in ("\x1b[31mRex", "Luna"):
        command("dog", "add", name, **variables)
    done = command("log", HELLO, **variables)
    assert "Which dog? Say it with --dog:  [31mRex, Luna." in done.err
    assert "\x1b" not in done.err


# Steps ----------------------------------------------------------------------------------------------------------------------


def test_undo_says_what_it_took_back_and_redo_what_it_did_again(told: Run) -> None:
    said = "logged a moment of Rex, 2025-03-03 12:00"
    assert told("undo").lines == [f"Taken back: {said}"]
    assert told("redo").lines == [f"Done again: {said}"]


def test_more_steps_than_there_are_are_taken_back_as_far_as_they_go(rex: Run) -> None:
    assert rex("undo", "9").lines == [
        "Taken back: added Anna",
        "Taken back: added Rex",
        "There was no more to take back.",
    ]
    assert rex("undo").lines == ["There is nothing to take back."]
    assert rex("redo", "9").lines[-1] == "There was no more to do again."


def test_what_was_done_is_listed(rex: Run) -> None:
    rex("undo")
    assert [re.sub(r"^today \d\d:\d\d +", "", line) for line in rex("undo", "--list").lines] == [
        "added Anna  taken back",
        "added Rex",
    ]


# Mistakes -------------------------------------------------------------------------------------------------------------------

MISTAKES = {
    "no dog": (["log", HELLO, "--dog", "Rx"], "The diary has no dog 'Rx'. Did you mean Rex?"),
    "nobody": (["log", HELLO, "--on", "Carla"], "To add somebody: houndsight person add Carla"),
    "nothing told": (["log"], "Tell what happened"),
    "future": (["log", HELLO, "--when", "tomorrow"], "lies in the future"),
    "no time": (["log", HELLO, "--when", "blurgh"], "Write it like: 10 min ago, this morning"),
    "end before": (["log", HELLO, "--when", "8:00", "--until", "yesterday"], "before it begins"),
    "no pair": (["log", HELLO, "--own", "song"], "A cue of your own is given as NAME=VALUE, for example song=humming"),
    "no value": (["log", HELLO, "--response", "shoo"], "has no value 'shoo'. It can be: petted, scratched_rump"),
    "bad id": (["log", HELLO, "--id", "a b"], "an id has 1 to 64 letters"),
    "outcome of nothing": (["outcome"], "There is no moment of Rex yet"),
    "three words": (["outcome", "he", "was", "happy"], "between quotation marks"),
    "no moment": (["edit", "zzzz", "--note", "x"], "The diary has no moment 'zzzz'"),
    "no moment to show": (["diary", "show", "zzzz"], "The diary has no moment 'zzzz'"),
    "no field": (["diary", "--cue", "tial"], "There is no cue called 'tial'. Did you mean tail"),
}


@pytest.mark.parametrize(("arguments", "words"), MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_told_in_a_sentence(command: Run, bare: dict[str, str], arguments: list[str], words: str) -> None:
    done = command(*arguments, **bare)
    assert (done.status, done.out) == (2, "")
    assert words in done.err


@pytest.mark.parametrize("columns", ["60", "72", "80", "100"])
def test_a_list_with_a_long_outcome_fits_every_terminal(
    typed: Run, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Rex", "Luna"):
        typed("dog", "add", name)
    typed("person", "add", "Anna")
    typed("log", "he leaned on me", "--dog", "Rex", "--on", "Anna", "--outcome", "leaves_content", "-q")
    typed("log", "he leaned on the sofa", "--dog", "Luna", "-q")
    monkeypatch.setenv("COLUMNS", columns)
    out = typed("diary").out
    assert "he leaned on me" in out
    assert "seemed content" in " ".join(out.split())


def test_a_moment_in_the_trash_is_not_changed(command: Run, bare: dict[str, str]) -> None:
    command("log", "--cue", "part=backside", "--id", "gone", "-q", **bare)
    command("trash", "gone", **bare)
    done = command("edit", "gone", "--note", "x", **bare)
    assert "The moment gone is in the trash. To take it out again: houndsight trash restore gone" in done.err


def test_a_field_that_cannot_be_emptied_is_told(command: Run, folder: Path) -> None:
    done = command("edit", "hello", "--clear", "tail", HOUNDSIGHT_DATA=str(folder))
    assert "The field to clear cannot be 'tail'. It can be: text, until" in done.err


def test_a_folder_that_cannot_be_written_is_told(command: Run) -> None:
    done = command("dog", "add", "Rex", HOUNDSIGHT_DATA="/proc/nowhere")
    assert done.status == 2
    assert done.err.startswith("houndsight: ")
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("diary", "--page", "9" * 20),
            "The offset is more moments than any diary holds; it can be 0 to 1,000,000,000,000.",
        ),
        (
            ("diary", "--limit", "9" * 20),
            "The limit is more moments than any diary holds; it can be 0 to 1,000,000,000,000.",
        ),
        (("diary", "show", "\udcff\udcfe"), "The diary has no moment '\\udcff\\udcfe'."),
        (("edit", "a\udcff", "--note", "x"), "The diary has no moment 'a\\udcff'."),
    ],
)
def test_what_no_diary_can_have_is_told_in_a_sentence(
    command: Run, bare: dict[str, str], arguments: tuple[str, ...], words: str
) -> None:
    done = command(*arguments, **bare)
    assert (done.status, done.out) == (2, "")
    assert words in done.err
