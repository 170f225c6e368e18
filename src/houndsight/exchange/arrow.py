"""Parquet and Arrow: the moments as typed columns, for analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from houndsight.errors import MissingExtra
from houndsight.exchange.protocol import Format, Home, Outgoing, Progress
from houndsight.records.moment import Moment

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ARROW", "PARQUET", "write_arrow", "write_parquet"]

SCHEMA = 1
GROUP = 5000
"""Moments in a row group of Parquet, or a batch of Arrow: what is in memory at a time."""


def write_parquet(to: BinaryIO, outgoing: Outgoing, progress: Progress) -> int:
    """Writes the moments as Parquet, and tells how many. Raises MissingExtra."""
    table = _Table(outgoing.home)
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415  # the extra; nobody else needs it

    return _write(ParquetWriter(to, table.schema, compression="zstd"), table, outgoing, progress)


def write_arrow(to: BinaryIO, outgoing: Outgoing, progress: Progress) -> int:
    """Writes the moments as an Arrow file, and tells how many. Raises MissingExtra."""
    table = _Table(outgoing.home)
    return _write(table.pa.ipc.new_file(to, table.schema), table, outgoing, progress)


class _Batches(Protocol):
    """What both writers can do."""

    def write_batch(self, batch: pa.RecordBatch) -> None: ...


def _write(writer: AbstractContextManager[_Batches], table: _Table, outgoing: Outgoing, progress: Progress) -> int:
    done = 0
    with writer as file:
        for group in _groups(outgoing.moments()):
            file.write_batch(table.batch(group))
            done += len(group)
            progress(done)
    return done


def _groups(moments: Iterable[Moment]) -> Iterator[list[Moment]]:
    rest = iter(moments)
    while group := list(islice(rest, GROUP)):
        yield group


class _Table:
    """The columns. A cue has one of its own; its confidence and origin stand in the lists `confidence` and `origin`, by cue."""

    def __init__(self, home: Home) -> None:
        try:
            import pyarrow as pa  # noqa: PLC0415  # the extra
        except ImportError:
            raise MissingExtra("Writing Parquet or Arrow", "arrow") from None
        self.pa = pa
        self.values = home.knowledge.vocabulary.values
        self.dogs = {one.id: one.name for one in home.dogs}
        self.people = {one.id: one.name for one in home.people}
        self.columns = self._columns()
        self.schema = pa.schema([(name, type_) for name, (type_, _) in self.columns.items()], _told(home))

    def batch(self, moments: Sequence[Moment]) -> pa.RecordBatch:
        """The moments as one batch of columns."""
        cues = [{one.cue: one.value for one in moment.cues} for moment in moments]
        arrays = [
            self._cue(name, cues) if name in self.values else self.pa.array(map(take, moments), type_)
            for name, (type_, take) in self.columns.items()
        ]
        return self.pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _cue(self, name: str, cues: Sequence[Mapping[str, str]]) -> pa.Array:
        number = {value: at for at, value in enumerate(self.values[name])}
        at = self.pa.array((number.get(one.get(name, "")) for one in cues), self.pa.int8())
        return self.pa.DictionaryArray.from_arrays(at, self.pa.array(self.values[name], self.pa.string()))

    def _columns(self) -> dict[str, tuple[Any, Any]]:
        """Name -> type, and what stands in it for a moment; the vocabulary's cues are made apart."""
        pa = self.pa
        text, stamp, truth = pa.string(), pa.timestamp("us", "UTC"), pa.bool_()
        before = {
            "moment_id": (text, lambda one: one.id),
            "dog_id": (text, lambda one: one.dog),
            "dog": (text, lambda one: _clean(self.dogs.get(one.dog))),
            "person_id": (text, lambda one: one.leaned_on),
            "person": (text, lambda one: _clean(self.people.get(one.leaned_on))),
            "logged_by_id": (text, lambda one: one.logged_by),
            "logged_by": (text, lambda one: _clean(self.people.get(one.logged_by))),
            "start": (stamp, lambda one: one.when.astimezone(UTC)),
            "end": (stamp, lambda one: _utc(one.ended)),
            "zone": (text, lambda one: _clean(one.zone)),
            "utc_offset_s": (pa.int32(), lambda one: round(one.when.utcoffset().total_seconds())),
            "text": (text, lambda one: _clean(one.text)),
        }
        cues = {name: (pa.dictionary(pa.int8(), text), None) for name in self.values}
        after = {
            "other_cues": (pa.map_(text, text), self._other),
            "confidence": (pa.map_(text, pa.float64()), lambda one: [(_clean(o.cue), o.confidence) for o in one.cues]),
            "origin": (pa.map_(text, text), lambda one: [(_clean(o.cue), _clean(o.origin)) for o in one.cues]),
            "severity": (pa.int8(), lambda one: one.severity),
            "knocked_over": (truth, lambda one: one.knocked_over),
            "note": (text, lambda one: _clean(one.note)),
            "tags": (pa.list_(text), lambda one: [_clean(tag) for tag in one.tags]),
            "own": (_named(pa), lambda one: [{"name": _clean(o.name), "value": _clean(o.value)} for o in one.own]),
            "lean": (truth, lambda one: one.lean),
            "logged": (stamp, lambda one: one.logged.astimezone(UTC)),
        }
        return before | cues | after

    def _other(self, moment: Moment) -> list[tuple[str | None, str | None]]:
        """Cues, and values of cues, that this version's vocabulary does not have."""
        return [(_clean(o.cue), _clean(o.value)) for o in moment.cues if o.value not in self.values.get(o.cue, ())]


def _named(pa: Any) -> Any:
    return pa.list_(pa.struct([("name", pa.string()), ("value", pa.string())]))


def _utc(when: datetime | None) -> datetime | None:
    return None if when is None else when.astimezone(UTC)


def _clean(text: str | None) -> str | None:
    """The text without halves of signs, which UTF-8 cannot hold."""
    return text if text is None or text.isascii() else text.encode("utf-8", "replace").decode()


def _told(home: Home) -> dict[str, str]:
    """What the file says of itself."""
    return {
        "houndsight.schema": str(SCHEMA),
        "houndsight.version": home.version,
        "houndsight.knowledge": home.knowledge.label,
    }


PARQUET = Format("parquet", (".parquet",), write_parquet)
ARROW = Format("arrow", (".arrow", ".feather"), write_arrow)
