"""The reading against pgmpy's variable elimination on the same network, tempering off."""

from __future__ import annotations

import importlib
import warnings
from typing import Any

import numpy as np
import pytest

from houndsight.inference.network import Network
from houndsight.inference.posterior import posterior


@pytest.fixture(scope="module")
def peer(plain: Network) -> Any:
    with warnings.catch_warnings():
        # pgmpy's own packages import each other by names that it has deprecated
        warnings.filterwarnings("ignore", category=FutureWarning, module=r"pgmpy\.")
        return importlib.import_module("benchmarks.pgm").Pgmpy(plain)


@pytest.mark.parametrize("told", [0.0, 0.2, 0.5, 1.0])
def test_posteriors_equal_those_of_pgmpy(plain: Network, peer: Any, moments: Any, told: float) -> None:
    for moment in moments(3, 25, told):
        theirs = peer.posterior({o.cue: o.value for o in moment})
        np.testing.assert_allclose(posterior(plain, moment), theirs, rtol=0, atol=1e-9)
