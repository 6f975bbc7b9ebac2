"""Why a run ended as it did, in an author's terms. Pure.

What is a learner's error in a submission (a timeout, too much memory) is the author's here, and
may come from the suite as well as from the solution.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from grader.exercise import Exercise
from grader.judging import OTHER_TESTS
from grader.verdict import Outcome, Report, TestResult, Verdict

MOST_TOLD: Final = 5
"""Failed tests that are told with their messages."""

NETWORK: Final = (
    "There is no network in a sandbox.",
    "Have the tests bring what they need, as a file beside them.",
)
_NETWORK_SIGNS: Final = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "Network is unreachable",
)
MEMORY: Final = (
    "It took more memory than a sandbox has.",
    "Look for what is kept or printed without end; what a suite prints is kept in memory, too.",
)
HANGS: Final = (
    "It was stopped after {seconds:g} s, the exercise's limit.",
    "Look for what hangs or sleeps in the tests or the solution, or raise limits.seconds.",
)
ONE_HANGS: Final = (
    "Tests took longer than they may.",
    "Look for what hangs or sleeps there, or give the test `@pytest.mark.timeout(seconds)`.",
)
OUTPUT: Final = (
    "The solution printed more than 1 MiB.",
    "Have it print less.",
)
UNSTEADY: Final = (
    "pytest found other tests than a moment before.",
    "Parametrise with lists in a fixed order, not with sets, chance or the time of day.",
)


def explained(exercise: Exercise, report: Report) -> tuple[str, str]:
    """Return what happened, with the messages of failed tests, and what to do, which may be ''."""
    said, todo = _why(exercise, report)
    failed = [f"\n    {test_id}: {test.message}" for test_id, test in failed_tests(report).items()]
    return "".join([said, *failed[:MOST_TOLD]]), todo


def failed_tests(report: Report) -> Mapping[str, TestResult]:
    """Return the results of the tests that ran and did not pass, by id."""
    passed = (Outcome.PASSED, Outcome.NOT_RUN)
    return {test.id: test for test in report.tests if test.outcome not in passed}


def needs_network(text: str) -> bool:
    """Whether an error's text is that of a program which finds no network."""
    return any(sign in text for sign in _NETWORK_SIGNS)


def _why(exercise: Exercise, report: Report) -> tuple[str, str]:
    everything = "\n".join([report.message, *(test.message for test in report.tests)])
    if needs_network(everything):
        return NETWORK
    if report.verdict is Verdict.TIMEOUT:
        said, todo = HANGS if report.message else ONE_HANGS
        return said.format(seconds=exercise.metadata.limits.seconds), todo
    if report.message.startswith(OTHER_TESTS):
        return f"{UNSTEADY[0]} {report.message.partition('; run')[0]}.", UNSTEADY[1]
    by_verdict = {Verdict.OUT_OF_MEMORY: MEMORY, Verdict.OUTPUT_LIMIT: OUTPUT}
    default = (f"Verdict {report.verdict}. {report.message}".strip(), "")
    return by_verdict.get(report.verdict, default)
