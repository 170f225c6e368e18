"""The rules as they stand in the data: what fires, what is asked, and what keeps hands and food away."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from houndsight.knowledge.conditions import History, Scene
from houndsight.knowledge.load import load
from houndsight.knowledge.rules import URGENCIES, WHO, Flag

KNOWLEDGE = load()
CUES = KNOWLEDGE.vocabulary.cues
FLAG_CUES = [cue.id for cue in CUES.values() if cue.read_by == "flag"]
TENSE = {"tension": ("stiff",), "tail": ("high_stiff",), "gaze": ("fixed", "whale_eye")}
NEAR = {"petted", "scratched_rump", "cued_alternative", "treat_toy", "checked_body"}
"""Responses that bring a hand near the dog."""


def fired(history: History | None = None, /, **cues: str) -> list[Flag]:
    scene = Scene(cues, {}, history or History())
    return [flag for flag in KNOWLEDGE.flags if flag.condition.holds(scene)]


def wanted(**cues: str) -> set[tuple[str, str]]:
    """Urgency and person of every flag that fires."""
    return {(flag.urgency, flag.who) for flag in fired(**cues)}


def blocked(history: History | None = None, /, **cues: str) -> set[str]:
    scene = Scene(cues, {}, history or History())
    return {r for v in KNOWLEDGE.vetoes if v.scope == "anyone" and v.condition.holds(scene) for r in v.blocks}


def cited() -> Iterator[tuple[str, tuple[str, ...]]]:
    for rules in (KNOWLEDGE.flags, KNOWLEDGE.vetoes, KNOWLEDGE.exclusions, KNOWLEDGE.tests, KNOWLEDGE.plan):
        yield from ((rule.id, rule.citations) for rule in rules)


# The tables as a whole ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cue", FLAG_CUES)
def test_a_cue_that_only_rules_read_is_asked_by_a_flag_and_used_by_one(cue: str) -> None:
    assert [flag.id for flag in KNOWLEDGE.flags if flag.asks == cue]
    assert [flag.id for flag in KNOWLEDGE.flags if cue in flag.condition.cues]


@pytest.mark.parametrize("flag", [flag for flag in KNOWLEDGE.flags if flag.asks], ids=lambda flag: flag.id)
def test_a_flag_asks_a_cue_that_its_own_condition_looks_at(flag: Flag) -> None:
    assert flag.ask_when is not None
    assert flag.asks in flag.condition.cues


@pytest.mark.parametrize("flag", [flag for flag in KNOWLEDGE.flags if flag.asks], ids=lambda flag: flag.id)
def test_some_answer_to_what_a_flag_asks_can_fire_it(flag: Flag) -> None:
    assert flag.asks not in (flag.ask_when.cues if flag.ask_when else ())
    alone = [value for value in CUES[flag.asks].values if flag.condition.holds(Scene({flag.asks: value}))]
    assert alone or len(flag.condition.cues) > 1


def test_every_flag_has_a_known_urgency_and_person() -> None:
    assert {flag.urgency for flag in KNOWLEDGE.flags} <= set(URGENCIES)
    assert {flag.who for flag in KNOWLEDGE.flags} <= set(WHO)


def test_a_flag_covers_no_flag_that_is_more_urgent() -> None:
    urgency = {flag.id: URGENCIES.index(flag.urgency) for flag in KNOWLEDGE.flags}
    assert [(f.id, i) for f in KNOWLEDGE.flags for i in f.covers if urgency[i] < urgency[f.id]] == []


@pytest.mark.parametrize(("rule", "citations"), list(cited()))
def test_a_rule_cites_what_is_known_and_something_that_may_be_shown(rule: str, citations: tuple[str, ...]) -> None:
    assert set(citations) <= KNOWLEDGE.citations.keys()
    assert KNOWLEDGE.shown(citations)


def test_no_citation_that_nobody_could_confirm_is_ever_shown() -> None:
    doubtful = tuple(c.id for c in KNOWLEDGE.citations.values() if c.status in ("unconfirmed", "none"))
    assert doubtful
    assert KNOWLEDGE.shown(doubtful) == ()


def test_every_motive_has_a_test_at_home() -> None:
    assert {test.motive for test in KNOWLEDGE.tests} == set(KNOWLEDGE.motives)


def test_no_rule_fires_when_nothing_was_told() -> None:
    assert fired() == []
    assert {veto.id for veto in KNOWLEDGE.vetoes if veto.condition.holds(Scene({}))} == {"no_scold"}


# What must not be missed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cue", "value"), [("voice", "growl"), ("bitten", "yes")])
@pytest.mark.parametrize("other_people", CUES["other_people"].values)
def test_a_growl_a_snap_or_a_bite_wants_a_behaviour_professional(cue: str, value: str, other_people: str) -> None:
    assert wanted(**{cue: value}, other_people=other_people) & {("soon", "behaviour"), ("now", "behaviour")}


@pytest.mark.parametrize("onset", CUES["onset"].values)
@pytest.mark.parametrize("age", CUES["age"].values)
def test_trouble_with_moving_wants_a_vet_within_days_whenever_it_began(onset: str, age: str) -> None:
    assert ("soon", "vet") in wanted(mobility="impaired", onset=onset, age=age)
    assert ("soon", "vet") in wanted(mobility="impaired")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({a: x}, {b: y})
        for (a, xs), (b, ys) in combinations(TENSE.items(), 2)
        for x in xs
        for y in ys
    ],
    ids=str,
)  # fmt: skip
def test_two_signs_of_great_tension_want_a_behaviour_professional(
    first: dict[str, str], second: dict[str, str]
) -> None:
    assert ("soon", "behaviour") in wanted(**first, **second)


@pytest.mark.parametrize(("cue", "values"), list(TENSE.items()))
def test_one_sign_of_tension_alone_wants_none(cue: str, values: tuple[str, ...]) -> None:
    assert [flag.id for value in values for flag in fired(**{cue: value})] == []


@pytest.mark.parametrize(
    "body", [{"age": "senior"}, {"mobility": "impaired"}, {"onset": "gradual"}, {"onset": "sudden"}]
)
def test_leaning_on_things_with_age_or_trouble_wants_a_vet(body: dict[str, str]) -> None:
    assert "rf_lean_things" in {flag.id for flag in fired(leans_on_things="yes", **body)}
    assert ("soon", "vet") in wanted(leans_on_things="yes", **body)


@pytest.mark.parametrize("rump", [{}, {"rump": "still"}, {"rump": "presents"}])
def test_itching_skin_wants_a_vet_whatever_his_rump_does(rump: dict[str, str]) -> None:
    assert ("soon", "vet") in wanted(skin="yes", **rump)


@pytest.mark.parametrize("cue", ["freezes", "slow_recovery"])
def test_a_fright_that_lasts_wants_a_behaviour_professional(cue: str) -> None:
    assert ("soon", "behaviour") in wanted(**{cue: "yes"})


def test_three_frights_in_a_week_want_a_behaviour_professional() -> None:
    frights = History(leads=(("security", 0.5), ("security", 2.0), ("security", 6.5)))
    assert "rf_fear_load" in {flag.id for flag in fired(frights)}


@pytest.mark.parametrize(
    "cue", ["collapse", "bloat", "breathing", "straining", "head_press", "balance", "eaten_something"]
)
def test_an_emergency_wants_a_vet_now_by_itself(cue: str) -> None:
    assert ("now", "vet") in wanted(**{cue: "yes"})


@pytest.mark.parametrize("cue", FLAG_CUES)
def test_a_no_to_what_only_rules_read_fires_nothing(cue: str) -> None:
    assert fired(**{cue: "no"}) == []


# What is kept away ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("threat", [{"voice": "growl"}, {"bitten": "yes"}, {"tension": "stiff", "gaze": "fixed"}])
def test_hands_are_kept_away_after_a_threat(threat: dict[str, str]) -> None:
    assert blocked(**threat) >= NEAR


def test_hands_are_kept_away_after_a_bite_in_the_diary() -> None:
    assert blocked(History(seen=frozenset({("bitten", "yes")}))) >= NEAR


def test_the_veto_about_hands_comes_first() -> None:
    assert KNOWLEDGE.vetoes[0].id == "no_hands"


@pytest.mark.parametrize("tension", [{}, {"tension": "stiff"}, {"tension": "trembling"}])
def test_food_is_kept_away_near_dogs_he_does_not_know(tension: dict[str, str]) -> None:
    assert "treat_toy" in blocked(other_dogs="unfamiliar", **tension)


@pytest.mark.parametrize("tension", ["loose", "wiggly"])
def test_food_may_be_given_near_dogs_he_does_not_know_while_his_body_is_loose(tension: str) -> None:
    assert "treat_toy" not in blocked(other_dogs="unfamiliar", tension=tension)


def test_scolding_is_blocked_always() -> None:
    assert "scolded" in blocked()


@pytest.mark.parametrize(
    "cues",
    [{"bitten": "yes"}, {"voice": "growl"}, {"pain": "yes"}, {"touch_reaction": "flinches"}, {"ill": "yes"},
     {"mobility": "impaired"}, {"tail": "tucked"}, {"tension": "stiff", "tail": "high_stiff"}],
    ids=str,
)  # fmt: skip
def test_no_test_at_home_is_offered_to_a_dog_who_may_be_hurt_ill_or_afraid(cues: dict[str, str]) -> None:
    assert [exclusion.id for exclusion in KNOWLEDGE.exclusions if exclusion.condition.holds(Scene(cues))]


def test_an_old_bite_or_growl_in_the_diary_excludes_tests_at_home() -> None:
    for event in (("bitten", "yes"), ("voice", "growl")):
        scene = Scene({}, {}, History(seen=frozenset({event})))
        assert [exclusion.id for exclusion in KNOWLEDGE.exclusions if exclusion.condition.holds(scene)]


def test_steps_of_the_plan_want_less_to_repeat_than_to_go_on_and_most_with_a_child() -> None:
    counted = [step for step in KNOWLEDGE.plan if step.set_size is not None]
    assert counted
    for step in counted:
        numbers = (step.stick, step.push, step.child_push, step.set_size)
        assert [n for n in numbers if n is not None] == sorted(n or 0 for n in numbers)
        assert step.stick != step.push


def test_only_the_last_step_of_the_plan_keeps_things_up() -> None:
    assert [step.id for step in KNOWLEDGE.plan if step.maintain_days] == [KNOWLEDGE.plan[-1].id]


def test_a_veto_yields_only_to_vetoes_that_are_listed_before_it() -> None:
    order = [veto.id for veto in KNOWLEDGE.vetoes]
    later = [
        (v.id, graver) for v in KNOWLEDGE.vetoes for graver in v.yields_to if order.index(graver) >= order.index(v.id)
    ]
    assert later == []
    assert any(veto.yields_to for veto in KNOWLEDGE.vetoes)
