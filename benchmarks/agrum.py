"""The same network in pyAgrum, whose lazy propagation is exact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyagrum as gum

from benchmarks.nodes import MOTIVE, UNTOLD, Node, nodes
from houndsight.inference.network import Floats, Network
from houndsight.inference.question import entropy

__all__ = ["Agrum"]


class Agrum:
    """Answers for moments given as cue -> value; the inference engine is kept between moments, with the motive as its target."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.nodes = {node.name: node for node in nodes(network)}
        self.net = gum.BayesNet()
        for node in self.nodes.values():
            self._add(node)
        self.engine = gum.LazyPropagation(self.net)
        self.engine.setTargets({MOTIVE})
        self.joint = gum.LazyPropagation(self.net)

    def _add(self, node: Node) -> None:
        self.net.add(gum.LabelizedVariable(node.name, node.name, [*node.values]))
        for parent in node.parents:
            self.net.addArc(parent, node.name)
        cells = gum.Instantiation(self.net.cpt(node.name))
        for place in np.ndindex(node.table.shape):
            for name, at in zip((node.name, *node.parents), place, strict=True):
                cells.chgVal(name, int(at))
            self.net.cpt(node.name).set(cells, float(node.table[place]))

    def posterior(self, moment: Mapping[str, str]) -> Floats:
        """p(motive | moment), (M)."""
        self.engine.setEvidence(_evidence(moment))
        self.engine.makeInference()
        p: Floats = self.engine.posterior(MOTIVE).toarray()
        return p

    def information(self, moment: Mapping[str, str]) -> dict[str, float]:
        """Cue -> I(motive; cue | moment) in bits for every cue not told, from joint posteriors."""
        asked = [name for name in self.nodes if name not in (MOTIVE, "state", "response", *moment)]
        self.joint.eraseAllTargets()
        for name in asked:
            self.joint.addJointTarget({MOTIVE, name})
        self.joint.setEvidence(_evidence(moment))
        self.joint.makeInference()
        return dict(zip(asked, self._bits(asked), strict=True))

    def _bits(self, asked: list[str]) -> Iterator[float]:
        for name in asked:
            joint: Floats = self.joint.jointPosterior({MOTIVE, name}).toarray()
            yield float(entropy(joint.sum(axis=0)) + entropy(joint.sum(axis=1)) - entropy(joint.ravel()))


def _evidence(moment: Mapping[str, str]) -> dict[str, str]:
    """The response is always evidence: one that was not told has a value of its own."""
    return {"response": UNTOLD, **moment}
