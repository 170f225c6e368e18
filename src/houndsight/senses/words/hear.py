"""Hears an account: text and lexicon in, cues out."""

from __future__ import annotations

from dataclasses import dataclass

from houndsight.errors import InputError
from houndsight.knowledge.lexicon import Lexicon
from houndsight.knowledge.vocabulary import CONTACT
from houndsight.records.observation import Heard
from houndsight.senses.words.choosing import Told, choose, tellings
from houndsight.senses.words.matcher import find
from houndsight.senses.words.moments import part
from houndsight.senses.words.scopes import Scopes
from houndsight.senses.words.tokens import Tokens, tokenise

__all__ = ["LONGEST", "Ear", "hear"]

LONGEST = 20_000
"""The longest account that is heard, in code points."""

_NO_OWNER = frozenset(("leans_on", "leans_on_things"))


def hear(text: str, lexicon: Lexicon) -> Heard:
    """The cues that `text` tells, with confidence and span; nothing that it does not say.

    Raises InputError for a text above LONGEST code points.
    """
    if len(text) > LONGEST:
        raise InputError(
            f"The account has {len(text):,} characters; at most {LONGEST:,} can be read at once. Give the part that tells what the dog did."
        )
    tokens = tokenise(text, lexicon)
    matches = find(tokens, lexicon)
    scopes = Scopes(tokens, matches, lexicon)
    told = tellings(matches, scopes, lexicon)
    leans, alone = scopes.leans("lean"), scopes.leans("lean_alone")
    if alone and lexicon.implied and not any(one.cue in _NO_OWNER for one in told):
        told.append(Told("leans_on", "owner", lexicon.implied, alone[0].first, alone[0].last))
    first, *rest = (_heard(moment, bool(leans), tokens, lexicon) for moment in part(told, scopes, lexicon))
    return Heard(first.observations, first.heard_lean, tuple(moment for moment in rest if moment.observations))


def _heard(told: list[Told], leans: bool, tokens: Tokens, lexicon: Lexicon) -> Heard:
    observations = choose(told, tokens, lexicon)
    return Heard(observations, leans or any(one.cue in CONTACT for one in observations))


@dataclass(frozen=True, slots=True)
class Ear:
    """A words sense with its lexicon at hand: `Ear(load_lexicon())(text)`."""

    lexicon: Lexicon

    def __call__(self, text: str) -> Heard:
        """What `hear` hears."""
        return hear(text, self.lexicon)
