"""Two dogs, people or moments that turn out to be one: joined in one step."""

from __future__ import annotations

from houndsight.companion.household import Household
from houndsight.companion.when import fixed
from houndsight.diary.merging import merged_dogs, merged_moments, merged_people
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.person import Person
from houndsight.records.query import Query

__all__ = ["join_dogs", "join_moments", "join_people"]


def join_dogs(household: Household, keep: Dog, other: Dog) -> int:
    """All that is the other's becomes the first's; the other goes to the trash. Tells how many moments went over."""
    count = household.diary.count(Query(dog=other.id))
    records = merged_dogs(household.diary, keep, other, fixed(household.now()))
    household.keep("merged_dogs", records, keep=keep.name, other=other.name)
    return count


def join_people(household: Household, keep: Person, other: Person) -> None:
    """The first stands in all moments of the other, who goes to the trash."""
    records = merged_people(household.diary, keep, other, fixed(household.now()))
    household.keep("merged_people", records, keep=keep.name, other=other.name)


def join_moments(household: Household, keep: Moment, other: Moment) -> None:
    """The first takes over what it lacks; the other goes to the trash."""
    records = merged_moments(keep, other, fixed(household.now()))
    household.keep("merged_moments", records, dog=household.dog_of(keep).name)
