"""The companion: reads moments in words or cues, and loads each part of the house only when it is needed."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from houndsight.companion.phrasing import Phrasing
from houndsight.knowledge.base import Knowledge
from houndsight.knowledge.conditions import NO_HISTORY, History
from houndsight.knowledge.load import DATA, load
from houndsight.knowledge.vocabulary import CONTACT
from houndsight.records.correction import corrected
from houndsight.records.moment import Moment
from houndsight.records.observation import Heard, Observation
from houndsight.records.reading import Reading

if TYPE_CHECKING:
    from houndsight.companion.acquaintance import Acquaintance
    from houndsight.inference.read import Reader
    from houndsight.senses.protocol import WordsSense

__all__ = ["Companion", "read"]

LOG = logging.getLogger("houndsight")


class Companion:
    """Reads with one knowledge base. Making one is cheap: knowledge, tables and lexicon load at their first use."""

    def __init__(self, root: Path = DATA, language: str = "en") -> None:
        self.root, self.language = root, language
        self._last: tuple[str, Heard] | None = None

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

    @cached_property
    def ear(self) -> WordsSense:
        """The built-in sense of words."""
        from houndsight.senses.words.hear import Ear  # noqa: PLC0415  # the lexicon is large; cues alone do not need it

        return Ear.load(self.root, self.language)

    @cached_property
    def second(self) -> WordsSense | None:
        """The second reader that the environment names (HOUNDSIGHT_READER_URL and _MODEL), or None, as it is by default."""
        if not os.environ.get("HOUNDSIGHT_READER_URL"):
            return None
        from houndsight.companion.second import from_environment  # noqa: PLC0415

        return from_environment(self.knowledge)

    def hear(self, text: str) -> Heard:
        """What an account tells: cues with the words that gave them, for each moment in it.

        A second reader is asked beside the built-in one when the household has named one; when it gives no answer, that is
        logged once and the built-in one goes on alone. The last account is remembered: an interview and a correction ask for it again.
        """
        if self._last is None or self._last[0] != text:
            self._last = text, self._listened(text)
        return self._last[1]

    def _listened(self, text: str) -> Heard:
        heard = self.ear(text)
        if self.second is None:
            return heard
        from houndsight.senses.words.second import SecondReaderFault, joined  # noqa: PLC0415

        try:
            return joined(heard, self.second(text), self.knowledge.model.second_reader.trust)
        except SecondReaderFault as fault:
            LOG.warning("%s It is left out from here on.", fault)
            self.second = None
            return heard

    def phrases_alone(self, text: str) -> Heard:
        """What the phrases of the lexicon hear by themselves, for comparison: no trained reader, no second reader."""
        from houndsight.senses.words.hear import Ear  # noqa: PLC0415

        return Ear.load(self.root, self.language, trained=False)(text)

    def given(self, cues: Iterable[tuple[str, str]]) -> tuple[Observation, ...]:
        """Cues that a person set as observations, checked; the last one of a name holds. Raises UnknownCue, UnknownValue."""
        checked = dict(self.knowledge.checked(cue, value) for cue, value in cues)
        return tuple(Observation(cue, value) for cue, value in checked.items())

    def read(
        self,
        text: str | None = None,
        given: Sequence[Observation] = (),
        *,
        removed: Collection[str] = (),
        id: str | None = None,  # noqa: A002  # the name of the field in the record and in its JSON form
        history: History = NO_HISTORY,
        skip: frozenset[str] = frozenset(),
        of: Acquaintance | None = None,
    ) -> Reading:
        """What a moment probably means.

        `text` is the account in anybody's words; `given` are cues set by a person, which outrank the same cues heard in the
        words, and `removed` are cues that were heard wrongly and are not told; cues alone tell of a lean. `history` is what the
        dog's diary holds; `skip` are cues that are not to be asked for. `of` is what the diary knows of the dog: he is read by his own
        dialect then, and `history` comes from there. Without an `id` the reading gets one made from what
        was told, so that the same account always gives the same reading.
        """
        heard = Heard(heard_lean=bool(given)) if text is None else self.hear(text)
        told, _ = corrected(heard.observations, given, removed)
        name = _name(self.knowledge.label, text, given, removed) if id is None else id
        lean = heard.heard_lean or any(o.cue in CONTACT for o in given)
        of = None if of is None else of.hearing(told)
        return _with_effect(self._account(name, told, lean, heard, history, skip, of), of)

    def read_kept(self, moment: Moment, of: Acquaintance | None = None, *, further: bool = True) -> Reading:
        """What a moment of the diary probably means, from the cues that it was kept with; `of` as in `read`.

        `further` reads the other moments that its text tells of as well, so that no warning in them is lost; its text is heard for that.
        Without it the reading is for a list, and does not say what knowing the dog did to it.
        Cues and values that this knowledge does not have, such as those of another version, are passed over.
        """
        heard = self.hear(moment.text) if further and moment.text else Heard()
        values = self.knowledge.vocabulary.cues
        told = [one for one in moment.cues if one.cue in values and one.value in values[one.cue].values]
        of = None if of is None else of.hearing(told)
        reading = self._account(moment.id, told, moment.lean, heard, NO_HISTORY, frozenset(), of)
        return _with_effect(reading, of) if further else reading

    def _account(
        self,
        name: str,
        told: Sequence[Observation],
        lean: bool,
        heard: Heard,
        history: History,
        skip: frozenset[str],
        of: Acquaintance | None,
    ) -> Reading:
        """The reading of what was told, with those of the further moments that were heard beside it."""
        history = history if of is None else of.history
        if heard.further:
            everything = {
                (o.cue, o.value) for moment in (told, *(m.observations for m in heard.further)) for o in moment
            }
            history = replace(history, told=frozenset(everything))
        also = [
            self._reading(f"{name}.{number}", more.observations, more.heard_lean, history, skip, of)
            for number, more in enumerate(heard.further, 2)
        ]
        return replace(self._reading(name, told, lean, history, skip, of, also), notes=heard.notes)

    def _reading(
        self,
        name: str,
        observations: Sequence[Observation],
        lean: bool,
        history: History,
        skip: frozenset[str],
        of: Acquaintance | None,
        also: Sequence[Reading] = (),
    ) -> Reading:
        reader, facts = (self.reader, ()) if of is None else (of.reader, of.facts)
        finding = reader.read(observations, history, skip, lean=lean, facts=facts)
        return self.phrasing.reading(name, observations, finding, lean, also)


def _with_effect(reading: Reading, of: Acquaintance | None) -> Reading:
    """The reading with what knowing the dog did to it."""
    if of is None:
        return reading
    from houndsight.companion.effect import effect  # noqa: PLC0415  # most readings are of no dog that is known
    from houndsight.companion.standing import dated  # noqa: PLC0415

    flags = dated(of, reading.cues, {m.motive: m.p for m in reading.motives}, reading.flags)
    return replace(reading, flags=flags, dialect=effect(of, reading.cues, reading.leader))


def _name(label: str, text: str | None, given: Sequence[Observation], removed: Collection[str]) -> str:
    """A short name for a moment, always the same for the same account and knowledge."""
    told = "\0".join([label, text or "", *(f"{o.cue}={o.value}" for o in given), *(f"-{cue}" for cue in removed)])
    return f"m-{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


@lru_cache(maxsize=1)
def _companion() -> Companion:
    return Companion()


def read(text: str | None = None, cues: Mapping[str, str | None] | None = None) -> Reading:
    """What a moment probably means: `read("He backed into my legs")` or `read(cues={"arrival": "yes", "part": "backside"})`.

    Cues given by name outrank the same cues heard in the text; a cue given as None was heard wrongly and is not told. Raises
    InputError for an unknown cue or value, and for a text that is too long.
    """
    companion = _companion()
    named = cues or {}
    given = companion.given((cue, value) for cue, value in named.items() if value is not None)
    removed = [companion.knowledge.cue(cue).id for cue, value in named.items() if value is None]
    return companion.read(text, given, removed=removed)
