"""An account cut into words, with the phrases of the lexicon found in them."""

from __future__ import annotations

from dataclasses import dataclass

from houndsight.errors import InputError
from houndsight.knowledge.lexicon import Lexicon
from houndsight.senses.words.choosing import Told, tellings
from houndsight.senses.words.cleaning import cleaned, in_english
from houndsight.senses.words.matcher import Match, find
from houndsight.senses.words.scopes import Scopes
from houndsight.senses.words.tokens import Tokens, tokenise

__all__ = ["LONGEST", "Listened", "listened"]

LONGEST = 20_000
"""The longest account that is heard, in code points."""

_NO_OWNER = frozenset(("leans_on", "leans_on_things"))


@dataclass(frozen=True, slots=True, eq=False)
class Listened:
    """An account cut into words, and the phrases found in them.

    `told` is what they tell once the scopes were asked, `forbidden` what the scopes keep them from telling: another dog's, a
    person's, past, denied. `notes` say what kind of text it is; `common` are the stems that say
    little, `breaks` the words that begin a clause.
    """

    tokens: Tokens
    matches: list[Match]
    scopes: Scopes
    told: list[Told]
    forbidden: list[Told]
    notes: tuple[str, ...]
    common: frozenset[str]
    breaks: frozenset[str]


def listened(text: str, lexicon: Lexicon) -> Listened:
    """What the phrases of the lexicon find in `text`. Raises InputError for a text above LONGEST code points."""
    if len(text) > LONGEST:
        raise InputError(
            f"The account has {len(text):,} characters; at most {LONGEST:,} can be read at once. Give the part that tells what the dog did."
        )
    plain, notes = cleaned(text)
    tokens = tokenise(plain, lexicon)
    matches = find(tokens, lexicon)
    scopes = Scopes(tokens, matches, lexicon)
    told, forbidden = tellings(matches, scopes, lexicon)
    alone = scopes.leans("lean_alone")
    if alone and lexicon.implied and not any(one.cue in _NO_OWNER for one in told):
        told.append(Told("leans_on", "owner", lexicon.implied, alone[0].first, alone[0].last))
    if not (told or in_english(plain, tokens.stems, lexicon.common)):
        notes = (*notes, "not_english")
    return Listened(tokens, matches, scopes, told, forbidden, notes, lexicon.common, lexicon.breaks)
