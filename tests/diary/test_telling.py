"""What learning gets of a dog: his moments outside the trash, oldest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.diary.samples import BELLA, NOON, REX, moment
from tests.strategies import moments

from houndsight.diary.diary import Diary
from houndsight.records.moment import Moment
from houndsight.records.observation import Observation
from houndsight.records.told import Told

his = st.lists(moments(dog=st.just("rex"), person=st.none()), max_size=5, unique_by=lambda one: one.id)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(his)
def test_every_moment_outside_the_trash_is_told_with_its_cues_in_order(diary: Diary, given_: list[Moment]) -> None:
    diary.keep("logged", [REX, *given_])
    stands = sorted((one for one in given_ if one.trashed is None), key=lambda one: (one.instant, one.id))
    wanted = [Told(m.id, m.instant, m.zone, tuple(replace(o, span=None) for o in m.cues)) for m in stands]
    assert diary.told("rex") == tuple(wanted)
    assert diary.ever("rex") == {(o.cue, o.value) for one in wanted for o in one.cues}
    diary.forget(["rex"])


def test_times_are_told_in_utc(diary: Diary) -> None:
    diary.keep("logged", [REX, moment("m1")])
    (told,) = diary.told("rex")
    assert (told.when, told.when.tzinfo) == (NOON, UTC)


def test_equal_observations_are_one_object(diary: Diary) -> None:
    diary.keep("logged", [REX, moment("m1"), moment("m2")])
    one, other = diary.told("rex")
    assert one.cues[0] is other.cues[0]


def test_another_dogs_moments_are_not_told(diary: Diary) -> None:
    diary.keep("logged", [REX, BELLA, moment("m1", "bella")])
    assert (diary.told("rex"), diary.ever("rex")) == ((), frozenset())


def test_a_change_of_a_moment_is_told(diary: Diary) -> None:
    diary.keep("logged", [REX, moment("m1")])
    diary.keep("changed", [moment("m1", cues=(Observation("voice", "growl"),))])
    assert diary.ever("rex") == {("voice", "growl")}
