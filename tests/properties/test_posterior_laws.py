"""Laws of the posterior."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from houndsight.inference.batch import BatchReader
from houndsight.inference.network import Floats, Network
from houndsight.inference.posterior import posterior
from houndsight.records.observation import Observation

Moments = st.SearchStrategy[list[Observation]]

LAWS = settings(max_examples=80, deadline=None, derandomize=True)


@LAWS
@given(st.data())
def test_a_posterior_sums_to_one_and_leaves_every_motive_possible(
    network: Network, doubtful: Moments, data: st.DataObject
) -> None:
    p = posterior(network, data.draw(doubtful))
    assert abs(p.sum() - 1) < 1e-12
    assert (p > 0).all()


@LAWS
@given(st.data())
def test_the_order_of_the_cues_does_not_matter(network: Network, doubtful: Moments, data: st.DataObject) -> None:
    moment = data.draw(doubtful)
    shuffled = data.draw(st.permutations(moment))
    np.testing.assert_allclose(posterior(network, shuffled), posterior(network, moment), rtol=0, atol=1e-13)


@LAWS
@given(st.data())
def test_what_was_not_told_adds_nothing(plain: Network, moments: Moments, data: st.DataObject) -> None:
    """A missing cue is not "no": summing over its values, each as likely as it is, gives back the posterior without it."""
    moment = data.draw(moments)
    told = {o.cue for o in moment}
    cue = data.draw(st.sampled_from([c for c in (*plain.likelihood, *plain.body) if c not in told] or ["arrival"]))
    moment = [o for o in moment if o.cue != cue]
    rows = [_joint(plain, [*moment, Observation(cue, value)]) for value in plain.cues[cue].values]
    np.testing.assert_allclose(np.sum(rows, axis=0), _joint(plain, moment), rtol=1e-10)


def _joint(network: Network, moment: list[Observation]) -> Floats:
    """P(motive, moment) by the chain rule in plain products."""
    p: Floats = network.prior.copy()
    state = network.affect.copy()
    values = {o.cue: o.value for o in moment}
    for cue, value in values.items():
        if cue in network.likelihood:
            p = p * network.likelihood[cue][network.positions[cue, value]]
        elif cue in network.body:
            state = state * network.body[cue][network.positions[cue, value]]
    if "outcome" in values:
        place = -1 if "response" not in values else network.positions["response", values["response"]]
        p = p * np.exp(network.log_outcome[place, network.positions["outcome", values["outcome"]]])
    p = p * state.sum(axis=1)
    np.testing.assert_allclose(p / p.sum(), posterior(network, moment), rtol=0, atol=1e-12)
    return p


@LAWS
@given(st.data())
def test_cues_that_only_rules_read_leave_the_posterior_alone(
    network: Network, doubtful: Moments, data: st.DataObject
) -> None:
    moment = data.draw(doubtful)
    bearing = [o for o in moment if network.cues[o.cue].read_by != "flag"]
    np.testing.assert_array_equal(posterior(network, moment), posterior(network, bearing))


@LAWS
@given(st.data())
def test_a_response_without_an_outcome_leaves_the_posterior_alone(
    network: Network, doubtful: Moments, data: st.DataObject
) -> None:
    moment = [o for o in data.draw(doubtful) if o.cue != "outcome"]
    without = [o for o in moment if o.cue != "response"]
    np.testing.assert_array_equal(posterior(network, moment), posterior(network, without))


@LAWS
@given(st.data())
def test_full_confidence_is_the_limit_of_growing_confidence(
    network: Network, moments: Moments, data: st.DataObject
) -> None:
    moment = data.draw(moments)
    nearly = [replace(o, confidence=1 - 1e-12) for o in moment]
    np.testing.assert_allclose(posterior(network, nearly), posterior(network, moment), rtol=0, atol=1e-8)


@LAWS
@given(st.data())
def test_a_cue_that_was_hardly_heard_says_hardly_anything(
    plain: Network, moments: Moments, data: st.DataObject
) -> None:
    moment = [replace(o, confidence=1e-12) for o in data.draw(moments)]
    np.testing.assert_allclose(posterior(plain, moment), plain.prior, rtol=0, atol=1e-8)


@LAWS
@given(st.data())
def test_a_batch_reads_what_single_readings_read(
    network: Network, batch: BatchReader, moments: Moments, data: st.DataObject
) -> None:
    many = data.draw(st.lists(moments, min_size=1, max_size=5))
    p = batch.posteriors(batch.encode([{o.cue: o.value for o in moment} for moment in many]))
    np.testing.assert_allclose(p, [posterior(network, moment) for moment in many], rtol=0, atol=1e-12)
