"""The lexicon files are checked as a whole, and the real ones are without fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from houndsight.errors import KnowledgeError
from houndsight.knowledge.lexicon import lexicon_faults, load_lexicon
from houndsight.knowledge.phrases import PhraseFault, Stemmer, parse_phrase

DATA = Path(load_lexicon.__wrapped__.__code__.co_filename).parent / "data"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    root = tmp_path / "data"
    shutil.copytree(DATA, root)
    return root


def spoil(root: Path, name: str, old: str, new: str) -> None:
    file = root / "lexicon" / "en" / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_the_real_lexicon_has_no_fault() -> None:
    assert lexicon_faults() == ()


def test_the_lexicon_is_loaded_once() -> None:
    assert load_lexicon() is load_lexicon()


def test_all_faults_are_told_at_once_with_file_and_key(copied: Path) -> None:
    spoil(copied, "body.toml", "[tail.tucked]", "[tail.twisted]")
    spoil(copied, "lean.toml", "[part.head]\nsay = '''", "[part.head]\nsay = '''\nlean .. @nobody")
    spoil(copied, "context.toml", 'denied = "none"', 'denied = "never"')
    spoil(copied, "choice.toml", '"sudden", "gradual"', '"sudden", "slow"')
    spoil(copied, "scopes.toml", "[hedge]", "[hodge]")
    with pytest.raises(KnowledgeError) as caught:
        load_lexicon(copied)
    told = "\n".join(caught.value.faults)
    for part in (
        "body.toml: tail.twisted", "lean.toml: part.head, line 1", "@nobody", "'never'", "choice.toml: first.onset", "'hodge'",
        "the scope hedge is missing",
    ):  # fmt: skip
        assert part in told


def test_a_language_without_files_is_a_fault_and_no_crash() -> None:
    assert any("lexicon/xx/words.toml" in fault for fault in lexicon_faults(language="xx"))


@pytest.mark.parametrize("line", ["", "a? b?", "..", "lean ~ two", "lean ~ 0", "lean @nobody", "Lean", "don't"])
def test_a_phrase_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(PhraseFault):
        parse_phrase(line, 0, 0.9, {}, Stemmer({}), ())


def test_a_base_word_stands_for_its_forms_and_an_inflected_one_for_itself() -> None:
    stem = Stemmer({"leant": "lean"})
    assert {stem(word) for word in ("lean", "leans", "leaned", "leaning", "leant")} == {"lean"}
    assert {stem(word) for word in ("shove", "shoves", "shoved", "shoving")} == {stem("shove")}
    assert stem.is_base("lean")
    assert not stem.is_base("leaning")
    assert not stem.is_base("leant")


def test_a_word_that_is_its_own_base_is_kept_whole() -> None:
    stem = Stemmer({"quite": "quite", "mates": "mate", "mate": "mate"})
    assert stem("quite") == "quite" != stem("quit")
    assert stem("mates") == stem("mate") == "mate" != stem("mats")
    assert stem.is_base("quite")
    assert not stem.is_base("mates")
