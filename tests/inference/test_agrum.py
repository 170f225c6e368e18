"""The reading against pyAgrum's exact inference on the same network, tempering off."""

from __future__ import annotations

import importlib
import warnings
from typing import Any

import numpy as np
import pytest

from houndsight.inference.network import Network
from houndsight.inference.posterior import posterior, see
from houndsight.inference.question import Questioner


@pytest.fixture(scope="module")
def peer(plain: Network) -> Any:
    with warnings.catch_warnings():
        # its generated wrapper makes types that Python warns of; as an error that warning crashes the interpreter
        warnings.filterwarnings("ignore", message="builtin type .* has no __module__", category=DeprecationWarning)
        return importlib.import_module("benchmarks.agrum").Agrum(plain)


@pytest.mark.parametrize("told", [0.0, 0.1, 0.3, 0.6, 1.0])
def test_posteriors_equal_those_of_pyagrum(plain: Network, peer: Any, moments: Any, told: float) -> None:
    for moment in moments(1, 200, told):
        theirs = peer.posterior({o.cue: o.value for o in moment})
        np.testing.assert_allclose(posterior(plain, moment), theirs, rtol=0, atol=1e-9)


def test_expected_information_equals_that_of_pyagrum(plain: Network, peer: Any, moments: Any) -> None:
    questioner = Questioner(plain)
    for moment in moments(2, 20, 0.3):
        ours = questioner.bits(see(plain, moment), posterior(plain, moment))
        theirs = peer.information({o.cue: o.value for o in moment})
        assert ours == pytest.approx(theirs, rel=0, abs=1e-9)
