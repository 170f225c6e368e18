"""A whole finding: shares, verdict, evidence, what would turn it, and the next question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from houndsight.errors import UnknownCue, UnknownValue
from houndsight.inference.network import Network
from houndsight.inference.posterior import posterior
from houndsight.inference.read import Reader
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.temper import Temper
from houndsight.knowledge.vocabulary import GROUPS
from houndsight.records.observation import Observation


def told(cues: str) -> list[Observation]:
    return [Observation(cue, value) for cue, value in (pair.split("=") for pair in cues.split())]


def test_nothing_told_gives_an_open_verdict_no_evidence_and_a_question(reader: Reader) -> None:
    finding = reader.read([])
    read = {share.motive: share.p for share in finding.motives}
    assert read == dict(zip(reader.network.motives, posterior(reader.network, []).tolist(), strict=True))
    assert (finding.verdict, finding.evidence) == ("open", ())
    assert finding.question is not None


def test_nothing_told_is_the_prior_in_the_pure_network(plain: Network) -> None:
    np.testing.assert_allclose(posterior(plain, []), plain.prior, rtol=0, atol=1e-12)


@pytest.mark.parametrize("cues", ["bitten=yes", "response=petted", "balance=yes frail=no"])
def test_cues_that_do_not_bear_on_the_motive_leave_the_verdict_open(reader: Reader, cues: str) -> None:
    finding = reader.read(told(cues))
    assert finding.verdict == "open"
    assert [share.p for share in finding.motives] == [share.p for share in reader.read([]).motives]


def test_motives_stand_likeliest_first_within_their_intervals(reader: Reader, moments: Any) -> None:
    for moment in moments(8, 40, 0.3):
        shares = reader.read(moment).motives
        assert [s.p for s in shares] == sorted((s.p for s in shares), reverse=True)
        assert all(s.low <= s.p <= s.high for s in shares)


def test_verdicts_follow_their_rule(knowledge: Knowledge, moments: Any) -> None:
    """With a stricter probability than the model's, so that both parts of the rule for `clear` decide some cases."""
    rule = replace(knowledge.model.verdict, clear_probability=0.85)
    reader, found = Reader(replace(knowledge, model=replace(knowledge.model, verdict=rule))), set()
    for moment in moments(9, 150, 0.25):
        finding, drawn = reader.read(moment), reader.draws.weighed(moment)
        leader = knowledge.motives.index(finding.motives[0].motive)
        leads = float((drawn.argmax(axis=0) == leader).mean())
        firm, likely = leads >= rule.clear_share, finding.motives[0].p >= rule.clear_probability
        expected = "clear" if firm and likely else "leaning" if leads >= rule.leaning_share else "open"
        assert finding.verdict == expected
        found.add((expected, firm))
    assert found >= {("clear", True), ("leaning", True), ("leaning", False), ("open", False)}


def test_evidence_is_told_for_every_plausible_motive_strongest_first(reader: Reader) -> None:
    finding = reader.read(told("arrival=yes rump=wiggles tail=loose_wag place=home"))
    plausible = [s.motive for i, s in enumerate(finding.motives) if i == 0 or s.p >= 0.10]
    assert list(dict.fromkeys(e.motive for e in finding.evidence)) == plausible
    first = [abs(e.decibans) for e in finding.evidence if e.motive == plausible[0]]
    assert first == sorted(first, reverse=True)
    assert len(first) == 4


def test_the_weight_of_a_response_is_what_it_changes_about_its_outcome(reader: Reader) -> None:
    with_response = told("outcome=persists response=ignored")
    weight = {(e.cue, e.motive): e.decibans for e in reader.read(with_response).evidence}
    now, before = (posterior(reader.network, moment) for moment in (with_response, told("outcome=persists")))
    leader = int(now.argmax())
    change = 10 * np.log10(now / (1 - now)) - 10 * np.log10(before / (1 - before))
    assert weight["response", reader.knowledge.motives[leader]] == pytest.approx(change[leader])


def test_what_would_turn_the_answer_turns_it(reader: Reader, moments: Any) -> None:
    turned = 0
    for moment in moments(10, 40, 0.3):
        finding = reader.read(moment)
        if (turn := finding.turn) is None:
            continue
        turned += 1
        changed = [o for o in moment if o.cue != turn.cue] + [Observation(turn.cue, turn.instead)]
        p = posterior(reader.network, changed)
        assert reader.knowledge.motives[int(p.argmax())] == turn.motive != finding.motives[0].motive
        assert p.max() == pytest.approx(turn.p, abs=1e-12)
        assert turn.value == next((o.value for o in moment if o.cue == turn.cue), None)
    assert turned > 20


def test_a_told_cue_turns_the_answer_before_an_untold_one(reader: Reader, moments: Any) -> None:
    never, found = reader.knowledge.model.turning.never, set()
    for moment in moments(13, 60, 0.1):
        turn, leader = reader.read(moment).turn, posterior(reader.network, moment).argmax()
        changed = [
            posterior(reader.network, [*(o for o in moment if o is not old), Observation(old.cue, value)])
            for old in moment
            if old.cue not in never and reader.knowledge.cue(old.cue).bears_on_motive
            for value in reader.knowledge.cue(old.cue).values
        ]
        turns = any(p.argmax() != leader for p in changed)
        assert turn is None or (turn.value is not None) == turns
        found.add(turns)
    assert found == {True, False}


def test_a_fact_that_cannot_be_otherwise_never_turns_the_answer(reader: Reader, moments: Any) -> None:
    never = reader.knowledge.model.turning.never
    turns = [reader.read(moment).turn for moment in moments(11, 60, 0.2)]
    assert not {turn.cue for turn in turns if turn is not None} & set(never)


def test_what_was_told_or_passed_over_is_not_asked(reader: Reader) -> None:
    skip: set[str] = set()
    while (asked := reader.read(told("place=home"), skip=frozenset(skip)).question) is not None:
        assert asked.cue not in skip | {"place"}
        skip.add(asked.cue)
    assert len(skip) > 10


def test_the_question_that_leads_comes_last(reader: Reader) -> None:
    last = set(reader.knowledge.model.asking.last)
    order: list[str] = []
    while (asked := reader.read([], skip=frozenset(order)).question) is not None:
        order.append(asked.cue)
    assert set(order[-len(last) :]) == last


def test_of_a_cue_told_twice_the_last_stands(reader: Reader) -> None:
    assert reader.read(told("arrival=no arrival=yes")) == reader.read(told("arrival=yes"))


def test_an_unknown_cue_or_value_is_an_error_that_names_it(reader: Reader) -> None:
    with pytest.raises(UnknownCue, match="arival"):
        reader.read(told("arival=yes"))
    with pytest.raises(UnknownValue, match="perhaps"):
        reader.read(told("arrival=perhaps"))


def test_a_reading_without_doubt_still_has_finite_numbers(knowledge: Knowledge, moments: Any) -> None:
    sharp = Temper(groups=dict.fromkeys([*GROUPS, "state", "outcome", "believes"], 40.0))
    for moment in moments(15, 5, 1.0):
        finding = Reader(replace(knowledge, temper=sharp)).read(moment)
        assert np.isfinite([piece.decibans for piece in finding.evidence]).all()
        assert np.isfinite([share.p for share in finding.motives]).all()
