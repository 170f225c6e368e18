from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from houndsight.evaluate.accounts import LabelledAccount, LabelledCue, leaning, read_accounts
from houndsight.evaluate.counting import elicited, expected_counts, informed, total
from houndsight.evaluate.fit import Fitted, Learner
from houndsight.evaluate.scores import motive_scores
from houndsight.evaluate.search import least
from houndsight.evaluate.temper_fit import FREE_PRIOR, Recipe, as_temper, fit_temper, loss_of, start_of
from houndsight.evaluate.weighing import joined, posteriors, weigh
from houndsight.inference.network import Floats, Network, compile_network, mean_row
from houndsight.inference.posterior import posterior
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.temper import PLAIN

from .conftest import ACCOUNTS

RECIPE = Recipe()


@pytest.fixture(scope="module")
def learner(knowledge: Knowledge, train: tuple[LabelledAccount, ...]) -> Learner:
    return Learner(knowledge, train, RECIPE)


@pytest.fixture(scope="module")
def fitted(learner: Learner) -> Fitted:
    return learner.fit()


@pytest.fixture(scope="module")
def plain(knowledge: Knowledge) -> Network:
    return compile_network(knowledge, PLAIN)


# The search -----------------------------------------------------------------------------------------------------------


def test_the_search_finds_the_bottom_of_a_narrow_valley() -> None:
    def valley(x: Floats) -> float:
        return float((1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2)  # Rosenbrock (1960)

    assert least(valley, np.array([-1.2, 1.0]), finest=1e-6) == pytest.approx([1, 1], abs=1e-2)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=3))
def test_the_search_never_ends_above_its_start(start: list[float]) -> None:
    def bumpy(x: Floats) -> float:
        return float(np.sin(3 * x).sum() + (x**2).sum() / 10)

    begin = np.array(start)
    assert bumpy(least(bumpy, begin)) <= bumpy(begin)


def test_the_search_leaves_its_start_unchanged() -> None:
    start = np.array([3.0])
    least(lambda x: float(x[0] ** 2), start)
    assert start[0] == 3.0


# The evidence as arrays -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["pure network", "elicited blocks", "fitted"])
def test_all_accounts_at_once_read_as_one_by_one(
    how: str, knowledge: Knowledge, train: tuple[LabelledAccount, ...], fitted: Fitted
) -> None:
    temper = {
        "pure network": PLAIN,
        "elicited blocks": start_of(knowledge.model.blocks, RECIPE),
        "fitted": fitted.temper,
    }[how]
    known = informed(knowledge, fitted.counts)
    one_by_one = np.array([posterior(compile_network(known, temper), account.observations) for account in train[:40]])
    evidence = weigh(compile_network(known, temper), [account.observations for account in train[:40]])
    assert posteriors(evidence, temper) == pytest.approx(one_by_one, abs=1e-12)


def test_parts_are_put_back_in_order(plain: Network, train: tuple[LabelledAccount, ...]) -> None:
    moments = [account.observations for account in train[:5]]
    places = [np.array([1, 4]), np.array([0, 2, 3])]
    parts = [weigh(plain, [moments[i] for i in some]) for some in places]
    assert posteriors(joined(parts, places), PLAIN) == pytest.approx(posteriors(weigh(plain, moments), PLAIN))


# Counts ---------------------------------------------------------------------------------------------------------------


def test_a_cue_counts_as_it_is_believed_and_told(knowledge: Knowledge, plain: Network) -> None:
    beliefs = (0.5, 0.5, 0, 0, 0, 0, 0, 0)
    account = LabelledAccount("a", "", (LabelledCue("arrival", "yes", sure=0.8),), beliefs=beliefs)
    counts = expected_counts(knowledge, plain, account)
    assert counts["likelihood", "arrival", "greeting"] == {"yes": pytest.approx(0.4)}
    assert sum(cell for row in counts.values() for cell in row.values()) == pytest.approx(0.8)


def test_an_account_without_a_lean_counts_for_nothing(knowledge: Knowledge, plain: Network) -> None:
    account = LabelledAccount("a", "", (LabelledCue("arrival", "yes"),))
    assert expected_counts(knowledge, plain, account) == {}


def test_hidden_states_share_one_account_by_bayes(knowledge: Knowledge, plain: Network) -> None:
    beliefs = (0, 0, 0, 1.0, 0, 0, 0, 0)
    account = LabelledAccount(
        "a", "", (LabelledCue("tail", "tucked"), LabelledCue("tension", "trembling")), beliefs=beliefs
    )
    counts = expected_counts(knowledge, plain, account)["state", "security"]
    tail, tension = (
        plain.body[cue][plain.positions[cue, value], 3] for cue, value in (("tail", "tucked"), ("tension", "trembling"))
    )
    by_hand = plain.affect[3] * tail * tension
    assert list(counts.values()) == pytest.approx(list(by_hand / by_hand.sum()))


def test_an_outcome_without_its_response_is_shared_among_them(knowledge: Knowledge, plain: Network) -> None:
    beliefs = (1.0, 0, 0, 0, 0, 0, 0, 0)
    account = LabelledAccount("a", "", (LabelledCue("outcome", "settled"),), beliefs=beliefs)
    counts = expected_counts(knowledge, plain, account)
    assert {key[0] for key in counts} == {"outcome"}
    assert len(counts) == len(knowledge.responses)
    assert sum(row["settled"] for row in counts.values()) == pytest.approx(1.0)


def test_the_mix_of_responses_is_left_alone(fitted: Fitted) -> None:
    assert not any(key[:2] == ("likelihood", "response") for key in fitted.counts)


def test_counts_never_move_a_row_of_which_nothing_was_told(knowledge: Knowledge, fitted: Fitted) -> None:
    known = informed(knowledge, fitted.counts)
    for key, row in known.tables.rows.items():
        if key not in fitted.counts:
            assert mean_row(known, row, fitted.temper).tolist() == list(row.probabilities)


def test_no_accounts_leave_the_knowledge_as_it_was(knowledge: Knowledge) -> None:
    known, temper = informed(knowledge, total([])), start_of(knowledge.model.blocks, RECIPE)
    before, after = compile_network(knowledge, temper), compile_network(known, temper)
    assert all((before.likelihood[cue] == after.likelihood[cue]).all() for cue in before.likelihood)


def test_a_row_moves_towards_what_was_told(knowledge: Knowledge, fitted: Fitted) -> None:
    known = informed(knowledge, fitted.counts)
    row = known.tables.likelihood("place", "attention")
    told = np.array(row.counts) / sum(row.counts)
    moved, was = mean_row(known, row, fitted.temper), np.array(row.probabilities)
    assert np.abs(moved - told).sum() < np.abs(was - told).sum()


def test_what_was_learned_before_is_set_aside(
    knowledge: Knowledge, train: tuple[LabelledAccount, ...], learner: Learner, fitted: Fitted
) -> None:
    again = Learner(fitted.learned(knowledge), train, RECIPE)
    assert again.plain() == pytest.approx(learner.plain())
    assert elicited(fitted.learned(knowledge)).tables == knowledge.tables


# The fit --------------------------------------------------------------------------------------------------------------


def test_the_start_lies_where_nothing_has_moved(knowledge: Knowledge) -> None:
    start = start_of(knowledge.model.blocks, RECIPE)
    moved = as_temper(np.zeros(1 + 6 + len(start.blocks) + 2), start, RECIPE)
    assert (moved.prior, moved.lapse) == pytest.approx((start.prior, start.lapse))
    assert {name: weight for name, (weight, _) in moved.blocks.items()} == pytest.approx(
        {name: weight for name, (weight, _) in start.blocks.items()}
    )


def test_nothing_told_reads_as_the_prior(knowledge: Knowledge, fitted: Fitted) -> None:
    network = compile_network(fitted.learned(knowledge))
    assert posterior(network, []) == pytest.approx(network.prior)


def test_a_free_prior_is_sharpened_with_the_cues(knowledge: Knowledge, train: tuple[LabelledAccount, ...]) -> None:
    temper = Learner(knowledge, train, FREE_PRIOR).fit().temper
    assert 1 < temper.prior < max(temper.groups.values())


def test_the_fit_is_the_same_every_time(
    knowledge: Knowledge, train: tuple[LabelledAccount, ...], fitted: Fitted
) -> None:
    again = Learner(knowledge, copy.copy(train), RECIPE).fit()
    assert again == fitted


@pytest.mark.parametrize("many", [20, 60, 252])
def test_the_temper_is_never_worse_than_its_start_on_what_it_learned_from(
    many: int, knowledge: Knowledge, train: tuple[LabelledAccount, ...]
) -> None:
    learner = Learner(knowledge, train[:many], RECIPE)
    start, temper = learner.start, learner.fit(counting=False).temper
    evidence = weigh(compile_network(knowledge, start), [account.observations for account in train[:many]])
    before, after = (loss_of(posteriors(evidence, t), learner.q, RECIPE).sum() for t in (start, temper))
    assert after <= before


def test_a_fit_on_nobody_is_the_start(knowledge: Knowledge, train: tuple[LabelledAccount, ...]) -> None:
    start = start_of(knowledge.model.blocks, RECIPE)
    evidence = weigh(compile_network(knowledge, start), [account.observations for account in train[:3]])
    nobody = evidence[np.zeros(3, dtype=bool)]
    temper = fit_temper(nobody, np.zeros((0, 8)), start, RECIPE)
    assert dict(temper.groups) == pytest.approx(dict(start.groups))


def test_the_fit_foretells_better_than_the_pure_network(learner: Learner) -> None:
    before, after = motive_scores(learner.plain(), learner.q), motive_scores(learner.foretold(), learner.q)
    assert after["nats"] < before["nats"] - 0.03
    assert after["ECE"] < before["ECE"]
    assert after["top-1"] >= before["top-1"]


def test_accounts_that_were_not_learned_from_are_read_better_too(knowledge: Knowledge, fitted: Fitted) -> None:
    check = Learner(knowledge, leaning(read_accounts(ACCOUNTS / "dev.jsonl", knowledge)), RECIPE)
    before, after = motive_scores(check.plain(), check.q), motive_scores(check.read(fitted), check.q)
    assert after["nats"] < before["nats"] - 0.05
    assert after["top-1"] >= before["top-1"]


def test_the_accounts_of_a_fold_are_never_their_own_teachers(
    knowledge: Knowledge, train: tuple[LabelledAccount, ...]
) -> None:
    learner = Learner(knowledge, train[:11], RECIPE)
    folds = learner._folds(learner._all(), 3)
    assert all(set(inside).isdisjoint(held) for inside, held in folds)
    assert sorted(int(i) for _, held in folds for i in held) == list(range(11))


def test_no_weight_is_beyond_what_its_file_allows(fitted: Fitted) -> None:
    weights = [fitted.temper.prior, *fitted.temper.groups.values()]
    assert all(0 < weight <= 3 for weight in weights)
    assert all(0 < weight <= 1 for weight, _ in fitted.temper.blocks.values())


def test_the_accounts_stand_where_the_documents_say() -> None:
    assert Path(ACCOUNTS / "train.jsonl").is_file()
