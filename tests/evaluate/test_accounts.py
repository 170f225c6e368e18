from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from houndsight.errors import InputError
from houndsight.evaluate.accounts import AccountsFault, LabelledAccount, LabelledCue, Trap, leaning, read_accounts
from houndsight.knowledge.base import Knowledge

from .conftest import ACCOUNTS, Reader


@pytest.mark.parametrize(("name", "count", "told"), [("train.jsonl", 271, 252), ("dev.jsonl", 89, 83)])
def test_the_accounts_of_the_project_are_sound(name: str, count: int, told: int, knowledge: Knowledge) -> None:
    accounts = read_accounts(ACCOUNTS / name, knowledge)
    assert (len(accounts), len(leaning(accounts))) == (count, told)


def test_a_line_becomes_an_account_with_its_labels(read: Reader, line: dict[str, Any]) -> None:
    line |= {
        "flags": ["voice=growl", "bitten", "rf_ill"],
        "see_vet": True,
        "not_cues": [{"span": "a", "looks_like": "age=puppy"}],
    }
    (account,) = read(line)
    assert account.cues == (LabelledCue("arrival", "yes", "came in", 0.9),)
    assert account.flagged == (("voice", "growl"), ("bitten", "yes"))
    assert account.flag_ids == ("rf_ill",)
    assert account.traps == (Trap("a", "age=puppy"),)
    assert account.see_vet


def test_a_second_moment_may_be_given_as_bare_values(read: Reader, line: dict[str, Any]) -> None:
    (account,) = read(line | {"second": {"place": "home"}})
    assert account.second == (LabelledCue("place", "home"),)


def test_an_account_without_a_lean_has_no_beliefs(read: Reader, line: dict[str, Any]) -> None:
    accounts = read(line | {"motive_probs": None})
    assert accounts[0].beliefs is None
    assert leaning(accounts) == ()


def test_beliefs_that_miss_one_by_rounding_are_rescaled(read: Reader, line: dict[str, Any]) -> None:
    (account,) = read(line | {"motive_probs": dict.fromkeys(line["motive_probs"], 0.124)})
    assert account.beliefs == pytest.approx((0.125,) * 8)


FAULTS = [
    ({"cues": {"tial": {"value": "tucked"}}}, "line 1 (a1): There is no cue called 'tial'. Did you mean"),
    ({"cues": {"tail": {"value": "tuked"}}}, "line 1 (a1): The cue 'tail' has no value 'tuked'"),
    ({"cues": {"tail": {"value": "tucked", "sure": 2}}}, "line 1 (a1): tail is sure to 2"),
    ({"cues": {"tail": {"span": "tucked"}}}, "line 1: the key 'value' is missing"),
    ({"cues": ["tail"]}, "line 1: something is of the wrong kind"),
    ({"flags": ["voice=grr"]}, "line 1 (a1), flags: The cue 'voice' has no value 'grr'"),
    ({"second": {"place": "moon"}}, "line 1 (a1), second moment: The cue 'place' has no value 'moon'"),
    ({"motive_probs": {"greeting": 1.0}}, "line 1 (a1): motive_probs needs each of greeting, claim"),
]


@pytest.mark.parametrize(("change", "told"), FAULTS)
def test_a_fault_is_told_with_its_line(change: dict[str, Any], told: str, read: Reader, line: dict[str, Any]) -> None:
    with pytest.raises(AccountsFault, match=re.escape(told)):
        read(line | change)


def test_beliefs_that_do_not_sum_to_one_are_a_fault(read: Reader, line: dict[str, Any]) -> None:
    with pytest.raises(AccountsFault, match=r"they sum to 0\.800"):
        read(line | {"motive_probs": dict.fromkeys(line["motive_probs"], 0.1)})


def test_all_faults_are_told_at_once(read: Reader, line: dict[str, Any]) -> None:
    missing = {key: value for key, value in line.items() if key != "text"}
    with pytest.raises(AccountsFault) as caught:
        read("{", missing, line, line)
    assert [fault[:12] for fault in caught.value.faults] == ["line 1: is n", "line 2: the ", "the id 'a1' "]


def test_empty_lines_are_passed_over(read: Reader, line: dict[str, Any]) -> None:
    assert len(read("", line, "  ")) == 1


def test_a_missing_file_is_told_kindly(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl cannot be opened"):
        read_accounts(tmp_path / "none.jsonl", knowledge)


def test_a_file_that_is_not_utf8_is_told_kindly(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "latin.jsonl"
    path.write_bytes(b'{"id": "\xe9"}')
    with pytest.raises(InputError, match=r"not UTF-8 \(byte 8\)"):
        read_accounts(path, knowledge)


def test_what_is_observed_is_the_main_moment(train: tuple[LabelledAccount, ...]) -> None:
    for account in train:
        assert {(o.cue, o.value) for o in account.observations} == {(c.cue, c.value) for c in account.cues}
