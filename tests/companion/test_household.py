"""What a household does with its diary: dogs, people, moments, what followed, and looking back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from houndsight import Observation
from houndsight.companion.dogs import DogFacts
from houndsight.companion.entry import Entry
from houndsight.companion.household import Household
from houndsight.companion.people import PersonFacts
from houndsight.companion.trash import Trash
from houndsight.companion.wanted import Wanted, queried
from houndsight.errors import InputError, NotInDiary, UnknownCue
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.query import Query

HELLO = "He backed into my legs the second I came in"
QUEUE = "He leaned on me in the queue, tail tucked"


def found(household: Household, **asked: object) -> list[str]:
    """The texts of the moments that are asked for, as a list shows them."""
    return [line.moment.text for line in household.lines(queried(household, Wanted(**asked)))]  # type: ignore[arg-type]


def heard(moment: Moment) -> dict[str, str]:
    return {one.cue: one.value for one in moment.cues}


# Dogs and people ------------------------------------------------------------------------------------------------------------


def test_a_dog_is_kept_as_he_was_told(empty: Household) -> None:
    dog = empty.add_dog(DogFacts(" Luna ", age="3 years", size="Large", breed="mix", sex="female", neutered=True))
    assert empty.diary.dogs() == (dog,)
    assert (dog.name, dog.size, dog.born, dog.born_about) == ("Luna", "large", date(2023, 11, 25), True)


@pytest.mark.parametrize(
    ("told", "born", "about"),
    [
        ({"born": "2019-05-01"}, date(2019, 5, 1), False),
        ({"born": "2019"}, date(2019, 7, 2), True),
        ({"age": "7"}, date(2019, 11, 25), True),
        ({"age": "10 weeks"}, date(2026, 9, 16), True),
        ({"age": "a year and a half"}, date(2025, 5, 26), True),
    ],
)
def test_a_birth_is_told_as_well_as_it_is_known(
    empty: Household, told: dict[str, str], born: date, about: bool
) -> None:
    dog = empty.add_dog(DogFacts("Luna", **told))  # type: ignore[arg-type]
    assert (dog.born, dog.born_about) == (born, about)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"name": "  "}, "A dog needs a name"),
        ({"name": "rex"}, "has a dog called Rex already"),
        ({"name": "Luna", "age": "old"}, "The age 'old' was not understood"),
        ({"name": "Luna", "age": "60"}, "more than a dog lives"),
        ({"name": "Luna", "age": "2", "born": "2024"}, "one of them is enough"),
        ({"name": "Luna", "born": "2030-01-01"}, "lies in the future"),
        ({"name": "Luna", "born": "1926-01-01"}, "longer ago than a dog lives"),
        ({"name": "Luna", "size": "gigantic"}, "It can be: toy, small, medium, large, giant"),
        ({"name": "Luna", "sex": "boy"}, "It can be: female, male"),
    ],
)
def test_what_cannot_be_of_a_dog_is_told(household: Household, told: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        household.add_dog(DogFacts(**told))  # type: ignore[arg-type]
    assert [dog.name for dog in household.diary.dogs()] == ["Rex"]


def test_a_dog_is_changed_and_fields_are_emptied(household: Household) -> None:
    dog = household.change_dog(household.dog("rex"), DogFacts(name="Rexi", size="giant", clear=("born",)))
    assert household.dog("Rexi") == dog
    assert (dog.size, dog.born) == ("giant", None)


def test_a_field_that_is_none_is_told(household: Household) -> None:
    with pytest.raises(InputError, match=r"field to clear cannot be 'tail'. It can be: born, size"):
        household.change_dog(household.dog(), DogFacts(clear=("tail",)))


def test_a_person_is_changed(household: Household) -> None:
    household.change_person(household.person("anna"), PersonFacts(role="Carer", note="Mondays"))
    assert (household.person("Anna").role, household.person("Anna").note) == ("carer", "Mondays")


# Who is meant ---------------------------------------------------------------------------------------------------------------


def test_without_a_dog_it_is_said_how_to_add_one(empty: Household) -> None:
    with pytest.raises(InputError, match="houndsight dog add Rex"):
        empty.log(Entry(text=HELLO))


def test_the_only_dog_need_not_be_named(household: Household) -> None:
    assert household.log(Entry(text=HELLO)).dog.name == "Rex"


def test_of_several_dogs_one_must_be_named(household: Household) -> None:
    household.add_dog(DogFacts("Luna"))
    with pytest.raises(InputError, match=r"Which dog. Say it with --dog: Luna, Rex"):
        household.log(Entry(text=HELLO))
    assert household.log(Entry(text=HELLO), "luna").dog.name == "Luna"


def test_a_name_nearly_right_is_suggested(household: Household) -> None:
    with pytest.raises(NotInDiary, match=r"The diary has no dog 'Rx'. Did you mean Rex"):
        household.dog("Rx")


def test_for_a_person_who_is_not_there_it_is_said_how_to_add_one(household: Household) -> None:
    with pytest.raises(InputError, match=r"no person 'Carla'. To add somebody: houndsight person add Carla"):
        household.person("Carla")


def test_whoever_is_not_there_yet_is_somebody_new(household: Household) -> None:
    rex, anna = household.dog("Rex"), household.person("Anna")
    assert [household.dog_or_new(given) for given in ("rex", rex.id[:8], " Bella ", " ", None)] == [
        rex.id, rex.id, "Bella", "", "",
    ]  # fmt: skip
    assert [household.person_or_new(given) for given in ("ANNA", "Carla", None)] == [anna.id, "Carla", ""]


def test_whoever_is_in_the_trash_is_not_somebody_new(household: Household) -> None:
    Trash(household).put_dog(household.dog())
    Trash(household).put_person(household.person("Anna"))
    for find, name in ((household.dog_or_new, "Rex"), (household.person_or_new, "Anna")):
        with pytest.raises(InputError, match=f"{name} is in the trash"):
            find(name)


def test_the_latest_moment_of_a_dog_is_meant_when_none_is_named(household: Household) -> None:
    latest = household.log(Entry(text=HELLO)).moment
    household.log(Entry(text=QUEUE, when="yesterday"))
    assert household.moment() == latest


def test_without_a_moment_it_is_said_how_to_log_one(household: Household) -> None:
    with pytest.raises(InputError, match="There is no moment of Rex yet"):
        household.moment()


def test_a_short_id_names_one_moment_alone(household: Household) -> None:
    first = household.log(Entry(text=HELLO, id="aaaabbbbccccdddd1")).moment
    household.log(Entry(text=QUEUE, id="aaaabbcccccccccc2"))
    assert household.short(first) == "aaaabbbb"
    assert household.moment(household.short(first)) == first


# Logging --------------------------------------------------------------------------------------------------------------------


def test_a_moment_is_kept_with_what_was_heard_and_its_reading(household: Household) -> None:
    logged = household.log(Entry(text=HELLO))
    assert household.diary.moment(logged.moment.id) == logged.moment
    assert heard(logged.moment)["arrival"] == "yes"
    assert logged.reading.leader.motive == "greeting"


def test_the_reading_of_a_kept_moment_is_that_of_its_account(household: Household) -> None:
    logged = household.log(Entry(text=HELLO))
    assert household.shown(logged.moment).reading == logged.reading


def test_cues_alone_make_a_moment(household: Household) -> None:
    logged = household.log(Entry(cues=(Observation("arrival", "yes"),)))
    assert logged.moment.lean
    assert logged.reading.leader.motive == "greeting"


def test_all_that_is_told_is_kept(household: Household) -> None:
    anna, ben = household.person("Anna"), household.person("Ben")
    entry = Entry(
        text=QUEUE, when="yesterday 18:30", until="for 10 min", on=anna.id, by=ben.id, own=(OwnCue("song", "humming"),), tags=("shop",),
        severity=1, knocked_over=False, note="rainy", after=(Observation("response", "stayed"),),
    )  # fmt: skip
    moment = household.log(entry).moment
    assert moment.when.isoformat() == "2026-11-24T18:30:00+01:00"
    assert moment.ended == moment.when + timedelta(minutes=10)
    assert (moment.leaned_on, moment.logged_by, moment.zone) == (anna.id, ben.id, "Europe/Berlin")
    assert (moment.severity, moment.knocked_over, moment.note, moment.tags) == (1, False, "rainy", ("shop",))
    assert (moment.own, moment.value("response")) == ((OwnCue("song", "humming"),), "stayed")


def test_cues_that_this_version_does_not_know_are_kept_and_passed_over(household: Household) -> None:
    logged = household.log(Entry(text=HELLO))
    strange = replace(
        logged.moment, id="new", cues=(*logged.moment.cues, Observation("aura", "blue"), Observation("tail", "singing"))
    )
    household.diary.keep("took in", [strange])
    assert household.shown(strange).reading.cues == logged.moment.cues


def test_moments_of_one_dog_may_overlap(household: Household) -> None:
    household.log(Entry(text=HELLO, when="8:00", until="8:30"))
    household.log(Entry(text=QUEUE, when="8:10", until="8:20"))
    assert household.count(Query()) == 2


def test_nothing_told_is_no_moment(household: Household) -> None:
    with pytest.raises(InputError, match="Tell what happened"):
        household.log(Entry(text="  "))


def test_the_same_id_sent_twice_keeps_one(household: Household) -> None:
    first = household.log(Entry(text=HELLO, id="phone-1"))
    again = household.log(Entry(text="something else", id="phone-1"))
    assert (again.again, again.moment) == (True, first.moment)
    assert household.count(Query()) == 1


def test_a_moment_before_his_birth_is_a_mistake(household: Household) -> None:
    with pytest.raises(InputError, match="Rex was born on 2019-05-01; the moment cannot have been on 2018-01-01"):
        household.log(Entry(text=HELLO, when="2018-01-01"))


def test_what_is_put_right_beside_a_text_is_kept_as_a_correction(household: Household) -> None:
    household.log(Entry(text=HELLO, cues=(Observation("tail", "tucked"),)))
    assert [(one.cue, one.right) for one in household.diary.corrections()[0].corrections] == [("tail", "tucked")]


def test_what_followed_puts_nothing_right_in_the_hearing(household: Household) -> None:
    household.log(Entry(text=HELLO, after=(Observation("response", "petted"),)))
    assert household.diary.corrections() == ()


def test_a_warning_in_another_moment_of_the_text_is_not_lost(household: Household) -> None:
    text = "He leaned on me on the sofa this morning. Last week he snapped at my son when he was petted."
    logged = household.log(Entry(text=text))
    assert household.shown(logged.moment).reading.wants_professional


# What followed, and changes -------------------------------------------------------------------------------------------------


def test_what_followed_is_heard_and_changes_the_reading(household: Household) -> None:
    moment = household.log(Entry(text=HELLO)).moment
    done = household.follow(moment, "I scratched his rump and he settled")
    assert (done.moment.value("response"), done.moment.value("outcome")) == ("scratched_rump", "settled")
    assert done.reading.leader.p != done.before.leader.p
    assert "scratched his rump" in done.moment.note


def test_what_is_set_outranks_what_is_heard(household: Household) -> None:
    moment = household.log(Entry(text=HELLO)).moment
    done = household.follow(moment, "I scratched his rump and he settled", (Observation("outcome", "persists"),))
    assert done.moment.value("outcome") == "persists"


@pytest.mark.parametrize(("words", "told"), [("the weather was nice", "I heard neither"), (None, "Say what you did")])
def test_nothing_that_followed_is_told(household: Household, words: str | None, told: str) -> None:
    moment = household.log(Entry(text=HELLO)).moment
    with pytest.raises(InputError, match=told):
        household.follow(moment, words)


def test_an_edit_keeps_what_is_not_named(household: Household) -> None:
    moment = household.log(Entry(text=HELLO, tags=("hall",), note="rainy")).moment
    done = household.edit(moment, Entry(when="yesterday", tags=("mat",), own=(OwnCue("song", "a"),)))
    assert (done.moment.text, done.moment.note, done.moment.tags) == (HELLO, "rainy", ("hall", "mat"))
    assert done.moment.when == datetime.fromisoformat("2026-11-24T12:00+01:00")


def test_a_later_time_moves_the_end_too(household: Household) -> None:
    moment = household.log(Entry(text=HELLO, when="8:00", until="8:10")).moment
    done = household.edit(moment, Entry(when="9:00"))
    assert done.moment.ended == done.moment.when + timedelta(minutes=10)


def test_a_new_text_is_heard_anew_and_what_was_given_stays(household: Household) -> None:
    moment = household.log(Entry(text=HELLO, cues=(Observation("ears", "pinned"),))).moment
    done = household.edit(moment, Entry(text=QUEUE))
    assert {"tail": "tucked", "ears": "pinned"}.items() <= heard(done.moment).items()
    assert "arrival" not in heard(done.moment)


def test_a_new_text_leaves_what_followed(household: Household) -> None:
    moment = household.log(Entry(text=HELLO)).moment
    followed = household.follow(moment, "I scratched his rump and he settled").moment
    assert household.edit(followed, Entry(text=QUEUE)).moment.value("outcome") == "settled"


def test_a_cue_is_put_right_and_another_taken_out(household: Household) -> None:
    moment = household.log(Entry(text=QUEUE)).moment
    done = household.edit(moment, Entry(cues=(Observation("arrival", "no"),), without=("tail",)))
    assert heard(done.moment)["arrival"] == "no"
    assert "tail" not in heard(done.moment)
    assert done.reading.leader.p != done.before.leader.p


@pytest.mark.parametrize(
    ("field", "name"),
    [("note", "note"), ("until", "ended"), ("on", "leaned_on"), ("tags", "tags"), ("severity", "severity")],
)
def test_a_field_is_emptied(household: Household, field: str, name: str) -> None:
    entry = Entry(
        text=HELLO, note="n", when="8:00", until="8:10", on=household.person("Anna").id, tags=("t",), severity=2
    )
    done = household.edit(household.log(entry).moment, Entry(clear=(field,)))
    assert not getattr(done.moment, name)


def test_what_followed_is_emptied(household: Household) -> None:
    moment = household.log(Entry(text=HELLO, after=(Observation("outcome", "settled"),))).moment
    assert household.edit(moment, Entry(clear=("outcome",))).moment.value("outcome") is None


def test_without_its_text_a_moment_keeps_its_cues(household: Household) -> None:
    moment = household.log(Entry(text=HELLO)).moment
    done = household.edit(moment, Entry(clear=("text",)))
    assert (done.moment.text, heard(done.moment)) == ("", heard(moment))
    assert {one.span for one in done.moment.cues} == {None}


def test_a_moment_is_given_to_another_dog(household: Household) -> None:
    household.add_dog(DogFacts("Luna"))
    moment = household.log(Entry(text=HELLO), "Rex").moment
    assert household.edit(moment, Entry(), "Luna").dog.name == "Luna"


def test_an_edit_that_changes_nothing_is_no_step(household: Household) -> None:
    moment = household.log(Entry(text=HELLO, note="rainy")).moment
    steps = len(household.diary.actions(100))
    assert not household.edit(moment, Entry(note="rainy")).changed
    assert len(household.diary.actions(100)) == steps


# Looking back ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def looking_back(household: Household) -> Household:
    household.log(Entry(text=HELLO, when="monday 7:15", on=household.person("Anna").id, tags=("hall",)))
    household.log(Entry(text=QUEUE, when="yesterday 18:30", by=household.person("Ben").id, knocked_over=True))
    household.log(Entry(text="He leaned on me while I cooked", own=(OwnCue("song", "humming"),)))
    return household


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, 3),
        ({"dog": "rex", "limit": 2}, 2),
        ({"limit": 2, "page": 2}, 1),
        ({"person": "Ben"}, 1),
        ({"since": "yesterday"}, 2),
        ({"until": "yesterday"}, 2),
        ({"since": "monday", "until": "monday"}, 1),
        ({"until": "yesterday 18:30"}, 2),
        ({"since": "last week"}, 3),
        ({"cues": ("tail=tucked",)}, 1),
        ({"cues": ("leans_on",)}, 3),
        ({"own": ("song=humming",)}, 1),
        ({"own": ("song",)}, 1),
        ({"tags": ("hall",)}, 1),
        ({"search": "QUEUE tail"}, 1),
        ({"search": "queue nowhere"}, 0),
        ({"knocked_over": True}, 1),
    ],
)
def test_moments_are_found_by_what_is_asked(looking_back: Household, asked: dict[str, object], wanted: int) -> None:
    assert len(found(looking_back, **asked)) == wanted


def test_the_latest_come_first_unless_asked_otherwise(looking_back: Household) -> None:
    assert found(looking_back)[-1] == HELLO
    assert found(looking_back, oldest_first=True)[0] == HELLO


def test_a_line_has_dog_person_and_reading(looking_back: Household) -> None:
    line = looking_back.lines(queried(looking_back, Wanted(tags=("hall",))))[0]
    assert line.leaned_on is not None
    assert (line.dog.name, line.leaned_on.name, line.reading.leader.motive) == ("Rex", "Anna", "greeting")


def test_the_count_is_of_all_pages(looking_back: Household) -> None:
    assert looking_back.count(queried(looking_back, Wanted(limit=1, page=2))) == 3


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"since": "today", "until": "monday"}, "Nothing lies between 'today' and 'monday'"),
        ({"cues": ("tial=low",)}, "no cue called 'tial'. Did you mean tail"),
        ({"cues": ("tail=loww",)}, "has no value 'loww'"),
        ({"cues": ("=low",)}, "A cue is looked for as NAME=VALUE or as NAME"),
        ({"person": "Carla"}, "no person 'Carla'"),
        ({"since": "soonish"}, "was not understood"),
    ],
)
def test_what_cannot_be_asked_is_told(household: Household, asked: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        found(household, **asked)


def test_an_unknown_cue_is_an_error_of_its_own_kind(household: Household) -> None:
    with pytest.raises(UnknownCue):
        found(household, cues=("tial",))
