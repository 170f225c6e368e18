"""`houndsight ask`: the interview, answered by numbers, names, Enter, b, q, nonsense, or by nobody."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

from houndsight import Companion
from houndsight.companion.interview import begin
from houndsight.knowledge.load import load

Run = Callable[..., Any]
COMPANION = Companion()
WORDS = load().wording
FIRST = begin(COMPANION)
PANTING = ("ask", "--cue", "mouth=panting")


def question(cue: str) -> str:
    return WORDS.cues[cue].question


def asked(interview: Any) -> str:
    return question(interview.question.cue)


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_nobody_there_still_ends_with_a_reading(typed: Run) -> None:
    done = typed("ask")
    assert done.status == 0
    assert WORDS.screen["sections.general"] in done.out


def test_enter_at_the_first_line_skips_the_account_and_asks_the_best_question(typed: Run) -> None:
    out = typed("ask", stdin="\nq\n").out
    assert unwrapped(out).count(asked(FIRST)) == 2  # when asked, and below the reading


def test_a_number_is_an_answer(typed: Run) -> None:
    out = unwrapped(typed("ask", stdin="\n2\nq\n").out)
    assert asked(FIRST.answer(FIRST.choices[1].value)) in out
    assert WORDS.screen["sections.given"] in out


def test_the_name_of_a_value_is_an_answer_as_good_as_its_number(typed: Run) -> None:
    by_number, by_name = (
        typed("ask", stdin=f"\n{reply}\nq\n").out for reply in ("2", f" {FIRST.choices[1].value.upper()} ")
    )
    assert by_name == by_number


def test_enter_the_question_mark_and_the_last_number_say_i_do_not_know(typed: Run) -> None:
    last = str(len(FIRST.choices) + 1)
    outs = [typed("ask", stdin=f"\n{reply}\nq\n").out for reply in ("", "?", last)]
    assert outs[0] == outs[1] == outs[2]
    assert asked(FIRST.pass_over()) in unwrapped(outs[0])


def test_b_takes_the_last_answer_back(typed: Run) -> None:
    out = typed("ask", stdin="\n2\nb\nq\n").out
    assert WORDS.screen["ask.back"] in out
    assert WORDS.screen["sections.given"] not in out
    assert unwrapped(out).count(asked(FIRST)) == 3


def test_b_at_the_beginning_has_nothing_to_take_back(typed: Run) -> None:
    assert WORDS.screen["ask.no_back"] in typed("ask", stdin="\nb\nq\n").out


def test_nonsense_is_answered_with_what_can_be_typed(typed: Run) -> None:
    out = unwrapped(typed("ask", stdin="\nperhaps\n0\n99\n-1\nq\n").out)
    assert out.count(WORDS.screen["ask.again"].format(count=len(FIRST.choices) + 1)) == 4


def test_q_shows_the_reading_so_far(typed: Run) -> None:
    out = typed(*PANTING, stdin="q\n").out
    assert WORDS.screen["sections.motives"] in out
    assert WORDS.screen["ask.nothing"] not in out


def test_an_interview_that_starts_from_cues_does_not_ask_for_an_account(typed: Run) -> None:
    out = unwrapped(typed(*PANTING, stdin="q\n").out)
    assert WORDS.screen["ask.tell"] not in out
    assert question("breathing") in out


def test_a_question_for_safety_says_why_it_comes_first(typed: Run) -> None:
    assert WORDS.screen["question.safety"] in unwrapped(typed(*PANTING, stdin="q\n").out)


def test_a_yes_to_a_question_for_safety_shows_the_flag_first(typed: Run) -> None:
    out = unwrapped(typed(*PANTING, stdin="1\nq\n").out)
    shown = out.split(">")[-1]
    assert shown.strip().startswith(
        f"{WORDS.screen['flags.now']}: {WORDS.screen['flags.vet']} {WORDS.flags['rf_breath'].words}"
    )


def test_whoever_never_knows_comes_to_the_end(typed: Run) -> None:
    out = typed("ask", stdin="\n" * 80).out
    assert WORDS.screen["ask.nothing"] in out


def test_the_reading_below_shows_no_commands_to_answer_with(typed: Run) -> None:
    assert "--cue" not in typed("ask", stdin="\nq\n").out


def test_an_account_told_at_the_start_is_read(typed: Run) -> None:
    out = unwrapped(typed("ask", stdin="He leaned on me with his tail tucked.\nq\n").out)
    assert WORDS.screen["sections.cues"] in out


def test_interrupting_the_interview_leaves_no_traceback(environment: dict[str, str]) -> None:
    """Control-C is what a child process gets when it is sent an interrupt by itself."""
    code = "import os, signal, builtins; builtins.input = lambda: os.kill(os.getpid(), signal.SIGINT)\n"
    code += "import sys; sys.argv = ['houndsight', 'ask']; from houndsight.cli.main import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False, timeout=60
    )
    assert (done.returncode, "Traceback" in done.stderr) == (130, False)
