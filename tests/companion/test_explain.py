"""Every name that is known can be explained, with what may be shown and nothing that may not."""

from __future__ import annotations

import pytest

from houndsight import InputError
from houndsight.companion.explain import explain, names
from houndsight.companion.explanation import Explanation
from houndsight.errors import UnknownCue, UnknownValue
from houndsight.knowledge.load import load

KNOWLEDGE = load()
EVERY = [(kind, name) for kind, ids in names(KNOWLEDGE).items() for name in ids]
VALUES = [f"{cue.id}={value}" for cue in KNOWLEDGE.vocabulary.cues.values() for value in cue.values]
HIDDEN = [c for c in KNOWLEDGE.citations.values() if not c.show]


def explained(kind: str, name: str) -> Explanation:
    return next(one for one in explain(KNOWLEDGE, name) if one.kind == kind)


def told(one: Explanation) -> str:
    return "\n".join((one.title, *(line for passage in one.passages for line in passage.lines)))


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_a_name_is_explained_with_a_title_and_passages(kind: str, name: str) -> None:
    one = explained(kind, name)
    assert (one.id, bool(one.title.strip())) == (name, True)
    assert one.passages
    assert all(passage.lines and all(line.strip() for line in passage.lines) for passage in one.passages)


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_a_name_has_a_grade_or_sources_or_is_for_rules_only(kind: str, name: str) -> None:
    one = explained(kind, name)
    bare = kind == "cue" and KNOWLEDGE.cue(name).read_by == "flag"
    assert one.grade in ("A", "B", "C", "D") or one.sources or bare


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_no_source_that_may_not_be_shown_is_shown(kind: str, name: str) -> None:
    one = explained(kind, name)
    assert all(KNOWLEDGE.citations[source.id].show for source in one.sources)
    assert [c.id for c in HIDDEN if c.reference in told(one)] == []


@pytest.mark.parametrize("name", VALUES)
def test_a_cue_with_a_value_is_explained(name: str) -> None:
    (one,) = explain(KNOWLEDGE, name)
    assert (one.kind, one.id) == ("value", name)
    assert told(one).strip()
    assert all(KNOWLEDGE.citations[source.id].show for source in one.sources)


@pytest.mark.parametrize("wanted", ["growl", "rf_growl", "RF_GROWL", " rf-growl ", "rf growl"])
def test_a_flag_is_found_by_its_short_name_and_however_it_is_written(wanted: str) -> None:
    assert [one.id for one in explain(KNOWLEDGE, wanted) if one.kind == "flag"] == ["rf_growl"]


def test_a_name_that_means_several_things_is_explained_as_each() -> None:
    kinds = {one.kind for one in explain(KNOWLEDGE, "flinch")}
    assert kinds == {"flag", "veto"}


def test_a_word_that_is_no_name_is_looked_for_in_claims_and_questions() -> None:
    found = explain(KNOWLEDGE, "dominance")
    assert {one.kind for one in found} <= {"claim", "question"}
    assert all("dominan" in told(one).casefold() or "rank" in told(one).casefold() for one in found)


@pytest.mark.parametrize(("wrong", "near"), [("greting", "greeting"), ("mobilty", "mobility"), ("rf_grwl", "rf_growl")])
def test_an_unknown_name_suggests_the_nearest(wrong: str, near: str) -> None:
    with pytest.raises(InputError, match=f"Nothing is called '{wrong}'.*Did you mean .*{near}"):
        explain(KNOWLEDGE, wrong)


@pytest.mark.parametrize("wrong", ["", " ", "x", "xqzw", "=", "=yes"])
def test_a_hopeless_name_is_refused_in_words(wrong: str) -> None:
    with pytest.raises(InputError):
        explain(KNOWLEDGE, wrong)


def test_an_unknown_value_of_a_cue_names_those_that_are_known() -> None:
    with pytest.raises(UnknownValue, match="It can be: loose_wag, high_stiff, neutral, low, tucked"):
        explain(KNOWLEDGE, "tail=purple")


def test_a_value_of_an_unknown_cue_suggests_the_nearest_cue() -> None:
    with pytest.raises(UnknownCue, match="Did you mean tail"):
        explain(KNOWLEDGE, "tial=low")


def test_a_motive_tells_what_is_not_known() -> None:
    headings = [passage.heading for passage in explained("motive", "greeting").passages]
    assert {"What is known", "What is not known", "How common"} <= set(headings)


def test_a_flag_says_that_no_vet_has_read_it() -> None:
    assert KNOWLEDGE.wording.screen["flags.unread"] in told(explained("flag", "rf_growl"))
