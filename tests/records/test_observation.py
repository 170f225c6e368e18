"""An observation that exists is valid."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError

import pytest

from houndsight import Observation
from houndsight.records.observation import Heard


@pytest.mark.parametrize("confidence", [0.0, -0.1, 1.000001, 2.0, math.inf, -math.inf, math.nan])
def test_a_confidence_outside_0_to_1_is_refused_with_its_cue_and_number(confidence: float) -> None:
    with pytest.raises(ValueError, match=r"confidence of tail=low is .* above 0 and at most 1"):
        Observation("tail", "low", confidence)


@pytest.mark.parametrize("confidence", [1e-9, 0.5, 1.0])
def test_a_confidence_above_0_and_up_to_1_is_taken(confidence: float) -> None:
    assert Observation("tail", "low", confidence).confidence == confidence


def test_what_is_not_said_otherwise_is_sure_and_given_by_hand() -> None:
    seen = Observation("tail", "low")
    assert (seen.confidence, seen.origin, seen.span) == (1.0, "given", None)


def test_an_observation_cannot_be_changed() -> None:
    seen = Observation("tail", "low")
    with pytest.raises(FrozenInstanceError):
        seen.value = "tucked"  # type: ignore[misc]


def test_nothing_heard_is_no_cue_no_lean_and_no_further_moment() -> None:
    assert (Heard().observations, Heard().heard_lean, Heard().further) == ((), False, ())
