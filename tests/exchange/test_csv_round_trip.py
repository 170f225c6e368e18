from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.household import home, known, outgoing, read, written
from tests.strategies import households, own_cues, texts

from houndsight.errors import InputError
from houndsight.records.action import Record
from houndsight.records.dog import Dog
from houndsight.records.moment import Moment
from houndsight.records.observation import Observation

VALUES = known().vocabulary.values
confidences = st.just(1.0) | st.floats(0, 1, exclude_min=True)


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    """Observations of the vocabulary."""
    cue = draw(st.sampled_from(list(VALUES)))
    span = draw(st.none() | st.just((0, 3)))
    return Observation(
        cue, draw(st.sampled_from(VALUES[cue])), draw(confidences), draw(st.sampled_from(["given", "words"])), span
    )


@st.composite
def diaries(draw: st.DrawFn) -> tuple[Record, ...]:
    """Households whose moments have cues of the vocabulary, beside those of other versions; no dog is in the trash."""
    live = (replace(one, trashed=None) if isinstance(one, Dog) else one for one in draw(households()))
    return tuple(draw(_with_cues(one)) if isinstance(one, Moment) else one for one in live)


def _with_cues(moment: Moment) -> st.SearchStrategy[Moment]:
    cues = st.lists(observations(), max_size=4, unique_by=lambda one: one.cue)
    more = cues.map(lambda some: replace(moment, cues=tuple({one.cue: one for one in (*some, *moment.cues)}.values())))
    return more | st.builds(
        lambda own, text: replace(moment, own=tuple(own), text=text), st.lists(own_cues, max_size=4), texts
    )


def told(one: Any) -> Any:
    """What a table can tell of a record: no trash, and a question mark for half a sign."""
    if isinstance(one, str):
        return one.encode("utf-8", "replace").decode()
    if isinstance(one, tuple):
        return tuple(told(part) for part in one)
    if hasattr(one, "__dataclass_fields__"):
        return replace(one, **{part.name: told(getattr(one, part.name)) for part in fields(one)})
    return one


@given(diaries())
def test_moments_come_back_from_a_table_as_they_went(records: tuple[Record, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(_Alike):
        path = Path(folder) / "moments.csv"
        path.write_bytes(written("csv", outgoing(records)))
        wanted = [_live(one) for one in records if isinstance(one, Moment)]
        assert read(path, "csv", home(records)) == wanted


def _live(moment: Moment) -> Moment:
    try:
        live: Moment = told(replace(moment, trashed=None))
    except InputError:  # two cues whose names differ in half a sign alone
        raise _Alike from None
    return live


class _Alike(Exception):
    """What cannot be told apart in UTF-8."""
