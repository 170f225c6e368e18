"""The file of corrections: one JSON object a line, only ever added to, in the household's own data folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from platformdirs import user_data_path

from houndsight.errors import InputError
from houndsight.records.correction import Corrected, Correction
from houndsight.records.observation import Observation

__all__ = ["CorrectionsFile", "as_line", "data_folder"]


def data_folder() -> Path:
    """The folder for what Houndsight keeps: HOUNDSIGHT_DATA, or the platform's data folder of this user."""
    return Path(os.environ["HOUNDSIGHT_DATA"]) if os.environ.get("HOUNDSIGHT_DATA") else user_data_path("houndsight")


class CorrectionsFile:
    """Corrections kept in `path`, which need not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ids: set[str] | None = None

    def keep(self, one: Corrected) -> bool:
        """Adds a correction; False when the very same one is there already. Raises InputError when it cannot be written.

        A line is written whole and flushed to the disk before this returns; a line that a power cut tore is ended first, so that
        it never swallows the next.
        """
        if self._ids is None:
            self._ids = {kept.id for kept in self.all()}
        if one.id in self._ids:
            return False
        line = as_line(one).encode("utf-8", "surrogatepass") + b"\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab+") as file:
                end = file.seek(0, os.SEEK_END)
                if end:
                    file.seek(end - 1)
                    line = line if file.read(1) == b"\n" else b"\n" + line
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise InputError(f"The correction cannot be kept in {self.path}: {error.strerror}.") from None
        self._ids.add(one.id)
        return True

    def all(self) -> Iterator[Corrected]:
        """The corrections in the order kept; a line that cannot be read is passed over. Raises InputError when the file cannot be."""
        try:
            raw = self.path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise InputError(f"{self.path} cannot be opened: {error.strerror}.") from None
        for line in raw.split(b"\n"):
            one = _read(line)
            if one is not None:
                yield one

    def forget(self, ids: frozenset[str]) -> int:
        """Takes out the corrections with these ids; how many there were. The file is replaced as a whole or not at all."""
        kept = list(self.all())
        left = [one for one in kept if one.id not in ids]
        self._ids = None
        if len(left) < len(kept):
            part = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
            try:
                with part.open("wb") as file:
                    file.write(b"".join(as_line(one).encode("utf-8", "surrogatepass") + b"\n" for one in left))
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(self.path)
            except OSError as error:
                part.unlink(missing_ok=True)
                raise InputError(f"{self.path} cannot be written: {error.strerror}.") from None
        return len(kept) - len(left)


def as_line(one: Corrected) -> str:
    """One correction as a labelled account, a JSON object on one line: what `houndsight words evaluate` reads."""
    cues = {o.cue: {"value": o.value, "span": _words(one.text, o), "sure": 1.0} for o in one.cues}
    changes = [{"cue": c.cue, "heard": c.heard, "right": c.right, "kind": c.kind} for c in one.corrections]
    form = {"id": one.id, "when": one.when, "text": one.text, "lean": one.lean, "cues": cues, "corrections": changes}
    return json.dumps(form, ensure_ascii=False)


def _words(text: str, o: Observation) -> str:
    return "" if o.span is None else text[o.span[0] : o.span[1]]


def _read(line: bytes) -> Corrected | None:
    """A line as a correction, or None when it is torn or of another kind."""
    try:
        raw = json.loads(line.decode("utf-8", "surrogatepass"))
        text = str(raw["text"])
        cues = tuple(_observation(text, cue, form["value"], form["span"]) for cue, form in raw["cues"].items())
        changes = tuple(Correction(c["cue"], c["heard"], c["right"]) for c in raw["corrections"])
        return Corrected(text, cues, changes, bool(raw["lean"]), str(raw["when"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _observation(text: str, cue: str, value: str, words: str) -> Observation:
    at = text.find(words) if words else -1
    return Observation(cue, value, 1.0, "given", None if at < 0 else (at, at + len(words)))
