"""Laws of hearing that hold for any text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from houndsight.knowledge.lexicon import load_lexicon
from houndsight.records.observation import Heard, Observation
from houndsight.senses.words.hear import Ear, hear
from houndsight.senses.words.tokens import tokenise

EAR = Ear.load()
SOME = (
    "he she my dog leaned leans on against me my leg the wall stranger growled never no not tail tucked wagging shaking vet park "
    "toddler knocked over butt another time I think my husband says suddenly limping don't didn't , . ? ! \n <b> 😂 13 years old"
)
WORDS = SOME.split(" ")
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))


def everything(found: Heard) -> list[Observation]:
    return [*found.observations, *(one for moment in found.further for one in everything(moment))]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_heard_without_a_crash_and_always_alike(text: str) -> None:
    lexicon = load_lexicon()
    assert hear(text, lexicon) == hear(text, lexicon)
    assert EAR(text) == EAR(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_span_points_at_words_of_the_original(text: str) -> None:
    for one in [*everything(hear(text, load_lexicon())), *everything(EAR(text))]:
        assert one.span is not None
        start, end = one.span
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_moment_never_has_two_values_of_a_cue(text: str) -> None:
    found = hear(text, load_lexicon())
    for moment in (found, *found.further):
        cues = [one.cue for one in moment.observations]
        assert len(cues) == len(set(cues))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_only_known_cues_and_values_come_out(text: str) -> None:
    lexicon = load_lexicon()
    for one in everything(hear(text, lexicon)):
        assert one.cue in lexicon.groups
        assert 0.0 < one.confidence <= 1.0
        assert one.origin == "words"


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.text(max_size=100))
def test_more_text_after_it_does_no_harm(text: str, more: str) -> None:
    hear(text + "\n\n" + more, load_lexicon())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_words_keep_their_place_in_the_original(text: str) -> None:
    tokens = tokenise(text, load_lexicon())
    assert list(tokens.starts) == sorted(tokens.starts)
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert 0 <= start < end <= len(text)


def test_a_growl_is_heard_at_its_very_words() -> None:
    text = "İ “Ünlü” — my dog’s a sweetie, but he growled at the postman 😂"
    growl = next(one for one in hear(text, load_lexicon()).observations if one.cue == "voice")
    assert growl.span is not None
    assert text[slice(*growl.span)] == "growled"
