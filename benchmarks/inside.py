"""What one moment costs inside a process: its posterior, the information of all unasked cues, the whole reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from benchmarks.agrum import Agrum
from benchmarks.moments import random_moments
from benchmarks.pgm import Pgmpy
from benchmarks.timing import Line, median_seconds
from houndsight.inference.network import Network, compile_network
from houndsight.inference.posterior import posterior, see
from houndsight.inference.question import Questioner
from houndsight.inference.read import Reader
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.temper import PLAIN
from houndsight.records.observation import Observation

__all__ = ["inside"]

Moment = Mapping[str, str]
CLOSE = 1e-9


class Disagreement(Exception):
    """A peer gives another posterior: the comparison of speeds would mean nothing."""


def inside(knowledge: Knowledge, *, quick: bool) -> Iterator[Line]:
    """The lines of one process run; first it is made sure that all give the same posteriors."""
    network, told = compile_network(knowledge, PLAIN), random_moments(knowledge, 60 if quick else 300)
    agrum, pgmpy = Agrum(network), Pgmpy(network)
    _agree(network, agrum, told)
    _agree(network, pgmpy, told[:40])
    seen = [observed(moment) for moment in told]
    rounds = 3 if quick else 10
    ours = median_seconds(lambda moment: posterior(network, moment), seen, rounds)
    yield _against("posterior of one moment", ours, "pyAgrum", median_seconds(agrum.posterior, told, 2), 10)
    yield _against("", ours, "pgmpy", median_seconds(pgmpy.posterior, told[:100], 2), 30)
    canonical = compile_network(knowledge)
    tempered = median_seconds(lambda moment: posterior(canonical, moment), seen, rounds)
    yield Line("the same with the learned temper", _micro(tempered))
    yield _information(network, agrum, told, seen, rounds)
    yield from _reading(knowledge, seen, rounds)


def observed(moment: Moment) -> list[Observation]:
    """The moment as observations."""
    return [Observation(cue, value) for cue, value in moment.items()]


def _agree(network: Network, peer: Agrum | Pgmpy, moments: Sequence[Moment]) -> None:
    worst = max(float(np.abs(peer.posterior(m) - posterior(network, observed(m))).max()) for m in moments)
    print(f"posteriors equal to {type(peer).__name__} on {len(moments)} moments, largest difference {worst:.1e}")
    if worst > CLOSE:
        raise Disagreement(type(peer).__name__)


def _information(
    network: Network, agrum: Agrum, told: Sequence[Moment], seen: Sequence[list[Observation]], rounds: int
) -> Line:
    questioner = Questioner(network)

    def bits(moment: list[Observation]) -> dict[str, float]:
        return questioner.bits(see(network, moment), posterior(network, moment))

    worst = max(_gap(bits(s), agrum.information(m)) for s, m in zip(seen[:10], told[:10], strict=True))
    if worst > CLOSE:
        raise Disagreement("expected information")
    ours, theirs = median_seconds(bits, seen, rounds), median_seconds(agrum.information, told[:60])
    return _against("expected information of all unasked cues", ours, "pyAgrum", theirs, 50)


def _gap(ours: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    return max(abs(ours[cue] - theirs[cue]) for cue in theirs)


def _reading(knowledge: Knowledge, seen: Sequence[list[Observation]], rounds: int) -> Iterator[Line]:
    reader = Reader(knowledge)
    whole = median_seconds(reader.read, seen, rounds)
    draws = knowledge.model.draws.count
    yield Line(
        f"whole reading, {draws} table draws", _micro(whole), bar="below 5 ms", met=whole < 0.005 and draws >= 400
    )


def _against(job: str, ours: float, name: str, theirs: float, wanted: float) -> Line:
    ratio = theirs / ours
    return Line(job, _micro(ours), f"{name} {_micro(theirs)}", f"{ratio:,.0f} x", f"{wanted:g} x", ratio >= wanted)


def _micro(seconds: float) -> str:
    return f"{1e6 * seconds:,.1f} µs" if seconds < 1e-3 else f"{1e3 * seconds:,.2f} ms"
