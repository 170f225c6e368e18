"""Scenes of which the project has decided what may lead: they are taught along with the accounts."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from houndsight.errors import InputError
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.files import parts
from houndsight.records.observation import Observation

__all__ = ["Case", "read_cases"]


@dataclass(frozen=True, slots=True)
class Case:
    """A scene of which the project has decided what may lead: its cues, and the belief that it is taught with."""

    observations: tuple[Observation, ...]
    beliefs: tuple[float, ...]


def read_cases(path: Path, knowledge: Knowledge, certain: float = 0.65) -> tuple[Case, ...]:
    """The scenes of a CSV file with the columns `cues` (cue=value;…) and `lead` (motives that may lead).

    The motives that may lead share `certain` of the belief, all share the rest by their priors. Raises InputError.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = [(row["cues"], row["lead"]) for row in csv.DictReader(lines)]
    except (OSError, KeyError, ValueError) as error:
        raise InputError(f"{path} is not a file of cases: {error}") from None
    prior = np.array([motive.prior for motive in knowledge.vocabulary.motives.values()])
    cases = []
    for cues, lead in rows:
        leaders = [knowledge.motives.index(motive) for motive in parts(lead)]
        belief = (1 - certain) * prior / prior.sum()
        belief[leaders] += certain / max(len(leaders), 1)
        pairs = (knowledge.checked(*item.split("=", 1)) for item in parts(cues))
        if leaders:
            cases.append(Case(tuple(Observation(cue, value) for cue, value in pairs), tuple(belief.tolist())))
    return tuple(cases)
