"""Loads the knowledge base from its folder: everything is checked, and all faults are told at once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from houndsight.errors import KnowledgeError
from houndsight.knowledge.base import Knowledge, Utility
from houndsight.knowledge.distributions import read_concentrations, read_tables, with_rows
from houndsight.knowledge.files import Folder, parts
from houndsight.knowledge.learned import read_rows
from houndsight.knowledge.model_file import read_model
from houndsight.knowledge.rules import read_exclusions, read_flags, read_plan, read_tests, read_vetoes
from houndsight.knowledge.sources import read_citations, read_claims, read_owner_questions
from houndsight.knowledge.temper import read_temper
from houndsight.knowledge.vocabulary import GRADES, Vocabulary, read_vocabulary
from houndsight.knowledge.wording_files import read_wording

__all__ = ["DATA", "load"]

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=4)
def load(root: Path = DATA, language: str = "en") -> Knowledge:
    """The knowledge base in the folder `root`, with the sentences of `language`.

    Raises KnowledgeError, which lists every fault with file and key. The result is kept: a second call is free.
    """
    folder = Folder(root)
    raw = folder.toml("model.toml")
    vocabulary = read_vocabulary(folder, raw)
    model = read_model(folder, raw, vocabulary)
    citations = read_citations(folder)
    tables = read_tables(folder, vocabulary, citations)
    claims = read_claims(folder, citations)
    questions = read_owner_questions(folder, vocabulary.motives, claims)
    flags, vetoes = read_flags(folder, vocabulary, citations), read_vetoes(folder, vocabulary, citations)
    exclusions = read_exclusions(folder, vocabulary, citations)
    tests, plan = read_tests(folder, vocabulary, citations), read_plan(folder, citations)
    ids = {
        "motives": tuple(vocabulary.motives),
        "responses": vocabulary.values.get("response", ()),
        "flags": tuple(flag.id for flag in flags),
        "vetoes": tuple(veto.id for veto in vetoes),
        "claims": tuple(claims),
        "questions": tuple(questions),
        "exclusions": tuple(exclusion.id for exclusion in exclusions),
        "tests": tuple(test.id for test in tests),
        "plan": tuple(step.id for step in plan),
    }
    wording = read_wording(folder, language, ids, vocabulary.values)
    utilities = _utilities(folder, vocabulary, citations)
    temper, fitted = read_temper(folder, vocabulary), read_rows(folder, tables)
    concentrations = read_concentrations(folder)
    if folder.faults or model is None:
        raise KnowledgeError(folder.faults)
    return Knowledge(
        model.version, _digest(root), vocabulary, model, temper, with_rows(tables, fitted), concentrations, utilities,
        flags, vetoes, exclusions, tests, plan, citations, claims, questions, wording,
    )  # fmt: skip


def _utilities(folder: Folder, vocabulary: Vocabulary, citations: Collection[str]) -> dict[tuple[str, str], Utility]:
    """Utilities by (response, motive); every pair is wanted once."""
    name, found = "tables/responses.csv", dict[tuple[str, str], Utility]()
    for row in folder.rows(name, "response motive utility grade citations comment"):
        value = folder.whole(row.where, row["utility"], -2, 2)
        folder.known(row.where, "grade", row["grade"], GRADES)
        for source in parts(row["citations"]):
            folder.known(row.where, "citation", source, citations)
        found[row["response"], row["motive"]] = Utility(value, row["grade"], parts(row["citations"]), row["comment"])
    wanted = {(r, m) for r in vocabulary.values.get("response", ()) for m in vocabulary.motives}
    for pair in sorted(wanted ^ found.keys()):
        folder.fault(name, f"{', '.join(pair)}: {'missing' if pair in wanted else 'not a known response and motive'}")
    for (response, motive), utility in found.items():
        if response == "scolded" and utility.value != -2:
            folder.fault(name, f"scolded, {motive}: scolding is never advised, so its utility must be -2")
    return found


def _digest(root: Path) -> str:
    """SHA-256 over names and bytes of every data file, in order of name."""
    total = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.suffix in (".csv", ".toml", ".npz") and p.is_file()):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
