"""Learning one dog beside Markov chains on the same model: how far the means part, and how long a chain takes to be of use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpyro.diagnostics import effective_sample_size, split_gelman_rubin

from benchmarks.gibbs import long_run
from benchmarks.hierarchy import CUES, Nuts, rows_of
from benchmarks.lives import lived, own_dog
from benchmarks.timing import Line, median_seconds
from houndsight.inference.dialect import learn
from houndsight.inference.network import Floats, Network, compile_network
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.settings import Pooling
from houndsight.knowledge.temper import PLAIN
from houndsight.records.observation import Observation

__all__ = ["chains"]

CLOSE = 0.02
"""The means of the rates should part by no more."""
SETTLED = 0.01
"""Two ways of sampling the same model should part by no more, their Monte Carlo errors included."""
TOLD = 0.6
"""Chance that a cue of the model is told."""
CHAINS, BY_THE_BOOK, SHORTEST = 4, 1000, 100
"""Chains; rounds of warm-up as Stan does them by default; as few as still find a step size."""
ENOUGH, MIXED, FINE = 400, 1.01, 0.01
"""Independent draws and R-hat that Vehtari et al. (2021) ask for; a Monte Carlo error of the rates that the eye does not see."""

Moments = list[list[Observation]]


def chains(knowledge: Knowledge, *, quick: bool) -> Iterator[Line]:
    """Dogs with rates and rows of their own, of whom few and many moments are known."""
    network, pooling = compile_network(knowledge, PLAIN), knowledge.model.pooling
    for count in (60, 200):
        yield from _agreeing(network, pooling, count, dogs=2 if quick else 12)
    for count in (60,) if quick else (60, 200):
        yield from _beside_nuts(network, pooling, _moments(network, pooling, count, 1))


def _moments(network: Network, pooling: Pooling, count: int, dog: int) -> Moments:
    """The moments of one dog, the same ones in every run."""
    rng = np.random.default_rng(dog)
    own = own_dog(network, pooling, rng)
    return [lived(own, own.prior, rng, CUES, TOLD) for _ in range(count)]


def _agreeing(network: Network, pooling: Pooling, count: int, dogs: int) -> Iterator[Line]:
    """How far the means part from those of a long run, over dogs."""
    parted, errors = [], []
    for dog in range(1, dogs + 1):
        moments = _moments(network, pooling, count, dog)
        run = long_run(network, pooling, moments, sweeps=6000)
        parted.append(_apart(rows_of(learn(network, pooling, moments).network), run.means))
        errors.append(run.error)
    rates, rows = np.array(parted).T
    job = f"means beside a long run, {count} moments, {dogs} dogs"
    yield Line(
        job,
        f"rates {np.median(rates):.3f}",
        f"its own error {np.mean(errors):.3f}",
        "",
        f"{CLOSE}",
        bool(np.median(rates) <= CLOSE),
    )
    yield Line(
        "  the dog that parts most",
        f"rates {rates.max():.3f}",
        f"rates within {CLOSE}: {np.mean(rates <= CLOSE):.0%} of the dogs",
    )
    yield Line("  rows", f"{np.median(rows):.3f}, at most {rows.max():.3f}")


def _beside_nuts(network: Network, pooling: Pooling, moments: Moments) -> Iterator[Line]:
    """Agreement with NUTS and its time, on one dog."""
    name = f"NUTS, {len(moments)} moments"
    own = rows_of(learn(network, pooling, moments).network)
    ours = median_seconds(lambda told: learn(network, pooling, told), [moments] * 20)
    nuts = Nuts(network, pooling, moments, warmup=BY_THE_BOOK, samples=1000)
    runs = [nuts.run(seed) for seed in range(CHAINS)]
    means = {cue: np.mean([run.means[cue] for run in runs], axis=0) for cue in own}
    run = _apart(long_run(network, pooling, moments, sweeps=12_000).means, means)
    yield Line(
        f"long run beside {name}", "rates {:.3f}, rows {:.3f}".format(*run), "", "", f"{SETTLED}", max(run) <= SETTLED
    )
    apart = _apart(own, means)
    yield Line(
        f"means beside {name}", "rates {:.3f}, rows {:.3f}".format(*apart), "", "", f"rates {CLOSE}", apart[0] <= CLOSE
    )

    draws = np.stack([run.draws["rates"] for run in runs])
    samples = _usable(draws)
    whole = sum(run.seconds for run in runs) * (BY_THE_BOOK + samples) / (BY_THE_BOOK + draws.shape[1])
    peer = f"{CHAINS} chains of {BY_THE_BOOK:,} + {samples} {whole:.2f} s"
    yield Line(
        f"usable posterior, {len(moments)} moments",
        f"{1e3 * ours:.1f} ms",
        peer,
        f"{whole / ours:,.0f} x",
        "500 x",
        whole / ours >= 500,
    )
    fewest = _fewest(draws)
    short = Nuts(network, pooling, moments, warmup=SHORTEST, samples=fewest)
    barest = float(np.median([short.run(seed).seconds for seed in range(5)]))
    peer = f"one chain of {SHORTEST} + {fewest} {barest:.2f} s"
    yield Line(f"  rates to {FINE}, nothing else asked", f"{1e3 * ours:.1f} ms", peer, f"{barest / ours:,.0f} x")
    yield Line(
        "  compiled, as one moment more wants it",
        f"{1e3 * ours:.1f} ms",
        f"{barest + short.compiling:.1f} s",
        f"{(barest + short.compiling) / ours:,.0f} x",
    )


def _apart(ours: Mapping[str, Floats], theirs: Mapping[str, Floats]) -> tuple[float, float]:
    """The largest difference of the rates, and of the rows."""
    gaps = {name: float(np.abs(ours[name] - theirs[name]).max()) for name in theirs}
    return gaps.pop("rates"), max(gaps.values())


def _usable(draws: Floats) -> int:
    """The fewest samples of each chain (in steps of 25) after which all rates have mixed and enough independent draws."""
    steps: Sequence[int] = range(50, draws.shape[1], 25)
    return next((n for n in steps if _settled(draws[:, :n])), draws.shape[1])


def _settled(draws: Floats) -> bool:
    return bool(effective_sample_size(draws).min() >= ENOUGH and split_gelman_rubin(draws).max() < MIXED)


def _fewest(draws: Floats) -> int:
    """How many samples of one chain bring the Monte Carlo error of every rate below `FINE`, to the next 25."""
    each = effective_sample_size(draws) / draws[..., 0].size
    wanted = (draws.var(axis=(0, 1)) / FINE**2 / each).max()
    return int(25 * np.ceil(wanted / 25))
