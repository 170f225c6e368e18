"""A query brings exactly the moments for which all that is asked holds, in order; held against the same in plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.diary.samples import ANNA, BELLA, BEN, NOON, REX, moment

from houndsight.diary.diary import Diary
from houndsight.records.moment import Moment, OwnCue
from houndsight.records.observation import Observation
from houndsight.records.query import Query

WORDS = ("Sofa", "GROSS ẞ", "100%", "a_b", "back\\slash", "émile", "🐕")


def _moments() -> Iterator[Moment]:
    """Forty moments in which everything varies on its own, several of them at the same time."""
    for n in range(40):
        yield moment(
            f"m{n:02}",
            "rex" if n % 3 else "bella",
            minutes=n // 2 * 10,
            leaned_on="anna" if n % 4 == 0 else None,
            logged_by="ben" if n % 5 else "anna",
            text=f"He leaned. {WORDS[n % 7]}",
            note=WORDS[n % 6],
            cues=(Observation("arrival", "yes" if n % 2 else "no"), *[Observation("tail", "low")] * (n % 3 == 0)),
            tags=("walk", "Beach")[: n % 3],
            own=(OwnCue("song", "humming"),) if n % 7 == 0 else (),
            knocked_over=(None, True, False)[n % 3],
            trashed=NOON if n % 11 == 0 else None,
        )


MOMENTS = tuple(_moments())


@pytest.fixture
def full(diary: Diary) -> Diary:
    diary.keep("logged", [ANNA, BEN, REX, BELLA, *MOMENTS])
    return diary


def holds(one: Moment, query: Query) -> bool:
    """Whether a moment is one of those that are asked for."""
    told = "\n".join((one.text, one.note, *one.tags)).casefold()
    own = [(cue.name, cue.value) for cue in one.own]
    return all((
        (one.trashed is not None) == query.trashed,
        query.dog in {None, one.dog},
        query.person in {None, one.leaned_on, one.logged_by},
        query.since is None or one.when >= query.since,
        query.until is None or one.when < query.until,
        all(one.value(cue) == value if value else one.value(cue) is not None for cue, value in query.cues),
        all((name.casefold(), value) in own if value else name.casefold() in dict(own) for name, value in query.own),
        {tag.casefold() for tag in query.tags} <= {tag.casefold() for tag in one.tags},
        all(word.casefold() in told for word in query.words),
        query.knocked_over in {None, one.knocked_over},
    ))  # fmt: skip


def wanted(query: Query) -> tuple[Moment, ...]:
    found = [one for one in MOMENTS if holds(one, query)]
    found.sort(key=lambda one: (one.instant, one.id), reverse=not query.oldest_first)
    return tuple(found[query.offset :][: query.limit])


times = st.none() | st.integers(-10, 220).map(lambda minutes: (NOON + timedelta(minutes=minutes)).astimezone(UTC))
queries = st.builds(
    Query,
    dog=st.sampled_from([None, None, "rex", "bella", "nobody"]),
    person=st.sampled_from([None, None, "anna", "ben"]),
    since=times,
    until=times,
    cues=st.lists(st.sampled_from([("arrival", "yes"), ("tail", None), ("tail", "high")]), max_size=2).map(tuple),
    own=st.lists(st.sampled_from([("song", None), ("SONG", "humming")]), max_size=1).map(tuple),
    tags=st.lists(st.sampled_from(["walk", "WALK", "beach", "b"]), max_size=2).map(tuple),
    words=st.lists(st.sampled_from([*WORDS, "gross ss", "SOFA", "walk", "%", "x"]), max_size=2).map(tuple),
    knocked_over=st.sampled_from([None, None, True, False]),
    trashed=st.sampled_from([False, False, True]),
    oldest_first=st.booleans(),
    limit=st.none() | st.integers(0, 12),
    offset=st.integers(0, 4),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(queries, st.integers(1, 7))
def test_a_query_brings_what_a_plain_search_brings(full: Diary, query: Query, batch: int) -> None:
    assert tuple(full.each(query, batch)) == wanted(query)
    assert full.count(query) == len(wanted(query))


def test_without_a_query_everything_outside_the_trash_comes_newest_first(full: Diary) -> None:
    assert full.moments() == wanted(Query())


def test_words_are_found_however_an_accent_is_written(full: Diary) -> None:
    assert full.moments(Query(words=("E\u0301MILE",))) == full.moments(Query(words=("émile",))) != ()


@pytest.mark.parametrize(
    "query",
    [
        Query(tags=("straẞe",)),
        Query(tags=("CAFE\u0301", "strasse")),
        Query(own=(("lied", None),)),
        Query(own=(("LIED", "summen"),)),
    ],
)
def test_the_households_own_words_are_found_in_any_case(diary: Diary, query: Query) -> None:
    one = moment("m1", tags=("Straße", "café"), own=(OwnCue("Lied", "Summen"),))
    diary.keep("logged", [REX, one, moment("m2", tags=("Haus",), own=(OwnCue("Licht", "an"),))])
    assert diary.moments(query) == (one,)
