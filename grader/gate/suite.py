"""Rules on the tests that pytest has found. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from grader.exercise import Exercise
from grader.gate.problem import Problem
from grader.gate.views import SETTINGS, test_line
from grader.verdict import Test


def there_are_tests(exercise: Exercise) -> Iterator[Problem]:
    """pytest finds tests, and learners see at least one of them."""
    if not exercise.tests:
        what = "tests/ holds no test that pytest finds."
        yield Problem("tests/", what, "Tests are functions `test_*` in files `test_*.py`.")
    elif not any(test.visible for test in exercise.tests):
        todo = "Mark one, so that learners see what a test asks for."
        yield Problem("tests/", "No test is marked `visible`.", todo)


def tests_have_titles(exercise: Exercise) -> Iterator[Problem]:
    """Each test says in its docstring what it asks for."""
    for test in exercise.tests:
        if not test.title:
            what = f"{test.id} has no docstring."
            todo = "Write one; its first line is the title that learners read."
            yield _in_test(exercise, test, what, todo)


def tests_are_worth_something(exercise: Exercise) -> Iterator[Problem]:
    """Each test is worth a point or more."""
    for test in exercise.tests:
        if test.points < 1:
            what = f"{test.id} is worth {test.points} points."
            yield _in_test(exercise, test, what, "Give it one or more.")


def points_add_up(exercise: Exercise) -> Iterator[Problem]:
    """All tests together are worth what exercise.toml says, where it says so."""
    said = exercise.metadata.points
    if said is not None and said != exercise.max_points:
        what = f"`points` is {said}, but the tests are worth {exercise.max_points} together."
        yield Problem(SETTINGS, what, "Change `points`, or what a test is worth.")


def wrong_solutions_fail_tests_that_exist(exercise: Exercise) -> Iterator[Problem]:
    """What exercise.toml says that a wrong solution fails is a test."""
    known = {test.id for test in exercise.tests}
    for name, wrong in exercise.metadata.wrong.items():
        for unknown in sorted(set(wrong.fails) - known):
            what = f"[wrong.{name}] names {unknown}, and there is no such test."
            yield Problem(SETTINGS, what, "Name tests as pytest does: FILE::FUNCTION.")


def _in_test(exercise: Exercise, test: Test, what: str, todo: str) -> Problem:
    file = f"tests/{test.id.partition('::')[0]}"
    return Problem(file, what, todo, test_line(exercise, test.id))


RULES: Final[tuple[Callable[[Exercise], Iterator[Problem]], ...]] = (
    there_are_tests,
    tests_have_titles,
    tests_are_worth_something,
    points_add_up,
    wrong_solutions_fail_tests_that_exist,
)
