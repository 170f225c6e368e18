"""Where things are known from: citations, the article's claims with their verdicts, and the questions owners ask."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from houndsight.knowledge.files import Folder, parts
from houndsight.knowledge.vocabulary import GRADES

__all__ = ["Citation", "Claim", "OwnerQuestion", "read_citations", "read_claims", "read_owner_questions"]

STATUSES = ("seen", "entry", "unconfirmed", "none")
VERDICTS = ("supported", "partly", "unsupported", "contested", "wrong")


@dataclass(frozen=True, slots=True)
class Citation:
    """A source. `show` is False for what could not be confirmed or is too weak to lean on: it is never shown to a person."""

    id: str
    reference: str
    doi: str
    status: str
    show: bool
    where: str
    note: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of folk wisdom about leaning dogs and what the evidence makes of it; `show` False leaves it out of lists."""

    id: str
    verdict: str
    grade: str
    citations: tuple[str, ...]
    show: bool


@dataclass(frozen=True, slots=True)
class OwnerQuestion:
    """A question that owners ask, with the motives and claims that answer it."""

    id: str
    motives: tuple[str, ...]
    claims: tuple[str, ...]


def read_citations(folder: Folder) -> dict[str, Citation]:
    """Citations by id."""
    name, found = "sources/citations.csv", {}
    for row in folder.rows(name, "id reference doi status show where note"):
        folder.known(row.where, "status", row["status"], STATUSES)
        show = folder.yes(row.where, row["show"])
        if show and row["status"] not in ("seen", "entry"):
            folder.fault(row.where, f"{row['id']} may not be shown while its status is {row['status']}")
        if row["id"] in found:
            folder.fault(row.where, f"the citation {row['id']!r} stands twice")
        found[row["id"]] = Citation(
            row["id"], row["reference"], row["doi"], row["status"], show, row["where"], row["note"]
        )
    return found


def read_claims(folder: Folder, citations: Collection[str]) -> dict[str, Claim]:
    """Claims by id."""
    found = {}
    for row in folder.rows("sources/claims.csv", "id verdict grade citations show"):
        folder.known(row.where, "verdict", row["verdict"], VERDICTS)
        folder.known(row.where, "grade", row["grade"], GRADES)
        for source in parts(row["citations"]):
            folder.known(row.where, "citation", source, citations)
        found[row["id"]] = Claim(
            row["id"], row["verdict"], row["grade"], parts(row["citations"]), folder.yes(row.where, row["show"])
        )
    return found


def read_owner_questions(folder: Folder, motives: Collection[str], claims: Collection[str]) -> dict[str, OwnerQuestion]:
    """Owners' questions by id."""
    found = {}
    for row in folder.rows("sources/owner_questions.csv", "id motives claims"):
        for motive in parts(row["motives"]):
            folder.known(row.where, "motive", motive, motives)
        for claim in parts(row["claims"]):
            folder.known(row.where, "claim", claim, claims)
        found[row["id"]] = OwnerQuestion(row["id"], parts(row["motives"]), parts(row["claims"]))
    return found
