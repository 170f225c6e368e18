"""How far a long job has come is told when it takes long and somebody watches, and leaves nothing behind."""

from __future__ import annotations

import pytest

from houndsight.cli.progress import Counting


def test_nothing_is_told_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with Counting() as counting:
        counting.began -= 10
        counting(500)
    assert capsys.readouterr().err == ""


def test_nothing_is_told_of_a_short_job(capsys: pytest.CaptureFixture[str]) -> None:
    with Counting() as counting:
        counting.watched = True
        counting(500)
    assert capsys.readouterr().err == ""


def test_a_long_job_that_is_watched_tells_its_count_and_wipes_it_away(capsys: pytest.CaptureFixture[str]) -> None:
    with Counting() as counting:
        counting.watched = True
        counting.began -= 10
        counting(1500)
    assert capsys.readouterr().err == "\r1,500 …\r" + " " * 20 + "\r"
