"""Strategies that draw records of every kind, for whoever keeps, sends or merges them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from houndsight.records.action import Record
from houndsight.records.correction import Corrected, Correction
from houndsight.records.dog import SEXES, SIZES, Dog
from houndsight.records.moment import SEVEREST, Moment, OwnCue
from houndsight.records.observation import Observation
from houndsight.records.person import ROLES, Person
from houndsight.records.undertaking import HomeTest, Plan, Session

__all__ = [
    "AWKWARD", "corrections", "dogs", "home_tests", "households", "ids", "moments", "names", "observations", "people", "plans",
    "texts", "times",
]  # fmt: skip

AWKWARD = (
    "",
    " ",
    "NUL \x00 here",
    "half \ud83d",
    "\ud83d\ude00 in halves",
    "🐕‍🦺 é e\u0301",
    "50%_\\'\"",
    "a\r\nb",
    "\ufdd00000",
    "ẞß İ",
)
"""Texts that something in the way of a database, a file or a shell could trip over."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
EARLY, LATE = datetime(1900, 1, 2), datetime(2100, 1, 1)  # noqa: DTZ001  # the zone is drawn beside it

texts = st.one_of(st.text(st.characters(codec=None), max_size=30), st.sampled_from(AWKWARD))
names = texts.filter(lambda text: bool(text.strip()))
ids = st.builds(str.__add__, st.sampled_from(LETTERS), st.text(LETTERS + "._:-", max_size=12))
flags = st.booleans()
zones = st.sampled_from(["UTC", "Europe/Berlin", "+02:00", "America/St_Johns"])
offsets = st.one_of(
    st.just(UTC),
    st.builds(timezone, st.integers(-14 * 60, 14 * 60).map(lambda minutes: timedelta(minutes=minutes))),
    st.just(timezone(timedelta(hours=1, seconds=17))),
)


def times(earliest: datetime = EARLY, latest: datetime = LATE) -> st.SearchStrategy[datetime]:
    """Times with any offset, between two times without one."""
    return st.datetimes(earliest, latest, timezones=offsets)


def later(than: datetime) -> st.SearchStrategy[datetime | None]:
    """No time, or one that is at most 300 days later."""
    apart = st.timedeltas(timedelta(0), timedelta(days=300))
    return st.none() | st.builds(lambda span, zone: (than + span).astimezone(zone), apart, offsets)


spans = st.none() | st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda pair: (min(pair), max(pair)))
observations = st.builds(
    Observation,
    cue=names,
    value=names,
    confidence=st.just(1.0) | st.floats(0, 1, exclude_min=True),
    origin=st.sampled_from(["words", "given", "asked"]),
    span=spans,
)
cue_lists = st.lists(observations, max_size=6, unique_by=lambda one: one.cue).map(tuple)
own_cues = st.builds(OwnCue, names, names)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)


@st.composite
def dogs(draw: st.DrawFn, id: st.SearchStrategy[str] = ids, photo: st.SearchStrategy[str | None] = st.none()) -> Dog:  # noqa: A002, B008
    """Dogs; they have no photo unless `photo` draws one, since a diary keeps a dog's photo first."""
    added = draw(times())
    return Dog(
        id=draw(id),
        name=draw(names),
        added=added,
        born=draw(st.none() | st.dates(date(1890, 1, 1), date(2100, 1, 1))),
        born_about=draw(flags),
        size=draw(st.none() | st.sampled_from(SIZES)),
        breed=draw(texts),
        sex=draw(st.none() | st.sampled_from(SEXES)),
        neutered=draw(st.none() | flags),
        history=draw(texts),
        photo=draw(photo),
        trashed=draw(st.none() | times()),
    )


@st.composite
def people(draw: st.DrawFn, id: st.SearchStrategy[str] = ids) -> Person:  # noqa: A002
    """People of every role."""
    return Person(
        draw(id), draw(names), draw(times()), draw(st.sampled_from(ROLES)), draw(texts), draw(st.none() | times())
    )


@st.composite
def moments(
    draw: st.DrawFn,
    id: st.SearchStrategy[str] = ids,  # noqa: A002
    dog: st.SearchStrategy[str] = ids,
    person: st.SearchStrategy[str | None] = st.none() | ids,  # noqa: B008
) -> Moment:
    """Moments with everything that a moment can have."""
    when = draw(times())
    return Moment(
        id=draw(id),
        dog=draw(dog),
        when=when,
        logged=draw(times()),
        zone=draw(zones),
        ended=draw(later(when)),
        leaned_on=draw(person),
        logged_by=draw(person),
        text=draw(texts),
        cues=draw(cue_lists),
        lean=draw(flags),
        severity=draw(st.none() | st.integers(0, SEVEREST)),
        knocked_over=draw(st.none() | flags),
        note=draw(texts),
        tags=draw(st.lists(names, max_size=3).map(tuple)),
        own=draw(st.lists(own_cues, max_size=3).map(tuple)),
        trashed=draw(st.none() | times()),
    )


measures = st.none() | st.floats(allow_nan=False, allow_infinity=False)
sessions = st.lists(st.builds(Session, times(), st.none() | times(), texts, measures, texts), max_size=3).map(tuple)
factors = st.lists(st.tuples(names, st.floats(1e-6, 1e6)), max_size=3).map(tuple)


@st.composite
def home_tests(draw: st.DrawFn, id: st.SearchStrategy[str] = ids, dog: st.SearchStrategy[str] = ids) -> HomeTest:  # noqa: A002
    """Tests at home, begun or over."""
    begun = draw(times())
    drawn = draw(st.tuples(later(begun), sessions, factors, texts, st.none() | times()))
    return HomeTest(draw(id), draw(dog), draw(names), begun, *drawn)


@st.composite
def plans(draw: st.DrawFn, id: st.SearchStrategy[str] = ids, dog: st.SearchStrategy[str] = ids) -> Plan:  # noqa: A002
    """Plans at any step."""
    begun = draw(times())
    drawn = draw(st.tuples(st.integers(1, 30), later(begun), sessions, texts, st.none() | times()))
    return Plan(draw(id), draw(dog), draw(names), begun, *drawn)


changes = st.builds(Correction, names, st.none() | names, st.none() | names)
corrections = st.builds(
    Corrected,
    text=texts,
    cues=cue_lists,
    corrections=st.lists(changes, min_size=1, max_size=3).map(tuple),
    lean=flags,
    when=st.just("") | times().map(datetime.isoformat),
)


@st.composite
def households(draw: st.DrawFn, most: int = 4) -> tuple[Record, ...]:
    """Everything that a diary may hold, in an order in which nothing points to what comes later; no dog has a photo."""
    who = draw(st.lists(people(), max_size=most, unique_by=lambda one: one.id))
    pack = draw(st.lists(dogs(), max_size=most, unique_by=lambda one: one.id))
    wrong = draw(st.lists(corrections, max_size=most, unique_by=lambda one: one.id))
    if not pack:
        return *who, *pack, *wrong
    dog = st.sampled_from([one.id for one in pack])
    person = st.sampled_from([None, *(one.id for one in who)])
    leans = draw(st.lists(moments(ids, dog, person), max_size=most, unique_by=lambda one: one.id))
    tried = draw(st.lists(home_tests(ids, dog), max_size=most, unique_by=lambda one: one.id))
    planned = draw(st.lists(plans(ids, dog), max_size=most, unique_by=lambda one: one.id))
    return *who, *pack, *leans, *tried, *planned, *wrong
