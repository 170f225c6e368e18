"""Learning one dog: how far off his rates and rows are, by how much is known of him, pooled, counted alone, and for dogs at large; and its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.lives import days, lived, of_a_moment, own_dog, rated_dog
from benchmarks.timing import Line, median_seconds
from houndsight.inference.cases import compile_cases, in_order
from houndsight.inference.dialect import learn
from houndsight.inference.foretelling import meanings
from houndsight.inference.kin import kin_of
from houndsight.inference.network import Network, compile_network
from houndsight.inference.read import Reader
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.settings import Pooling
from houndsight.knowledge.temper import PLAIN
from houndsight.records.observation import Observation

__all__ = ["dialect"]

Moments = Sequence[Sequence[Observation]]
Drawn = Callable[[Network, Pooling, np.random.Generator], Network]


@dataclass(frozen=True, slots=True)
class Off:
    """How far off one dog is: the mean error of the rates, and the share of chance that his rows misplace, weighed by how often each is met."""

    rates: float
    rows: float


@dataclass(frozen=True, slots=True)
class Found:
    """One dog as he is found by learning, by a plain count, and as dogs at large; and how many of the 90 % intervals hold his rates."""

    learned: Off
    counted: Off
    at_large: Off
    held: float


def dialect(knowledge: Knowledge, *, quick: bool) -> Iterator[Line]:
    """Dogs are drawn and live as the pure network says; then their moments are learned."""
    network, pooling = compile_network(knowledge, PLAIN), knowledge.model.pooling
    dogs = range(10 if quick else 40)
    for world, drawn in (("rates of his own", rated_dog), ("rates and rows of his own", own_dog)):
        for count in (5, 20, 80, 320):
            found = [_found(network, pooling, drawn, np.random.default_rng([dog, count]), count) for dog in dogs]
            yield _line(f"{world}, {count} moments: rates off by", found, lambda off: off.rates, "below both")
            if drawn is own_dog:
                yield _line("  rows off by", found, lambda off: off.rows)
            yield Line("  90 % intervals of the rates hold the truth", f"{np.mean([one.held for one in found]):.2f}")
    yield from _years(knowledge, 500 if quick else 2000)


def _found(network: Network, pooling: Pooling, drawn: Drawn, rng: np.random.Generator, count: int) -> Found:
    """A dog is drawn, lives, and is looked for."""
    dog = drawn(network, pooling, rng)
    moments = [lived(dog, dog.prior, rng) for _ in range(count)]
    learned = learn(network, pooling, moments)
    true = [(s, dog.prior[network.motives.index(s.motive)]) for s in learned.motive_rates(0.9)]
    held = float(np.mean([share.low <= rate <= share.high for share, rate in true]))
    return Found(_off(learned.network, dog), _off(_counted(network, pooling, moments), dog), _off(network, dog), held)


def _line(job: str, found: Sequence[Found], of: Callable[[Off], float], bar: str = "") -> Line:
    """The means over dogs; the bar, where there is one, is to be nearer than a plain count and than dogs at large."""
    each = [[of(off) for off in (one.learned, one.counted, one.at_large)] for one in found]
    learned, counted, at_large = np.mean(each, axis=0).tolist()
    peer = f"plain count {counted:.3f}, dogs at large {at_large:.3f}"
    met = learned < min(counted, at_large) if bar else None
    return Line(job, f"{learned:.3f}", peer, f"{counted / learned:.1f} x", bar, met)


def _counted(network: Network, pooling: Pooling, moments: Moments) -> Network:
    """The dog by a plain conjugate count: each moment is wholly of its likeliest motive, every row and the rates Dirichlet(1), nothing pooled."""
    leads = meanings(network, moments).argmax(axis=1)
    cases, kin = compile_cases(network, *in_order(network, moments)), kin_of(network, pooling)
    rows = np.ones_like(kin.base)
    np.add.at(rows, (cases.row, leads[cases.moment]), 1.0)
    rates = 1.0 + np.bincount(leads, minlength=len(network.motives))
    return network.with_rows(rates / rates.sum(), rows / kin.totals(rows), network.faces)


def _off(found: Network, true: Network) -> Off:
    cues = [
        cue
        for cue in of_a_moment(true)
        if cue in true.likelihood and true.cues[cue].group == "lean" and cue != "leans_on"
    ]
    misplaced = [np.abs(found.likelihood[cue] - true.likelihood[cue]).sum(axis=0) @ true.prior / 2 for cue in cues]
    return Off(float(np.abs(found.prior - true.prior).mean()), float(np.mean(misplaced)))


def _years(knowledge: Knowledge, count: int) -> Iterator[Line]:
    """What years with a dog cost: equal observations are one object, as the diary gives them."""
    reader, pooling, rng = Reader(knowledge), knowledge.model.pooling, np.random.default_rng(1)
    *moments, coming = days(own_dog(reader.network, pooling, rng), rng, count + 1, followed=0.3)
    own = learn(reader.network, pooling, moments)
    learning = median_seconds(lambda told: learn(reader.network, pooling, told), [moments], 9)
    met = median_seconds(reader.of(own).read, [coming], 9)

    def both(told: Moments) -> None:
        reader.of(learn(reader.network, pooling, told)).read(coming)

    whole, cues = median_seconds(both, [moments], 9), sum(map(len, moments)) / count
    peer = f"learning {1e3 * learning:.0f} ms, a dog known already read in {1e3 * met:.1f} ms"
    yield Line(
        f"learning {count:,} moments of {cues:.0f} cues and reading the next",
        f"{1e3 * whole:.0f} ms",
        peer,
        "",
        "below 50 ms",
        whole < 0.05,
    )
