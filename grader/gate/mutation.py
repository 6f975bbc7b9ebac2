"""Whether the tests notice when an accepted solution is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from grader.exercise import Exercise
from grader.frames import Way
from grader.gate.problem import Problem
from grader.gate.runs import ACCEPTED, Run
from grader.gate.views import SETTINGS
from grader.mutants import Mutant, mutants_of
from grader.verdict import Report, Verdict

LEAST: Final = 90.0
"""Per cent of the changes that the tests have to notice."""

REFERENCE: Final = "reference"
"""The accepted solution that is changed; where there is none of this name, the first."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """What came of the mutants of `solution`. Those in `survivors` no test has noticed, nor has
    their author named them as equivalent; `equivalent` of `count` are so named."""

    solution: str
    count: int
    survivors: tuple[Mutant, ...]
    equivalent: int
    problems: tuple[Problem, ...]

    @property
    def score(self) -> float:
        """Per cent of the changes that matter which the tests notice."""
        matter = self.count - self.equivalent
        return round(100 * (matter - len(self.survivors)) / matter, 1) if matter else 100.0

    def told(self) -> Iterator[str]:
        """Yield each survivor: its place and its diff."""
        for mutant in self.survivors:
            yield f"{self.solution}/{mutant.file}:{mutant.line}: no test notices\n{mutant.diff}"


def solution_to_change(exercise: Exercise) -> str:
    """Return the name of the accepted solution that mutants are made of."""
    return REFERENCE if REFERENCE in exercise.accepted else next(iter(exercise.accepted))


def mutant_runs(exercise: Exercise) -> list[tuple[Mutant, Run]]:
    """Return every mutant with the run that tries it, which ends with the first test to notice."""
    name = solution_to_change(exercise)
    files = exercise.accepted[name]
    way = Way(stop_at_first=True)
    return [
        (mutant, Run(f"{ACCEPTED}{name}", {**files, mutant.file: mutant.text}, way))
        for mutant in mutants_of(files)
    ]


def judged(exercise: Exercise, reports: Sequence[tuple[Mutant, Report]]) -> Mutation:
    """Return what the mutants' reports come to. Pure."""
    alive = [mutant for mutant, report in reports if report.verdict is Verdict.PASSED]
    named = {equivalent.change.strip() for equivalent in exercise.metadata.equivalent}
    survivors = tuple(mutant for mutant in alive if mutant.change not in named)
    where = f"{ACCEPTED}{solution_to_change(exercise)}"
    found = Mutation(where, len(reports), survivors, len(alive) - len(survivors), ())
    problems = (*_unjudged(where, reports), *_low(found), *_unmatched(exercise, alive))
    return replace(found, problems=problems)


def _low(found: Mutation) -> Iterator[Problem]:
    if found.score < LEAST:
        what = f"The tests notice {found.score:g} % of the changes to it, not {LEAST:g} %."
        todo = "Add tests for the survivors, or name them under [[equivalent]] with a reason."
        yield Problem(found.solution, what, todo)


def _unmatched(exercise: Exercise, alive: Sequence[Mutant]) -> Iterator[Problem]:
    changes = {mutant.change for mutant in alive}
    for equivalent in exercise.metadata.equivalent:
        if equivalent.change.strip() not in changes:
            what = f"[[equivalent]] names `{equivalent.change}`, which is no change that survives."
            yield Problem(SETTINGS, what, "Write the line as it is printed, or take it out.")


def _unjudged(where: str, reports: Sequence[tuple[Mutant, Report]]) -> Iterator[Problem]:
    for mutant, report in reports:
        if report.verdict is Verdict.JUDGE_ERROR:
            what = f"A change in line {mutant.line} could not be judged: {report.message}."
            yield Problem(f"{where}/{mutant.file}", what, "Try again.", mutant.line)
