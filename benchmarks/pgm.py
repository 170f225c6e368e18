"""The same network in pgmpy, read by variable elimination."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from pgmpy.factors.discrete import TabularCPD
from pgmpy.inference import VariableElimination
from pgmpy.models import DiscreteBayesianNetwork

from benchmarks.nodes import MOTIVE, UNTOLD, nodes
from houndsight.inference.network import Floats, Network

__all__ = ["Pgmpy"]

logging.getLogger("pgmpy").setLevel(logging.ERROR)  # it logs what it infers of every table


class Pgmpy:
    """Answers for moments given as cue -> value."""

    def __init__(self, network: Network) -> None:
        found = {node.name: node for node in nodes(network)}
        model = DiscreteBayesianNetwork([(parent, node.name) for node in found.values() for parent in node.parents])
        for node in found.values():
            parents = [found[name] for name in node.parents]
            model.add_cpds(
                TabularCPD(
                    node.name,
                    len(node.values),
                    node.table.reshape(len(node.values), -1),
                    evidence=[*node.parents],
                    evidence_card=[len(parent.values) for parent in parents],
                    state_names={n.name: [*n.values] for n in (node, *parents)},
                )
            )
        self.motives = network.motives
        self.engine = VariableElimination(model)

    def posterior(self, moment: Mapping[str, str]) -> Floats:
        """p(motive | moment), (M)."""
        found = self.engine.query([MOTIVE], evidence={"response": UNTOLD, **moment}, show_progress=False)
        order = [found.state_names[MOTIVE].index(motive) for motive in self.motives]
        p: Floats = found.values[order]
        return p
