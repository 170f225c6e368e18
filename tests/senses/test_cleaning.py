from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houndsight.senses.words.cleaning import cleaned, in_english

CHAT = """[12/03/2025, 10:14] Anna: Rex backed into me at the door
[12/03/2025, 10:15] Tom Miller: lol
[12/03/2025, 10:15] Anna: he growled too"""
TALK = "Anna: Rex backed into me\nTom: lol\nAnna: he growled too\nTom: oh"
COMMON = frozenset(("the", "a", "he", "on", "me", "i", "and"))


@given(st.text(max_size=300))
def test_every_place_stays_where_it_was(text: str) -> None:
    bare, _ = cleaned(text)
    assert len(bare) == len(text)
    assert [i for i, letter in enumerate(text) if letter == "\n"] == [
        i for i, letter in enumerate(bare) if letter == "\n"
    ]
    assert all(b in (a, " ") for a, b in zip(text, bare, strict=True))


@pytest.mark.parametrize(
    "text", ["<p>He <b>leaned</b> on me &amp; sighed</p>", "<script>he growled</script> He leaned", "a&nbsp;b"]
)
def test_markup_is_passed_over(text: str) -> None:
    bare, notes = cleaned(text)
    assert notes == ("markup",)
    assert not set(bare) & set("<>&")
    assert "growled" not in bare


def test_what_only_looks_like_markup_stays() -> None:
    text = "He weighs < 30 kg & leans > 5 times a day"
    assert cleaned(text) == (text, ())


@pytest.mark.parametrize("text", [CHAT, TALK])
def test_the_heads_of_chat_lines_are_passed_over(text: str) -> None:
    bare, notes = cleaned(text)
    assert "chat" in notes
    assert "Anna" not in bare
    assert "10:14" not in bare
    assert "backed into me" in bare


def test_a_colon_does_not_make_a_chat() -> None:
    text = "Rex: he leans. My question: why?\nUpdate: vet says fine"
    assert cleaned(text)[1] == ()


def test_addresses_are_blanked() -> None:
    assert "growl" not in cleaned("see https://example.org/growl?a=1 he leans")[0]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("He leaned on me and the kids", True),
        ("Mein Hund lehnt sich mit dem Hintern an mich", False),
        ("我的狗喜欢用屁股靠着我", False),
        ("мой пёс прижимается ко мне задом", False),
        ("lean", True),
        ("", True),
    ],
)
def test_other_languages_are_noticed(text: str, english: bool) -> None:
    assert in_english(text, text.casefold().split(), COMMON) is english
