from __future__ import annotations

from houndsight.exchange.report import Fault, Report, counted

WRONG = Fault(7, "Date", "'soon' is not a day.")


def test_a_report_says_what_was_done() -> None:
    report = Report(
        "log.csv", done=True, taken=(2, 3), added=(("dog", 1), ("moment", 2)), new_dogs=("Rex",), new_people=("Anna",),
        unchanged=("a",), differing=("b", "c"), unmapped=("Mood",), skipped=(WRONG,),
    )  # fmt: skip
    assert report.text.splitlines() == [
        "log.csv: done.",
        "  new: 1 dog, 2 moments",
        "  new dogs: Rex",
        "  new people: Anna",
        "  already in the diary: 1",
        "  in the diary with other content, left as they are there: 2",
        "  columns passed over: Mood",
        "  skipped: 1 row",
        "    row 7, column Date: 'soon' is not a day.",
    ]


def test_a_dry_run_says_what_would_be() -> None:
    report = Report("log.csv", done=False, dry_run=True, added=(("moment", 1),), skipped=(WRONG,))
    assert report.text.splitlines()[:3] == [
        "log.csv: a dry run. Nothing was changed.",
        "  would be new: 1 moment",
        "  would be skipped: 1 row",
    ]


def test_a_refusal_says_why_and_names_the_first_twenty_rows() -> None:
    report = Report("log.csv", done=False, skipped=tuple(Fault(row, "", "bad") for row in range(2, 32)))
    lines = report.text.splitlines()
    assert lines[0] == "log.csv: nothing was taken, because 30 rows cannot be read."
    assert lines[-2:] == ["    row 21: bad", "    and 10 more"]


def test_numbers_agree_with_their_nouns() -> None:
    assert [counted(1, "person"), counted(2, "person"), counted(0, "dog")] == ["1 person", "2 people", "0 dogs"]
