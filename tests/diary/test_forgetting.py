"""What is forgotten is gone: from the tables, from the journal, and from the bytes of the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event
from tests.diary.samples import ANNA, BELLA, BEN, EVERYTHING, NOON, PLAN, PNG, REX, TEST, WRONG, moment

from houndsight.diary.diary import Diary
from houndsight.diary.opening import open_diary
from houndsight.errors import InputError
from houndsight.records.dog import Dog


def test_a_dog_goes_with_his_moments_tests_and_plans(diary: Diary) -> None:
    diary.keep("everything", EVERYTHING)
    assert diary.forget(["rex"]) == 4
    assert tuple(diary.records()) == (ANNA, BEN, BELLA, diary.moment("m2"), WRONG)


def test_one_moment_goes_alone(diary: Diary) -> None:
    diary.keep("everything", EVERYTHING)
    assert diary.forget(["m1"]) == 1
    assert [one.id for one in diary.moments()] == ["m2"]
    assert diary.ever("rex") == frozenset()


def test_what_is_not_there_is_passed_over(diary: Diary) -> None:
    assert diary.forget(["nobody"]) == 0


def test_the_journal_keeps_what_is_about_others(diary: Diary) -> None:
    diary.keep("everything", EVERYTHING)
    diary.forget(["rex"])
    (action,) = diary.actions()
    assert {change.after.id for change in action.changes if change.after} == {"anna", "ben", "bella", "m2", WRONG.id}
    diary.undo()
    assert tuple(diary.records()) == ()


def test_an_action_that_was_about_nothing_else_goes(diary: Diary) -> None:
    diary.keep("added the dogs", [REX, BELLA])
    diary.keep("logged a moment of Rex", [moment("m1")])
    diary.keep("gave Rex a test", [TEST])
    diary.undo()
    diary.forget(["rex"])
    assert [action.what for action in diary.actions()] == ["added the dogs"]


def test_an_action_whose_words_name_him_gets_other_words(diary: Diary) -> None:
    diary.keep("added Rex and Bella", [REX, BELLA])
    diary.forget(["rex"])
    assert [action.what for action in diary.actions()] == ["changed something that was forgotten since"]


def test_a_name_is_a_whole_word(diary: Diary) -> None:
    diary.keep("added dogs", [Dog("mo", "Mo", NOON), REX])
    diary.keep("logged a moment of Rex", [moment("m1")])
    diary.keep("changed MO's fields", [Dog("mo", "Mo", NOON, breed="mix"), moment("m2")])
    diary.forget(["mo"])
    assert [action.what for action in diary.actions()] == [
        "changed something that was forgotten since",
        "logged a moment of Rex",
        "added dogs",
    ]


def test_what_is_not_in_the_trash_is_named_and_spared(diary: Diary) -> None:
    trashed = replace(REX, trashed=NOON)
    diary.keep(
        "everything", [trashed, BELLA, moment("m1"), moment("m2", trashed=NOON), TEST, PLAN, moment("m3", "bella")]
    )
    said = r"of Rex this would go too.*: 1 moment \(m1\), 1 test \(t1\), 1 plan \(p1\)\. .*trash restore Rex.*trash dog Rex"
    with pytest.raises(InputError, match=said):
        diary.forget(["rex", "m2"], only_trashed=True)
    assert len(list(diary.records())) == 7


def test_what_is_all_in_the_trash_is_forgotten(diary: Diary) -> None:
    diary.keep("everything", [replace(REX, trashed=NOON), moment("m1", trashed=NOON), replace(TEST, trashed=NOON)])
    assert diary.forget(["rex"], only_trashed=True) == 3


def test_a_person_who_is_forgotten_is_nobody_in_the_moments_that_stay(diary: Diary) -> None:
    both = moment("m1", leaned_on="anna", logged_by="ben")
    diary.keep("everything", [ANNA, BEN, REX, both])
    diary.forget(["anna"])
    stays = replace(both, leaned_on=None)
    assert diary.moments() == (stays,)
    assert [change.after for change in diary.actions()[0].changes] == [BEN, REX, stays]
    diary.undo()
    diary.redo()
    assert diary.moments() == (stays,)


def test_a_change_that_was_only_about_the_person_goes(diary: Diary) -> None:
    diary.keep("logged", [ANNA, REX, moment("m1")])
    diary.keep("told who", [moment("m1", leaned_on="anna")])
    diary.forget(["anna"])
    assert [action.what for action in diary.actions()] == ["logged"]


def test_a_moment_that_was_once_his_begins_with_its_new_dog(diary: Diary) -> None:
    diary.keep("added dogs", [REX, BELLA])
    diary.keep("logged", [moment("m1", "rex")])
    diary.keep("moved", [moment("m1", "bella")])
    diary.keep("noted", [moment("m1", "bella", note="hm")])
    diary.forget(["rex"])
    assert [action.what for action in diary.actions()] == ["noted", "added dogs"]
    diary.undo()
    assert diary.moments() == (moment("m1", "bella"),)


def test_his_photo_goes_unless_another_dog_has_it(diary: Diary) -> None:
    shared, own = diary.keep_photo(PNG), diary.keep_photo(PNG + b"2")
    former = diary.keep_photo(PNG + b"1")
    diary.keep("added dogs", [replace(REX, photo=former), replace(BELLA, photo=shared)])
    diary.keep("another photo", [replace(REX, photo=shared)])
    diary.keep("another photo", [replace(REX, photo=own)])
    diary.forget(["rex"])
    assert [sha for sha, _ in diary.photos()] == [shared]


def test_a_correction_is_forgotten_by_its_id(diary: Diary) -> None:
    diary.keep("put right", [WRONG])
    assert diary.forget([WRONG.id]) == 1
    assert (diary.corrections(), diary.actions()) == ((), ())


def test_the_correction_of_an_account_goes_with_the_moment_that_told_it(diary: Diary) -> None:
    other = replace(WRONG, text="He whined")
    diary.keep("logged", [REX, moment("m1", text=f" {WRONG.text}\n"), WRONG, other])
    assert diary.forget(["m1"]) == 1
    assert diary.corrections() == (other,)
    assert {change.after for change in diary.actions()[0].changes} == {REX, other}


def test_the_correction_of_an_account_that_was_told_otherwise_since_goes_with_the_dog(diary: Diary) -> None:
    diary.keep("added Rex", [REX])
    diary.keep("logged", [moment("m1", text=WRONG.text), WRONG])
    diary.keep("changed", [moment("m1", text="He hummed")])
    assert diary.forget(["rex"]) == 2
    assert (diary.corrections(), diary.actions()) == ((), ())


def test_a_correction_that_was_taken_back_is_in_the_journal_no_more(diary: Diary) -> None:
    diary.keep("logged", [REX, moment("m1", text=WRONG.text)])
    diary.keep("put right", [WRONG])
    diary.undo()
    diary.forget(["m1"])
    assert [action.what for action in diary.actions()] == ["logged"]


@contextmanager
def counted(diary: Diary) -> Iterator[list[str]]:
    """The statements that the database is given meanwhile."""
    given: list[str] = []

    def hear(_one: object, _cursor: object, statement: str, *_: object) -> None:
        given.append(statement)

    event.listen(diary.engine, "before_cursor_execute", hear)
    yield given
    event.remove(diary.engine, "before_cursor_execute", hear)


def test_a_dog_of_many_moments_takes_no_more_runs_through_the_journal_than_a_dog_of_few(diary: Diary) -> None:
    few, many = (
        [moment(f"{dog}{n}", dog, leaned_on="anna") for n in range(size)] for dog, size in (("bella", 1), ("rex", 400))
    )
    diary.keep("added", [REX, BELLA, ANNA])
    diary.keep("logged", [*few, *many])
    with counted(diary) as needed:
        diary.forget(["bella", "bella0"])
    with counted(diary) as given:
        diary.forget(["rex", *(one.id for one in many)])
    assert len(given) <= len(needed)


def test_many_moments_that_were_once_his_begin_with_their_new_dog(diary: Diary) -> None:
    his, hers = ([moment(f"m{n}", dog) for n in range(30)] for dog in ("rex", "bella"))
    diary.keep("added dogs", [REX, BELLA])
    diary.keep("logged", his)
    diary.keep("moved", hers)
    diary.forget(["rex"])
    assert [(action.what, len(action.changes)) for action in diary.actions()] == [("added dogs", 1)]
    assert len(diary.moments()) == 30


def test_it_can_be_kept_again(diary: Diary) -> None:
    diary.keep("everything", EVERYTHING)
    diary.forget(["rex"])
    diary.keep("again", [REX, PLAN])
    assert diary.plans() == (PLAN,)


@pytest.mark.parametrize("words", ["he growled at the blue hoover", "x" * 9000 + "he growled at the blue hoover"])
def test_no_byte_of_it_is_left_in_the_file(sqlite_place: str, words: str) -> None:
    with open_diary(sqlite_place) as diary:
        diary.keep("logged", [REX, moment("m1", text=words), moment("m2"), replace(WRONG, text=words)])
        diary.forget(["m1"])
        files = [path.read_bytes() for path in Path(sqlite_place).parent.iterdir()]
    assert [hashlib.sha256(held).hexdigest() for held in files if b"blue hoover" in held] == []
