"""`houndsight knowledge`: check, show, version; and `houndsight explain`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from houndsight import Companion
from houndsight.companion.explain import names
from houndsight.knowledge.load import DATA, load

Run = Callable[..., Any]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_the_installed_files_have_no_faults(typed: Run) -> None:
    done = typed("knowledge", "check")
    assert (done.status, done.lines[-1]) == (0, "No faults.")
    assert done.lines[0].startswith(f"knowledge {load().label}")


def test_a_whole_copy_has_no_faults(typed: Run, copy: Path) -> None:
    assert typed("knowledge", "check", str(copy)).status == 0


def test_a_broken_copy_has_all_its_faults_told_with_status_1(typed: Run, copy: Path) -> None:
    (copy / "rules" / "plan.csv").unlink()
    cues = copy / "wording" / "en" / "cues.toml"
    cues.write_text(cues.read_text("utf-8").replace("[arrival]", "[arival]").replace("[arrival.", "[arival."), "utf-8")
    (copy / "lexicon" / "en" / "words.toml").write_text("= broken")
    done = typed("knowledge", "check", str(copy))
    assert done.status == 1
    assert "rules/plan.csv: is missing or cannot be opened" in done.lines
    assert "wording/en/cues.toml: arrival: has no words yet" in done.lines
    assert "wording/en/cues.toml: arival: is not an id of the tables" in done.lines
    assert [line for line in done.lines if line.startswith("lexicon/en/words.toml: is not well-formed TOML")]
    assert done.err == f"{len(done.lines)} faults\n"


def test_a_fault_is_told_once(typed: Run, copy: Path) -> None:
    (copy / "tables" / "cues.csv").unlink()
    done = typed("knowledge", "check", str(copy))
    assert len(done.lines) == len(set(done.lines)) > 0


def test_a_folder_that_is_not_there_is_all_faults(typed: Run, tmp_path: Path) -> None:
    done = typed("knowledge", "check", str(tmp_path / "nowhere"))
    assert done.status == 1
    assert "model.toml: is missing or cannot be opened" in done.lines


def test_a_language_without_words_is_a_fault(typed: Run) -> None:
    done = typed("knowledge", "check", "--language", "xx")
    assert done.status == 1
    assert "wording/xx/cues.toml: is missing or cannot be opened" in done.lines


def test_the_version_names_the_fingerprint(typed: Run) -> None:
    knowledge = load()
    assert typed("knowledge", "version").out == f"knowledge {knowledge.label} of {knowledge.model.date}\n"


def test_without_a_word_show_counts_what_there_is(typed: Run) -> None:
    out = typed("knowledge", "show").out
    assert f"{len(load().motives)} motives, {len(load().vocabulary.cues)} cues" in out


@pytest.mark.parametrize("kind", ["motive", "cue", "flag", "veto", "response", "test", "claim", "question"])
def test_every_kind_is_listed_under_its_name_in_the_singular_and_plural(typed: Run, kind: str) -> None:
    one, many = typed("knowledge", "show", kind), typed("knowledge", "show", "vetoes" if kind == "veto" else f"{kind}s")
    listed = {line.split()[0] for line in many.lines}
    hidden = {i for i, claim in load().claims.items() if not claim.show} if kind == "claim" else set()
    assert one.out == many.out
    assert listed == set(names(load())[kind]) - hidden


@pytest.mark.parametrize("what", ["motives", "cues", "flags", "claims", "questions"])
def test_no_line_of_a_list_ends_in_a_blank(typed: Run, what: str) -> None:
    assert [line for line in typed("knowledge", "show", what).lines if line != line.rstrip()] == []


@pytest.mark.parametrize(
    "name", ["greeting", "tail", "tail=tucked", "outcome=settled", "rf_growl", "no_hands", "petted", "S20"]
)
def test_a_name_is_explained_on_the_screen_without_blanks_at_the_ends(typed: Run, name: str) -> None:
    done = typed("explain", name)
    assert (done.status, done.err) == (0, "")
    assert load().wording.screen["explain.sources"] in done.lines
    assert [line for line in done.lines if line != line.rstrip()] == []


def test_an_explanation_as_json_is_a_list_of_records(typed: Run) -> None:
    (one,) = typed("explain", "rf_growl", "--json").json
    assert list(one) == ["kind", "id", "title", "passages", "grade", "sources"]
    assert (one["kind"], one["id"]) == ("flag", "rf_growl")


def test_an_explanation_shows_no_source_that_may_not_be_shown(typed: Run) -> None:
    out = " ".join(typed("explain", "greeting").out.split())
    assert [c.id for c in Companion().knowledge.citations.values() if not c.show and c.reference in out] == []
