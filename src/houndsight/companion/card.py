"""The calibration card: how earlier readings of a dog were borne out by what followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from houndsight.companion.acquaintance import Acquaintance, Life
from houndsight.inference.dialect import learn
from houndsight.inference.foretelling import foretold, meanings
from houndsight.inference.network import Floats, Network
from houndsight.records.profile import Card
from houndsight.records.told import Told

__all__ = ["card"]


def card(of: Acquaintance) -> Card | None:
    """How far what followed bore the readings out.

    Each part of the diary is read with what the parts before it taught. None when no outcome is told after the first part.
    """
    at_large = of.companion.reader.network
    kept, expected, own, large = [], [], [], []
    for network, any_dog, block in _parts(of, at_large):
        before, ends = _before(network, block), [_end(one) for one in block]
        stays, chance = _staying(network, before, ends)
        kept.append(stays)
        expected.append(chance)
        own.append(foretold(network, before, ends))
        large.append(foretold(any_dog, _before(any_dog, block), ends))
    if not kept:
        return None
    stayed, hoped, by_his, by_any = (np.concatenate(one) for one in (kept, expected, own, large))
    return Card(len(stayed), int(stayed.sum()), float(hoped.sum()), float(by_his.mean()), float(by_any.mean()))


def _parts(of: Acquaintance, at_large: Network) -> Iterator[tuple[Network, Network, Sequence[Told]]]:
    """The later parts of the diary, of each the moments whose outcome is told.

    With each goes the network of this dog and that of any dog of whom the same holds, as they were known before it.
    """
    model, told = of.companion.knowledge.model, of.told
    edges = [*(round(cut * len(told)) for cut in model.profile.cuts), len(told)]
    for begin, end in pairwise(edges):
        block = [one for one in told[begin:end] if any(o.cue == "outcome" for o in one.cues)]
        if block:
            facts = Life(of.companion, of.dog, told[:begin], (), told[begin].when).facts(told[begin].when)
            known = learn(at_large, model.pooling, [one.cues for one in told[:begin]], facts=tuple(facts.values()))
            yield known.network, replace(at_large, prior=known.drawn_to), block


def _before(network: Network, block: Sequence[Told]) -> Floats:
    """What the moments meant before their outcomes were known, (N, M)."""
    return meanings(network, [[o for o in one.cues if o.cue != "outcome"] for one in block])


def _end(one: Told) -> tuple[str | None, str]:
    values = {o.cue: o.value for o in one.cues}
    return values.get("response"), values["outcome"]


def _staying(network: Network, before: Floats, ends: Sequence[tuple[str | None, str]]) -> tuple[Floats, Floats]:
    """Whether the leader of each moment leads after its outcome as well, and the chance that it would, over all outcomes (N each)."""
    outcomes, every = network.cues["outcome"].values, np.arange(len(ends))
    rows = [[network.outcome_row(outcome, response) for outcome in outcomes] for response, _ in ends]
    joint = before[:, None, :] * np.exp(network.rows[np.array(rows)])
    stays = joint.argmax(axis=2) == before.argmax(axis=1)[:, None]
    actual = [outcomes.index(outcome) for _, outcome in ends]
    chance: Floats = (joint.sum(axis=2) * stays).sum(axis=1)
    return stays[every, actual].astype(np.float64), chance
