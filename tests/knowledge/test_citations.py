"""The list of sources: what it may show to a person, and that every source the other tables name stands in it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

Row = dict[str, str]

DATA = Path(__file__).parents[2] / "src" / "houndsight" / "knowledge" / "data"
CITATIONS = DATA / "sources" / "citations.csv"
COLUMNS = ["id", "reference", "doi", "status", "show", "where", "note"]
DOI = re.compile(r"10\.\d{4,9}/[^\s;,]+")
MACHINE_PATH = re.compile(
    r"(?:^|[\s(;,])/(?:work|tmp|home|opt|mnt|root|var|Users)/|file:|localhost|127\.0\.0\.1|[A-Za-z]:\\"
)
NEVER_SHOWN = ("judgement", "accounts190", "petcold", "hunger_page")


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def citing_cells() -> Iterator[tuple[str, str]]:
    """Place and content of each cell that names sources, in all tables but the list itself."""
    for path in sorted(DATA.rglob("*.csv")):
        if path == CITATIONS:
            continue
        for line, row in enumerate(rows(path), start=2):
            for column in ("citation", "citations"):
                if row.get(column):
                    yield f"{path.relative_to(DATA)}, row {line}", row[column]


@pytest.fixture(scope="module")
def citations() -> list[Row]:
    return rows(CITATIONS)


def test_the_columns_are_the_agreed_ones(citations: list[Row]) -> None:
    assert list(citations[0]) == COLUMNS
    assert [row["id"] for row in citations if None in row or None in row.values()] == []


def test_no_source_stands_twice(citations: list[Row]) -> None:
    ids = [row["id"] for row in citations]
    assert sorted(ids) == sorted(set(ids))


def test_ids_are_lower_case_words(citations: list[Row]) -> None:
    assert [row["id"] for row in citations if not re.fullmatch(r"[a-z][a-z0-9_]*", row["id"])] == []


def test_status_and_show_hold_known_words(citations: list[Row]) -> None:
    assert {row["status"] for row in citations} <= {"seen", "entry", "unconfirmed", "none"}
    assert {row["show"] for row in citations} <= {"yes", "no"}


def test_what_nobody_could_confirm_is_not_shown(citations: list[Row]) -> None:
    shown = {row["id"] for row in citations if row["show"] == "yes"}
    assert shown.isdisjoint(row["id"] for row in citations if row["status"] in ("unconfirmed", "none"))


@pytest.mark.parametrize("source", NEVER_SHOWN)
def test_judgement_and_weak_pages_are_not_shown(citations: list[Row], source: str) -> None:
    assert [row["show"] for row in citations if row["id"] == source] == ["no"]


def test_a_source_has_a_reference_and_a_place_without_stray_blanks(citations: list[Row]) -> None:
    for row in citations:
        assert row["reference"], row["id"]
        assert row["where"], row["id"]
        assert all(cell == cell.strip() for cell in row.values()), row["id"]


def test_a_source_that_is_not_shown_says_why(citations: list[Row]) -> None:
    assert [row["id"] for row in citations if row["show"] == "no" and not row["note"]] == []


def test_a_doi_has_the_form_of_a_doi(citations: list[Row]) -> None:
    assert [row["doi"] for row in citations if row["doi"] and not DOI.fullmatch(row["doi"])] == []


def test_no_doi_belongs_to_two_sources(citations: list[Row]) -> None:
    dois = [row["doi"].lower() for row in citations if row["doi"]]
    assert sorted(dois) == sorted(set(dois))


def test_a_doi_in_the_place_is_the_doi_of_the_row(citations: list[Row]) -> None:
    for row in citations:
        if row["where"].startswith("https://doi.org/"):
            assert row["where"] == f"https://doi.org/{row['doi']}", row["id"]


def test_nothing_shown_is_called_from_memory(citations: list[Row]) -> None:
    assert [row["id"] for row in citations if "memory" in " ".join(row.values())] == []


def test_no_cell_holds_a_path_of_a_machine(citations: list[Row]) -> None:
    assert [cell for row in citations for cell in row.values() if MACHINE_PATH.search(cell)] == []


def test_every_source_that_another_table_names_is_listed(citations: list[Row]) -> None:
    known = {row["id"] for row in citations}
    named = [(place, source.strip()) for place, cell in citing_cells() for source in cell.split(";")]
    assert named, "no table names a source: the column was renamed"
    assert [f"{place}: {source!r} is not listed" for place, source in named if source not in known] == []
