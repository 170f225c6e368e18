"""What a large diary costs: a hundred thousand moments of fifty dogs in SQLite, and in PostgreSQL where its server is to be found."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.exchanges import exchanges
from benchmarks.households import BEGUN, COMMON, PEOPLE, RARE, Size, dog_named, household, moments_of, sentence
from benchmarks.lives import Shared
from benchmarks.plain_table import PlainTable
from benchmarks.timing import Line, median_seconds
from houndsight.companion.companion import Companion
from houndsight.companion.entry import Entry, written
from houndsight.companion.household import Household
from houndsight.companion.profile import profile
from houndsight.diary.diary import Diary
from houndsight.diary.opening import open_diary
from houndsight.inference.network import compile_network
from houndsight.knowledge.base import Knowledge
from houndsight.records.moment import Moment
from houndsight.records.query import Query

__all__ = ["diary"]

LOOK, KEEP, MEET, OPEN, TELL = 200, 20, 50, 150, 25
"""Bars in milliseconds: looking at a page or a profile, keeping a moment durably, learning a dog and reading his next, opening, telling."""
PAGE = 20
DURABLE = ("shared_buffers=128MB", "max_connections=10")
"""Settings of the PostgreSQL server: what it commits is on the disk."""


@dataclass(frozen=True, slots=True)
class Look:
    """A page that is asked for: of the dog that is handed over, or of all; and the same from the plain table, where it can tell it."""

    job: str
    query: Callable[[str], Query]
    plain: Callable[[PlainTable, str], object] | None = None


def diary(knowledge: Knowledge, *, quick: bool) -> Iterator[Line]:
    """The lines of both databases, then those of files out and in."""
    size = Size(10, 500) if quick else Size(50, 2000)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with _table(folder, knowledge, size) as table:
            yield from _database("SQLite", str(folder / "diary.sqlite3"), knowledge, size, table)
    with _postgres() as place:
        if place is not None:
            yield from _database("PostgreSQL", place, knowledge, size, None)
    yield from exchanges(knowledge, quick=quick)


def _database(name: str, place: str, knowledge: Knowledge, size: Size, table: PlainTable | None) -> Iterator[Line]:
    with open_diary(place) as one:
        yield _filled(f"{name}: taking in {size.whole:,} moments", one, knowledge, size)
        for look in _looks(size):
            yield _looked(look, one, table, size)
        count = median_seconds(one.count, [Query()] * 9)
        peer = None if table is None else median_seconds(PlainTable.count, [table] * 9)
        yield _line("  count of all", count, LOOK, peer)
        yield from _kept(one, knowledge, size, table)
        yield from _known(one, size)
        yield from _logged(one, size)
    yield _line("  open an up-to-date diary and close it", median_seconds(_opened, [place] * 9), OPEN)


def _filled(job: str, one: Diary, knowledge: Knowledge, size: Size) -> Line:
    began = time.perf_counter()
    taken = one.take("took in a shelter", household(knowledge, size))
    seconds = time.perf_counter() - began
    assert dict(taken.added)["moment"] == size.whole
    return Line(job, f"{seconds:.0f} s", f"{1e4 * seconds / size.whole:.1f} s for each 10,000")


def _looks(size: Size) -> Iterator[Look]:
    late, deep = BEGUN + timedelta(hours=17 * size.moments), size.whole // 2
    tucked, common, three = ("tail", "tucked"), (COMMON,), ("sofa", "rain", COMMON)
    by_person = "leaned_on = :1 OR logged_by = :1"
    yield Look("  latest 20 of all", lambda _: Query(limit=PAGE), lambda t, _: t.latest())
    yield Look("  latest 20 of one dog", lambda d: Query(dog=d, limit=PAGE), lambda t, d: t.latest("dog = ?", d))
    yield Look(
        "  a page after half of them", lambda _: Query(limit=PAGE, offset=deep), lambda t, _: t.latest(offset=deep)
    )
    yield Look(
        "  of one person", lambda _: Query(person=PEOPLE[3], limit=PAGE), lambda t, _: t.latest(by_person, PEOPLE[3])
    )
    yield Look("  with tail=tucked", lambda _: Query(cues=(tucked,), limit=PAGE), lambda t, _: t.filtered(*tucked))
    yield Look(
        "  since a day, with tail=tucked, of one dog",
        lambda d: Query(dog=d, since=late, cues=(tucked,), limit=PAGE),
    )
    yield Look("  since a day", lambda _: Query(since=late, limit=PAGE))
    yield Look("  the word that most have", lambda _: Query(words=common, limit=PAGE), lambda t, _: t.searched(*common))
    yield Look("  a word that few have", lambda _: Query(words=(RARE,), limit=PAGE), lambda t, _: t.searched(RARE))
    yield Look("  three words", lambda _: Query(words=three, limit=PAGE), lambda t, _: t.searched(*three))
    yield Look("  a word that nobody wrote, of one dog", lambda d: Query(dog=d, words=("zither",), limit=PAGE))


def _looked(look: Look, one: Diary, table: PlainTable | None, size: Size) -> Line:
    dogs = [dog_named(i).lower() for i in range(min(9, size.dogs))]
    ours = median_seconds(lambda dog: one.moments(look.query(dog)), dogs)
    if table is None or look.plain is None:
        return _line(look.job, ours, LOOK)
    return _line(look.job, ours, LOOK, median_seconds(partial(look.plain, table), dogs))


def _kept(one: Diary, knowledge: Knowledge, size: Size, table: PlainTable | None) -> Iterator[Line]:
    """Each moment in a change of its own."""
    new = _new(knowledge, size)
    ours = median_seconds(lambda _: one.keep("logged a moment", [next(new)]), range(40))
    theirs = None if table is None else median_seconds(lambda _: table.keep([next(new)]), range(40))
    yield _line("  keep one moment durably", ours, KEEP, theirs)


def _new(knowledge: Knowledge, size: Size) -> Iterator[Moment]:
    """Moments that are not in the diary, of its first dog."""
    stranger = moments_of(knowledge, compile_network(knowledge), size.dogs, 200, Shared())
    return (replace(moment, dog=dog_named(0).lower()) for moment in stranger)


def _known(one: Diary, size: Size) -> Iterator[Line]:
    """What is known of a dog; each time by a household that has just opened the diary."""
    companion, dogs = Companion(), [dog_named(i) for i in range(min(5, size.dogs))]

    def known(dog: str) -> object:
        home = Household(companion, one)
        return profile(home.acquaintance(home.dog(dog)))

    def met(dog: str) -> object:
        home = Household(companion, one)
        return home.shown(home.moment(dog=dog))

    yield _line(
        f"  {size.moments:,} moments of one dog told", median_seconds(one.told, [dog.lower() for dog in dogs], 2), TELL
    )
    yield _line("  profile of one dog", median_seconds(known, dogs, 2), LOOK)
    yield _line("  his latest moment shown with its reading", median_seconds(met, dogs, 2), LOOK)


def _logged(one: Diary, size: Size) -> Iterator[Line]:
    """A moment told in words: heard, kept, and read as its dog is known with it."""
    companion, rng, dog = Companion(), np.random.default_rng(0), one.dog(dog_named(size.dogs - 1))
    home = Household(companion, one)

    def safe(text: str) -> Moment:
        moment = written(companion, Entry(text=text), dog.id, home.now()).moment
        one.keep("logged a moment", [moment])
        return moment

    texts = [sentence(rng) for _ in range(15)]
    yield _line("  log in words until it is safe", median_seconds(safe, texts), KEEP)
    moment = safe(sentence(rng))
    yield _line(
        "  read it, the dog learned anew", median_seconds(lambda _: Household(companion, one).read(moment), texts), MEET
    )
    whole = median_seconds(lambda text: home.log(Entry(text=text), dog.name), texts)
    yield _line("  log in words, with the reading", whole, KEEP + MEET)


def _opened(place: str) -> None:
    open_diary(place).close()


def _line(job: str, seconds: float, bar: float, peer: float | None = None) -> Line:
    told = ("", "") if peer is None else (f"plain table {_milli(peer)}", f"{peer / seconds:.2g} x")
    return Line(job, _milli(seconds), *told, f"bar {bar:g} ms", 1e3 * seconds < bar)


def _milli(seconds: float) -> str:
    return f"{1e3 * seconds:,.1f} ms"


@contextmanager
def _table(folder: Path, knowledge: Knowledge, size: Size) -> Iterator[PlainTable]:
    table = PlainTable(folder / "plain.sqlite3")
    table.keep(record for record in household(knowledge, size) if isinstance(record, Moment))
    yield table
    table.close()


@contextmanager
def _postgres() -> Iterator[str | None]:
    """The URL of an empty database of a server of our own; None where there is no server to start."""
    if os.name == "nt":
        yield None
        return
    from tests.diary.postgres import programs, server  # noqa: PLC0415  # not for Windows

    binaries = programs()
    if binaries is None:
        print("There is no PostgreSQL on this machine; its lines are left out.")
        yield None
        return
    with server(binaries, DURABLE) as one, one.database() as url:
        yield url
