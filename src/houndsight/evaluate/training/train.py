"""Trains one network: shuffled batches of accounts of like length, Adam with decay of weights, a rate that rises and falls."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from functools import partial
from math import ceil

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import jax
import jax.numpy as jnp
import numpy as np
import optax

from houndsight.evaluate.training.examples import Example
from houndsight.evaluate.training.network import Batch, Params, initial, loss
from houndsight.knowledge.ear import Head, Net

__all__ = ["batched", "train"]

LENGTHS = (24, 48, 72, 96, 128, 192, 256, 384, 640, 1280, 2560, 6000)
"""Accounts are padded to one of these numbers of words, so that few shapes are compiled."""

TOGETHER = 24
"""Accounts in a batch."""

RATE, LAST, DECAY, STEEPEST = 2e-3, 0.02, 0.02, 2.0
"""Rate of learning at its height, what is left of it at the end, decay of weights, longest step of the gradient."""

LEARNED_ASIDE = "aside"
"""Weights that only help to learn; they are not kept."""


def batched(examples: Sequence[Example]) -> Batch:
    """Examples side by side, padded to a common number of words."""
    longest = max(len(one.found) for one in examples)
    n = next(length for length in LENGTHS if length >= longest)

    def padded(
        array: np.ndarray[tuple[int, ...], np.dtype[np.generic]],
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
        return np.concatenate([array, np.zeros((n - len(array), *array.shape[1:]), array.dtype)])

    fields = ("stems", "words", "letters", "classes", "told", "marks", "breaks")
    words = {name: np.stack([padded(getattr(one.found, name)) for one in examples]) for name in fields}
    return {name: jnp.asarray(array) for name, array in words.items()} | {
        "there": jnp.asarray(np.stack([padded(np.ones(len(one.found), np.float32)) for one in examples])),
        "y_told": jnp.asarray(np.stack([padded(one.told) for one in examples])),
        "weight": jnp.asarray(np.stack([padded(one.weight) for one in examples])),
        "account": jnp.asarray(np.stack([one.account for one in examples])),
        "known": jnp.asarray(np.stack([one.known for one in examples])),
        "belief": jnp.asarray(np.stack([one.belief for one in examples])),
        "lean": jnp.asarray(np.array([one.lean for one in examples], np.float32)),
        "need": jnp.asarray(np.array([one.need for one in examples], np.float32)),
    }


def train(
    examples: Sequence[Example],
    head: Head,
    seed: int = 1,
    epochs: int = 30,
    hidden: int = 160,
    say: Callable[[str], object] = lambda _: None,
) -> Net:
    """The weights that `epochs` rounds over the examples lead to; the same for the same seed on the same machine."""
    examples = [one for one in examples if len(one.found)]
    params, mixer = initial(seed, head, hidden), random.Random(seed)  # noqa: S311  # order of examples, no secret
    steps = ceil(len(examples) / TOGETHER)
    rise = optax.schedules.linear_schedule(0.0, RATE, steps)
    fall = optax.schedules.linear_schedule(RATE, RATE * LAST, max(steps * (epochs - 1), 1))
    rate = optax.schedules.join_schedules([rise, fall], [steps])
    decayed = {name: name not in ("stem", "word", "letters", "classes") for name in params}
    optimiser = optax.chain(optax.clip_by_global_norm(STEEPEST), optax.adamw(rate, weight_decay=DECAY, mask=decayed))
    state, key = optimiser.init(params), jax.random.key(seed)
    step = jax.jit(partial(_step, optimiser))
    number = 0
    for epoch in range(epochs):
        total = []
        for chosen in _batches(examples, mixer):
            number += 1
            params, state, lost = step(params, state, batched(chosen), jax.random.fold_in(key, number))
            total.append(lost)
        say(f"network {seed}, round {epoch + 1} of {epochs}: loss {float(jnp.stack(total).mean()):.2f}")
    return {name: np.asarray(weights) for name, weights in params.items() if not name.startswith(LEARNED_ASIDE)}


def _step(
    optimiser: optax.GradientTransformation, params: Params, state: optax.OptState, batch: Batch, key: jax.Array
) -> tuple[Params, optax.OptState, jax.Array]:
    lost, slope = jax.value_and_grad(loss)(params, batch, key)
    moves, state = optimiser.update(slope, state, params)
    moved: Params = optax.apply_updates(params, moves)
    return moved, state, lost


def _batches(examples: Sequence[Example], mixer: random.Random) -> list[list[Example]]:
    """All examples in batches of like length, in a new order each time; the last ones go round again to fill a batch."""
    order = list(range(len(examples)))
    mixer.shuffle(order)
    order += (
        order[: -len(order) % TOGETHER]
        if len(order) >= TOGETHER
        else [order[i % len(order)] for i in range(TOGETHER - len(order))]
    )
    pool = TOGETHER * 16
    like = [
        i
        for start in range(0, len(order), pool)
        for i in sorted(order[start : start + pool], key=lambda i: len(examples[i].found))
    ]
    batches = [[examples[i] for i in like[start : start + TOGETHER]] for start in range(0, len(like), TOGETHER)]
    mixer.shuffle(batches)
    return batches
