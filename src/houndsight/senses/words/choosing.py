"""From phrases found to one value a cue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from houndsight.knowledge.lexicon import Lexicon, Telling
from houndsight.records.observation import Observation
from houndsight.senses.words.matcher import Match
from houndsight.senses.words.scopes import Scopes
from houndsight.senses.words.tokens import Tokens

__all__ = ["Told", "choose", "tellings"]

_HEDGED = 0.75


@dataclass(frozen=True, slots=True)
class Told:
    """A cue with a value, told by the words `first` to `last`, heard by the phrase `line`."""

    cue: str
    value: str
    confidence: float
    first: int
    last: int
    line: str = ""


def tellings(matches: Iterable[Match], scopes: Scopes, lexicon: Lexicon) -> tuple[list[Told], list[Told]]:
    """What the matches tell once the scopes have been asked, and what the scopes keep them from telling."""
    found: list[Told] = []
    forbidden: list[Told] = []
    for match in matches:
        telling = lexicon.targets[match.target]
        if not isinstance(telling, Telling):
            continue
        confidence = match.confidence * (_HEDGED if scopes.hedged(match) else 1.0)
        silent = scopes.silent(match, telling)
        denied = "negation" not in telling.through and scopes.negated(match)
        if silent or denied:
            forbidden.append(Told(telling.cue, telling.value, match.confidence, match.first, match.last, match.line))
            if denied and not silent and telling.denied:
                found.append(Told(telling.cue, telling.denied, confidence, match.first, match.last, match.line))
            continue
        own = scopes.whom(match, telling.value) if telling.cue == "leans_on" else telling.value
        for cue, value in ((telling.cue, own), *lexicon.also.get((telling.cue, own), ())):
            found.append(Told(cue, value, confidence, match.first, match.last, match.line))
    return found, forbidden


def choose(told: Iterable[Told], tokens: Tokens, lexicon: Lexicon) -> tuple[Observation, ...]:
    """One value for each cue, in the order told: the lexicon's order of values decides, then confidence, then who comes first."""
    best: dict[str, Told] = {}
    for one in told:
        if one.cue not in best or _rank(one, lexicon) < _rank(best[one.cue], lexicon):
            best[one.cue] = one
    ordered = sorted(best.values(), key=lambda one: (one.first, one.last, one.cue))
    return tuple(_observed(one, tokens, lexicon) for one in ordered)


def _observed(one: Told, tokens: Tokens, lexicon: Lexicon) -> Observation:
    low, high = lexicon.trust
    confidence = round(low + (high - low) * one.confidence, 3)
    return Observation(one.cue, one.value, confidence, "words", (tokens.starts[one.first], tokens.ends[one.last]))


def _rank(one: Told, lexicon: Lexicon) -> tuple[int, float, int]:
    order = lexicon.order.get(one.cue, ())
    place = order.index(one.value) if one.value in order else len(order)
    return place, -one.confidence, one.first
