"""Rules on what the runs came to. Pure: they take reports and give problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from grader.exercise import Exercise, WrongSolution
from grader.gate.explain import explained, failed_tests
from grader.gate.problem import Problem
from grader.gate.runs import ACCEPTED, EMPTY, STARTER, WRONG, Run
from grader.gate.views import SETTINGS, test_line
from grader.verdict import Outcome, Report, Verdict

Judged = Mapping[str, Sequence[tuple[Run, Report]]]
"""The reports by what was graded, each with its run; the first in the tests' own order."""


def accepted_solutions_pass(exercise: Exercise, judged: Judged) -> Iterator[Problem]:
    """An accepted solution scores 100 %."""
    for what, reports in _of(judged, ACCEPTED):
        report = reports[0][1]
        if report.verdict is not Verdict.PASSED:
            said, todo = explained(exercise, report)
            yield Problem(what, f"It is not accepted. {said}", todo)


def the_starter_leaves_work(exercise: Exercise, judged: Judged) -> Iterator[Problem]:
    """The starter loads, and does not pass."""
    for what, reports in _of(judged, STARTER):
        report = reports[0][1]
        if report.verdict is Verdict.PASSED:
            yield Problem(what, "The starter passes: there is nothing to do.", "Take more out.")
        elif report.verdict is not Verdict.FAILED:
            said, todo = explained(exercise, report)
            yield Problem(what, f"The starter does not even load. {said}", todo)


def wrong_solutions_fail_as_they_say(exercise: Exercise, judged: Judged) -> Iterator[Problem]:
    """A wrong solution fails the very tests that exercise.toml names."""
    for what, reports in _of(judged, WRONG):
        meant = exercise.metadata.wrong[what.removeprefix(WRONG)]
        yield from _wrong(exercise, what, meant, reports[0][1])


def nothing_passes_by_itself(exercise: Exercise, judged: Judged) -> Iterator[Problem]:
    """No test passes when every submitted file is empty."""
    for what, reports in _of(judged, EMPTY):
        if reports[0][1].verdict is Verdict.JUDGE_ERROR:
            said, todo = explained(exercise, reports[0][1])
            yield Problem("tests/", f"They can't judge {what}. {said}", todo)
        for test in reports[0][1].tests:
            if test.outcome is Outcome.PASSED:
                file = f"tests/{test.id.partition('::')[0]}"
                what = f"{test.id} passes although every submitted file is empty."
                todo = "Have it ask for something that is there only when work was done."
                yield Problem(file, what, todo, test_line(exercise, test.id))


def verdicts_do_not_change(exercise: Exercise, judged: Judged) -> Iterator[Problem]:
    """An accepted solution passes in whatever order its tests are run, each time."""
    for what, reports in _of(judged, ACCEPTED):
        first = reports[0][1]
        for run, report in reports[1:]:
            if report.verdict is not first.verdict:
                order = f"with its tests in random order (seed {run.way.seed})"
                tell = f"It is judged {first.verdict} at first, and {order} {report.verdict}"
                todo = _TODO_BUSY if report.verdict is Verdict.TIMEOUT else _TODO_CHANGES
                yield Problem(what, f"{tell}: {_change(first, report)}.", todo)
                break


def runs_take_half_of_the_limit_at_most(exercise: Exercise, judged: Judged) -> Iterator[Problem]:
    """An accepted solution leaves room for slower ones and busier machines. What counts is the
    fastest run: the others may have waited for the machine."""
    limit = exercise.metadata.limits.seconds
    for what, reports in _of(judged, ACCEPTED):
        passed = [report for _, report in reports if report.verdict is Verdict.PASSED]
        taken = min((report.phases.get("tests", 0.0) for report in passed), default=0.0)
        if taken > limit / 2:
            said = f"{what} takes {taken:.1f} s, over half of the limit of {limit:g} s."
            todo = "Make the tests faster, or raise limits.seconds."
            yield Problem(SETTINGS, said, todo)


def _wrong(
    exercise: Exercise, what: str, meant: WrongSolution, report: Report
) -> Iterator[Problem]:
    if report.verdict is not meant.verdict:
        said, todo = explained(exercise, report)
        judged = f"It is judged {report.verdict}, not {meant.verdict}."
        yield Problem(what, f"{judged} {said}", todo or _TODO_FAILS)
        return
    failed, wanted = set(failed_tests(report)), set(meant.fails)
    if unexpected := sorted(failed - wanted):
        yield Problem(what, f"It also fails {', '.join(unexpected)}.", _TODO_FAILS)
    if absent := sorted(wanted - failed):
        yield Problem(what, f"It does not fail {', '.join(absent)}.", _TODO_FAILS)


_TODO_CHANGES: Final = (
    "A test depends on another one, on chance or on time: have each arrange all that it needs."
)
_TODO_BUSY: Final = "Try again when this machine is less busy, and see whether a test can hang."
_TODO_FAILS: Final = "Mend the tests or the solution, or what its table in exercise.toml says."


def _change(first: Report, report: Report) -> str:
    """The tests that came out otherwise, or what was said of the run."""
    tests = set(failed_tests(first)) ^ set(failed_tests(report))
    return ", ".join(sorted(tests)) or report.message.rstrip(".")


def _of(judged: Judged, kind: str) -> Iterator[tuple[str, Sequence[tuple[Run, Report]]]]:
    return ((what, reports) for what, reports in judged.items() if what.startswith(kind))


RULES: Final[tuple[Callable[[Exercise, Judged], Iterator[Problem]], ...]] = (
    accepted_solutions_pass,
    the_starter_leaves_work,
    wrong_solutions_fail_as_they_say,
    nothing_passes_by_itself,
    verdicts_do_not_change,
    runs_take_half_of_the_limit_at_most,
)
