"""Parts an account that tells more than one moment."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from houndsight.knowledge.lexicon import Lexicon
from houndsight.senses.words.choosing import Told
from houndsight.senses.words.scopes import Scopes

__all__ = ["part", "stretches"]

_ENOUGH = 2
_MOST = 3


def part(told: Sequence[Told], scopes: Scopes, lexicon: Lexicon) -> list[list[Told]]:
    """The tellings by moment, the main one first.

    A new moment begins where the words say so ("another time", "at night though") and enough is told on both sides.
    What lasts beyond a moment (age, onset, health) belongs to the main one, wherever it was told.
    """
    parts: list[list[Told]] = [[one for one in told if one.cue in lexicon.lasting]]
    passing = [one for one in told if one.cue not in lexicon.lasting]
    for begin, end in _stretched(passing, scopes):
        parts.append([one for one in passing if begin <= one.first < end])
    main = parts.pop(1) if len(parts) > 1 else []
    return [parts[0] + main, *parts[1:]]


def stretches(told: Sequence[Told], scopes: Scopes, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Where each moment's words stand, [first, end), in the order told; the last one reaches as far as the account."""
    return _stretched([one for one in told if one.cue not in lexicon.lasting], scopes)


def _stretched(passing: Sequence[Told], scopes: Scopes) -> list[tuple[int, int]]:
    cuts = [0]
    for match in sorted(scopes.of("moment"), key=lambda m: m.first):
        if len(cuts) < _MOST and _cues(passing, cuts[-1], match.first) >= _ENOUGH and _leans(passing, match.first):
            cuts.append(match.first)
    edges = [*cuts, 1 << 30]
    return list(pairwise(edges))


def _cues(passing: Sequence[Told], begin: int, end: int) -> int:
    return len({one.cue for one in passing if begin <= one.first < end})


def _leans(passing: Sequence[Told], begin: int) -> bool:
    """Whether enough is told after `begin`, some of it about a lean."""
    cues = {one.cue for one in passing if one.first >= begin}
    return len(cues) >= _ENOUGH and bool(cues & {"leans_on", "part", "pressure", "position", "rump"})
