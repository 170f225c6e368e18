"""A real PostgreSQL server for the tests: its own, in a temporary folder, reached through a socket file and never over a network.

`initdb` is looked for on PATH and where Debian keeps it. PostgreSQL refuses to run as root, so root hands it to another user.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

DEBIAN = Path("/usr/lib/postgresql")
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=32MB", "max_connections=40")
MISSING = "There is no PostgreSQL on this machine: install Debian's package `postgresql`, or put initdb on PATH."
PATIENCE = 60.0
UNTIL_THE_PIPE_CLOSES = '"$@" </dev/null & read -r _; kill -INT $!; wait'
"""The server ends with whoever holds the pipe, however that one ends."""


def wanted() -> bool:
    """Whether a missing server is a fault: in CI, and where somebody says so."""
    return bool(os.environ.get("CI") or os.environ.get("HOUNDSIGHT_WANT_POSTGRES"))


def programs() -> Path | None:
    """The folder with initdb and postgres, the newest version first; None when there is no server on this machine."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    return max(versions, key=lambda path: int(path.parent.name), default=None)


def found() -> Path:
    """The folder of `programs`. Without one the test is skipped at home and fails where a server is wanted."""
    binaries = programs()
    if binaries is None:
        (pytest.fail if wanted() else pytest.skip)(MISSING)
    return binaries


@dataclass(frozen=True)
class Server:
    """A server that runs, with the folder of its socket."""

    folder: Path
    names: Iterator[int]

    def url(self, database: str) -> str:
        return f"postgresql://houndsight@/{database}?host={self.folder}"

    def run(self, order: str) -> list[tuple[Any, ...]]:
        """Runs one order in the server's own database; its rows, when it gives any."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            done = connection.execute(order.encode())
            return done.fetchall() if done.description else []

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The URL of a new database, a copy of `template`; it is dropped afterwards, whoever is still in it."""
        name = f"d{next(self.names)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def server(binaries: Path, settings: Sequence[str] = QUICK) -> Iterator[Server]:
    """A server for as long as the block lasts; `QUICK` does not wait for the disk."""
    with tempfile.TemporaryDirectory(prefix="hound") as made:
        folder, who = Path(made), _who()
        if who:
            os.chown(folder, who["user"], who["group"])
        log = folder / "log"
        _initialised(binaries, folder, who)
        with log.open("wb") as said, _started(binaries, folder, who, said.fileno(), settings) as process:
            one = Server(folder, count())
            try:
                _answers(one, log)
                yield one
            finally:
                assert process.stdin is not None
                process.stdin.close()
                process.wait(PATIENCE)


def _who() -> dict[str, Any]:
    """As whom the server runs: as ourselves, or as an ordinary user when we are root."""
    if os.geteuid() != 0:
        return {}
    names = {one.pw_name for one in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _initialised(binaries: Path, folder: Path, who: dict[str, Any]) -> None:
    arguments = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "houndsight"]
    arguments += ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False, **who)
    assert done.returncode == 0, done.stderr


def _started(
    binaries: Path, folder: Path, who: dict[str, Any], said: int, settings: Sequence[str]
) -> subprocess.Popen[bytes]:
    set_so = [part for setting in settings for part in ("-c", setting)]
    serve = [str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder), "-c", "listen_addresses="]
    return subprocess.Popen(
        ["sh", "-c", UNTIL_THE_PIPE_CLOSES, "sh", *serve, *set_so],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=said,
        stderr=said,
        **who,
    )


def _answers(one: Server, log: Path) -> None:
    """Waits until the server answers; fails with the server's own words when it does not."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            one.run("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text(errors="replace"))
