from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from houndsight.evaluate.accounts import LabelledAccount, leaning, read_accounts
from houndsight.evaluate.fit import Fitted, Learner, beliefs_of
from houndsight.evaluate.rows_fit import RowsFit, elicited, informed
from houndsight.evaluate.scores import motive_scores
from houndsight.evaluate.search import least
from houndsight.evaluate.temper_fit import Recipe, as_temper, fit_temper, loss_of, start_of
from houndsight.evaluate.weighing import joined, posteriors, weigh
from houndsight.inference.network import Floats, Network, compile_network
from houndsight.inference.posterior import posterior
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.temper import PLAIN

from .conftest import ACCOUNTS

RECIPE = Recipe()
FREE = Recipe(strength=1.0, lapse=0.05, held=())


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
    known = informed(knowledge, fitted.rows)
    one_by_one = np.array([posterior(compile_network(known, temper), account.observations) for account in train[:40]])
    evidence = weigh(compile_network(known, temper), [account.observations for account in train[:40]])
    assert posteriors(evidence, temper) == pytest.approx(one_by_one, abs=1e-12)


def test_parts_are_put_back_in_order(plain: Network, train: tuple[LabelledAccount, ...]) -> None:
    moments = [account.observations for account in train[:5]]
    places = [np.array([1, 4]), np.array([0, 2, 3])]
    parts = [weigh(plain, [moments[i] for i in some]) for some in places]
    assert posteriors(joined(parts, places), PLAIN) == pytest.approx(posteriors(weigh(plain, moments), PLAIN))


# Rows -----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows_fit(knowledge: Knowledge, train: tuple[LabelledAccount, ...]) -> RowsFit:
    some = train[:80]
    return RowsFit(knowledge, [account.observations for account in some], beliefs_of(some), FREE)


def test_the_price_of_staying_is_the_surprise_of_the_pure_network(
    rows_fit: RowsFit, knowledge: Knowledge, train: tuple[LabelledAccount, ...]
) -> None:
    pure = compile_network(knowledge, PLAIN)
    p = np.array([posterior(pure, account.observations) for account in train[:80]])
    mixed = 0.95 * p + 0.05 * pure.prior
    price, _ = rows_fit.price(np.zeros(rows_fit.layout.size), rows_fit.told, rows_fit.q)
    assert price == pytest.approx(-(rows_fit.q * np.log(mixed)).sum())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_slope_is_the_slope_of_the_price(rows_fit: RowsFit, seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, way = rng.normal(size=(2, rows_fit.layout.size)) * 0.3
    _, slope = rows_fit.price(x, rows_fit.told, rows_fit.q)
    step = 1e-5
    ahead, behind = (rows_fit.price(x + side * step * way, rows_fit.told, rows_fit.q)[0] for side in (1, -1))
    assert (ahead - behind) / (2 * step) == pytest.approx(slope @ way, rel=1e-4, abs=1e-4)


def test_fitted_rows_are_proper_and_foretell_better(rows_fit: RowsFit, knowledge: Knowledge) -> None:
    rows = rows_fit.fit(np.arange(80))
    assert all(min(row.probabilities.values()) > 0 for row in rows.values())
    assert all(sum(row.probabilities.values()) == pytest.approx(1) for row in rows.values())
    known = compile_network(informed(knowledge, rows), start_of(knowledge.model.blocks, RECIPE))
    assert known.likelihood["place"].sum(axis=0) == pytest.approx(np.ones(8))


def test_the_mix_of_responses_is_left_alone(fitted: Fitted) -> None:
    assert not any(key[:2] == ("likelihood", "response") for key in fitted.rows)


def test_a_row_of_which_nothing_was_told_stays(knowledge: Knowledge, train: tuple[LabelledAccount, ...]) -> None:
    moments = [[o for o in account.observations if o.cue == "arrival"] for account in train[:40]]
    rows = RowsFit(knowledge, moments, beliefs_of(train[:40]), FREE).fit(np.arange(40))
    assert rows
    assert {key[:2] for key in rows} == {("likelihood", "arrival")}


def test_no_accounts_leave_the_knowledge_as_it_was(knowledge: Knowledge, rows_fit: RowsFit) -> None:
    known, temper = informed(knowledge, rows_fit.fit(np.arange(0))), start_of(knowledge.model.blocks, RECIPE)
    before, after = compile_network(knowledge, temper), compile_network(known, temper)
    assert all((before.likelihood[cue] == after.likelihood[cue]).all() for cue in before.likelihood)


def test_the_pure_network_never_sees_a_fitted_row(knowledge: Knowledge, fitted: Fitted) -> None:
    before, after = compile_network(knowledge, PLAIN), compile_network(fitted.learned(knowledge), PLAIN)
    assert all((before.likelihood[cue] == after.likelihood[cue]).all() for cue in before.likelihood)


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
    start, temper = learner.start, learner.fit(rows=False).temper
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


def test_rows_that_are_held_do_not_move(knowledge: Knowledge, train: tuple[LabelledAccount, ...]) -> None:
    some = train[:60]
    moments = [account.observations for account in some]
    rows = RowsFit(knowledge, moments, beliefs_of(some), replace(FREE, held=("place",))).fit(np.arange(60))
    assert rows
    assert not any(key[:2] == ("likelihood", "place") for key in rows)
