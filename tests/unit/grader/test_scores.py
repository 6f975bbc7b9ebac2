"""Points and per cent: 100 means all."""

from __future__ import annotations

import json

import pytest

from grader.verdict import Outcome, Report, TestResult, Verdict


def result(points: int, outcome: Outcome) -> TestResult:
    return TestResult("test_it.py::test", "It.", points, False, outcome)


def report(*tests: TestResult, verdict: Verdict = Verdict.FAILED) -> Report:
    return Report("demo/small", "c" * 64, verdict, tests)


def of(passed: int, failed: int, verdict: Verdict = Verdict.FAILED) -> Report:
    """A report with so many points earned and missed, a test each."""
    tests = [result(1, Outcome.PASSED)] * passed + [result(1, Outcome.FAILED)] * failed
    return report(*tests, verdict=verdict)


@pytest.mark.parametrize(
    ("passed", "failed", "score"),
    [(1, 0, 100), (0, 1, 0), (1, 1, 50), (2, 1, 66), (1, 2, 33), (199, 1, 99), (999, 1, 99),
     (1, 999, 0), (0, 0, 0)],
)  # fmt: skip
def test_the_score_is_rounded_down(passed: int, failed: int, score: int) -> None:
    assert of(passed, failed).score == score


def test_one_hundred_means_every_single_point() -> None:
    assert {of(total - 1, 1).score for total in range(1, 500)} & {100} == set()
    assert {of(total, 0).score for total in range(1, 500)} == {100}


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.PASSED])
def test_a_test_earns_all_its_points_or_none(outcome: Outcome) -> None:
    assert result(5, Outcome.PASSED).earned == 5
    assert result(5, outcome).earned == 0


def test_points_weigh() -> None:
    heavy = report(result(3, Outcome.PASSED), result(1, Outcome.NOT_RUN))
    assert (heavy.points, heavy.max_points, heavy.score) == (3, 4, 75)


def test_a_judge_error_is_never_scored() -> None:
    assert (of(3, 0, Verdict.JUDGE_ERROR).points, of(3, 0, Verdict.JUDGE_ERROR).score) == (0, 0)


def test_a_report_is_json_with_its_sums() -> None:
    told = json.loads(json.dumps(of(1, 1).as_dict()))
    assert (told["points"], told["max_points"], told["score"]) == (1, 2, 50)
    assert told["verdict"] == "failed"
    assert [test["outcome"] for test in told["tests"]] == ["passed", "failed"]
