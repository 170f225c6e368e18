"""The network of the trained ear: three convolutions over the words, and for each word the log odds of each cue's value.

    x  = [stem, word, letters, classes, told by phrases, marks, breaks]     each as a short vector
    a  = relu(near(x)),  b = relu(wide(a)) + a,  c = relu(far(b)) + b       3 words, 5 words, 5 words two apart
    z  = [b, c, max of c over the account] @ out                            log odds, word by word
    chance of a value in the account = logistic(max of z over the words)

Plain NumPy: two milliseconds an account, and nothing to install.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from houndsight.knowledge.ear import Net
from houndsight.senses.words.features import Features

__all__ = ["listen"]

Array = NDArray[np.float32]


def listen(found: Features, net: Net) -> tuple[Array, float]:
    """Log odds of each cue's value at each word (n, K), and the log odds that a lean is told at all. `found` has at least one word."""
    x = _inputs(found, net)
    a = np.maximum(_convolved(x, net["near"], net["near_bias"], 3), 0)
    b = np.maximum(_convolved(a, net["wide"], net["wide_bias"], 5), 0) + a
    c = np.maximum(_convolved(b, net["far"], net["far_bias"], 5, 2), 0) + b
    most = c.max(axis=0)
    size = b.shape[1]
    out = net["out"]
    z: Array = b @ out[:size] + c @ out[size : 2 * size] + (most @ out[2 * size :] + net["out_bias"])
    chances = 1 / (1 + np.exp(-z.max(axis=0)))
    lean = np.concatenate([most, c.mean(axis=0)]) @ net["lean"] + net["lean_bias"][0] + chances @ net["lean_told"]
    return z, float(lean)


def _inputs(found: Features, net: Net) -> Array:
    known = found.letters > 0
    spelled = (net["letters"][found.letters] * known[:, :, None]).sum(axis=1)
    spelled *= (2 / np.maximum(known.sum(axis=1), 1))[:, None].astype(np.float32)
    x: Array = np.concatenate(
        [
            net["stem"][found.stems] * (found.stems > 0)[:, None],
            net["word"][found.words] * (found.words > 0)[:, None],
            spelled,
            found.classes @ net["classes"],
            found.told @ net["told"],
            found.marks @ net["marks"],
            found.breaks,
        ],
        axis=1,
        dtype=np.float32,
    )
    return x


def _convolved(x: Array, weights: Array, bias: Array, width: int, apart: int = 1) -> Array:
    """Each word with its neighbours, `width` words `apart`; beyond the ends stands nothing."""
    reach = (width - 1) // 2 * apart
    padded = np.pad(x, ((reach, reach), (0, 0)))
    stacked = np.concatenate([padded[j * apart : j * apart + len(x)] for j in range(width)], axis=1)
    y: Array = stacked @ weights + bias
    return y
