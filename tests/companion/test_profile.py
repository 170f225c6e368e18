"""A dog's profile: what it says, what it owns not to know, and that it only counts what was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from benchmarks.lives import lived

from houndsight.companion.household import Household
from houndsight.companion.profile import profile
from houndsight.records.moment import Moment
from houndsight.records.observation import Observation
from houndsight.records.profile import Profile

ENDED = (
    Observation("arrival", "yes"),
    Observation("part", "side"),
    Observation("place", "home"),
    Observation("response", "petted"),
    Observation("outcome", "settled"),
)


def keep(household: Household, moments: list[tuple[Observation, ...]], hours: float = 12.0) -> None:
    """Keeps moments of Rex, the last of them now, so many hours apart."""
    dog, now = household.dog("Rex"), household.now()
    whens = [now - timedelta(hours=hours * (len(moments) - 1 - i)) for i in range(len(moments))]
    records = [
        Moment(f"m{i}", dog.id, when, when, "Europe/Berlin", cues=cues)
        for i, (when, cues) in enumerate(zip(whens, moments, strict=True))
    ]
    household.diary.keep("took in moments", records)


def of_rex(household: Household) -> Profile:
    return profile(household.acquaintance(household.dog("Rex")))


@pytest.fixture
def lives(household: Household) -> Profile:
    """Sixty moments in a month: every third ends the same way, the others are those of any dog."""
    network, rng = household.companion.reader.network, np.random.default_rng(5)
    keep(household, [ENDED if i % 3 == 0 else tuple(lived(network, network.prior, rng)) for i in range(60)])
    return of_rex(household)


def test_rates_stand_beside_those_of_dogs_at_large(lives: Profile) -> None:
    assert sum(rate.p for rate in lives.rates) == pytest.approx(1.0)
    assert sum(rate.at_large for rate in lives.rates) == pytest.approx(1.0)
    assert sum(rate.moments for rate in lives.rates) == pytest.approx(60.0)
    assert lives.rates[0].motive == "greeting"
    assert all(rate.low <= rate.p <= rate.high for rate in lives.rates)
    assert lives.rates[0].p > 2 * lives.rates[0].at_large


def test_his_own_ways_are_told_with_counts_and_odds(lives: Profile) -> None:
    way = next(one for one in lives.ways if one.cue == "part")
    assert (way.value, way.motive) == ("side", "greeting")
    assert way.odds > 10
    assert 15 <= way.times <= way.of


def test_what_works_is_told_by_motive(lives: Profile) -> None:
    work = lives.works[0]
    assert (work.motive, work.response, work.outcome) == ("greeting", "petted", "settled")
    assert work.times == work.of
    assert work.well > work.well_at_large


def test_times_of_day_and_places_add_up(lives: Profile) -> None:
    assert sum(slot.moments for slot in lives.times) == 60
    assert [slot.name for slot in lives.times] == ["morning", "evening"]  # every twelve hours from 9:40 in Berlin
    assert lives.places[0].name == "home"


def test_times_of_day_are_those_that_the_people_lived_by(household: Household) -> None:
    now = household.now()
    moments = [
        Moment(f"o{i}", household.dog("Rex").id, datetime(2026, 6, 1 + i, 5, 30, tzinfo=UTC), now, "+02:00", cues=ENDED)
        for i in range(3)
    ]
    household.diary.keep("took in moments", moments)
    assert [slot.name for slot in of_rex(household).times] == ["morning"]


def test_earlier_readings_know_nothing_of_later_facts(household: Household) -> None:
    """A limp that is told at the end changes no reading that was made before."""
    network, rng = household.companion.reader.network, np.random.default_rng(6)
    told = [ENDED if i % 2 else tuple(lived(network, network.prior, rng)) for i in range(39)]
    keep(household, [*told, ENDED])
    before = of_rex(household).card
    last = household.moment("m39")
    household.diary.keep("changed a moment", [replace(last, cues=(*ENDED, Observation("mobility", "impaired")))])
    assert of_rex(household).card == before


def test_readings_that_foretell_well_are_borne_out_as_often_as_they_say(lives: Profile) -> None:
    assert lives.card is not None
    assert lives.card.readings == lives.outcomes - 7
    assert abs(lives.card.kept - lives.card.expected) <= 3
    assert lives.card.foretold > lives.card.foretold_at_large


def test_a_cue_that_would_tell_much_and_was_seldom_told_is_worth_recording(lives: Profile) -> None:
    assert len(lives.wishes) == 3
    assert all(wish.told < wish.of for wish in lives.wishes)
    assert all(wish.bits > 0 for wish in lives.wishes)


def test_a_dog_of_a_few_moments_is_said_to_be_little_known(household: Household) -> None:
    keep(household, [ENDED] * 3)
    one = of_rex(household)
    assert one.thin
    assert one.card is None or one.card.readings < 3
    assert one.change is None


def test_a_dog_without_moments_has_a_profile_of_dogs_at_large(household: Household) -> None:
    one = of_rex(household)
    assert (one.moments, one.first, one.card, one.ways, one.works) == (0, None, None, (), ())
    assert all(rate.p == pytest.approx(rate.at_large) for rate in one.rates)


def test_a_change_is_told_with_its_time_and_odds(household: Household) -> None:
    hello = (
        Observation("arrival", "yes"),
        Observation("rump", "wiggles"),
        Observation("response", "spoke"),
        Observation("outcome", "leaves_content"),
    )
    fear = (
        Observation("place", "class"),
        Observation("trigger", "noise"),
        Observation("tail", "tucked"),
        Observation("part", "whole_body"),
        Observation("response", "left_place"),
        Observation("outcome", "settled"),
    )
    keep(household, [hello] * 30 + [hello, fear] * 15, hours=24)
    change = of_rex(household).change
    assert change is not None
    assert change.odds > 3
    assert (change.motive, change.after > change.before) in {("security", True), ("greeting", False)}
    assert change.earliest <= change.since <= change.latest
    assert abs((change.since - (household.now() - timedelta(days=30))).days) <= 8
