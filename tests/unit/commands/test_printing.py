"""Reports on a terminal."""

from __future__ import annotations

from typing import Any

import pytest

from backyard.commands.printing import exchange_text, print_report, print_test
from grader.verdict import Outcome, Report, TestResult, Verdict

HTTP: dict[str, Any] = {
    "kind": "http",
    "request": {"method": "POST", "url": "/books", "headers": [], "body": '{"title": "x"}'},
    "response": {"status": 500, "reason": "", "headers": [], "body": "oh no\n"},
    "error": None,
    "seconds": 0.1,
}
SQL = {"kind": "sql", "statement": "SELECT 1", "error": None, "row_count": 1}
ROWS = {"kind": "rows", "missing": [["1", None]], "extra": [["2", "b"]]}


def result(outcome: Outcome, **changes: Any) -> TestResult:
    return TestResult("test_it.py::test_it", "It works", 1, False, outcome, 0.25, **changes)


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_a_passed_test_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_test(result(Outcome.PASSED, message="x", exchanges=(HTTP,), output="printed"))
    assert printed(capsys) == "✓ It works  0.250 s\n"


def test_a_failed_test_tells_message_exchange_and_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_test(result(Outcome.FAILED, message="500 == 201", exchanges=(HTTP,), output="hello\n"))
    assert printed(capsys).splitlines() == [
        "✗ It works  0.250 s",
        "    500 == 201",
        '    POST /books {"title": "x"}',
        "    → 500 oh no",
        "    printed: hello",
    ]


def test_an_exchange_without_an_answer_tells_the_error() -> None:
    silent = HTTP | {"response": None, "error": "no answer"}
    assert exchange_text(silent).splitlines()[-1] == "→ no answer"


def test_statements_and_rows_are_told() -> None:
    assert exchange_text(SQL) == "SELECT 1\n→ 1"
    assert exchange_text(SQL | {"error": "SyntaxError: x"}) == "SELECT 1\n→ SyntaxError: x"
    assert exchange_text(ROWS) == "missing ['1', None]\ntoo many ['2', 'b']"


def test_calls_commands_counted_statements_and_plans_are_told() -> None:
    call = {"kind": "call", "call": "shop:total(1)", "result": "2", "error": None}
    assert exchange_text(call) == "shop:total(1)\n→ 2"
    assert exchange_text(call | {"error": "KeyError: 'x'"}) == "shop:total(1)\n→ KeyError: 'x'"
    run = {"kind": "run", "command": "ls x", "exit_code": 2, "error": None}
    run |= {"stdin": "", "stdout": "", "stderr": "no such file\n"}
    assert exchange_text(run) == "$ ls x\n→ exit code 2\nno such file"
    counted = {"kind": "statements", "most": 1, "total": 3, "statements": [["SELECT\n 1", 3]]}
    assert exchange_text(counted) == "3 statements, 1 would do\n3 times SELECT 1"
    plan = {"kind": "plan", "statement": "SELECT 1", "plan": "Result"}
    assert exchange_text(plan) == "SELECT 1\nResult"


def test_a_report_ends_with_verdict_points_and_times(capsys: pytest.CaptureFixture[str]) -> None:
    tests = (result(Outcome.PASSED), result(Outcome.NOT_RUN))
    phases = {"sandbox": 0.5, "tests": 1.25}
    print_report(Report("demo/small", "c" * 64, Verdict.TIMEOUT, tests, "Stopped.", phases))
    assert printed(capsys).splitlines() == [
        "Stopped.",
        "timeout: 1 of 2 points (50 %)",
        "sandbox 0.500 s, tests 1.250 s",
    ]


def test_a_comparison_is_told_difference_by_difference() -> None:
    compared = {"kind": "comparison", "op": "==", "got": "{}", "expected": "{'a': 1}"}
    differences = [["a", "1", None], ["", "'x'", "'y'"]]
    told = exchange_text(compared | {"differences": differences})
    assert told.splitlines() == ["a: expected 1, got nothing", "it: expected 'x', got 'y'"]
    assert exchange_text(compared | {"differences": []}) == "got {}"
