"""Rules on what an exercise's folder holds. Pure: they take an exercise and give problems."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Final

from grader.exercise import Exercise
from grader.gate.problem import Problem
from grader.gate.views import SETTINGS, starter
from grader.names import clash

Rule = Callable[[Exercise], Iterator[Problem]]


def has_tests(exercise: Exercise) -> Iterator[Problem]:
    """There are tests."""
    if not exercise.suite:
        yield Problem("tests/", "tests/ is empty.", "Write test_*.py.")


def has_solutions(exercise: Exercise) -> Iterator[Problem]:
    """There are accepted solutions and wrong ones."""
    if not exercise.accepted:
        what = "solutions/accepted/ is empty: nothing shows that the exercise can be solved."
        yield Problem("solutions/accepted/", what, "Write one in a folder of its own.")
    if not exercise.wrong:
        what = "solutions/wrong/ is empty: nothing shows that the tests can fail."
        yield Problem("solutions/wrong/", what, "Write one that makes a likely mistake.")


def wrong_solutions_are_declared(exercise: Exercise) -> Iterator[Problem]:
    """Each folder of a wrong solution has its table in exercise.toml, and the other way round."""
    declared, there = set(exercise.metadata.wrong), set(exercise.wrong)
    for name in sorted(there - declared):
        what = f"solutions/wrong/{name} has no [wrong.{name}]."
        yield Problem(SETTINGS, what, "Add it, with the tests that must fail under `fails`.")
    for name in sorted(declared - there):
        what = f"[wrong.{name}] has no folder solutions/wrong/{name}."
        yield Problem(SETTINGS, what, "Write the solution, or take the table out.")


def starter_can_be_read(exercise: Exercise) -> Iterator[Problem]:
    """A starter in Python can be read by Python."""
    for name, text in starter(exercise).items():
        if not name.endswith(".py"):
            continue
        try:
            ast.parse(text)
        except SyntaxError as error:
            what = f"The starter does not even load: {error.msg}."
            todo = "A learner begins with something that runs; mend it."
            yield Problem(name, what, todo, error.lineno)
        except (ValueError, RecursionError, MemoryError):
            yield Problem(name, "Python can't read this starter.", "Make it simpler.")


def files_can_stand_side_by_side(exercise: Exercise) -> Iterator[Problem]:
    """No two of `files` are in each other's way. What is published already is let be: learners
    can't rename what the exercise gives them."""
    for pair in combinations(exercise.metadata.files, 2):
        if why := clash(*pair):
            yield Problem(SETTINGS, why)


RULES: Final[tuple[Rule, ...]] = (
    has_tests,
    has_solutions,
    wrong_solutions_are_declared,
    starter_can_be_read,
    files_can_stand_side_by_side,
)
