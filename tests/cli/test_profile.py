"""`houndsight profile` and `read --dog`: what the diary taught of a dog, as an owner sees it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from houndsight.errors import InputError

Run = Callable[..., Any]
NOW = datetime.now().astimezone()


@pytest.fixture
def rex(typed: Run, tmp_path: Path) -> Run:
    """The command in a household whose dog has a diary of thirty moments: greetings with his side, and others."""
    typed("dog", "add", "Rex", "--born", "2019-05-01")
    rows = ["moment_id,dog,start,arrival,part,person_state,response,outcome"]
    for i in range(30):
        start = (NOW - timedelta(days=30 - i)).isoformat(timespec="seconds")
        told = "yes,side,,petted,settled" if i % 2 else ",,busy,,"
        rows.append(f"m{i},Rex,{start},{told}")
    table = tmp_path / "moments.csv"
    table.write_text("\n".join(rows) + "\n", "utf-8")
    assert typed("import", str(table)).status == 0
    return typed


def test_a_profile_tells_why_he_leans_what_is_his_own_and_what_works(rex: Run) -> None:
    out = rex("profile", "Rex").out
    assert "Rex\n  30 moments" in out
    assert "What followed is told of 15." in " ".join(out.split())
    for heading in ("Why he leans", "What is his own", "What works for him", "When", "Has he changed?"):
        assert f"\n{heading}\n" in out
    assert "He leaned with his side" in " ".join(out.split())
    assert "when you stroked him: he settled" in " ".join(out.split())


def test_a_profile_is_the_same_as_json(rex: Run) -> None:
    form = rex("profile", "--json").json
    assert form["schema"] == "houndsight/profile/1"
    assert (form["dog"], form["moments"], form["outcomes"]) == ("Rex", 30, 15)
    assert sum(rate["p"] for rate in form["rates"]) == pytest.approx(1.0, abs=1e-5)
    assert {"ways", "works", "times", "places", "change", "wishes", "card"} <= set(form)


def test_a_profile_of_few_moments_says_so(typed: Run) -> None:
    typed("dog", "add", "Rex")
    assert "Nothing is known of Rex yet." in typed("profile").out
    typed("log", "He leaned on me while I cooked", "-q")
    assert "These are few moments." in typed("profile").out


def test_no_line_of_a_profile_is_wider_than_the_terminal(rex: Run) -> None:
    assert max(map(len, rex("profile").lines)) <= 80


def test_a_moment_is_read_by_what_is_known_of_a_dog_without_being_kept(rex: Run) -> None:
    done = rex("read", "He leaned on me with his side", "--dog", "Rex")
    assert "What I know of Rex" in done.out
    assert "What I learned of Rex from 30 moments" in " ".join(done.out.split())
    assert rex("profile", "--json").json["moments"] == 30


def test_reading_for_a_dog_of_whom_nothing_is_known_reads_him_as_any_dog(typed: Run) -> None:
    typed("dog", "add", "Bo")
    assert "dialect" not in typed("read", "--cue", "arrival=yes", "--dog", "Bo", "--json").json


def test_a_batch_reads_each_line_by_its_dog_when_that_is_wanted(rex: Run, tmp_path: Path) -> None:
    lines = [{"id": 1, "cues": {"part": "side"}, "dog": "Rex"}, {"id": 2, "cues": {"part": "side"}, "dog": "Bo"}]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    known = [json.loads(line) for line in rex("read", "--batch", str(batch), "--known").lines]
    plain = [json.loads(line) for line in rex("read", "--batch", str(batch)).lines]
    assert known[0]["dialect"]["dog"] == "Rex"
    assert "There is no dog" in known[1]["error"] or "no dog 'Bo'" in known[1]["error"]
    assert not any("dialect" in form or "error" in form for form in plain)


@pytest.mark.parametrize("arguments", [("read", "x", "--known"), ("read", "--batch", "x", "--dog", "Rex")])
def test_options_that_do_not_go_together_are_refused(typed: Run, arguments: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        typed(*arguments)
