"""What the mutants of a solution come to."""

from __future__ import annotations

from typing import Any

import pytest

from grader.exercise import Exercise
from grader.gate.mutation import Mutation, judged, mutant_runs
from grader.grading import without_run
from grader.mutants import mutants_of
from grader.verdict import Verdict
from tests.unit.grader.examples import exercise, metadata

PROGRAM = "".join(f"x{n} = {n}\n" for n in range(10))


def given(**changes: Any) -> Exercise:
    accepted = {"other": {"app.py": ""}, "reference": {"app.py": PROGRAM}}
    return exercise(accepted=accepted, metadata=metadata(**changes))


def found(noticed: Verdict, alive: set[int], **changes: Any) -> Mutation:
    """What is told when the changes of the lines `alive` pass and the others end as `noticed`."""
    chosen = given(**changes)
    reports = [
        (mutant, without_run(chosen, Verdict.PASSED if mutant.line in alive else noticed, ""))
        for mutant, _ in mutant_runs(chosen)
    ]
    return judged(chosen, reports)


def test_the_solution_called_reference_is_changed_and_else_the_first() -> None:
    assert len(mutant_runs(given())) == 10
    other = exercise(accepted={"only": {"app.py": "x = 1\n", "data.txt": "1"}})
    [(mutant, run)] = mutant_runs(other)
    assert (mutant.file, run.what) == ("app.py", "solutions/accepted/only")
    assert run.files == {"app.py": "x = 2\n", "data.txt": "1"}
    assert run.way.stop_at_first


@pytest.mark.parametrize("noticed", [Verdict.FAILED, Verdict.CRASHED, Verdict.TIMEOUT])
def test_a_change_is_noticed_whatever_it_ends_as(noticed: Verdict) -> None:
    mutation = found(noticed, alive={4})
    assert mutation.score == 90.0
    assert mutation.problems == ()
    assert "".join(mutation.told()) == (
        "solutions/accepted/reference/app.py:4: no test notices\n"
        "@@ -3,3 +3,3 @@\n x2 = 2\n-x3 = 3\n+x3 = 4\n x4 = 4"
    )


def test_too_many_survivors_are_a_problem() -> None:
    mutation = found(Verdict.FAILED, alive={1, 2})
    assert mutation.score == 80.0
    [problem] = mutation.problems
    assert "The tests notice 80 % of the changes to it, not 90 %." in problem.what


def test_an_equivalent_that_is_named_does_not_count() -> None:
    named = [{"change": " x3 = 4", "reason": "Nobody reads it."}]
    mutation = found(Verdict.FAILED, alive={4, 5}, equivalent=named)
    assert mutation.score == 88.9
    assert [mutant.line for mutant in mutation.survivors] == [5]


def test_an_equivalent_that_the_tests_notice_is_a_problem() -> None:
    named = [{"change": "x3 = 4", "reason": "Nobody reads it."}]
    [problem] = found(Verdict.FAILED, alive=set(), equivalent=named).problems
    assert str(problem).startswith("exercise.toml: [[equivalent]] names `x3 = 4`, which is no")


def test_a_judges_error_is_no_survivor_and_no_success() -> None:
    problems = found(Verdict.JUDGE_ERROR, alive=set()).problems
    assert len(problems) == 10
    assert "could not be judged" in problems[0].what


def test_only_python_and_sql_are_changed() -> None:
    assert list(mutants_of({"a.js": "let x = 1", "b.txt": "1", "c.py": "", "d.sql": ""})) == []
