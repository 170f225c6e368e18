"""Where a server is wanted, its absence fails; at home it is only told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.diary import postgres


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A machine without PostgreSQL, on which nobody wants one."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    for name in ("CI", "HOUNDSIGHT_WANT_POSTGRES"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_at_home_a_missing_server_is_told(bare: pytest.MonkeyPatch) -> None:
    with pytest.raises(pytest.skip.Exception, match="install Debian's package"):
        postgres.found()


@pytest.mark.parametrize("name", ["CI", "HOUNDSIGHT_WANT_POSTGRES"])
def test_where_it_is_wanted_a_missing_server_fails(name: str, bare: pytest.MonkeyPatch) -> None:
    bare.setenv(name, "1")
    with pytest.raises(pytest.fail.Exception, match="install Debian's package"):
        postgres.found()


def test_the_newest_of_several_versions_is_taken(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for version in ("9", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    assert postgres.found() == tmp_path / "17" / "bin"
