"""What is advised, what is advised against, and what is said first, in scenes where it matters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from houndsight.inference.advise import Choice, Chosen, choose, utilities
from houndsight.inference.flags import fired
from houndsight.inference.network import Floats
from houndsight.inference.read import Finding, Reader
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.conditions import NO_HISTORY, History, Scene
from houndsight.records.observation import Observation

NEAR_HANDS = {"petted", "scratched_rump", "cued_alternative", "treat_toy", "checked_body", "gave_it"}
BITTEN = History(seen=frozenset({("bitten", "yes")}))


def read(reader: Reader, cues: str, history: History = NO_HISTORY) -> Finding:
    """The finding of `cue=value cue=value`."""
    return reader.read([Observation(cue, value) for cue, value in (pair.split("=") for pair in cues.split())], history)


def done(finding: Finding) -> set[str]:
    return {choice.response for choice in finding.chosen.do if choice.response is not None}


@pytest.mark.parametrize(
    "cues",
    [
        "arrival=yes rump=wiggles voice=growl",
        "arrival=yes rump=wiggles tension=stiff gaze=fixed",
        "arrival=yes rump=wiggles tail=high_stiff gaze=whale_eye",
    ],
)
def test_a_growl_or_a_stiff_stare_keeps_hands_away_and_is_said_first(reader: Reader, cues: str) -> None:
    finding = read(reader, cues)
    assert not done(finding) & NEAR_HANDS
    assert finding.chosen.do[0] == Choice(None, veto="no_hands")
    assert {choice.response for choice in finding.chosen.leave} >= NEAR_HANDS


def test_the_same_greeting_without_the_growl_is_petted(reader: Reader) -> None:
    finding = read(reader, "arrival=yes rump=wiggles tension=wiggly")
    assert "petted" in done(finding)
    assert finding.flags == ()


def test_a_bite_in_the_diary_keeps_hands_away_today(reader: Reader) -> None:
    finding = read(reader, "arrival=yes rump=wiggles tension=wiggly", BITTEN)
    assert not done(finding) & NEAR_HANDS
    assert finding.chosen.do[0] == Choice(None, veto="no_hands")


def test_a_bite_told_now_is_flagged_for_a_professional(reader: Reader) -> None:
    flags = read(reader, "bitten=yes").flags
    assert {flag.who for flag in flags if flag.urgency in ("now", "soon")} >= {"behaviour"}


@pytest.mark.parametrize("body", ["", " tension=stiff", " tension=trembling"])
def test_food_is_not_advised_near_unfamiliar_dogs_unless_he_is_told_to_be_loose(reader: Reader, body: str) -> None:
    assert "treat_toy" not in done(read(reader, f"other_dogs=unfamiliar expecting=food{body}"))


def test_scolding_is_never_advised_and_always_advised_against(reader: Reader) -> None:
    for cues in ("", "arrival=yes", "voice=growl position=in_between", "trigger=noise tail=tucked"):
        finding = read(reader, cues)
        assert "scolded" not in done(finding)
        assert "scolded" in {choice.response for choice in finding.chosen.leave}


def test_a_childs_veto_speaks_first_but_leaves_the_adult_his_advice(reader: Reader) -> None:
    finding = read(reader, "arrival=yes rump=wiggles tension=wiggly leans_on=child knocks_over=yes")
    assert finding.chosen.do[0] == Choice(None, veto="child_contact")
    assert done(finding)


def test_what_a_veto_says_already_is_not_advised_once_more(reader: Reader) -> None:
    done_then = done(read(reader, "trigger=noise tail=tucked tension=trembling"))
    assert not done_then & {"stayed", "left_place", "moved_away"}


@pytest.mark.parametrize(
    "scene", ["trigger=noise", "place=class other_dogs=unfamiliar", "person_state=upset", "warmth=cold"]
)
def test_responses_that_contradict_each_other_are_not_advised_together(reader: Reader, scene: str) -> None:
    assert len(done(read(reader, scene)) & {"stayed", "left_place", "moved_away"}) <= 1


def test_after_a_growl_nobody_is_told_both_to_make_distance_and_not_to_step_away(reader: Reader) -> None:
    chosen = read(reader, "voice=growl trigger=noise tail=tucked").chosen
    assert "moved_away" not in {choice.response for choice in chosen.leave}


def test_of_two_vetoes_the_graver_gives_the_reason(reader: Reader) -> None:
    leave = read(reader, "voice=growl touch_reaction=flinches trigger=noise tail=tucked").chosen.leave
    reasons = [choice.veto for choice in leave if choice.veto is not None]
    order = [veto.id for veto in reader.knowledge.vetoes]
    assert {choice.response: choice.veto for choice in leave}["petted"] == "no_hands"
    assert reasons == sorted(reasons, key=order.index)


def test_flags_do_not_listen_to_the_posterior(reader: Reader) -> None:
    finding = read(
        reader, "arrival=yes rump=wiggles tension=wiggly tail=loose_wag mobility=impaired weakness_sudden=yes"
    )
    assert finding.flags[0].urgency == "now"


def test_flags_stand_with_the_most_urgent_first_whatever_their_order_in_the_table(knowledge: Knowledge) -> None:
    scene = Scene({"leans_on": "child", "voice": "growl", "skin": "yes", "collapse": "yes"})
    found = fired(replace(knowledge, flags=knowledge.flags[::-1]), scene)
    assert [flag.urgency for flag in found] == ["now", "now", "soon", "soon", "watch"]


def test_a_flag_that_may_be_about_to_fire_asks_before_the_meaning_does(reader: Reader) -> None:
    asked = read(reader, "arrival=yes onset=sudden").question
    assert asked is not None
    assert (asked.why, asked.cue) == ("safety", "collapse")


def chosen(knowledge: Knowledge, p: Floats) -> Chosen:
    return choose(knowledge, utilities(knowledge), p, p, ())


def test_what_harms_a_plausible_motive_is_not_advised_however_good_it_is_on_average(knowledge: Knowledge) -> None:
    utility, motives = utilities(knowledge), knowledge.motives
    for other in range(1, len(motives)):
        p = np.zeros(len(motives))
        p[0], p[other] = 0.89, 0.11
        advised = {c.response for c in chosen(knowledge, p).do}
        harmful = {r for r, worth in zip(knowledge.responses, utility, strict=True) if min(worth[0], worth[other]) < 0}
        assert not advised & harmful


def test_petting_hurts_a_claim_and_is_advised_only_while_a_claim_is_not_plausible(knowledge: Knowledge) -> None:
    advised = []
    for share in (0.05, 0.15):
        p = np.where(np.array(knowledge.motives) == "greeting", 1 - share, 0.0)
        p[knowledge.motives.index("claim")] = share
        advised.append("petted" in {c.response for c in chosen(knowledge, p).do})
    assert advised == [True, False]


def test_the_best_on_average_comes_first(knowledge: Knowledge) -> None:
    p = np.array([m.prior for m in knowledge.vocabulary.motives.values()])
    responses = [c.response for c in chosen(knowledge, p).do]
    worth = dict(zip(knowledge.responses, (utilities(knowledge) @ p).tolist(), strict=True))
    assert [worth[r] for r in responses if r] == sorted((worth[r] for r in responses if r), reverse=True)


@pytest.mark.parametrize("threat", ["voice=growl", "bitten=yes", "pain=yes", "collapse=yes", "touch_reaction=flinches"])
def test_nobody_is_told_to_greet_a_dog_with_a_scratch_when_a_graver_veto_speaks(reader: Reader, threat: str) -> None:
    said = {choice.veto for choice in read(reader, f"knocks_over=yes arrival=yes {threat}").chosen.do}
    assert "get_in_first" in {choice.veto for choice in read(reader, "knocks_over=yes arrival=yes").chosen.do}
    assert "get_in_first" not in said
