"""Hears an account: text in, cues out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from houndsight.knowledge.lexicon import DATA, Lexicon, load_lexicon
from houndsight.knowledge.vocabulary import CONTACT
from houndsight.records.observation import Heard
from houndsight.senses.words.choosing import Told, choose
from houndsight.senses.words.listening import LONGEST, listened
from houndsight.senses.words.moments import part
from houndsight.senses.words.tokens import Tokens

if TYPE_CHECKING:
    from houndsight.knowledge.ear import TrainedEar

__all__ = ["LONGEST", "Ear", "hear"]


def hear(text: str, lexicon: Lexicon) -> Heard:
    """The cues that the phrases of the lexicon tell, with confidence and span; nothing that `text` does not say.

    Raises InputError for a text above LONGEST code points.
    """
    whole = listened(text, lexicon)
    leans = bool(whole.scopes.leans("lean"))
    first, *rest = (_heard(moment, leans, whole.tokens, lexicon) for moment in part(whole.told, whole.scopes, lexicon))
    return Heard(first.observations, first.heard_lean, tuple(more for more in rest if more.observations), whole.notes)


def _heard(told: list[Told], leans: bool, tokens: Tokens, lexicon: Lexicon) -> Heard:
    observations = choose(told, tokens, lexicon)
    return Heard(observations, leans or any(one.cue in CONTACT for one in observations))


@dataclass(frozen=True, slots=True)
class Ear:
    """The built-in sense of words: the trained ear, which listens to the phrases too, or the phrases alone where there is none."""

    lexicon: Lexicon
    trained: TrainedEar | None = None

    @classmethod
    def load(cls, root: Path = DATA, language: str = "en", *, trained: bool = True) -> Self:
        """The ear for `language` with the data files under `root`; without `trained` that of the phrases alone."""
        lexicon = load_lexicon(root, language)
        if not trained:
            return cls(lexicon)
        from houndsight.knowledge.ear import load_ear  # noqa: PLC0415  # brings NumPy

        return cls(lexicon, load_ear(root, language))

    def __call__(self, text: str) -> Heard:
        """What `text` tells. Raises InputError for a text above LONGEST code points."""
        if self.trained is None:
            return hear(text, self.lexicon)
        from houndsight.senses.words.deciding import decide  # noqa: PLC0415  # brings NumPy

        return decide(listened(text, self.lexicon), self.lexicon, self.trained)
