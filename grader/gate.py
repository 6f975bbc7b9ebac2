"""The gate: an exercise proves itself before a learner sees it.

Its accepted solutions score 100 %, its starter does not pass but loads, and each wrong solution
fails the very tests that it is meant to fail.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from grader.exercise import Exercise, WrongSolution
from grader.frames import job_frames
from grader.grading import GRACE_SECONDS, Grader
from grader.verdict import Outcome, Report, Test, Verdict
from sandbox.errors import EngineUnavailable, SandboxError
from sandbox.pool import Pool


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate found: the exercise with its list of tests, and what its author must mend."""

    exercise: Exercise
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether the exercise may be shown to learners."""
        return not self.problems


def check(exercise: Exercise, pool: Pool) -> GateResult:
    """Run everything that the exercise holds in real sandboxes, and say what is wrong."""
    if problems := tuple(_lacks(exercise)):
        return GateResult(exercise, problems)
    try:
        exercise = replace(exercise, tests=collect(exercise, pool))
    except EngineUnavailable:
        raise
    except SandboxError as error:
        return GateResult(exercise, (f"tests/ can't be collected: {error}",))
    problems = (*_bad_tests(exercise), *_bad_solutions(exercise, Grader(pool)))
    return GateResult(exercise, problems)


def collect(exercise: Exercise, pool: Pool) -> tuple[Test, ...]:
    """Return the tests that pytest finds, in its order. Raises SandboxError."""
    files = next(iter(exercise.accepted.values()))
    deadline = time.monotonic() + exercise.metadata.limits.seconds + GRACE_SECONDS
    sandbox = pool.take(exercise.metadata.environment)
    try:
        for frame in job_frames(exercise, files, {}):
            sandbox.send(frame)
        frame = sandbox.receive(deadline)
        if frame["type"] != "collected":
            ended = f"the run ended as {frame.get('reason')!r} before pytest had found them"
            raise SandboxError(str(frame.get("message") or ended))
        return tuple(Test(t["id"], t["title"], t["points"], t["visible"]) for t in frame["tests"])
    except TimeoutError:
        raise SandboxError("collecting the tests took longer than the exercise's limit") from None
    finally:
        pool.discard(sandbox)


def _lacks(exercise: Exercise) -> Iterator[str]:
    if not exercise.suite:
        yield "tests/ is empty."
    if not exercise.accepted:
        yield "solutions/accepted/ is empty: nothing shows that the exercise can be solved."
    if not exercise.wrong:
        yield "solutions/wrong/ is empty: nothing shows that the tests can fail."
    if not exercise.statement.lstrip().startswith("# "):
        yield "README.md does not begin with a heading."
    declared, there = set(exercise.metadata.wrong), set(exercise.wrong)
    for name in sorted(there - declared):
        yield f"solutions/wrong/{name} has no [wrong.{name}] in exercise.toml."
    for name in sorted(declared - there):
        yield f"[wrong.{name}] in exercise.toml has no folder solutions/wrong/{name}."


def _bad_tests(exercise: Exercise) -> Iterator[str]:
    if not exercise.tests:
        yield "tests/ holds no test that pytest finds."
    for test in exercise.tests:
        if not test.title:
            yield f"{test.id} has no docstring; its first line is the title that learners read."
        if test.points < 1:
            yield f"{test.id} is worth {test.points} points; give it one or more."
    if not any(test.visible for test in exercise.tests):
        yield "No test is marked `visible`."


def _bad_solutions(exercise: Exercise, grader: Grader) -> Iterator[str]:
    for name, files in exercise.accepted.items():
        report = grader.grade(exercise, files)
        if report.verdict is not Verdict.PASSED:
            yield f"solutions/accepted/{name} is not accepted. {_told(report)}"
    starter = grader.grade(exercise, exercise.starter)
    if starter.verdict is Verdict.PASSED:
        yield "starter/ passes: there is nothing to do."
    elif starter.verdict is not Verdict.FAILED:
        yield f"starter/ does not even run. {_told(starter)}"
    for name, files in exercise.wrong.items():
        yield from _wrong(name, exercise.metadata.wrong[name], grader.grade(exercise, files))


def _wrong(name: str, meant: WrongSolution, report: Report) -> Iterator[str]:
    where = f"solutions/wrong/{name}"
    if report.verdict is not meant.verdict:
        yield f"{where} is judged {report.verdict}, not {meant.verdict}. {_told(report)}"
        return
    failed, wanted = set(_failed(report)), set(meant.fails)
    if unexpected := sorted(failed - wanted):
        yield f"{where} also fails {', '.join(unexpected)}."
    if absent := sorted(wanted - failed):
        yield f"{where} does not fail {', '.join(absent)}."


def _failed(report: Report) -> Mapping[str, Any]:
    passed = (Outcome.PASSED, Outcome.NOT_RUN)
    return {test.id: test for test in report.tests if test.outcome not in passed}


def _told(report: Report) -> str:
    failed = [f"{test_id}: {test.message}" for test_id, test in _failed(report).items()]
    return "\n    ".join([f"Verdict {report.verdict}. {report.message}".strip(), *failed[:5]])
