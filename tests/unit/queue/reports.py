"""Reports and results, as short as tests want them."""

from __future__ import annotations

from grader.verdict import Outcome, Report, TestResult, Verdict


def a_result(
    name: str = "test_a", outcome: Outcome = Outcome.PASSED, points: int = 1
) -> TestResult:
    """One test's result."""
    return TestResult(name, f"Title of {name}", points, visible=False, outcome=outcome)


def a_report(*results: TestResult, verdict: Verdict | None = None) -> Report:
    """A report of `results`; passed when all of them are, unless told otherwise."""
    tests = results or (a_result(),)
    passed = all(result.outcome is Outcome.PASSED for result in tests)
    verdict = verdict or (Verdict.PASSED if passed else Verdict.FAILED)
    return Report("flask/books-crud", "b" * 64, verdict, tests, phases={"tests": 0.5})
