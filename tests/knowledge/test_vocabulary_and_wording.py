"""Names and words: every name has its words, and a new cue, value, source or motive is an edit of data alone."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from houndsight import Companion, KnowledgeError
from houndsight.companion.interview import begin
from houndsight.errors import UnknownCue, UnknownValue
from houndsight.knowledge.load import DATA, load
from houndsight.knowledge.vocabulary import GRADES, GROUPS, READ_BY

KNOWLEDGE = load()
CUES = KNOWLEDGE.vocabulary.cues
Row = dict[str, str]


# What stands ----------------------------------------------------------------------------------------------------------


def test_every_cue_has_a_question_and_every_value_an_answer_and_a_clause() -> None:
    for cue in CUES.values():
        words = KNOWLEDGE.wording.cues[cue.id]
        assert words.question.endswith("?"), cue.id
        assert list(words.values) == list(cue.values), cue.id
        assert all(value.answer and value.clause for value in words.values.values()), cue.id


def test_every_cue_has_a_known_group_way_of_reading_and_cost_and_two_values() -> None:
    for cue in CUES.values():
        assert (cue.group in GROUPS, cue.read_by in READ_BY, cue.cost in (1, 2, 3), len(cue.values) >= 2) == (True,) * 4


def test_two_answers_to_one_question_never_read_the_same() -> None:
    for cue, words in KNOWLEDGE.wording.cues.items():
        answers = [value.answer for value in words.values.values()]
        assert len(set(answers)) == len(answers), cue


def test_only_cues_of_the_motive_the_state_and_the_outcome_bear_on_a_motive() -> None:
    silent = {cue.id for cue in CUES.values() if not cue.bears_on_motive}
    assert silent == {cue.id for cue in CUES.values() if cue.read_by == "flag"} | {"response"}


def test_every_rule_and_every_response_has_its_words() -> None:
    words = KNOWLEDGE.wording
    assert list(words.flags) == [flag.id for flag in KNOWLEDGE.flags]
    assert list(words.vetoes) == [veto.id for veto in KNOWLEDGE.vetoes]
    assert list(words.responses) == list(KNOWLEDGE.responses)
    assert {m for r in words.responses.values() for m in r.because} == set(KNOWLEDGE.motives)


def test_every_motive_has_all_its_words() -> None:
    for words in KNOWLEDGE.wording.motives.values():
        assert all(getattr(words, part.name) for part in fields(words))


def test_a_veto_for_children_tells_the_adult_what_to_do() -> None:
    assert [v.id for v in KNOWLEDGE.vetoes if v.scope == "child" and not KNOWLEDGE.wording.vetoes[v.id].adult] == []


def test_grades_lie_from_a_to_d() -> None:
    assert {row.grade for row in KNOWLEDGE.tables.rows.values()} <= set(GRADES)
    assert tuple(sorted(KNOWLEDGE.concentrations, key=lambda g: -KNOWLEDGE.concentrations[g])) == GRADES


def test_unknown_names_are_refused_with_what_is_known() -> None:
    with pytest.raises(UnknownCue, match="Did you mean tail"):
        KNOWLEDGE.checked("tial", "low")
    with pytest.raises(UnknownValue, match="It can be: yes, no"):
        KNOWLEDGE.checked("arrival", "maybe")


# What is added --------------------------------------------------------------------------------------------------------


class Data:
    """A copy of the data files, to be edited as a person would."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def add(self, file: str, text: str) -> None:
        with (self.root / file).open("a", encoding="utf-8") as lines:
            lines.write(f"{text}\n")

    def change(self, file: str, edit: Callable[[list[Row]], list[Row]]) -> None:
        with (self.root / file).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        with (self.root / file).open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(edit(rows))

    def replace(self, file: str, pattern: str, new: str) -> None:
        path = self.root / file
        text, count = re.subn(pattern, new, path.read_text("utf-8"), flags=re.MULTILINE)
        assert count
        path.write_text(text, "utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Data:
    return Data(Path(shutil.copytree(DATA, tmp_path / "data")))


WEATHER = """
[weather]
name = "weather"
question = "What was the weather like?"
[weather.values.dry]
answer = "dry"
clause = "it was dry"
[weather.values.wet]
answer = "wet"
clause = "it was wet"
"""


@pytest.fixture
def weather(data: Data) -> Companion:
    """A companion that knows a new cue, which speaks strongly for security when it was wet."""
    data.add("tables/cues.csv", "weather,context,motive,1,9")
    data.add("tables/values.csv", "weather,dry,9\nweather,wet,9")
    for motive in KNOWLEDGE.motives:
        wet = 0.95 if motive == "security" else 0.05
        data.add(
            "tables/likelihoods.csv",
            f"weather,wet,{motive},{wet},D,judgement,\nweather,dry,{motive},{1 - wet},D,judgement,",
        )
    data.add("wording/en/cues.toml", WEATHER)
    return Companion(data.root)


def test_a_new_cue_is_read(weather: Companion) -> None:
    reading = weather.read(given=weather.given([("weather", "wet")]))
    assert reading.leader.motive == "security"
    assert {e.cue for e in reading.evidence} == {"weather"}


def test_a_new_cue_is_asked(weather: Companion) -> None:
    interview, asked = begin(weather), []
    while interview.question is not None:
        asked.append(interview.question.text)
        interview = interview.pass_over()
    assert "What was the weather like?" in asked


def test_a_new_cue_without_words_is_a_fault(data: Data) -> None:
    data.add("tables/cues.csv", "weather,context,flag,1,9")
    data.add("tables/values.csv", "weather,dry,9\nweather,wet,9")
    with pytest.raises(KnowledgeError) as caught:
        load(data.root)
    assert "wording/en/cues.toml: weather: has no words yet" in caught.value.faults
    assert [fault for fault in caught.value.faults if "weather is a cue for rules only" in fault]


def _with_a_nap(rows: list[Row]) -> list[Row]:
    """The likelihood rows with a new value of `expecting`, for which the others make room."""
    for row in rows:
        if row["cue"] == "expecting":
            row["probability"] = repr(float(row["probability"]) * 0.9)
    nap = Row(cue="expecting", value="nap", probability="0.1", grade="D", citations="judgement", comment="")
    return rows + [nap | {"motive": motive} for motive in KNOWLEDGE.motives]


def test_a_new_value_is_read_and_can_be_answered(data: Data) -> None:
    data.replace("tables/values.csv", r"^expecting,none,2$", "expecting,none,2\nexpecting,nap,9")
    data.change("tables/likelihoods.csv", _with_a_nap)
    data.add("wording/en/cues.toml", '[expecting.values.nap]\nanswer = "yes, a nap"\nclause = "it was time for a nap"')
    companion = Companion(data.root)
    reading = companion.read(given=companion.given([("expecting", "nap")]))
    assert [(o.cue, o.value) for o in reading.cues] == [("expecting", "nap")]
    assert sum(share.p for share in reading.motives) == pytest.approx(1)


def test_a_new_source_is_cited_once_a_row_names_it(data: Data) -> None:
    data.add("sources/citations.csv", "new2026,Somebody 2026. A study of leans.,,seen,yes,https://example.org/leans,")
    data.replace("tables/likelihoods.csv", r"^(arrival,(?:yes|no),greeting,[^,]+,[^,]+,)[^,]+", r"\g<1>new2026")
    companion = Companion(data.root)
    reading = companion.read(given=companion.given([("arrival", "yes")]))
    assert ("new2026",) in [e.citations for e in reading.evidence if e.motive == "greeting"]


def test_a_new_source_that_may_not_be_shown_is_not_cited(data: Data) -> None:
    data.add(
        "sources/citations.csv", "new2026,Somebody 2026. A study of leans.,,seen,no,https://example.org/leans,a note"
    )
    data.replace("tables/likelihoods.csv", r"^(arrival,(?:yes|no),greeting,[^,]+,[^,]+,)[^,]+", r"\g<1>new2026")
    companion = Companion(data.root)
    reading = companion.read(given=companion.given([("arrival", "yes")]))
    assert {i for e in reading.evidence if e.motive == "greeting" for i in e.citations} == set()


# A ninth motive -------------------------------------------------------------------------------------------------------


def _copied(rows: list[Row]) -> list[Row]:
    """The rows, and each row of comfort once more for the new motive."""
    return rows + [row | {"motive": "boredom"} for row in rows if row["motive"] == "comfort"]


def _shared(rows: list[Row]) -> list[Row]:
    """The motives, of which comfort gives half of its share to the new one."""
    comfort = next(row for row in rows if row["id"] == "comfort")
    half = float(comfort["prior"]) / 2
    comfort |= {"prior": repr(half), "low": "0.001", "high": "0.9"}
    return [*rows, comfort | {"id": "boredom"}]


@pytest.fixture
def nine(data: Data) -> Companion:
    """A companion that knows a ninth motive, whose numbers are those of comfort."""
    data.change("tables/motives.csv", _shared)
    for table in ("likelihoods", "states", "outcomes", "responses"):
        data.change(f"tables/{table}.csv", _copied)
    data.change("rules/tests.csv", lambda rows: [*rows, {**rows[0], "id": "t_boredom", "motive": "boredom"}])
    motives = (data.root / "wording/en/motives.toml").read_text("utf-8")
    data.add("wording/en/motives.toml", re.sub(r"(?ms).*^\[comfort\]\n(.*?)(?:^\[.*|\Z)", r"[boredom]\n\1", motives))
    data.replace("wording/en/responses.toml", r"^comfort = (.*)$", r"comfort = \1\nboredom = \1")
    tests = (data.root / "wording/en/tests.toml").read_text("utf-8")
    data.add("wording/en/tests.toml", re.sub(r"(?ms).*^\[t_attention\]\n(.*?)(?:^\[.*|\Z)", r"[t_boredom]\n\1", tests))
    return Companion(data.root)


def test_a_ninth_motive_stands_in_the_reading(nine: Companion) -> None:
    reading = nine.read(given=nine.given([("person_state", "upset"), ("tail", "low")]))
    assert {share.motive for share in reading.motives} == {*KNOWLEDGE.motives, "boredom"}
    assert sum(share.p for share in reading.motives) == pytest.approx(1)


def test_a_ninth_motive_with_the_numbers_of_another_is_as_likely(nine: Companion) -> None:
    shutil.rmtree(nine.root / "learned", ignore_errors=True)  # what was learned of the other is not its own
    reading = nine.read(given=nine.given([("arrival", "no"), ("part", "head")]))
    p = {share.motive: share.p for share in reading.motives}
    assert p["boredom"] == pytest.approx(p["comfort"], rel=1e-9)


def test_a_ninth_motive_that_lacks_its_rows_is_told_by_each_file(data: Data) -> None:
    data.change("tables/motives.csv", _shared)
    with pytest.raises(KnowledgeError) as caught:
        load(data.root)
    told = {fault.split(":")[0] for fault in caught.value.faults}
    assert told >= {
        "tables/likelihoods.csv", "tables/states.csv", "tables/outcomes.csv", "tables/responses.csv",
        "rules/tests.csv", "wording/en/motives.toml", "wording/en/responses.toml",
    }  # fmt: skip
