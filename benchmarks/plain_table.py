"""The plainest diary there is: one table of SQLite, the cues as JSON beside the text, no journal. What a diary's own work costs beside it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from houndsight.records.moment import Moment

__all__ = ["PlainTable"]

TABLE = """
CREATE TABLE moments (id TEXT PRIMARY KEY, dog TEXT, whenever TEXT, leaned_on TEXT, logged_by TEXT, text TEXT, cues TEXT);
CREATE INDEX of_dog ON moments (dog, whenever);
CREATE INDEX in_time ON moments (whenever);
"""

Row = tuple[str, dict[str, str]]


class PlainTable:
    """Moments in one table; a change is on the disk when it returns."""

    def __init__(self, path: Path) -> None:
        self.raw = sqlite3.connect(path, isolation_level=None)
        self.raw.execute("PRAGMA journal_mode=WAL").fetchall()
        self.raw.execute("PRAGMA synchronous=FULL")
        self.raw.executescript(TABLE)

    def keep(self, moments: Iterable[Moment]) -> None:
        """Puts moments in, in one transaction."""
        rows = (
            (
                one.id,
                one.dog,
                one.instant.isoformat(),
                one.leaned_on,
                one.logged_by,
                one.text,
                json.dumps({o.cue: o.value for o in one.cues}),
            )
            for one in moments
        )
        self.raw.execute("BEGIN")
        self.raw.executemany("INSERT INTO moments VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self.raw.execute("COMMIT")

    def latest(self, where: str = "1", *values: str, limit: int = 20, offset: int = 0) -> list[Row]:
        """The latest moments for which a condition of SQL holds, as text and cues."""
        order = f"SELECT text, cues FROM moments WHERE {where} ORDER BY whenever DESC, id DESC LIMIT {limit} OFFSET {offset}"  # noqa: S608  # our own words
        return [(text, json.loads(cues)) for text, cues in self.raw.execute(order, values)]

    def searched(self, *words: str) -> list[Row]:
        """The latest moments in whose text every word stands."""
        return self.latest(" AND ".join(["text LIKE ?"] * len(words)), *(f"%{word}%" for word in words))

    def filtered(self, cue: str, value: str) -> list[Row]:
        """The latest moments with that value of a cue."""
        return self.latest("cues LIKE ?", f'%"{cue}": "{value}"%')

    def count(self) -> int:
        """How many there are."""
        return int(self.raw.execute("SELECT count(*) FROM moments").fetchone()[0])

    def close(self) -> None:
        """Lets go of the file."""
        self.raw.close()
