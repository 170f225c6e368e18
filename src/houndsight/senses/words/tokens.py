"""Cuts an account into words that keep their place in the original text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from houndsight.knowledge.lexicon import Lexicon

__all__ = ["Tokens", "tokenise"]

_LIKE = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00b4": "'", "\u201c": '"', "\u201d": '"', "\u2026": "."}
)
_PIECE = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[.!?]+|\n+|[,;:()\"\u2013\u2014*]|--+|[-/+&]|'|[^\w\s]", re.UNICODE)
_SHORT = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'s": "'s"}
_IS = frozenset(
    (
        "he",
        "she",
        "it",
        "that",
        "there",
        "what",
        "who",
        "how",
        "here",
        "where",
        "everyone",
        "everybody",
        "someone",
        "nobody",
    )
)


@dataclass(slots=True)
class Tokens:
    """The words of an account side by side: list `i` of each field belongs to word `i`.

    `stems` and `exact` are the two keys by which phrases find a word; `starts` and `ends` are code points of the original;
    `sentences` and `clauses` number the sentence and the clause that it stands in; `capitals` are the words written with a
    capital letter and small ones after it.
    """

    stems: list[str]
    exact: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    clauses: list[int]
    asked: set[int]
    capitals: set[int]

    def __len__(self) -> int:
        return len(self.stems)


def tokenise(text: str, lexicon: Lexicon) -> Tokens:
    """The words of `text`; case, accents and the shape of quotes do not matter."""
    plain = _flat(text)
    tokens = Tokens([], [], [], [], [], [], set(), set())
    sentence = clause = 0
    for piece in _PIECE.finditer(plain):
        word = piece[0]
        if word[0].isalnum():
            if word in lexicon.breaks:
                clause += 1
            if text[piece.start()].isupper() and text[piece.start() + 1 : piece.end()].islower():
                tokens.capitals.add(len(tokens))
            _add(tokens, word, piece.start(), piece.end(), sentence, clause, lexicon)
        elif word[0] in ".!?\n":
            if _decimal(plain, piece.start(), piece.end()):
                continue
            if "?" in word:
                tokens.asked.add(sentence)
            sentence, clause = sentence + 1, clause + 1
        elif word not in ("-", "/", "'", "+", "&", "*"):
            clause += 1
    return tokens


def _decimal(plain: str, start: int, end: int) -> bool:
    """Whether a stop stands inside a number or an abbreviation such as 3.5 or p.m."""
    return end - start == 1 and start > 0 and end < len(plain) and plain[start - 1].isalnum() and plain[end].isalnum()


def _flat(text: str) -> str:
    """`text` in small letters without accents, code point for code point (the length does not change)."""
    lowered = text.translate(_LIKE).lower()
    if len(lowered) == len(text) and lowered.isascii():
        return lowered
    return "".join(_plain(letter) for letter in text.translate(_LIKE))


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """One code point for one: the small letter without its accent where there is one."""
    base = unicodedata.normalize("NFKD", letter.lower())[:1] or letter
    return " " if unicodedata.category(base)[0] == "C" and base != "\n" else base


def _add(tokens: Tokens, word: str, start: int, end: int, sentence: int, clause: int, lexicon: Lexicon) -> None:
    for part, begin, stop in _parts(word, start, end, lexicon):
        tokens.stems.append(lexicon.stem(part))
        tokens.exact.append("=" + part)
        tokens.starts.append(begin)
        tokens.ends.append(stop)
        tokens.sentences.append(sentence)
        tokens.clauses.append(clause)


def _parts(word: str, start: int, end: int, lexicon: Lexicon) -> list[tuple[str, int, int]]:
    """The word, respelled where the lexicon says so, a short form in its two words: "didn't" is "did" and "not"."""
    if respelled := lexicon.spelling.get(word):
        return [(part, start, end) for part in respelled]
    for short, full in _SHORT.items():
        if word.endswith(short) and len(word) > len(short):
            stem, cut = word[: -len(short)], end - len(short)
            said = "is" if short == "'s" and stem in _IS else full
            return [(stem, start, cut), (said, cut, end)]
    return [(word.replace("'", ""), start, end)] if "'" in word else [(word, start, end)]
