"""The network of `senses.words.network` once more, in JAX: over batches, with dropout, and with the targets that it learns from."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

import jax
import jax.numpy as jnp
import numpy as np

from houndsight.knowledge.ear import Head
from houndsight.senses.words.features import BREAKS, BUCKETS

__all__ = ["SIZES", "Batch", "Params", "forward", "initial", "loss"]

Params = dict[str, jax.Array]
Batch = Mapping[str, jax.Array]
"""Features and targets of B accounts padded to n words, and `there` (B, n), 1 where a word stands."""

SIZES = {"stem": 40, "word": 16, "letters": 24, "classes": 24, "told": 48, "marks": 16}
"""Length of the short vector of each input."""

DROPPED, FORGOTTEN, MISSPELT = 0.3, 0.1, 0.05
"""In training: share of numbers set to 0, of words whose stem is hidden, of words whose letters are hidden."""

WORDWISE = 2.0
"""How much the loss at words counts against that of the whole account."""


def initial(seed: int, head: Head, hidden: int = 160) -> Params:
    """Weights to begin with."""
    rng = np.random.default_rng(seed)
    pairs, width = len(head.pairs), sum(SIZES.values()) + BREAKS

    def some(*shape: int, deviation: float | None = None) -> jax.Array:
        return jnp.asarray(rng.normal(size=shape) * (deviation or 1 / sqrt(shape[0])), jnp.float32)

    return {
        "stem": some(len(head.stems) + 1, SIZES["stem"], deviation=0.05),
        "word": some(len(head.words) + 1, SIZES["word"], deviation=0.05),
        "letters": some(BUCKETS + 1, SIZES["letters"], deviation=0.05),
        "classes": some(head.kinds, SIZES["classes"], deviation=0.1),
        "told": some(pairs, SIZES["told"], deviation=0.1),
        "marks": some(len(head.marks) + 1, SIZES["marks"], deviation=0.1),
        "near": some(3 * width, hidden),
        "near_bias": jnp.zeros(hidden),
        "wide": some(5 * hidden, hidden),
        "wide_bias": jnp.zeros(hidden),
        "far": some(5 * hidden, hidden),
        "far_bias": jnp.zeros(hidden),
        "out": some(3 * hidden, pairs, deviation=0.5 / sqrt(3 * hidden)),
        "out_bias": jnp.full(pairs, -5.0),
        "lean": some(2 * hidden, deviation=0.02),
        "lean_bias": jnp.zeros(1),
        "lean_told": some(pairs, deviation=0.02),
        "aside": some(2 * hidden, 9, deviation=0.02),
        "aside_bias": jnp.zeros(9),
        "aside_told": some(pairs, 9, deviation=0.02),
    }


def forward(p: Params, batch: Batch, key: jax.Array | None = None) -> tuple[jax.Array, jax.Array, jax.Array]:
    """Log odds word by word (B, n, K), of a lean (B), and what is learned aside (B, 9): motives, and whether help is wanted."""
    there = batch["there"][..., None]

    def kept(x: jax.Array, place: int) -> jax.Array:
        if key is None:
            return x
        mask = jax.random.bernoulli(jax.random.fold_in(key, place), 1 - DROPPED, x.shape)
        return x * mask / (1 - DROPPED)

    stems, words, spelled = batch["stems"], batch["words"], batch["letters"]
    if key is not None:
        seen = jax.random.bernoulli(jax.random.fold_in(key, 9), 1 - FORGOTTEN, stems.shape)
        stems, words = stems * seen, words * seen
        spelled = spelled * jax.random.bernoulli(jax.random.fold_in(key, 10), 1 - MISSPELT, stems.shape)[..., None]
    known = spelled > 0
    by_letters = (p["letters"][spelled] * known[..., None]).sum(2) * (2 / jnp.maximum(known.sum(2), 1))[..., None]
    x = jnp.concatenate(
        [
            p["stem"][stems] * (stems > 0)[..., None],
            p["word"][words] * (words > 0)[..., None],
            by_letters,
            batch["classes"] @ p["classes"],
            batch["told"] @ p["told"],
            batch["marks"] @ p["marks"],
            batch["breaks"],
        ],
        -1,
    )
    x = kept(x * there, 0)
    a = jax.nn.relu(_convolved(x, p["near"], p["near_bias"], 3)) * there
    b = jax.nn.relu(_convolved(kept(a, 1), p["wide"], p["wide_bias"], 5)) * there + a
    c = jax.nn.relu(_convolved(kept(b, 2), p["far"], p["far_bias"], 5, 2)) * there + b
    most, mean = c.max(1), c.sum(1) / jnp.maximum(there.sum(1), 1)
    z = kept(jnp.concatenate([b, c, jnp.broadcast_to(most[:, None], c.shape)], -1), 3) @ p["out"] + p["out_bias"]
    z = jnp.where(there > 0, z, -30.0)
    whole, chances = kept(jnp.concatenate([most, mean], -1), 4), jax.nn.sigmoid(z.max(1))
    lean = whole @ p["lean"] + p["lean_bias"] + chances @ p["lean_told"]
    return z, lean, whole @ p["aside"] + p["aside_bias"] + chances @ p["aside_told"]


def _convolved(x: jax.Array, weights: jax.Array, bias: jax.Array, width: int, apart: int = 1) -> jax.Array:
    reach, n = (width - 1) // 2 * apart, x.shape[1]
    padded = jnp.pad(x, ((0, 0), (reach, reach), (0, 0)))
    return jnp.concatenate([padded[:, j * apart : j * apart + n] for j in range(width)], -1) @ weights + bias


def _surprise(z: jax.Array, y: jax.Array) -> jax.Array:
    """Cross-entropy of log odds `z` against `y`, 0 where nobody said (NaN)."""
    said = ~jnp.isnan(y)
    y = jnp.where(said, y, 0.0)
    return jnp.where(said, jnp.maximum(z, 0) - z * y + jnp.log1p(jnp.exp(-jnp.abs(z))), 0.0)


def loss(p: Params, batch: Batch, key: jax.Array) -> jax.Array:
    """What training makes small: surprise at the words, at the account's cues, its lean, its motive and its need."""
    z, lean, aside = forward(p, batch, key)
    size = len(batch["there"])
    at_words = (_surprise(z, batch["y_told"]) * batch["weight"] * batch["there"][..., None]).sum() / batch[
        "there"
    ].sum()
    at_account = (_surprise(z.max(1), batch["account"]) * batch["known"]).sum() / size
    believed = ~jnp.isnan(batch["belief"][:, :1])
    belief = jnp.where(believed, batch["belief"], 0.0)
    motive = -(belief * jax.nn.log_softmax(aside[:, :8])).sum() / size
    rest = _surprise(lean, batch["lean"]).sum() / size + _surprise(aside[:, 8], batch["need"]).sum() / size
    return WORDWISE * at_words + at_account + motive + rest
