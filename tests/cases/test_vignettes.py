"""The scenes of `vignettes.csv` keep their wanted readings, in the pure network and in the canonical reading."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from houndsight.inference.flags import fired
from houndsight.inference.network import Network, compile_network
from houndsight.inference.posterior import posterior
from houndsight.knowledge.conditions import Scene
from houndsight.knowledge.files import parts
from houndsight.knowledge.load import load
from houndsight.knowledge.temper import PLAIN
from houndsight.records.observation import Observation

KNOWLEDGE = load()
PURE = compile_network(KNOWLEDGE, PLAIN)
CANONICAL = compile_network(KNOWLEDGE)


@dataclass(frozen=True)
class Vignette:
    id: str
    kind: str
    pair: str
    cues: dict[str, str]
    lead: tuple[str, ...]
    must_not_lead: tuple[str, ...]
    least: float
    most: float
    flags: tuple[str, ...]

    def read(self, network: Network) -> dict[str, float]:
        observations = [Observation(cue, value) for cue, value in self.cues.items()]
        return dict(zip(KNOWLEDGE.motives, posterior(network, observations).tolist(), strict=True))

    def leaders(self, network: Network) -> list[str]:
        p = self.read(network)
        return sorted(p, key=lambda motive: -p[motive])


def _vignettes() -> list[Vignette]:
    with (Path(__file__).parent / "vignettes.csv").open(encoding="utf-8", newline="") as lines:
        return [_vignette(row) for row in csv.DictReader(lines)]


def _vignette(row: dict[str, str]) -> Vignette:
    cues = dict(KNOWLEDGE.checked(*item.split("=")) for item in parts(row["cues"]))
    return Vignette(
        row["id"], row["kind"], row["pair"], cues, parts(row["lead"]), parts(row["must_not_lead"]),
        float(row["min_lead"] or 0), float(row["max_lead"] or 1), parts(row["flags"]),
    )  # fmt: skip


VIGNETTES = _vignettes()
each = pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda v: v.id)


def test_every_motive_has_cases_that_it_leads() -> None:
    assert {v.lead[0] for v in VIGNETTES if len(v.lead) == 1} == set(KNOWLEDGE.motives)


@each
def test_the_pure_network_has_a_wanted_leader_within_its_bounds(vignette: Vignette) -> None:
    leader = vignette.leaders(PURE)[0]
    assert leader in vignette.lead
    assert leader not in vignette.must_not_lead
    assert vignette.least <= vignette.read(PURE)[leader] <= vignette.most


@each
def test_the_canonical_reading_has_a_wanted_leader(vignette: Vignette) -> None:
    assert vignette.leaders(CANONICAL)[0] in vignette.lead


@pytest.mark.parametrize("vignette", [v for v in VIGNETTES if v.kind == "open"], ids=lambda v: v.id)
def test_an_open_scene_has_its_two_meanings_in_front(vignette: Vignette) -> None:
    assert set(vignette.leaders(PURE)[:2]) <= set(vignette.lead)


@each
def test_exactly_the_wanted_flags_fire(vignette: Vignette) -> None:
    scene = Scene(vignette.cues, vignette.read(CANONICAL))
    assert sorted(flag.id for flag in fired(KNOWLEDGE, scene)) == sorted(vignette.flags)


def test_one_posture_in_opposite_scenes_has_different_leaders() -> None:
    leaders = defaultdict(list)
    for vignette in VIGNETTES:
        if vignette.pair:
            leaders[vignette.pair].append(vignette.leaders(PURE)[0])
    assert leaders
    assert [pair for pair, led in leaders.items() if len(set(led)) < len(led) or len(led) < 2] == []
