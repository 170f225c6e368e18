"""The trained ear: what was learned from labelled accounts about the words that tell a cue, read from `learned/ear.npz`.

The file is made by `python -m houndsight.evaluate train` from the accounts of the repository; docs/hearing.md tells how.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from houndsight.errors import KnowledgeError

__all__ = ["EAR_FILE", "SHAPE", "Head", "Net", "TrainedEar", "load_ear", "pack", "unpack"]

EAR_FILE = "learned/ear.npz"
SHAPE = "houndsight/ear/1"

Array = NDArray[np.float32]
Net = Mapping[str, Array]
"""The weights of one network by name; `senses.words.network` tells what each is."""

SMALLEST = 22
"""Bytes of an archive that holds nothing."""

SIGNED = 127
"""Weights are kept as whole numbers of -127 to 127 with a scale for each row."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands beside the weights.

    `pairs` are the (cue, value) that are listened for, in the order of the last axis. `stems`, `words` and `marks` number the
    inputs from 1; 0 is any other. `classes` gives the classes of a stem, by number. `trust` is the slope and the intercept that
    turn the network's log odds into the chance of being right. `limits` holds for each cue the least chance with which it is told.
    `made` says from what and how the file was made; `kinds` is the number of classes and `place` where each pair stands.
    """

    language: str
    pairs: tuple[tuple[str, str], ...]
    stems: Mapping[str, int]
    words: Mapping[str, int]
    marks: Mapping[str, int]
    classes: Mapping[str, tuple[int, ...]]
    trust: tuple[float, float]
    limits: Mapping[str, float]
    lean: float
    made: Mapping[str, Any] = field(default_factory=dict)
    kinds: int = field(init=False)
    place: Mapping[tuple[str, str], int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Derives what every account would else have to count anew."""
        kinds = 1 + max((max(numbers) for numbers in self.classes.values() if numbers), default=0)
        object.__setattr__(self, "kinds", kinds)
        object.__setattr__(self, "place", {pair: k for k, pair in enumerate(self.pairs)})


@dataclass(frozen=True, slots=True, eq=False)
class TrainedEar:
    """The networks, whose chances are averaged, and what goes with them."""

    head: Head
    nets: tuple[Net, ...]


@lru_cache(maxsize=2)
def load_ear(root: Path, language: str = "en") -> TrainedEar | None:
    """The trained ear under the data folder `root`, or None when there is none for this language. Kept: a second call is free.

    Raises KnowledgeError when the file is not what it should be.
    """
    path = root / EAR_FILE
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        ear = unpack(raw)
    except (ValueError, KeyError, TypeError, OSError, zipfile.BadZipFile) as error:
        raise KnowledgeError(
            [f"{EAR_FILE}: is not a trained ear ({error}); make it anew with `tasks.py train`"]
        ) from None
    return ear if ear.head.language == language else None


def pack(ear: TrainedEar) -> bytes:
    """The bytes of the file: the head as JSON, each weight rounded to a byte with a scale for its row; the same for the same ear."""
    head = ear.head
    form = {
        "shape": SHAPE,
        "language": head.language,
        "pairs": ["=".join(pair) for pair in head.pairs],
        "stems": list(head.stems),
        "words": list(head.words),
        "marks": list(head.marks),
        "classes": {stem: list(numbers) for stem, numbers in head.classes.items()},
        "trust": list(head.trust),
        "limits": dict(head.limits),
        "lean": head.lean,
        "made": dict(head.made),
        "nets": len(ear.nets),
    }
    arrays: dict[str, NDArray[Any]] = {"head": np.frombuffer(json.dumps(form, ensure_ascii=False).encode(), np.uint8)}
    for number, net in enumerate(ear.nets):
        for name, weights in net.items():
            whole, scale = _whole(weights)
            arrays[f"{number}.{name}"], arrays[f"{number}.{name}.scale"] = whole, scale
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            body = io.BytesIO()
            np.lib.format.write_array(body, array, allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), body.getvalue(), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _whole(weights: Array) -> tuple[NDArray[np.int8], Array]:
    """Weights as whole numbers, and the scale of each row (the last axis lies along a row)."""
    flat = weights.reshape(-1, weights.shape[-1]) if weights.ndim > 1 else weights.reshape(1, -1)
    scale = np.maximum(np.abs(flat).max(axis=1), 1e-12).astype(np.float32) / SIGNED
    return np.rint(flat / scale[:, None]).astype(np.int8).reshape(weights.shape), scale


def unpack(raw: bytes) -> TrainedEar:
    """The ear of a file's bytes. Raises ValueError, KeyError or TypeError when they are something else."""
    if not raw.startswith(b"PK") or len(raw) < SMALLEST:
        raise ValueError("it is no archive of arrays")
    with np.load(io.BytesIO(raw), allow_pickle=False) as file:
        form = json.loads(file["head"].tobytes())
        if form["shape"] != SHAPE:
            raise ValueError(f"its shape is {form['shape']!r}; {SHAPE!r} is wanted")
        nets = tuple(
            {
                name: _weights(file[f"{number}.{name}"], file[f"{number}.{name}.scale"])
                for name in (key.split(".", 1)[1] for key in file.files if key.startswith(f"{number}."))
                if not name.endswith(".scale")
            }
            for number in range(form["nets"])
        )
    cut = (pair.partition("=") for pair in form["pairs"])
    head = Head(
        form["language"],
        tuple((cue, value) for cue, _, value in cut),
        {stem: i for i, stem in enumerate(form["stems"], 1)},
        {word: i for i, word in enumerate(form["words"], 1)},
        {mark: i for i, mark in enumerate(form["marks"], 1)},
        {stem: tuple(numbers) for stem, numbers in form["classes"].items()},
        (form["trust"][0], form["trust"][1]),
        form["limits"],
        form["lean"],
        form["made"],
    )
    return TrainedEar(head, nets)


def _weights(whole: NDArray[np.int8], scale: Array) -> Array:
    flat = whole.reshape(len(scale), -1).astype(np.float32) * scale[:, None]
    weights: Array = flat.reshape(whole.shape)
    return weights
