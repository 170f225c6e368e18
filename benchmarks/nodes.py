"""The pure network as nodes with parents and tables, for libraries that want it so.

A response that was told is given, not weighed, and one that was not is averaged over: as a node it has no parents, and one
more value, which stands for the untold response.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from houndsight.inference.network import Floats, Network

__all__ = ["MOTIVE", "UNTOLD", "Node", "nodes"]

MOTIVE, STATE, UNTOLD = "motive", "state", "untold"


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """P(value | parents) as `table`: own values on the first axis, then one axis for each parent."""

    name: str
    values: tuple[str, ...]
    parents: tuple[str, ...]
    table: Floats


def nodes(network: Network) -> Iterator[Node]:
    """Every node, parents before children."""
    cues, responses = network.cues, (*network.cues["response"].values, UNTOLD)
    yield Node(MOTIVE, network.motives, (), network.prior)
    yield Node(STATE, network.states, (MOTIVE,), network.affect.T)
    for cue, table in network.likelihood.items():
        yield Node(cue, cues[cue].values, (MOTIVE,), table)
    for cue, faces in network.body.items():
        yield Node(cue, cues[cue].values, (MOTIVE, STATE), faces)
    yield Node("response", responses, (), np.full(len(responses), 1 / len(responses)))
    outcome = np.exp(network.log_outcome).transpose(1, 2, 0)
    yield Node("outcome", cues["outcome"].values, (MOTIVE, "response"), outcome)
