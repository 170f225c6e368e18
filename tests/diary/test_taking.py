"""An import is one action: everything new comes in, what is there stays as it is, and a fault takes it all back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from tests.diary.samples import BELLA, EVERYTHING, NOON, PLAN, PNG, REX, TEST, WRONG, moment
from tests.strategies import households

from houndsight.diary import taking
from houndsight.diary.diary import Diary
from houndsight.errors import InputError, NotInDiary
from houndsight.records.action import Record


def test_an_import_counts_what_it_added_by_kind(diary: Diary) -> None:
    taken = diary.take("imported", EVERYTHING)
    assert dict(taken.added) == {"person": 2, "dog": 2, "moment": 2, "test": 1, "plan": 1, "correction": 1}
    assert (taken.count, taken.same, taken.differs) == (9, 0, ())
    assert tuple(diary.records()) == EVERYTHING


def test_a_second_import_adds_nothing_and_is_no_action(diary: Diary) -> None:
    diary.take("imported", EVERYTHING)
    taken = diary.take("imported", EVERYTHING)
    assert (taken.count, taken.same) == (0, 9)
    assert len(diary.actions()) == 1


def test_what_is_there_with_other_content_stays_as_it_is_and_is_named(diary: Diary) -> None:
    diary.take("imported", EVERYTHING)
    later = replace(WRONG, when="2027-01-01T00:00:00+00:00")
    taken = diary.take("imported", [replace(REX, name="Max"), moment("m9"), later])
    assert (taken.differs, taken.unchanged, taken.added) == (("rex",), (WRONG.id,), (("moment", 1),))
    assert diary.dog("rex") == REX


def test_of_two_records_with_one_id_the_first_is_taken(diary: Diary) -> None:
    taken = diary.take("imported", [REX, REX, replace(REX, name="Max")])
    assert (taken.count, taken.same, taken.differs) == (1, 1, ("rex",))


def test_what_comes_for_a_dog_in_the_trash_goes_there_with_him(diary: Diary) -> None:
    diary.keep("put Rex into the trash", [replace(REX, trashed=NOON)])
    taken = diary.take("imported", [REX, BELLA, moment("m1"), moment("m2", "bella"), TEST, PLAN])
    assert (taken.trashed, taken.differs) == (("m1", "t1", "p1"), ("rex",))
    assert [one.id for one in diary.moments()] == ["m2"]
    assert diary.moment("m1").trashed == NOON
    assert diary.tests(trashed=True) == (replace(TEST, trashed=NOON),)
    assert diary.plans(trashed=True) == (replace(PLAN, trashed=NOON),)


def test_what_went_to_the_trash_with_a_dog_is_the_same_when_it_comes_again(diary: Diary) -> None:
    diary.keep("put Rex into the trash", [replace(REX, trashed=NOON)])
    diary.take("imported", [moment("m1"), TEST])
    assert diary.take("imported", [moment("m1"), TEST]).unchanged == ("m1", "t1")


def test_a_dog_that_comes_in_the_trash_and_what_is_his_come_as_they_were(diary: Diary) -> None:
    given_ = (replace(REX, trashed=NOON), moment("m1"))
    assert diary.take("imported", given_).trashed == ()
    assert tuple(diary.records()) == given_


def test_a_dry_run_says_the_same_and_takes_nothing(diary: Diary) -> None:
    dry = diary.take("imported", EVERYTHING, [PNG], dry_run=True)
    assert (list(diary.records()), list(diary.photos()), diary.actions()) == ([], [], ())
    assert replace(diary.take("imported", EVERYTHING, [PNG]), dry_run=True) == dry


def test_an_import_is_undone_as_a_whole(diary: Diary) -> None:
    diary.take("imported", EVERYTHING)
    assert [action.what for action in diary.undo()] == ["imported"]
    assert list(diary.records()) == []


def test_a_fault_at_the_end_takes_everything_back(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "BATCH", 3)
    with pytest.raises(NotInDiary, match="dog 'nobody'"):
        diary.take("imported", [*EVERYTHING, moment("m9", "nobody")])
    assert (list(diary.records()), diary.actions()) == ([], ())


def test_a_source_that_breaks_off_takes_everything_back(diary: Diary) -> None:
    def torn() -> Iterator[Record]:
        yield from EVERYTHING
        raise InputError("line 10 is torn")

    with pytest.raises(InputError, match="torn"):
        diary.take("imported", torn())
    assert list(diary.records()) == []


@pytest.mark.parametrize("size", [1, 2, 500])
def test_an_import_in_batches_is_the_same_as_one_at_once(
    diary: Diary, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "BATCH", size)
    assert diary.take("imported", EVERYTHING).count == 9
    assert len(diary.actions()[0].changes) == 9
    diary.undo()
    diary.redo()
    assert tuple(diary.records()) == EVERYTHING


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(households())
def test_what_one_diary_gives_another_takes_whole(diary: Diary, records: tuple[Record, ...]) -> None:
    diary.take("imported", records)
    given_ = tuple(diary.records())
    diary.forget(one.id for one in records)
    diary.take("imported", given_)
    assert set(map(repr, diary.records())) == set(map(repr, given_))
    diary.forget(one.id for one in records)
