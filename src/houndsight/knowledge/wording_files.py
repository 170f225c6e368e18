"""Reads the wording of one language, checked against the ids of the tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

from houndsight.knowledge.files import Folder
from houndsight.knowledge.wording import (
    ClaimWords,
    CueWords,
    ExclusionWords,
    FlagWords,
    MotiveWords,
    PlanWords,
    QuestionWords,
    ResponseWords,
    TestWords,
    ValueWords,
    VetoWords,
    Wording,
)

__all__ = ["read_wording"]

Words = TypeVar("Words")

SCREENS = ("screen", "diary", "profile")
"""The files with the sentences of screens and commands; their sections have names of their own."""

OURS = Path(__file__).parent / "data"
"""The folder whose English sentences are those that the program's own screens know."""


def read_wording(
    folder: Folder, language: str, ids: Mapping[str, Collection[str]], cues: Mapping[str, Collection[str]]
) -> Wording:
    """Reads one language. `ids` gives for each file the ids that must have words, `cues` the values of each cue."""
    place = f"wording/{language}"
    questions = {entry.pop("id", ""): entry for entry in folder.toml(f"{place}/questions.toml").get("question", [])}
    return Wording(
        motives=_each(folder, f"{place}/motives.toml", MotiveWords, ids["motives"]),
        cues=_cues(folder, f"{place}/cues.toml", cues),
        responses=_responses(folder, f"{place}/responses.toml", ids["responses"], ids["motives"]),
        flags=_each(folder, f"{place}/flags.toml", FlagWords, ids["flags"]),
        vetoes=_each(folder, f"{place}/vetoes.toml", VetoWords, ids["vetoes"]),
        claims=_each(folder, f"{place}/claims.toml", ClaimWords, ids["claims"]),
        questions=_words(folder, f"{place}/questions.toml", questions, QuestionWords, ids["questions"]),
        exclusions=_each(folder, f"{place}/exclusions.toml", ExclusionWords, ids["exclusions"]),
        tests=_each(folder, f"{place}/tests.toml", TestWords, ids["tests"]),
        plan=_each(folder, f"{place}/plan.toml", PlanWords, ids["plan"]),
        screen={key: text for name in SCREENS for key, text in _screen(folder, language, name).items()},
    )


def _each(folder: Folder, file: str, kind: type[Words], wanted: Collection[str]) -> dict[str, Words]:
    """The records of a file whose tables are ids."""
    return _words(folder, file, folder.toml(file), kind, wanted)


def _words(
    folder: Folder, file: str, raw: Mapping[str, Any], kind: type[Words], wanted: Collection[str]
) -> dict[str, Words]:
    """Turns tables into records of `kind`; notes ids without words, words without an id, and missing or unknown keys."""
    for missing in [i for i in wanted if i not in raw]:
        folder.fault(f"{file}: {missing}", "has no words yet")
    for extra in [i for i in raw if i not in wanted]:
        folder.fault(f"{file}: {extra}", "is not an id of the tables")
    return {
        i: record for i in wanted if i in raw and (record := _record(folder, f"{file}: {i}", raw[i], kind)) is not None
    }


def _record(folder: Folder, where: str, raw: object, kind: type[Words]) -> Words | None:
    if not isinstance(raw, dict):
        folder.fault(where, f"must be a table of words; it is {raw!r}")
        return None
    slots = fields(kind)  # type: ignore[arg-type]  # every kind here is a dataclass
    texts = [f.name for f in slots if f.type == "str"]
    wrong = [key for key, value in raw.items() if (key in texts) != isinstance(value, str)]
    missing = [f.name for f in slots if f.name not in raw and f.default is MISSING]
    unknown = [key for key in raw if key not in {f.name for f in slots}]
    empty = [key for key, value in raw.items() if isinstance(value, str) and not value.strip()]
    for problem, keys in (
        ("is missing", missing),
        ("is not a known key", unknown),
        ("is empty", empty),
        ("is not of its kind", wrong),
    ):
        for key in keys:
            folder.fault(where, f"{key} {problem}")
    return None if missing or unknown or wrong else kind(**raw)


def _cues(folder: Folder, file: str, cues: Mapping[str, Collection[str]]) -> dict[str, CueWords]:
    raw = folder.toml(file)
    tables = {cue: table for cue, table in raw.items() if isinstance(table, dict)}
    values = {
        cue: _words(folder, f"{file}: {cue}.values", _table(tables[cue].pop("values", {})), ValueWords, wanted)
        for cue, wanted in cues.items()
        if cue in tables
    }
    joined = raw | {cue: {**table, "values": values.get(cue, {})} for cue, table in tables.items()}
    return _words(folder, file, joined, CueWords, list(cues))


def _table(raw: object) -> Mapping[str, Any]:
    """`raw` when it is a table; otherwise an empty one, whose missing words are then noted."""
    return raw if isinstance(raw, dict) else {}


def _responses(
    folder: Folder, file: str, responses: Collection[str], motives: Collection[str]
) -> dict[str, ResponseWords]:
    found = _each(folder, file, ResponseWords, responses)
    for response, words in found.items():
        for motive in motives:
            if not words.because.get(motive):
                folder.fault(f"{file}: {response}.because", f"gives no reason for {motive}")
    return found


def _screen(folder: Folder, language: str, name: str) -> dict[str, str]:
    """The sentences of screens and commands: `section.key` -> text, whose `{gaps}` are filled in by the caller.

    The sentences that come with the program tell which keys and gaps are wanted, whatever the folder and the language.
    """
    file = f"wording/{language}/{name}.toml"
    found = _flat(folder.toml(file))
    ours = OURS / "wording" / "en" / f"{name}.toml"
    wanted = found if folder.root / file == ours else _flat(tomllib.loads(ours.read_text("utf-8")))
    for key in [*wanted, *(k for k in found if k not in wanted)]:
        if key not in found or key not in wanted:
            folder.fault(
                f"{file}: {key}", "has no words yet" if key in wanted else "is not a sentence that any screen shows"
            )
        elif not isinstance(found[key], str):
            folder.fault(f"{file}: {key}", f"must be a text; it is {found[key]!r}")
        elif _gaps(found[key]) != _gaps(wanted[key]):
            gaps = ", ".join(f"{{{gap}}}" for gap in sorted(_gaps(wanted[key]))) or "none"
            folder.fault(f"{file}: {key}", f"the gaps to be filled in must be: {gaps}")
    return {key: text for key, text in found.items() if isinstance(text, str)}


def _flat(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{section}.{key}": text for section, texts in raw.items() for key, text in _table(texts).items()}


def _gaps(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))
