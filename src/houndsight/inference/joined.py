"""Groups of cues joined into one table each: a row for every combination of their values, missing ones included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from houndsight.inference.network import Floats, Network

__all__ = ["Joined", "direct_groups", "felt_groups", "outcome_group"]


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """One group. The row of a combination is the sum over its cues of stride x (place of the value + 1); missing is place -1.

    `table` (rows, M) holds the factor of each combination, or (rows, M, S) where the hidden state is not summed out yet.
    `seen` (rows) counts the cues that are not missing. `partners` are the places of the other groups of the same block; the
    table then has a layer of rows for each number of cues seen among them.
    """

    strides: Mapping[str, int]
    table: Floats
    seen: NDArray[np.intp]
    partners: tuple[int, ...] = ()


def direct_groups(network: Network, rows: int) -> list[Joined]:
    """Groups of the cues read by the motive; the cues of a block share no group with others."""
    groups: list[Joined] = []
    for block, cues in _blocks(network).items():
        packs = list(_packed(network, cues, rows))
        places = range(len(groups), len(groups) + len(packs))
        for place, pack in zip(places, packs, strict=True):
            others = len(cues) - len(pack) if block else 0
            partners = tuple(p for p in places if p != place) if block else ()
            groups.append(replace(_direct(network, pack, block, others), partners=partners))
    return groups


def _blocks(network: Network) -> dict[str, list[str]]:
    """Block -> its cues; the empty name holds the cues of no block."""
    blocks: dict[str, list[str]] = {}
    for cue in network.likelihood:
        blocks.setdefault(network.block_of.get(cue, ""), []).append(cue)
    return blocks


def _packed(network: Network, cues: Sequence[str], rows: int) -> Iterator[list[str]]:
    """The cues in order, cut where the next one would make a table of more than `rows` rows."""
    pack: list[str] = []
    for cue in cues:
        if pack and prod(len(network.cues[c].values) + 1 for c in (*pack, cue)) > rows:
            yield pack
            pack = []
        pack.append(cue)
    if pack:
        yield pack


def _strides(network: Network, pack: Sequence[str]) -> dict[str, int]:
    sizes = [len(network.cues[cue].values) + 1 for cue in pack]
    return {cue: prod(sizes[i + 1 :]) for i, cue in enumerate(pack)}


def _seen(network: Network, pack: Sequence[str]) -> NDArray[np.intp]:
    seen = np.zeros(1, dtype=np.intp)
    for cue in pack:
        told = np.minimum(np.arange(len(network.cues[cue].values) + 1), 1)
        seen = (seen[:, None] + told).ravel()
    return seen


def _direct(network: Network, pack: Sequence[str], block: str, others: int) -> Joined:
    """The factors of one pack: the sum of weighted log rows, shared as many ways as cues of the block were seen."""
    motives, seen = len(network.motives), _seen(network, pack)
    total = np.zeros((1, motives))
    for cue in pack:
        rows = np.concatenate([np.zeros((1, motives)), network.gains[cue] * network.log_likelihood[cue]])
        total = (total[:, None] + rows).reshape(-1, motives)
    total -= total.max(axis=1, keepdims=True)  # a constant of the combination: keeps products of many groups in range
    if block:
        share = np.array([network.share(block, n) for n in range(len(pack) + others + 1)])
        total = np.concatenate([share[seen + n, None] * total for n in range(others + 1)])
    return Joined(_strides(network, pack), np.exp(total), seen)


def outcome_group(network: Network) -> Joined:
    """The outcome with the response that it followed: a response alone has no factor."""
    pack = ("response", "outcome")
    rows = np.concatenate([network.log_outcome[-1:], network.log_outcome[:-1]])  # an untold response stands first
    silent = np.zeros((len(rows), 1, rows.shape[-1]))
    factor = np.exp(network.gains["outcome"] * np.concatenate([silent, rows], axis=1))
    return Joined(_strides(network, pack), factor.reshape(-1, rows.shape[-1]), _seen(network, pack))


def felt_groups(network: Network, rows: int) -> list[Joined]:
    """The groups of the body cues: a single one, with the hidden state summed out, where its table stays below 64 x `rows`."""
    packs = list(_packed(network, [*network.body], rows))
    groups = [Joined(_strides(network, pack), _faces(network, pack), _seen(network, pack)) for pack in packs]
    if not groups or len(groups) > 2 or prod(len(group.seen) for group in groups) > 64 * rows:
        return groups
    return [_summed(network, groups, [cue for pack in packs for cue in pack])]


def _faces(network: Network, pack: Sequence[str]) -> Floats:
    """P(values | motive, state) of every combination, (rows, M, S)."""
    shape = network.affect.shape
    total = np.ones((1, *shape))
    for cue in pack:
        faces = np.concatenate([np.ones((1, *shape)), network.body[cue]])
        total = (total[:, None] * faces).reshape(-1, *shape)
    return total


def _summed(network: Network, groups: Sequence[Joined], cues: Sequence[str]) -> Joined:
    """One group out of one or two, with the hidden state summed out: one matrix product a motive."""
    left = (network.affect * groups[0].table).transpose(1, 0, 2)
    right = groups[1].table.transpose(1, 2, 0) if len(groups) == 2 else np.ones((*network.affect.shape, 1))
    table = (left @ right).reshape(len(network.motives), -1).T
    table = (table / table.max(axis=1, keepdims=True)) ** network.gains["state"]
    return Joined(_strides(network, cues), np.ascontiguousarray(table), _seen(network, cues))
