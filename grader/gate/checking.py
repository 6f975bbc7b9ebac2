"""Proves exercises: by rules on what they hold, then by running all of it in real sandboxes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from grader.compiling import Compiler
from grader.exercise import Exercise
from grader.gate.collecting import NotCollected, collect
from grader.gate.contents import RULES as OF_CONTENTS
from grader.gate.judgements import RULES as OF_RUNS
from grader.gate.mutation import Mutation, judged, mutant_runs
from grader.gate.problem import Problem
from grader.gate.progress import Progress, Silent
from grader.gate.runs import Run, first_runs, other_runs
from grader.gate.secrets import RULES as OF_SECRETS
from grader.gate.series import Series
from grader.gate.slots import Slots
from grader.gate.statement import RULES as OF_PAGES
from grader.gate.suite import RULES as OF_TESTS
from grader.gate.views import SETTINGS
from grader.grading import Grader
from grader.verdict import Report, Test, TestResult, Verdict
from sandbox.errors import EngineUnavailable, SandboxError, UnknownEnvironment
from sandbox.pool import Pool

AT_ONCE: Final = (os.cpu_count() or 1) + 1
"""Runs side by side: while one waits for its sandbox the others have the CPUs."""


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate found: the exercise with its list of tests, and what its author must mend."""

    exercise: Exercise
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether the exercise may be shown to learners."""
        return not self.problems


def check(exercise: Exercise, pool: Pool) -> GateResult:
    """Run everything that the exercise holds in real sandboxes, and say what is wrong.

    Raises EngineUnavailable.
    """
    with Slots(AT_ONCE) as slots:
        return Gate(pool, slots).check(exercise)


def look_at_pages(exercise: Exercise) -> tuple[Problem, ...]:
    """Say what is wrong with what learners read, of which no list of tests is a proof."""
    rules = (*OF_PAGES, *OF_SECRETS)
    return tuple(problem for rule in rules for problem in rule(exercise))


class Gate:
    """Checks exercises in the sandboxes of `pool`. Threads may share it.

    What is made side by side are single runs, whichever exercises they belong to.
    """

    def __init__(self, pool: Pool, slots: Slots, progress: Progress | None = None) -> None:
        self._pool = pool
        self._slots = slots
        self._progress = progress or Silent()
        self._compiler = Compiler(pool)

    def check(self, exercise: Exercise) -> GateResult:
        """Say what is wrong with an exercise. Raises EngineUnavailable, and slots.Stopped."""
        lacks = tuple(problem for rule in OF_CONTENTS for problem in rule(exercise))
        if found := (*lacks, *look_at_pages(exercise)):
            return GateResult(exercise, found)
        with Series(self._pool) as series:
            try:
                [tests] = self._slots.map(partial(self._collect, series), [exercise])
            except NotCollected as error:
                return GateResult(exercise, (error.problem,))
            exercise = replace(exercise, tests=tests)
            return GateResult(exercise, tuple(self._proved(exercise, series)))

    def mutate(self, exercise: Exercise) -> Mutation:
        """Say which changes of an exercise that proves itself its tests do not notice.

        Raises as `check` does, and ModuleNotFoundError where the extra `author` is not installed.
        """
        made = mutant_runs(exercise)
        with Series(self._pool) as series:
            reports = self._grade(exercise, [run for _, run in made], series)
        pairs = zip(made, reports, strict=True)
        return judged(exercise, [(mutant, report) for (mutant, _), report in pairs])

    def _grade(self, exercise: Exercise, runs: Sequence[Run], series: Series) -> list[Report]:
        """Return the reports of `runs`, in their order. Raises as `check` does."""
        grader = Grader(series, self._compiler)

        def graded(run: Run) -> Report:
            report = grader.grade(exercise, run.files, _Stopping(self._slots), run.way)
            self._progress.ran(exercise.id)
            return report

        self._progress.planned(exercise.id, len(runs))
        return self._slots.map(graded, runs)

    def _collect(self, series: Series, exercise: Exercise) -> tuple[Test, ...]:
        try:
            collected = collect(exercise, series, _Stopping(self._slots))
        except EngineUnavailable:
            raise
        except UnknownEnvironment as error:
            raise NotCollected(f"{error}.", file=SETTINGS) from None
        except SandboxError as error:
            raise NotCollected(f"{error}.") from None
        self._compiler.keep(exercise, collected.bytecode)
        return collected.tests

    def _proved(self, exercise: Exercise, series: Series) -> Iterator[Problem]:
        """Run what there is. Where a solution that should pass does not, it ends there: all the
        rest would fail as well, and a suite that hangs would do so in each run."""
        for rule in OF_TESTS:
            yield from rule(exercise)
        judged = self._judged(exercise, first_runs(exercise), series)
        reports = [report for made in judged.values() for _, report in made]
        if all(report.verdict is Verdict.PASSED for report in reports):
            others = self._judged(exercise, other_runs(exercise), series)
            for what, made in others.items():
                judged.setdefault(what, []).extend(made)
        for judgement in OF_RUNS:
            yield from judgement(exercise, judged)

    def _judged(
        self, exercise: Exercise, runs: Sequence[Run], series: Series
    ) -> dict[str, list[tuple[Run, Report]]]:
        judged: dict[str, list[tuple[Run, Report]]] = {}
        for run, report in zip(runs, self._grade(exercise, runs, series), strict=True):
            judged.setdefault(run.what, []).append((run, report))
        return judged


class _Stopping:
    """Ends a grading when its slots are stopped."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots

    def phase(self, name: str) -> None:
        self._slots.look()

    def test(self, result: TestResult) -> None:
        self._slots.look()

    def pulse(self) -> None:
        self._slots.look()
