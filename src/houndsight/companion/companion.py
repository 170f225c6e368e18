"""The companion: reads moments in words or cues, and loads each part of the house only when it is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from houndsight.companion.phrasing import Phrasing
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.conditions import NO_HISTORY, History
from houndsight.knowledge.load import DATA, load
from houndsight.knowledge.vocabulary import CONTACT
from houndsight.records.observation import Heard, Observation
from houndsight.records.reading import Reading

if TYPE_CHECKING:
    from houndsight.inference.read import Reader

__all__ = ["Companion", "read"]


class Companion:
    """Reads with one knowledge base. Making one is cheap: knowledge, tables and lexicon load at their first use."""

    def __init__(self, root: Path = DATA, language: str = "en") -> None:
        self.root, self.language = root, language

    @cached_property
    def knowledge(self) -> Knowledge:
        """The knowledge base; raises KnowledgeError with every fault when its files are wrong."""
        return load(self.root, self.language)

    @cached_property
    def reader(self) -> Reader:
        """The compiled network."""
        from houndsight.inference.read import Reader  # noqa: PLC0415  # brings NumPy, which explain and check do not need

        return Reader(self.knowledge)

    @cached_property
    def phrasing(self) -> Phrasing:
        """Turns findings into sentences."""
        return Phrasing(self.knowledge)

    def hear(self, text: str) -> Heard:
        """What an account tells: cues with the words that gave them, for each moment in it."""
        from houndsight.knowledge.lexicon import load_lexicon  # noqa: PLC0415  # the lexicon is large; cues alone do not need it
        from houndsight.senses.words.hear import hear  # noqa: PLC0415

        return hear(text, load_lexicon(self.root, self.language))

    def given(self, cues: Iterable[tuple[str, str]]) -> tuple[Observation, ...]:
        """Cues that a person set as observations, checked; the last one of a name holds. Raises UnknownCue, UnknownValue."""
        checked = dict(self.knowledge.checked(cue, value) for cue, value in cues)
        return tuple(Observation(cue, value) for cue, value in checked.items())

    def read(
        self,
        text: str | None = None,
        given: Sequence[Observation] = (),
        *,
        id: str | None = None,  # noqa: A002  # the name of the field in the record and in its JSON form
        history: History = NO_HISTORY,
        skip: frozenset[str] = frozenset(),
    ) -> Reading:
        """What a moment probably means.

        `text` is the account in anybody's words; `given` are cues set by a person, which outrank the same cues heard in the
        words; cues alone tell of a lean. `history` is what the dog's diary holds; `skip` are cues that are not to be asked for. Without an `id` the
        reading gets one made from what was told, so that the same account always gives the same reading.
        """
        heard = Heard(heard_lean=bool(given)) if text is None else self.hear(text)
        told = {o.cue: o for o in heard.observations} | {o.cue: o for o in given}
        name = _name(self.knowledge.label, text, given) if id is None else id
        if heard.further:
            everything = {(o.cue, o.value) for moment in (heard, *heard.further) for o in moment.observations}
            history = replace(history, told=frozenset(everything))
        also = [
            self._reading(f"{name}.{number}", more.observations, more.heard_lean, history, skip)
            for number, more in enumerate(heard.further, 2)
        ]
        lean = heard.heard_lean or any(o.cue in CONTACT for o in given)
        return self._reading(name, tuple(told.values()), lean, history, skip, also)

    def _reading(
        self,
        name: str,
        observations: Sequence[Observation],
        lean: bool,
        history: History,
        skip: frozenset[str],
        also: Sequence[Reading] = (),
    ) -> Reading:
        finding = self.reader.read(observations, history, skip, lean=lean)
        return self.phrasing.reading(name, observations, finding, lean, also)


def _name(label: str, text: str | None, given: Sequence[Observation]) -> str:
    """A short name for a moment, always the same for the same account and knowledge."""
    told = "\0".join([label, text or "", *(f"{o.cue}={o.value}" for o in given)])
    return f"m-{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


@lru_cache(maxsize=1)
def _companion() -> Companion:
    return Companion()


def read(text: str | None = None, cues: dict[str, str] | None = None) -> Reading:
    """What a moment probably means: `read("He backed into my legs")` or `read(cues={"arrival": "yes", "part": "backside"})`.

    Cues given by name outrank the same cues heard in the text. Raises InputError for an unknown cue or value, and for a
    text that is too long.
    """
    companion = _companion()
    return companion.read(text, companion.given((cues or {}).items()))
