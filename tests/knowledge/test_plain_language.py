"""Guards the sentences that people read: plain English, whole sentences, gentle words about pain, words for each id."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[2] / "src" / "houndsight" / "knowledge" / "data"
WORDING = DATA / "wording" / "en"
FILES = (
    "motives",
    "cues",
    "responses",
    "tests",
    "plan",
    "claims",
    "questions",
    "flags",
    "vetoes",
    "exclusions",
    "screen",
    "diary",
    "profile",
)
OF_SCREENS = ("screen", "diary", "profile")
# looked at when they are there; the texts of screens may hold {names} to be filled in
BY_OTHERS = {"flags", "vetoes", *OF_SCREENS}
PRESENT = [name for name in FILES if name not in BY_OTHERS or (WORDING / f"{name}.toml").exists()]

LONGEST = 28  # words in a sentence
AVERAGE = 16  # words in a sentence, over a file

SENTENCE_KEYS = {
    *("meaning", "definition", "known", "unknown"),  # motives
    *("question", "note"),  # cues
    *("now", "avoid", "because"),  # responses
    *("words", "say", "limits", "adult"),  # flags and vetoes
    *("claim", "evidence", "ask", "answer"),  # claims and questions
    *("plain", "unless", "test", "control", "measure", "supports", "stop"),  # tests
    *("plan", "criterion", "practice", "push", "stick", "drop"),  # the plan
    *("split", "child", "pay", "method", "maintenance"),
}
CONSULTANT_KEYS = frozenset({"function", "attachment", "definition", "method"})  # here the field's own terms are wanted
FREE_KEYS = {"cues": frozenset({"answer"})}  # an answer to a cue's question is an answer, not a sentence

NOTE_WORDS = {
    r"wedge": "the trade's word for blocking the way",
    r"pays": "reads like a note; say that it rewards him",
    r"nothing was asked": "reads like a note",
    r"not the (spot|wish|cause|moment|thing)\.": "reads like a note",
    r"weak behind|rear weak": "reads like a note",
    r"adds fuel|fear to fear": "reads like a note",
    r"in (a )?telegram": "reads like a note",
    r"to be seen|to be had|of the kind|at odds|ere|thereof|whilst|upon|shall": "nobody says it aloud any more",
    r"do his business": "not said in every country",
    r"draught\w*|draft\w*": "spelt in two ways; say that it was cold",
    r"ring (the|your|a) vet": "only British; say call",
    r"e\.g|i\.e|etc|approx|resp|vs|viz|cf|min|sec|hrs?": "an abbreviation",
    r"from memory": "about how we work, and no reader's business",
    r"(is|in|be|has) (a lot of |great |severe )?pain": "nobody can see pain: say that he may be sore",
    r"guarantee\w*|promise\w*|always works": "a promise that nobody can keep",
    r"percent|per cent": "figures are told as so many in 100",
    r"fur ?bab\w*|doggo\w*|pupper\w*|pooch\w*|good boy|cutie": "slang or cuteness",
}
JARGON = {
    r"reinforce\w*|contingen\w*|extinction|antecedents?|operants?": "a term of behaviour analysis",
    r"posterior|prior|likelihoods?|bayes\w*|elicited": "a term of statistics",
    r"dyadic|affiliative|proximity|agonistic|conspecific\w*": "a term of ethology",
    r"supracaudal|perianal|proprioception|ataxia|paresis|idiopathic|emesis": "a vet's term",
    r"functional analysis|stimul(us|i)|latency|baseline|topography": "a term of behaviour analysis",
}
NOTE_STARTS = re.compile(
    r"^(pays|is|adds|takes|leaves|ends|cuts|gives|finds|teaches|turns|calms|misses|answers|makes|keeps|hurts|changes"
    r"|never advised|not|nothing comes|no (need|sign|hand))\b",
    re.IGNORECASE,
)
SHAPES = {
    r" {2,}": "two spaces in a row",
    r"—[^.!?]*—": "a chain of long dashes",
}
SIGNS = {  # not looked for in the texts of screens, which hold commands, figures and joints of sentences
    r"^\s|\s$": "a space at an end",
    r";": "a semicolon: make two sentences",
    r"\s[-\u2013]\s": "a dash where a full stop or a comma would do",
    r"%": "a percent sign: say so many in 100",
    r"\d ?(s|m|cm|h|min)\b|\bn ?=|->|[+&<>]|\b\w+/\w+": "a sign or a unit where a word belongs",
    r"\.\.|…": "a sentence that trails off",
}


def faults(key: str, text: str) -> list[str]:
    """What is wrong with a text that stands under a key; an empty list when nothing is."""
    shapes = SHAPES if key == "screen" else SHAPES | SIGNS
    found = [f"{why} ({match.group()!r})" for pattern, why in shapes.items() if (match := re.search(pattern, text))]
    banned = NOTE_WORDS if key in CONSULTANT_KEYS else NOTE_WORDS | JARGON
    found += [f"{why} ({match.group()!r})" for pattern, why in banned.items() if (match := _word(pattern, text))]
    found += [f"a sentence of {n} words" for sentence in sentences(text) if (n := word_count(sentence)) > LONGEST]
    if key in SENTENCE_KEYS:
        found += sentence_faults(text)
    if key == "maybe" and not re.fullmatch(r"[a-z]+ing\b[^.!?]*", text):
        found.append('does not fit after "He may be"')
    if key == "clause" and not re.fullmatch(r"[a-z].*[^.!?,:\s]", text):
        found.append("a clause starts with a small letter and has no stop")
    return found


def sentence_faults(text: str) -> list[str]:
    """What keeps a text from being whole sentences. The plain words "none needed" are an answer of their own."""
    found = [] if re.search(r"[.!?]$", text) else ["does not end with . ? or !"]
    for sentence in sentences(text):
        if not re.match(r"[A-Z0-9{]", sentence):
            found.append(f"does not start with a capital letter: {sentence!r}")
        if NOTE_STARTS.match(sentence) and not sentence.endswith("?"):
            found.append(f"reads like a note: {sentence!r}")
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a text; a stop within a number ends none."""
    return [part for part in re.split(r"(?<=[.!?])[\")]*\s+", text.strip()) if part]


def word_count(sentence: str) -> int:
    """Words, where a number is a word and a lone sign is not."""
    return sum(1 for word in sentence.split() if re.search(r"\w", word))


def _word(pattern: str, text: str) -> re.Match[str] | None:
    return re.search(rf"(?<![\w-])(?:{pattern})(?!\w)", text, re.IGNORECASE)


def texts(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a file with the keys that lead to it."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, (*path, key))
    elif isinstance(node, list):
        for item in node:
            yield from texts(item, (*path, item["id"]))


def kind(file: str, path: tuple[str, ...]) -> str:
    """The key whose rules hold for a text: reasons stand one level deeper, under the ids of motives."""
    key = "because" if "because" in path else path[-1]
    if file in OF_SCREENS:
        return "screen"
    return "chip" if key in FREE_KEYS.get(file, ()) else key


def words_of(file: str) -> dict[str, Any]:
    return tomllib.loads((WORDING / f"{file}.toml").read_text(encoding="utf-8"))


def ids_of(table: str, column: str) -> list[str]:
    path = DATA / table
    if not path.exists():
        pytest.skip(f"{table} is not there yet")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(dict.fromkeys(row[column] for row in csv.DictReader(lines)))


@pytest.mark.parametrize("file", PRESENT)
def test_every_text_is_plain_english(file: str) -> None:
    found = [(path, text) for path, text in texts(words_of(file)) if path[-1] != "id"]
    wrong = [f"{'.'.join(path)}: {fault}" for path, text in found for fault in faults(kind(file, path), text)]
    assert not wrong, "\n".join(wrong)
    assert found, f"{file}.toml holds no text"


@pytest.mark.parametrize("file", PRESENT)
def test_sentences_are_short_on_average(file: str) -> None:
    whole = [s for path, text in texts(words_of(file)) if kind(file, path) in SENTENCE_KEYS for s in sentences(text)]
    if whole:
        assert sum(map(word_count, whole)) / len(whole) < AVERAGE


@pytest.mark.parametrize(
    ("file", "table", "column"),
    [
        ("motives", "tables/motives.csv", "id"),
        ("cues", "tables/cues.csv", "id"),
        ("responses", "tables/responses.csv", "response"),
        ("claims", "sources/claims.csv", "id"),
        ("flags", "rules/flags.csv", "id"),
        ("vetoes", "rules/vetoes.csv", "id"),
        ("exclusions", "rules/exclusions.csv", "id"),
        ("tests", "rules/tests.csv", "id"),
    ],
)
def test_every_id_has_words_in_the_order_of_its_table(file: str, table: str, column: str) -> None:
    assert list(words_of(file)) == ids_of(table, column)


def test_every_step_of_the_plan_has_words() -> None:
    steps = ids_of("rules/plan.csv", "step")
    assert list(words_of("plan")) == [f"step_{step.removeprefix('step_')}" for step in steps]


def test_every_owner_question_has_words() -> None:
    assert [q["id"] for q in words_of("questions")["question"]] == ids_of("sources/owner_questions.csv", "id")


def test_every_value_of_every_cue_has_an_answer_and_a_clause() -> None:
    with (DATA / "tables" / "values.csv").open(encoding="utf-8", newline="") as lines:
        wanted = [(row["cue"], row["value"]) for row in csv.DictReader(lines)]
    cues = words_of("cues")
    assert sorted((cue, value) for cue, table in cues.items() for value in table["values"]) == sorted(wanted)
    keys = {tuple(words) for table in cues.values() for words in table["values"].values()}
    assert keys == {("answer", "clause")}


def test_every_response_gives_a_reason_for_every_motive() -> None:
    motives = ids_of("tables/motives.csv", "id")
    assert {response: list(table["because"]) for response, table in words_of("responses").items()} == dict.fromkeys(
        ids_of("tables/responses.csv", "response"), motives
    )


def test_no_clause_stands_twice_so_that_two_values_are_never_taken_for_one() -> None:
    clauses = [text for path, text in texts(words_of("cues")) if path[-1] == "clause"]
    assert len(clauses) == len(set(clauses))


@pytest.mark.parametrize("response", ["shooed", "scolded"])
def test_what_is_never_advised_says_so_even_as_advice(response: str) -> None:
    assert "never" in words_of("responses")[response]["now"]


def test_no_test_at_home_stages_distress() -> None:
    staged = re.compile(r"pretend|fake a|act(ing)? (sad|upset)|staged?\b", re.IGNORECASE)
    found = [(path, text) for path, text in texts(words_of("tests")) if staged.search(text)]
    assert [text for path, text in found if "Never act upset" not in text] == []


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("because", "pays the wedge"),
        ("because", "Adds fear."),
        ("because", "It answers his hello"),
        ("because", "It  answers his hello."),
        ("because", "Not what he seeks."),
        ("now", "Stroke his chest for 3 s, then stop."),
        ("now", "Stroke his chest; stop; watch."),
        ("now", "Ring the vet today."),
        ("say", "His body - and only his body - decides."),
        ("say", "He is in pain."),
        ("say", "This lean is pain."),
        ("say", "The posterior is high."),
        ("say", "Contact is a reinforcer for him."),
        ("words", "See the vet, e.g. today."),
        ("words", "He does it in 57% of cases."),
        ("evidence", "The study is quoted from memory."),
        ("evidence", "Contact rises at reunion (n=12)."),
        ("evidence", "a small first letter."),
        ("maybe", "a hello"),
        ("maybe", "saying hello."),
        ("clause", "His tail was tucked"),
        ("clause", "his tail was tucked."),
        ("plain", "word " * LONGEST + "word."),
        ("chip", "the wedge"),
        ("screen", "He is in pain."),
    ],
)
def test_the_guard_catches(key: str, text: str) -> None:
    assert faults(key, text)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("because", "It answers his hello."),
        ("now", "Is he stiff? Then stop, and let him go."),
        ("evidence", "In a trial with 33 dogs, the figure was 0.026. It fell (slightly)."),
        ("words", "He may be sore, so please call the vet today."),
        ("maybe", "saying hello"),
        ("clause", "his tail was tucked under"),
        ("method", "Noncontingent reinforcement: contact comes on a timer."),
        ("chip", "it was tucked under"),
        ("screen", "{low} to {high} %; run `houndsight read`"),
        ("function", "social positive reinforcement (attention)"),
    ],
)
def test_the_guard_lets_pass(key: str, text: str) -> None:
    assert faults(key, text) == []
