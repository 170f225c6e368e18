"""Laws of the evidence, the next question and the outlook that both rest on."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from houndsight.inference.evidence import decibans, left_out
from houndsight.inference.network import Floats, Network
from houndsight.inference.outlook import Foresight
from houndsight.inference.posterior import posterior, score, see
from houndsight.inference.question import Questioner, entropy
from houndsight.records.observation import Observation

Moments = st.SearchStrategy[list[Observation]]

LAWS = settings(max_examples=80, deadline=None, derandomize=True)


@LAWS
@given(st.data())
def test_the_weight_of_a_cue_is_the_change_of_the_log_odds_when_it_is_left_out(
    network: Network, doubtful: Moments, data: st.DataObject
) -> None:
    moment = data.draw(doubtful)
    seen = see(network, moment)
    p, without = posterior(network, moment), left_out(network, seen, score(network, seen))
    weights = dict(zip((*seen.direct, *seen.felt), decibans(p) - decibans(without), strict=True))
    for cue, weight in weights.items():
        rest = posterior(network, [o for o in moment if o.cue != cue])
        odds = np.array([_odds(p, m) / _odds(rest, m) for m in range(len(p))])
        np.testing.assert_allclose(weight, 10 * np.log10(odds), rtol=0, atol=1e-9)


def _odds(p: Floats, motive: int) -> float:
    return float(p[motive] / np.delete(p, motive).sum())


def test_a_motive_that_is_all_but_certain_still_has_finite_odds() -> None:
    p = np.array([1.0, 1e-30, 1e-40])
    assert np.isfinite(decibans(p)).all()
    assert decibans(p)[0] > 290


@LAWS
@given(st.data())
def test_the_outlook_is_the_posterior_that_would_be_read(
    network: Network, doubtful: Moments, data: st.DataObject
) -> None:
    moment = data.draw(doubtful)
    seen = see(network, moment)
    parts, foresight = score(network, seen), Foresight(network)
    given_ = foresight.given(posterior(network, moment), (*seen.direct, *seen.felt), left_out(network, seen, parts))
    outlook = foresight.outlook(seen, parts, given_)
    for row, (cue, value) in enumerate(foresight.values):
        changed = [o for o in moment if o.cue != cue] + [Observation(cue, value)]
        np.testing.assert_allclose(outlook.after[row], posterior(network, changed), rtol=0, atol=1e-10)
    np.testing.assert_allclose(np.add.reduceat(outlook.likely, foresight.starts), 1.0, rtol=0, atol=1e-9)


@LAWS
@given(st.data())
def test_expected_information_equals_the_fall_of_entropy_by_brute_force(
    network: Network, doubtful: Moments, data: st.DataObject
) -> None:
    moment = data.draw(doubtful)
    p = posterior(network, moment)
    found = Questioner(network).bits(see(network, moment), p)
    told = {o.cue for o in moment}
    assert found.keys() == {*network.likelihood, *network.body, "outcome"} - told
    for cue, bits in found.items():
        left = 0.0
        for value in network.cues[cue].values:
            after = posterior(network, [*moment, Observation(cue, value)])
            left += _predicted(network, moment, p, cue, value) * float(entropy(after))
        assert bits >= 0
        assert abs(bits - max(float(entropy(p)) - left, 0.0)) < 1e-9


def _predicted(network: Network, moment: list[Observation], p: Floats, cue: str, value: str) -> float:
    """P(value | what was told) = Σ_m p(m) P(value | m, what was told)."""
    place = network.positions[cue, value]
    if cue in network.likelihood:
        return float(network.likelihood[cue][place] @ p)
    seen = see(network, moment)
    if cue == "outcome":
        return float(np.exp(seen.outcomes[place]) @ p)
    state = network.affect * np.prod(seen.faces, axis=0)
    return float(((network.body[cue][place] * state).sum(axis=1) / state.sum(axis=1)) @ p)


@LAWS
@given(st.data())
def test_without_temper_expected_information_is_the_mutual_information(
    plain: Network, moments: Moments, data: st.DataObject
) -> None:
    """I(M; X) = Σ p(m, v) log2 [p(m, v) / (p(m) p(v))], which is never below 0 nor above the entropy of the motive."""
    moment = data.draw(moments)
    p = posterior(plain, moment)
    for cue, bits in Questioner(plain).bits(see(plain, moment), p).items():
        assert 0 <= bits <= float(entropy(p)) + 1e-12
        if cue in plain.likelihood:
            joint = plain.likelihood[cue] * p
            ratio = joint / (joint.sum(axis=1, keepdims=True) * p)
            assert abs(bits - float((joint * np.log2(ratio)).sum())) < 1e-10
