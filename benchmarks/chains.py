"""Learning one dog beside Markov chains on the same model: how far the means part, and how long a chain takes to be of use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpyro.diagnostics import effective_sample_size, split_gelman_rubin

from benchmarks.gibbs import long_run
from benchmarks.hierarchy import CUES, Nuts, Sampled, rows_of
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
SWEPT = 2_400_000
"""Moments that a chain of the long run goes through when it is held against NUTS itself."""
ENOUGH, MIXED, FINE = 400, 1.01, 0.01
"""Independent draws and R-hat that Vehtari et al. (2021) ask for; a Monte Carlo error of the rates that the eye does not see."""

Moments = list[list[Observation]]


def chains(knowledge: Knowledge, *, quick: bool) -> Iterator[Line]:
    """Dogs with rates and rows of their own, of whom few and many moments are known."""
    network, pooling = compile_network(knowledge, PLAIN), knowledge.model.pooling
    for count in (60, 200):
        yield from _agreeing(network, pooling, count, dogs=2 if quick else 12)
    for count in (60,) if quick else (60, 200, 2000):
        yield from _beside_nuts(network, pooling, _moments(network, pooling, count, 1))


def _moments(network: Network, pooling: Pooling, count: int, dog: int) -> Moments:
    """The moments of one dog, the same ones in every run."""
    rng = np.random.default_rng(dog)
    own = own_dog(network, pooling, rng)
    return [lived(own, own.prior, rng, CUES, TOLD) for _ in range(count)]


def _agreeing(network: Network, pooling: Pooling, count: int, dogs: int) -> Iterator[Line]:
    """How far the means part from those of a long run, and how sure we are beside it, over dogs."""
    parted, errors, sure = [], [], []
    for dog in range(1, dogs + 1):
        moments = _moments(network, pooling, count, dog)
        run, learned = long_run(network, pooling, moments, sweeps=6000), learn(network, pooling, moments)
        parted.append(_apart(rows_of(learned.network), run.means))
        sure.append(float(np.mean(_spread(learned.rates) / run.spread)))
        errors.append(run.error)
    rates, rows = np.array(parted).T
    error, half = f"its own error {np.mean(errors):.3f}", float(np.median(rates))
    yield Line(
        f"means beside a long run, {count} moments, {dogs} dogs",
        f"rates {half:.3f}",
        error,
        "",
        f"{CLOSE}",
        half <= CLOSE,
    )
    yield Line(
        "  the dog that parts most",
        f"rates {rates.max():.3f}",
        f"{np.mean(rates <= CLOSE):.0%} of the dogs within {CLOSE}",
    )
    yield Line("  rows", f"{np.median(rows):.3f}, at most {rows.max():.3f}")
    yield Line(
        "  spread of the rates, of the run's", f"{np.median(sure):.2f}", f"{min(sure):.2f} to {max(sure):.2f} over dogs"
    )


def _beside_nuts(network: Network, pooling: Pooling, moments: Moments) -> Iterator[Line]:
    """Agreement with NUTS on one dog, ours and that of the long run, and then its time."""
    nuts = Nuts(network, pooling, moments, warmup=BY_THE_BOOK, samples=1000)
    runs = [nuts.run(seed) for seed in range(CHAINS)]
    own = rows_of(learn(network, pooling, moments).network)
    means = {cue: np.mean([run.means[cue] for run in runs], axis=0) for cue in own}
    long = _apart(long_run(network, pooling, moments, sweeps=SWEPT // max(len(moments), 200)).means, means)
    apart = _apart(own, means)
    name = f"beside NUTS, {len(moments)} moments"
    yield Line(
        f"long run {name}", "rates {:.3f}, rows {:.3f}".format(*long), "", "", f"{SETTLED}", max(long) <= SETTLED
    )
    yield Line(f"means {name}", "rates {:.3f}, rows {:.3f}".format(*apart), "", "", f"rates {CLOSE}", apart[0] <= CLOSE)
    yield from _timed(network, pooling, moments, runs)


def _timed(network: Network, pooling: Pooling, moments: Moments, runs: Sequence[Sampled]) -> Iterator[Line]:
    """How long NUTS takes to a posterior of use: as the book wants it, then for the rates alone, then compiled too."""
    ours = median_seconds(lambda told: learn(network, pooling, told), [moments] * 20)
    draws = np.stack([run.draws["rates"] for run in runs])
    samples, fewest = _usable(draws), _fewest(draws)
    whole = sum(run.seconds for run in runs) * (BY_THE_BOOK + samples) / (BY_THE_BOOK + draws.shape[1])
    by_the_book = f"{CHAINS} chains of {BY_THE_BOOK:,} + {samples}"
    yield _against(f"usable posterior, {len(moments)} moments", ours, by_the_book, whole, 500)
    short = Nuts(network, pooling, moments, warmup=SHORTEST, samples=fewest)
    barest, chain = (
        float(np.median([short.run(seed).seconds for seed in range(5)])),
        f"one chain of {SHORTEST} + {fewest}",
    )
    yield _against(f"  rates to {FINE}, nothing else asked", ours, chain, barest)
    yield _against("  and compiled, as each moment more wants it", ours, chain, barest + short.compiling)


def _against(job: str, ours: float, name: str, theirs: float, wanted: float | None = None) -> Line:
    ratio = theirs / ours
    bar, met = ("", None) if wanted is None else (f"{wanted:g} x", ratio >= wanted)
    return Line(job, f"{1e3 * ours:.1f} ms", f"{name} {theirs:.2f} s", f"{ratio:,.0f} x", bar, met)


def _spread(rates: Floats) -> Floats:
    """Standard deviations of the rates of a Dirichlet."""
    mean, size = rates / rates.sum(), rates.sum()
    spread: Floats = np.sqrt(mean * (1 - mean) / (size + 1))
    return spread


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
