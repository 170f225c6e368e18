"""Whatever was done can be taken back, and done again, one action after the other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.diary.samples import ANNA, BELLA, EVERYTHING, NOON, REX, moment

from houndsight.diary.diary import Diary
from houndsight.errors import InputError
from houndsight.records.action import Record
from houndsight.records.observation import Observation


def kept(diary: Diary) -> tuple[Record, ...]:
    return tuple(diary.records())


def test_an_action_says_what_was_done_and_what_it_changed(diary: Diary) -> None:
    action = diary.keep("added Rex", [REX])
    assert action is not None
    assert (action.what, action.changes[0].before, action.changes[0].after) == ("added Rex", None, REX)
    assert diary.actions() == (action,)


def test_undo_says_what_it_took_back_the_newest_first(diary: Diary) -> None:
    for name in ("one", "two", "three"):
        diary.keep(name, [replace(REX, name=name)])
    assert [action.what for action in diary.undo(2)] == ["three", "two"]
    assert diary.dog("rex").name == "one"


def test_undo_takes_back_everything_and_redo_does_it_again(diary: Diary) -> None:
    diary.keep("everything", EVERYTHING)
    diary.keep("changed", [moment("m1", note="hm", cues=(Observation("tail", "low"),))])
    before = kept(diary)
    assert len(diary.undo(9)) == 2
    assert kept(diary) == ()
    assert [action.what for action in diary.redo(9)] == ["everything", "changed"]
    assert kept(diary) == before


def test_with_nothing_to_take_back_nothing_happens(diary: Diary) -> None:
    revision = diary.revision()
    assert (diary.undo(), diary.redo(), diary.revision()) == ((), (), revision)


def test_more_steps_than_there_are_end_with_the_last(diary: Diary) -> None:
    diary.keep("added Rex", [REX])
    assert len(diary.undo(10**30)) == len(diary.redo(10**30)) == 1


def test_what_is_taken_back_is_marked_so(diary: Diary) -> None:
    diary.keep("added Rex", [REX])
    diary.keep("added Anna", [ANNA])
    diary.undo()
    assert [(action.what, action.undone) for action in diary.actions()] == [("added Anna", True), ("added Rex", False)]


def test_a_new_action_drops_what_could_be_redone_and_has_a_new_number(diary: Diary) -> None:
    diary.keep("added Rex", [REX])
    diary.keep("added Anna", [ANNA])
    (gone,) = diary.undo()
    action = diary.keep("added Bella", [BELLA])
    assert action is not None
    assert action.number > gone.number
    assert diary.redo() == ()
    assert [one.what for one in diary.actions()] == ["added Bella", "added Rex"]


def test_the_latest_actions_can_be_had_without_their_changes(diary: Diary) -> None:
    for number in range(5):
        diary.keep(f"{number}", [moment("m1", note=f"{number}"), REX])
    assert [(action.what, action.changes) for action in diary.actions(2, whole=False)] == [("4", ()), ("3", ())]


def test_a_record_that_is_not_as_it_was_left_is_not_undone(diary: Diary) -> None:
    diary.keep("added Rex", [REX])
    diary.keep("logged", [moment("m1")])
    diary.forget(["rex"])
    diary.keep("added Anna", [ANNA])
    with diary.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE people SET note = 'touched by another program'")
    with pytest.raises(InputError, match="“added Anna” cannot be undone: the person anna is no longer as it was left"):
        diary.undo()
    assert diary.people()[0].note == "touched by another program"


def test_what_something_else_belongs_to_is_not_undone(diary: Diary) -> None:
    diary.keep("added Rex and Bella", [REX, BELLA])
    diary.keep("logged", [moment("m1", "bella")])
    diary.keep("gave it to Rex", [moment("m1", "rex")])
    diary.forget(["bella"])
    with pytest.raises(InputError, match="something that was kept since belongs to it"):
        diary.undo()
    assert diary.dogs() == (REX,)


def test_an_undo_of_several_steps_is_done_whole_or_not_at_all(diary: Diary) -> None:
    diary.keep("added Rex and Bella", [REX, BELLA])
    diary.keep("logged", [moment("m1", "bella")])
    diary.keep("gave it to Rex", [moment("m1", "rex")])
    diary.forget(["bella"])
    diary.keep("added Anna", [ANNA])
    with pytest.raises(InputError):
        diary.undo(2)
    assert diary.people() == (ANNA,)


names = st.sampled_from(["Rex", "Max", "Bo"])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("keep"), names, st.integers(0, 3)),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(""), st.integers(1, 3)),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_any_walk_back_and_forth_ends_where_a_list_of_states_says(
    diary: Diary, walk: list[tuple[str, str, int]]
) -> None:
    states: list[tuple[Record, ...]] = [()]
    at = 0
    for number, (deed, name, count) in enumerate(walk):
        if deed == "keep":
            diary.keep(name, [replace(REX, name=name), *(moment(f"m{n}", note=str(number)) for n in range(count))])
            if kept(diary) != states[at]:
                states[at + 1 :] = [kept(diary)]
                at += 1
        elif deed == "undo":
            at -= len(diary.undo(count))
        else:
            at += len(diary.redo(count))
        assert kept(diary) == states[at]
    diary.forget(["rex"])


def test_the_revision_rises_with_everything_that_is_done(diary: Diary) -> None:
    seen = [diary.revision()]
    for done in (lambda: diary.keep("added Rex", [REX]), diary.undo, diary.redo, lambda: diary.forget(["rex"])):
        done()
        seen.append(diary.revision())
    assert seen == sorted(set(seen))


def test_the_time_of_an_action_knows_its_zone(diary: Diary) -> None:
    action = diary.keep("added Rex", [REX])
    assert action is not None
    assert action.when > NOON
