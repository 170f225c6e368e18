"""The language of the rules, held against a brute-force reading of it, and its faults in clear words."""

from __future__ import annotations

import operator
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from houndsight.knowledge.conditions import NO_HISTORY, ConditionFault, History, Scene, parse

VALUES = {"tail": ("low", "high", "loose"), "voice": ("growl", "none"), "age": ("puppy", "senior")}
MOTIVES = ("fear", "play")
COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le,
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A condition as text, and what it means: a function of the scene that was written by hand."""

    text: str
    means: Callable[[Scene], bool]


def holds(text: str, scene: Scene) -> bool:
    return parse(text, VALUES, MOTIVES).holds(scene)


def scene(history: History = NO_HISTORY, p: dict[str, float] | None = None, **cues: str) -> Scene:
    return Scene(cues, p or {}, history)


# Random conditions against a brute-force reading ----------------------------------------------------------------------

pairs = st.sampled_from([(cue, value) for cue, values in VALUES.items() for value in values])
signs = st.sampled_from(sorted(COMPARE))


def _equal(pair: tuple[str, str]) -> Said:
    cue, value = pair
    return Said(f"{cue}={value}", lambda s: s.cues.get(cue) == value)


def _unequal(pair: tuple[str, str]) -> Said:
    cue, value = pair
    return Said(f"{cue}!={value}", lambda s: s.cues.get(cue, value) != value)


def _ever(pair: tuple[str, str]) -> Said:
    cue, value = pair
    return Said(f"ever({cue} = {value})", lambda s: pair in {*s.cues.items(), *s.history.seen})


def _among(cue: str, chosen: list[str]) -> Said:
    return Said(f"{cue} IN ({', '.join(chosen)})", lambda s: any(s.cues.get(cue) == value for value in chosen))


def _chance(motive: str, sign: str, limit: float) -> Said:
    return Said(f"p({motive}) {sign} {limit}", lambda s: COMPARE[sign](s.p.get(motive, 0.0), limit))


def _count(motive: str, days: int, sign: str, limit: int) -> Said:
    def means(s: Scene) -> bool:
        return COMPARE[sign](len([1 for lead, ago in s.history.leads if lead == motive and ago <= days]), limit)

    return Said(f"count({motive}, {days}) {sign} {limit}", means)


def _at_least(parts: list[Said], wanted: int) -> Said:
    wanted = 1 + wanted % len(parts)
    text = ", ".join(f"({part.text})" for part in parts)
    return Said(f"{wanted} OF ({text})", lambda s: [part.means(s) for part in parts].count(True) >= wanted)


atoms = st.one_of(
    pairs.map(_equal),
    pairs.map(_unequal),
    pairs.map(_ever),
    st.sampled_from(sorted(VALUES)).flatmap(
        lambda cue: st.builds(_among, st.just(cue), st.lists(st.sampled_from(VALUES[cue]), min_size=1, max_size=3))
    ),
    st.builds(_chance, st.sampled_from(MOTIVES), signs, st.sampled_from([0.0, 0.25, 0.5, 1.0])),
    st.builds(_count, st.sampled_from(MOTIVES), st.integers(1, 9), signs, st.integers(0, 3)),
    st.just(Said("TRUE", lambda _: True)),
)


def _combined(inner: st.SearchStrategy[Said]) -> st.SearchStrategy[Said]:
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        inner.map(lambda part: Said(f"NOT ({part.text})", lambda s: not part.means(s))),
        several.map(
            lambda parts: Said(" AND ".join(f"({p.text})" for p in parts), lambda s: all(p.means(s) for p in parts))
        ),
        several.map(
            lambda parts: Said(" OR ".join(f"({p.text})" for p in parts), lambda s: any(p.means(s) for p in parts))
        ),
        st.builds(_at_least, st.lists(inner, min_size=1, max_size=4), st.integers(0, 9)),
    )


scenes = st.builds(
    Scene,
    st.fixed_dictionaries({}, optional={cue: st.sampled_from(values) for cue, values in VALUES.items()}),
    st.fixed_dictionaries({}, optional={motive: st.sampled_from([0.0, 0.25, 0.4, 1.0]) for motive in MOTIVES}),
    st.builds(
        History,
        st.frozensets(pairs, max_size=3),
        st.lists(st.tuples(st.sampled_from(MOTIVES), st.floats(0, 10)), max_size=4).map(tuple),
    ),
)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.recursive(atoms, _combined, max_leaves=8), scenes)
def test_a_condition_holds_when_its_brute_force_reading_does(said: Said, moment: Scene) -> None:
    assert holds(said.text, moment) == said.means(moment)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(pairs.map(_equal), min_size=3, max_size=3), scenes)
def test_and_binds_closer_than_or_and_not_closest(said: list[Said], moment: Scene) -> None:
    a, b, c = said
    assert holds(f"{a.text} OR {b.text} AND {c.text}", moment) == (
        a.means(moment) or (b.means(moment) and c.means(moment))
    )
    assert holds(f"NOT {a.text} AND {b.text}", moment) == (not a.means(moment) and b.means(moment))


# What single constructs mean ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["tail=low", "tail!=low", "tail IN (low, high, loose)", "ever(tail=low)"])
def test_a_cue_that_was_not_told_makes_its_atom_false(text: str) -> None:
    assert not holds(text, scene())


@pytest.mark.parametrize("text", ["NOT tail=low", "NOT tail!=low", "NOT tail IN (low, high)", "NOT ever(tail=low)"])
def test_not_holds_when_the_cue_was_not_told(text: str) -> None:
    assert holds(text, scene())


def test_ever_sees_the_diary_and_the_moment() -> None:
    seen = History(seen=frozenset({("voice", "growl")}))
    assert holds("ever(voice=growl)", scene(seen))
    assert holds("ever(voice=growl)", scene(voice="growl"))
    assert not holds("ever(voice=growl)", scene(voice="none"))


def test_ever_takes_several_values() -> None:
    assert holds("ever(tail IN (low, high))", scene(History(seen=frozenset({("tail", "high")}))))


def test_the_diary_does_not_speak_for_the_moment() -> None:
    assert not holds("voice=growl", scene(History(seen=frozenset({("voice", "growl")}))))


@pytest.mark.parametrize(("days", "count"), [(1, 1), (3, 2), (7, 3)])
def test_count_looks_back_so_many_days_the_last_included(days: int, count: int) -> None:
    history = History(leads=(("fear", 0.5), ("fear", 3.0), ("fear", 6.9), ("fear", 7.1), ("play", 0.1)))
    assert history.count("fear", days) == count
    assert holds(f"count(fear, {days}) >= {count}", scene(history))
    assert not holds(f"count(fear, {days}) > {count}", scene(history))


def test_a_chance_is_compared_on_either_side_of_its_limit() -> None:
    moment = scene(p={"fear": 0.5})
    assert holds("p(fear) >= 0.5 AND p(fear) <= 0.5", moment)
    assert not holds("p(fear) > 0.5 OR p(fear) < 0.5", moment)


def test_n_of_counts_what_holds() -> None:
    text = "2 OF (tail=low, voice=growl, age=senior)"
    assert holds(text, scene(tail="low", age="senior"))
    assert not holds(text, scene(tail="low"))


def test_a_condition_names_the_cues_that_it_looks_at() -> None:
    text = "NOT tail=low AND (ever(voice=growl) OR 1 OF (age IN (puppy))) AND p(fear) > 0"
    assert parse(text, VALUES, MOTIVES).cues == {"tail", "voice", "age"}


def test_only_true_alone_is_called_always() -> None:
    assert parse("TRUE", VALUES, MOTIVES).always
    assert not parse("TRUE OR tail=low", VALUES, MOTIVES).always


def test_blanks_do_not_matter() -> None:
    assert holds("  ( tail  =  low )AND( voice!=none )  ", scene(tail="low", voice="growl"))


# Faults ---------------------------------------------------------------------------------------------------------------

FAULTS = {
    "": "ends too soon",
    "   ": "ends too soon",
    "tail": "ends too soon",
    "tail=": "ends too soon",
    "tail=low AND": "ends too soon",
    "tail=low OR": "ends too soon",
    "NOT": "ends too soon",
    "(tail=low": "ends too soon; '\\)' is wanted",
    "tail IN (low": "ends too soon; '\\)' is wanted",
    "tail IN low": "'\\(' is wanted, not 'low'",
    "tail IN ()": "the cue tail has no value '\\)'",
    "tail=low)": "nothing may follow, but '\\)' does",
    "tail=low voice=growl": "nothing may follow, but 'voice = growl' does",
    "tail=low and voice=growl": "nothing may follow, but 'and voice = growl' does",
    "ears=low": "there is no cue 'ears'",
    "tail=purple": "the cue tail has no value 'purple'",
    "tail>low": "after tail one of =, != or IN is wanted, not '>'",
    "tail low": "after tail one of =, != or IN is wanted, not 'low'",
    "tail == low": "the cue tail has no value '='",
    "tail=low & voice=growl": "cannot read '& voice=growl'",
    "tail='low'": "cannot read \"'low'\"",
    "-1 OF (tail=low)": "cannot read '-1 OF",
    "0 OF (tail=low)": "0 OF needs from 1 to 1",
    "3 OF (tail=low, voice=growl)": "3 OF needs from 1 to 2",
    "2 (tail=low, voice=growl)": "'OF' is wanted, not '\\('",
    "2 OF tail=low": "'\\(' is wanted, not 'tail'",
    "1.5 OF (tail=low, voice=growl)": "there is no cue '1.5'",
    "ever(tail!=low)": "ever\\(\\) takes = or IN",
    "ever(ears=low)": "there is no cue 'ears'",
    "ever(tail=low": "ends too soon; '\\)' is wanted",
    "p(joy) > 0.5": "there is no motive 'joy'",
    "p(fear)": "ends too soon",
    "p(fear) = 0.5": "one of >, <, >=, <= is wanted, not '='",
    "p(fear) > low": "a number is wanted, not 'low'",
    "p(fear, 7) > 0.5": "'\\)' is wanted, not ','",
    "count(fear) > 2": "',' is wanted, not '\\)'",
    "count(fear, many) > 2": "a number is wanted, not 'many'",
    "count(joy, 7) > 2": "there is no motive 'joy'",
    "p > 0.5": "there is no cue 'p'",
    "AND tail=low": "there is no cue 'AND'",
}


@pytest.mark.parametrize("text", FAULTS, ids=lambda text: text or "nothing")
def test_a_malformed_condition_is_refused_with_what_is_wrong(text: str) -> None:
    with pytest.raises(ConditionFault, match=FAULTS[text]):
        parse(text, VALUES, MOTIVES)


WORDS = [
    "(", ")", "AND", "OR", "NOT", "OF", "IN", "=", "!=", ">", "1", "2", "tail", "low", "voice", "growl", "ever", "p",
    "count", ",", "TRUE", "fear", "0.5",
]  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(WORDS)))
def test_any_row_of_words_is_read_or_refused_and_never_crashes(words: list[str]) -> None:
    with suppress(ConditionFault):
        parse(" ".join(words), VALUES, MOTIVES).holds(scene(tail="low"))
