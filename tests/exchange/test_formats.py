"""The table of formats: a new one has a line in the registry, a sample, and a row in these cases."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.exchange.household import home, outgoing, read, written

from houndsight.errors import InputError
from houndsight.exchange.formats import FORMATS, format_called, format_of
from houndsight.exchange.protocol import Wishes

SAMPLES = Path(__file__).parent / "samples"

IN = {"archive": ("household.houndsight.zip", 9), "csv": ("abc_log.csv", 5)}
"""Format -> a sample, and how many records it has."""

OUT = {
    "archive": (b"PK", 9),
    "csv": (b"moment_id,", 2),
    "parquet": (b"PAR1", 2),
    "arrow": (b"ARROW1", 2),
    "calendar": (b"BEGIN:VCALENDAR", 3),
}
"""Format -> how its files begin, and how many records of the household go into one."""


def test_every_format_is_in_the_cases() -> None:
    assert [one.name for one in FORMATS if one.write] == list(OUT)
    assert [one.name for one in FORMATS if one.read] == list(IN)


@pytest.mark.parametrize("name", IN)
def test_the_sample_of_a_format_is_read(name: str) -> None:
    sample, count = IN[name]
    assert len(read(SAMPLES / sample, name, wishes=Wishes(zone="Europe/Berlin"))) == count


@pytest.mark.parametrize("name", IN)
def test_the_ending_of_a_sample_tells_its_format(name: str) -> None:
    assert format_of(SAMPLES / IN[name][0]) is format_called(name)


@pytest.mark.parametrize("name", OUT)
def test_a_format_is_written_and_its_progress_told(name: str) -> None:
    beginning, count = OUT[name]
    told: list[int] = []
    to = io.BytesIO()
    write = format_called(name).write
    assert write is not None
    assert write(to, outgoing(), told.append) == count
    assert to.getvalue().startswith(beginning)
    assert told[-1] == count


def test_the_sample_of_the_archive_is_what_we_write_today() -> None:
    ours = zipfile.ZipFile(io.BytesIO(written("archive", outgoing())))
    with zipfile.ZipFile(SAMPLES / IN["archive"][0]) as sample:
        assert {name: sample.read(name) for name in sample.namelist() if name != "manifest.json"} == {
            name: ours.read(name) for name in ours.namelist() if name != "manifest.json"
        }


def test_a_format_or_an_ending_that_is_not_known_is_told_with_those_that_are() -> None:
    with pytest.raises(InputError, match="There are: archive, csv, parquet, arrow, calendar"):
        format_called("xls")
    with pytest.raises(InputError, match=r"\.houndsight\.zip \(archive\), \.csv \(csv\)"):
        format_of(Path("moments.xls"))


def test_the_sample_names_a_household() -> None:
    assert [dog.name for dog in home().dogs] == ["Rex", "Luna"]
