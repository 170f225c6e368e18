"""The lexicon: how people say things. Loaded from `lexicon/<language>/*.toml` when words are heard, and checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from houndsight.errors import KnowledgeError
from houndsight.knowledge.files import Folder
from houndsight.knowledge.phrases import Phrase, PhraseFault, Stemmer, parse_phrase
from houndsight.knowledge.vocabulary import Vocabulary, read_vocabulary

__all__ = ["ABOUT", "DATA", "SCOPES", "Lexicon", "Scope", "Telling", "lexicon_faults", "load_lexicon", "read_lexicon"]

DATA = Path(__file__).parent / "data"
_CUE_FILES = ("context", "lean", "body", "after", "dog", "flags")
ABOUT = ("dog", "person", "any")
SCOPES = (
    "negation", "not_negation", "ends", "hedge", "generic", "hypothetical", "likened", "past", "others_say", "i_say",
    "other_dog", "another_dog", "main_dog", "person", "between", "moment", "lean", "lean_alone", "no_lean", "pronoun", "teller_visits",
    "named_family", "named_visitor", "named_child",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """What a phrase tells: `cue` = `value`.

    `about` says whose doing it is: the dog's, a person's, or anybody's. `denied` is the value told by the negation of the
    phrase, empty when a negation tells nothing. `through` names scopes that do not silence it. `also` are further
    (cue, value) pairs told by the same words.
    """

    cue: str
    value: str
    about: str = "dog"
    denied: str = ""
    through: frozenset[str] = frozenset()
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Words that change what other words tell: `name` is one of SCOPES; `reach` is how many words after them it holds."""

    name: str
    reach: int


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All phrases of one language.

    `index` finds the phrases by the key of their anchor word, `targets` says what they tell, by number, and `also` what a
    value tells besides. `implied` is how sure it is that a lean on nobody named is one on the teller; `trust` is how often
    a phrase of confidence 0 and one of confidence 1 turned out right. `common` are stems of the commonest words.
    """

    language: str
    index: Mapping[str, tuple[Phrase, ...]]
    targets: tuple[Telling | Scope, ...]
    spelling: Mapping[str, tuple[str, ...]]
    stem: Stemmer
    order: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, str]
    breaks: frozenset[str]
    common: frozenset[str]
    lasting: frozenset[str]
    implied: float
    trust: tuple[float, float]
    also: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]


@lru_cache(maxsize=4)
def load_lexicon(root: Path = DATA, language: str = "en") -> Lexicon:
    """The lexicon of `language` under the data folder `root`; raises KnowledgeError with every fault. Kept: a second call is free."""
    folder = Folder(root)
    vocabulary = read_vocabulary(folder, folder.toml("model.toml"))
    lexicon = read_lexicon(folder, vocabulary, language)
    if folder.faults:
        raise KnowledgeError(folder.faults)
    return lexicon


def lexicon_faults(root: Path = DATA, language: str = "en") -> tuple[str, ...]:
    """Every fault of the lexicon files, each with file and key; empty when there is none."""
    folder = Folder(root)
    vocabulary = read_vocabulary(folder, folder.toml("model.toml"))
    folder.faults.clear()
    read_lexicon(folder, vocabulary, language)
    return tuple(folder.faults)


def read_lexicon(folder: Folder, vocabulary: Vocabulary, language: str = "en") -> Lexicon:
    """Reads the files of one language; faults are noted in the folder."""
    place = f"lexicon/{language}"
    words = _Words(folder, f"{place}/words.toml")
    targets: list[Telling | Scope] = []
    phrases: list[Phrase] = []
    for name in _CUE_FILES:
        for telling, where, said in _tellings(folder, f"{place}/{name}.toml", vocabulary):
            phrases += words.phrases(where, said, len(targets), 0.9)
            targets.append(telling)
    for scope, where, said in _scopes(folder, f"{place}/scopes.toml"):
        phrases += words.phrases(where, said, len(targets), 1.0)
        targets.append(scope)
    choice = _Choice(folder, f"{place}/choice.toml", vocabulary)
    also = {(one.cue, one.value): one.also for one in targets if isinstance(one, Telling)}
    return Lexicon(
        language, _indexed(phrases), tuple(targets), words.spelling, words.stem, choice.order,
        {cue.id: cue.group for cue in vocabulary.cues.values()}, words.breaks, words.common, choice.lasting, choice.implied, choice.trust, also,
    )  # fmt: skip


def _indexed(phrases: list[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    index: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        for word in sorted(phrase.anchor.words):
            index.setdefault(word, []).append(phrase)
    return {word: tuple(found) for word, found in index.items()}


class _Words:
    """The file of words: classes, irregular forms, spellings, common words; and the reader of phrases that uses them."""

    def __init__(self, folder: Folder, file: str) -> None:
        raw = folder.toml(file)
        self.folder, self.file = folder, file
        forms = {form: base for base, said in self._table(raw, "forms").items() for form in said.split()}
        self.stem = Stemmer(forms)
        self.spelling = {
            wrong: tuple(right.split())
            for right, said in self._table(raw, "spelling").items()
            for wrong in said.split()
        }
        self.common = frozenset(self.stem(word) for word in str(raw.get("common", "")).split())
        self.breaks = frozenset(str(raw.get("breaks", "")).split())
        self.classes: dict[str, frozenset[str]] = {}
        for name, said in self._table(raw, "classes").items():
            self.classes[name] = self._class(f"{file}: classes.{name}", said)

    def _table(self, raw: Mapping[str, Any], key: str) -> dict[str, str]:
        table = raw.get(key, {})
        bad = [name for name, said in table.items() if not isinstance(said, str)]
        for name in bad:
            self.folder.fault(f"{self.file}: {key}.{name}", "must be words between quotes")
        return {name: said for name, said in table.items() if name not in bad}

    def _class(self, where: str, said: str) -> frozenset[str]:
        found: set[str] = set()
        for word in said.split():
            if not word.startswith("@"):
                exact = word.startswith("=") or not self.stem.is_base(word)
                found.add(f"={word.removeprefix('=')}" if exact else self.stem(word))
            elif word[1:] in self.classes:
                found |= self.classes[word[1:]]
            else:
                self.folder.fault(where, f"{word} is not a class that stands above it")
        return frozenset(found)

    def phrases(self, where: str, said: str, target: int, confidence: float) -> Iterator[Phrase]:
        """The phrases of a text, one a line; `#` begins a comment."""
        for number, line in enumerate(said.splitlines(), 1):
            if not (line := line.partition("#")[0].strip()):
                continue
            try:
                yield parse_phrase(line, target, confidence, self.classes, self.stem, self.common)
            except PhraseFault as fault:
                self.folder.fault(f"{where}, line {number}", f"{line!r}: {fault}")


def _tellings(folder: Folder, file: str, vocabulary: Vocabulary) -> Iterator[tuple[Telling, str, str]]:
    for cue, values in folder.toml(file).items():
        if not folder.known(f"{file}: {cue}", "cue", cue, vocabulary.cues):
            continue
        for value, entry in values.items() if _keys(folder, f"{file}: {cue}", values, tuple(values)) else ():
            where = f"{file}: {cue}.{value}"
            if folder.known(where, f"value of {cue}", value, vocabulary.cues[cue].values) and _keys(
                folder, where, entry, _KEYS
            ):
                yield _telling(folder, where, cue, value, entry, vocabulary), where, entry.get("say", "")


_KEYS = ("say", "about", "denied", "through", "also")


def _telling(
    folder: Folder, where: str, cue: str, value: str, entry: Mapping[str, Any], vocabulary: Vocabulary
) -> Telling:
    about, denied, through = entry.get("about", "dog"), entry.get("denied", ""), entry.get("through", [])
    folder.known(where, "kind of subject", about, ABOUT)
    if denied:
        folder.known(where, f"value of {cue}", denied, vocabulary.cues[cue].values)
    for scope in through:
        folder.known(where, "scope", scope, (*SCOPES, "subject"))
    also = tuple(tuple(str(pair).split("=", 1)) for pair in entry.get("also", []))
    for pair in also:
        if len(pair) != 2 or pair[0] not in vocabulary.cues or pair[1] not in vocabulary.cues[pair[0]].values:
            folder.fault(where, f"also: {'='.join(pair)} is not a cue and its value")
    return Telling(cue, value, about, denied, frozenset(through), tuple((p[0], p[-1]) for p in also))


def _keys(folder: Folder, where: str, entry: object, known: tuple[str, ...]) -> bool:
    if not isinstance(entry, dict):
        folder.fault(where, f"must be a table with the keys {', '.join(known)}")
        return False
    sound = isinstance(entry.get("say", ""), str) and isinstance(entry.get("reach", 0), int)
    if not sound:
        folder.fault(where, "say must be text and reach a whole number")
    return [folder.known(where, "key", key, known) for key in entry].count(False) == 0 and sound


def _scopes(folder: Folder, file: str) -> Iterator[tuple[Scope, str, str]]:
    raw = folder.toml(file)
    for name in SCOPES:
        if name not in raw:
            folder.fault(file, f"the scope {name} is missing")
    for name, entry in raw.items():
        where = f"{file}: {name}"
        if folder.known(where, "scope", name, SCOPES) and _keys(folder, where, entry, ("say", "reach")):
            yield Scope(name, int(entry.get("reach", 0))), where, entry.get("say", "")


class _Choice:
    """The file of choices: which value wins, which cues last beyond a moment, how sure an unsaid owner is."""

    def __init__(self, folder: Folder, file: str, vocabulary: Vocabulary) -> None:
        raw = folder.toml(file)
        self.order: dict[str, tuple[str, ...]] = {}
        for cue, values in raw.get("first", {}).items():
            if folder.known(f"{file}: first.{cue}", "cue", cue, vocabulary.cues):
                for value in values:
                    folder.known(f"{file}: first.{cue}", f"value of {cue}", value, vocabulary.cues[cue].values)
                self.order[cue] = tuple(values)
        self.lasting = frozenset(raw.get("lasting", ()))
        for cue in sorted(self.lasting):
            folder.known(f"{file}: lasting", "cue", cue, vocabulary.cues)
        self.implied = folder.number(f"{file}: implied_owner", str(raw.get("implied_owner", 0)), 0, 1)
        low, high = (
            folder.number(f"{file}: trust.{end}", str(raw.get("trust", {}).get(end)), 0, 1) for end in ("low", "high")
        )
        self.trust = (low, high)
