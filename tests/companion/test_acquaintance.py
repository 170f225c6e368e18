"""What the diary knows of a dog when one of his moments is read, and what that does to the reading."""

from __future__ import annotations

from datetime import timedelta

import pytest

from houndsight.companion.acquaintance import Acquaintance
from houndsight.companion.dogs import DogFacts
from houndsight.companion.entry import Entry
from houndsight.companion.household import Household
from houndsight.companion.interview import begin
from houndsight.records.moment import Moment
from houndsight.records.observation import Observation
from houndsight.records.query import Query
from houndsight.records.reading import Reading
from houndsight.records.undertaking import HomeTest

GREETING = {"arrival": "yes", "part": "backside", "response": "scratched_rump", "outcome": "leaves_content"}


def log(household: Household, days_ago: float = 0.0, **cues: str) -> Moment:
    when = (household.now() - timedelta(days=days_ago)).isoformat()
    given = household.companion.given(cues.items())
    return household.log(Entry(cues=given, when=when), "Rex").moment


def known(household: Household) -> Acquaintance:
    return household.acquaintance(household.dog("Rex"))


def read(household: Household, **cues: str) -> Reading:
    return household.companion.read(given=household.companion.given(cues.items()), of=known(household))


def facts(household: Household) -> dict[str, str]:
    return {o.cue: o.value for o in known(household).facts}


def test_a_new_reading_of_a_dog_uses_what_was_learned_of_him(household: Household) -> None:
    for day in range(12):
        log(household, day, **GREETING)
    told = {"part": "backside", "place": "home"}
    own, any_dog = read(household, **told), household.companion.read(given=household.companion.given(told.items()))
    share = {m.motive: m.p for m in any_dog.motives}["greeting"]
    assert own.leader.motive == "greeting"
    assert own.leader.p > share + 0.2
    assert own.dialect is not None
    assert own.dialect.at_large == pytest.approx(share, abs=0.02)
    assert own.dialect.moments == 12


def test_the_reading_says_why_from_his_own_moments(household: Household) -> None:
    for day in range(12):
        log(household, day, **GREETING)
    moved = read(household, arrival="yes", part="backside").dialect
    assert moved is not None
    assert f"{moved.at_large * 100:.0f} in 100" in moved.words
    said = "\n".join(reason.words for reason in moved.because)
    assert "I read about 11 of his 12 other leans as greeting" in said
    assert "In 12 other moments" in said
    assert "he went off and seemed content (12 of 12)" in said
    assert all(reason.decibans is None or reason.decibans > 0 for reason in moved.because)
    assert all(reason.times <= reason.of for reason in moved.because)


def test_a_kept_moment_is_read_without_what_it_says_itself(household: Household) -> None:
    only = log(household, 0, **GREETING)
    told = {**GREETING, "age": "adult"}  # which is known of him by his birth
    alone = household.companion.read(given=household.companion.given(told.items()))
    shown = household.shown(only).reading
    assert [m.p for m in shown.motives] == pytest.approx([m.p for m in alone.motives], abs=0.01)


def test_a_list_and_the_moment_itself_say_the_same(household: Household) -> None:
    for day in range(6):
        log(household, day, **GREETING)
    moment = log(household, part="side")
    line = next(one for one in household.lines(Query()) if one.moment.id == moment.id)
    shown = household.shown(moment).reading.motives
    assert [(m.motive, m.p) for m in line.reading.motives] == [(m.motive, m.p) for m in shown]


def test_an_undo_brings_back_the_reading_as_it_was(household: Household) -> None:
    for day in range(5):
        log(household, day, **GREETING)
    before = read(household, part="backside")
    log(household, place="clinic", tail="tucked")
    assert read(household, part="backside").motives != before.motives
    household.undo(1)
    assert read(household, part="backside") == before


def test_the_latest_answer_about_the_dog_stands(household: Household) -> None:
    log(household, 3, mobility="impaired")
    assert facts(household)["mobility"] == "impaired"
    log(household, 1, mobility="normal")
    assert facts(household)["mobility"] == "normal"


def test_what_was_told_later_does_not_stand_for_an_earlier_moment(household: Household) -> None:
    early = log(household, 5, arrival="yes")
    before = household.shown(early).reading
    log(household, 1, mobility="impaired")
    after = household.shown(early).reading
    assert not after.flags
    assert [m.p for m in after.motives] == pytest.approx([m.p for m in before.motives], abs=0.01)
    assert read(household, arrival="yes").flags


def test_a_moment_keeps_its_own_fact_when_that_no_longer_stands(household: Household) -> None:
    old = log(household, 120, onset="sudden", mobility="impaired", part="whole_body")
    assert "onset" not in facts(household)
    alone = household.companion.read(given=old.cues, of=None).motives
    share = {m.motive: m.p for m in household.shown(old).reading.motives}
    assert share["physical"] == pytest.approx({m.motive: m.p for m in alone}["physical"], abs=0.1)


def test_a_warning_from_an_earlier_day_says_since_when_and_how_it_ends(household: Household) -> None:
    log(household, 30, collapse="yes")
    reading = read(household, arrival="yes")
    flag = next(one for one in reading.flags if one.since)
    assert flag.since == (household.now() - timedelta(days=30)).date().isoformat()
    assert flag.ends == "collapse=no"
    log(household, 0, collapse="no")
    assert not read(household, arrival="yes").flags


def test_a_warning_of_this_moment_is_not_dated(household: Household) -> None:
    log(household, 30, collapse="yes")
    assert not any(flag.since for flag in read(household, collapse="yes").flags)


def test_onset_stands_for_a_season_only(household: Household) -> None:
    log(household, 200, onset="sudden")
    assert "onset" not in facts(household)
    log(household, 20, onset="gradual")
    assert facts(household)["onset"] == "gradual"


def test_his_age_is_known_from_his_birth_until_somebody_says_otherwise(household: Household) -> None:
    assert facts(household)["age"] == "adult"
    log(household, age="senior")
    assert facts(household)["age"] == "senior"


@pytest.mark.parametrize(("born", "size", "age"), [("2026-06-01", None, "puppy"), ("2018-01-01", "giant", "senior"), ("2018-01-01", "small", "adult")])  # fmt: skip
def test_when_a_dog_is_old_depends_on_his_size(empty: Household, born: str, size: str | None, age: str) -> None:
    dog = empty.add_dog(DogFacts("Rex", born=born, size=size))
    assert {o.cue: o.value for o in empty.acquaintance(dog).facts} == {"age": age}


def test_a_growl_of_long_ago_still_bars_a_hand(household: Household) -> None:
    log(household, 400, voice="growl", tension="stiff")
    assert ("voice", "growl") in known(household).history.seen
    assert "scratched_rump" not in {one.response for one in read(household, arrival="yes").advice}


def test_a_fact_told_now_outranks_what_stands(household: Household) -> None:
    log(household, 3, mobility="impaired")
    reading = read(household, arrival="yes", mobility="normal")
    assert not reading.flags
    assert reading.dialect is not None
    assert "mobility" not in {o.cue for o in reading.dialect.facts}


def test_a_test_result_counts_in_every_later_reading(household: Household) -> None:
    before = read(household, place="home").motives
    dog = household.dog("Rex")
    test = HomeTest("t1", dog.id, "t_scratch", household.now(), household.now(), factors=(("scratch", 30.0),))
    household.diary.keep("tested Rex", [test])
    after = {m.motive: m.p for m in read(household, place="home").motives}
    assert after["scratch"] > 1.3 * {m.motive: m.p for m in before}["scratch"]


def test_cues_that_this_knowledge_does_not_have_are_passed_over(household: Household) -> None:
    moment = log(household, 0, **GREETING)
    strange = Moment(
        "strange", moment.dog, moment.when, moment.logged, cues=(Observation("halo", "bright"), *moment.cues)
    )
    household.diary.keep("took in a moment", [strange])
    assert known(household).dialect.shares.shape[0] == 2


def test_a_hello_stays_a_hello_for_a_dog_who_mostly_wants_a_scratch(household: Household) -> None:
    scratch = {"rump": "presents", "response": "scratched_rump", "outcome": "wants_more"}
    for day in range(27):
        log(household, day, **scratch)
    hello = {"arrival": "yes", "rump": "wiggles", "part": "backside"}
    for day in range(6):
        log(household, day, **hello)
    assert read(household, **hello).leader.motive == "greeting"


def test_one_dog_is_not_read_by_what_another_does(household: Household) -> None:
    for day in range(8):
        log(household, day, **GREETING)
    luna = household.add_dog(DogFacts("Luna"))
    assert not household.acquaintance(luna).known


def test_an_interview_about_a_known_dog_reads_him_by_his_own_dialect(household: Household) -> None:
    for day in range(12):
        log(household, day, **GREETING)
    interview = begin(household.companion, given=household.companion.given([("place", "home")]), of=known(household))
    assert interview.question is not None
    assert interview.question.cue not in {o.cue for o in known(household).facts}
    after = interview.pass_over().reading
    assert after.dialect is not None
    assert after.leader.motive == "greeting"
