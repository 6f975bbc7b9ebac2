"""The gate on fake sandboxes: what an exercise must prove, and what its author is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from grader.exercise import Exercise
from grader.gate import GateResult, check
from grader.verdict import Test
from sandbox.protocol import Frame
from tests.unit.grader.examples import (
    FIRST,
    SECOND,
    TESTS,
    collected,
    end,
    exercise,
    fake_pool,
    metadata,
    told,
)

Judgement = list[Frame]

PASSED: Judgement = [told(FIRST), told(SECOND), end()]
FAILS_SECOND: Judgement = [told(FIRST), told(SECOND, "failed", message="7 == 8"), end()]
FAILS_BOTH: Judgement = [told(FIRST, "failed"), told(SECOND, "failed"), end()]
CRASHES: Judgement = [{"type": "crashed", "message": "SyntaxError"}, end()]
ORDINARY = {"right": PASSED, "starter": FAILS_BOTH, "lazy": FAILS_SECOND}


def checked(
    given: Exercise | None = None, tests: tuple[Test, ...] = TESTS, **judged: Judgement
) -> GateResult:
    """Check an exercise whose solutions, named by their text, are judged as `judged` says."""
    judgements = ORDINARY | judged

    def script(sent: list[Frame]) -> list[Frame]:
        return [collected(tests), *judgements[sent[0]["subject"]["files"]["app.py"]]]

    with fake_pool(script) as (pool, _):
        return check(given or exercise(tests=()), pool)


def problems(given: Exercise | None = None, **judged: Judgement) -> str:
    result = checked(given, TESTS, **judged)
    assert not result.ok
    return "\n".join(result.problems)


def test_a_sound_exercise_proves_itself_and_gets_its_list_of_tests() -> None:
    result = checked()
    assert result.ok, result.problems
    assert result.exercise.tests == TESTS


def test_an_accepted_solution_that_fails_is_told_with_its_message() -> None:
    said = problems(right=FAILS_SECOND)
    assert "solutions/accepted/reference is not accepted. Verdict failed." in said
    assert f"{SECOND}: 7 == 8" in said


def test_a_starter_that_passes_leaves_nothing_to_do() -> None:
    assert problems(starter=PASSED) == "starter/ passes: there is nothing to do."


def test_a_starter_must_run() -> None:
    assert "starter/ does not even run. Verdict crashed. SyntaxError" in problems(starter=CRASHES)


def test_a_wrong_solution_that_passes_is_found() -> None:
    assert "solutions/wrong/lazy is judged passed, not failed." in problems(lazy=PASSED)


def test_a_wrong_solution_that_fails_more_than_it_says_is_found() -> None:
    assert problems(lazy=FAILS_BOTH) == f"solutions/wrong/lazy also fails {FIRST}."


def test_a_wrong_solution_that_fails_another_test_than_it_says_is_found() -> None:
    said = problems(lazy=[told(FIRST, "failed"), told(SECOND), end()])
    assert f"solutions/wrong/lazy also fails {FIRST}." in said
    assert f"solutions/wrong/lazy does not fail {SECOND}." in said


def test_a_wrong_solution_may_be_meant_to_crash() -> None:
    meant = metadata(wrong={"lazy": {"fails": [FIRST], "verdict": "crashed"}})
    crashes = [CRASHES[0], told(FIRST, "error"), end()]
    assert checked(exercise(tests=(), metadata=meant), lazy=crashes).ok
    assert "is judged failed, not crashed" in problems(exercise(tests=(), metadata=meant))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda e: replace(e, suite={}), "tests/ is empty."),
        (lambda e: replace(e, accepted={}), "solutions/accepted/ is empty"),
        (lambda e: replace(e, wrong={}), "solutions/wrong/ is empty"),
        (lambda e: replace(e, statement="No heading."), "README.md does not begin with a heading."),
        (lambda e: replace(e, wrong=e.wrong | {"new": {"app.py": ""}}),
         "solutions/wrong/new has no [wrong.new] in exercise.toml."),
        (lambda e: replace(e, wrong={"new": {"app.py": ""}}),
         "[wrong.lazy] in exercise.toml has no folder solutions/wrong/lazy."),
    ],
)  # fmt: skip
def test_what_a_folder_lacks_is_told_before_anything_runs(
    change: Callable[[Exercise], Exercise], words: str
) -> None:
    with fake_pool(()) as (pool, provider):
        result = check(change(exercise(tests=())), pool)
    assert words in "\n".join(result.problems)
    assert not any(sandbox.sent for sandbox in provider.started)


@pytest.mark.parametrize(
    ("tests", "words"),
    [
        ((), "tests/ holds no test that pytest finds."),
        ((replace(TESTS[0], title=""), TESTS[1]), f"{FIRST} has no docstring"),
        ((replace(TESTS[0], points=0), TESTS[1]), f"{FIRST} is worth 0 points"),
        ((replace(TESTS[0], visible=False), TESTS[1]), "No test is marked `visible`."),
    ],
)
def test_what_the_tests_lack_is_told(tests: tuple[Test, ...], words: str) -> None:
    assert words in "\n".join(checked(tests=tests).problems)


@pytest.mark.parametrize(
    ("frames", "words"),
    [
        ([{"type": "broken", "message": "No module named 'helpers'"}], "No module named 'helpers'"),
        ([end("timeout")], "the run ended as 'timeout' before pytest had found them"),
        ([], "the stream ended"),
    ],
)
def test_tests_that_cannot_be_collected_are_told(frames: list[Frame], words: str) -> None:
    with fake_pool(frames) as (pool, _):
        result = check(exercise(tests=()), pool)
    [problem] = result.problems
    assert problem.startswith("tests/ can't be collected: ")
    assert words in problem


def test_a_suite_that_finds_other_tests_the_second_time_is_told() -> None:
    runs: list[int] = []

    def script(sent: list[Frame]) -> list[Frame]:
        runs.append(1)
        return [collected(TESTS if len(runs) == 1 else TESTS[:1]), *PASSED]

    with fake_pool(script) as (pool, _):
        result = check(exercise(tests=()), pool)
    assert "collected 1 tests, not the 2 that were checked" in "\n".join(result.problems)
