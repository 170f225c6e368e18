"""What became of a file that was taken in: every row and record, and why one was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Fault", "Report", "counted"]

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken. `row` counts as a spreadsheet does: the headings are row 1. `column` is theirs; "" is the whole row."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        """`row 7, column Date: …`."""
        return (
            f"row {self.row}, column {self.column}: {self.reason}" if self.column else f"row {self.row}: {self.reason}"
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What was taken from a file, or would be.

    `done` tells whether the diary was changed or could have been: not in a dry run, and not when faulty rows stopped it all. Of a
    table, `taken`, `same` (in the diary already, just so), `differs` (in the diary, but changed there since; left as it is there)
    and `skipped` name each row once. `added` counts new records by kind; `trashed` are the ids of those that went to the trash, where
    their dog is; `unchanged` and `differing` are ids of records that were there. `columns` says how each of their columns was read,
    `unmapped` which were passed over.
    """

    file: str
    done: bool
    dry_run: bool = False
    taken: tuple[int, ...] = ()
    same: tuple[int, ...] = ()
    differs: tuple[int, ...] = ()
    skipped: tuple[Fault, ...] = ()
    added: tuple[tuple[str, int], ...] = ()
    unchanged: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    new_dogs: tuple[str, ...] = ()
    new_people: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    unmapped: tuple[str, ...] = ()
    trashed: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The report in a few lines; of many faulty rows the first twenty are named."""
        return "\n".join([self._first(), *self._lines()])

    def _first(self) -> str:
        if self.dry_run:
            return f"{self.file}: a dry run. Nothing was changed."
        if not self.done:
            return f"{self.file}: nothing was taken, because {counted(len(self.skipped), 'row')} cannot be read."
        return f"{self.file}: done."

    def _lines(self) -> Iterator[str]:
        would = "" if self.done else "would be "
        if self.added:
            yield f"  {would}new: " + ", ".join(counted(many, kind) for kind, many in self.added)
        if self.trashed:
            yield f"  {would}in the trash with their dog, of these: {len(self.trashed)}"
        if self.new_dogs:
            yield "  new dogs: " + ", ".join(self.new_dogs)
        if self.new_people:
            yield "  new people: " + ", ".join(self.new_people)
        if self.unchanged:
            yield f"  already in the diary: {len(self.unchanged)}"
        if self.differing:
            yield f"  in the diary with other content, left as they are there: {len(self.differing)}"
        if self.unmapped:
            yield "  columns passed over: " + ", ".join(self.unmapped)
        if self.skipped:
            yield f"  {would}skipped: {counted(len(self.skipped), 'row')}"
        yield from (f"    {fault}" for fault in self.skipped[:SHOWN])
        if len(self.skipped) > SHOWN:
            yield f"    and {len(self.skipped) - SHOWN} more"


def counted(many: int, noun: str) -> str:
    """`1 dog`, `2 dogs`, `3 people`."""
    if many == 1:
        return f"1 {noun}"
    return f"{many} people" if noun == "person" else f"{many} {noun}s"
