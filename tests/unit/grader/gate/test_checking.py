"""The gate on fake sandboxes: what an exercise must prove, and what its author is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from grader.exercise import Exercise
from grader.gate import GateResult, Problem, check
from grader.gate.judgements import RULES
from grader.gate.runs import SEEDS, Run
from grader.grading import without_run
from grader.verdict import Test, Verdict
from sandbox.fake import Script
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
ORDINARY = {"right": PASSED, "starter": FAILS_BOTH, "lazy": FAILS_SECOND, "": CRASHES}
BYTECODE: Frame = {"type": "bytecode", "files": {}}


def submitted(sent: list[Frame]) -> str:
    return str(sent[0]["subject"]["files"].get("app.py"))


def scripted(
    tests: tuple[Test, ...] = TESTS, judged: Mapping[str, Judgement] | None = None
) -> Script:
    """Sandboxes that judge a solution, named by its text, as `judged` says."""
    judgements = {**ORDINARY, **(judged or {})}

    def script(sent: list[Frame]) -> list[Frame]:
        if sent[1]["compile"]:
            return [collected(tests), BYTECODE, end()]
        return [collected(tests), *judgements[submitted(sent)]]

    return script


def checked(given: Exercise | None = None, script: Script | None = None) -> GateResult:
    with fake_pool(script or scripted()) as (pool, _):
        return check(given or exercise(tests=()), pool)


def problems(given: Exercise | None = None, **judged: Judgement) -> str:
    result = checked(given, scripted(judged=judged))
    assert not result.ok
    return "\n".join(map(str, result.problems))


def test_a_sound_exercise_proves_itself_and_gets_its_list_of_tests() -> None:
    result = checked()
    assert result.ok, result.problems
    assert result.exercise.tests == TESTS


def test_an_accepted_solution_that_fails_is_told_with_its_message_and_nothing_else_is_run() -> None:
    with fake_pool(scripted(judged={"right": FAILS_SECOND})) as (pool, provider):
        [problem] = check(exercise(tests=()), pool).problems
    assert problem.file == "solutions/accepted/reference"
    assert "It is not accepted. Verdict failed." in problem.what
    assert f"{SECOND}: 7 == 8" in problem.what
    graded = [submitted(sandbox.sent) for sandbox in provider.started if sandbox.sent]
    assert "lazy" not in graded


def test_a_starter_that_passes_leaves_nothing_to_do() -> None:
    assert "starter/: The starter passes: there is nothing to do." in problems(starter=PASSED)


def test_a_starter_must_load() -> None:
    said = problems(starter=CRASHES)
    assert "starter/: The starter does not even load. Verdict crashed. SyntaxError" in said


def test_a_wrong_solution_that_passes_is_found() -> None:
    assert "solutions/wrong/lazy: It is judged passed, not failed." in problems(lazy=PASSED)


def test_a_wrong_solution_that_fails_more_than_it_says_is_found() -> None:
    assert f"solutions/wrong/lazy: It also fails {FIRST}." in problems(lazy=FAILS_BOTH)


def test_a_wrong_solution_that_fails_another_test_than_it_says_is_found() -> None:
    said = problems(lazy=[told(FIRST, "failed"), told(SECOND), end()])
    assert f"solutions/wrong/lazy: It also fails {FIRST}." in said
    assert f"solutions/wrong/lazy: It does not fail {SECOND}." in said


def test_a_wrong_solution_may_be_meant_to_crash() -> None:
    meant = metadata(wrong={"lazy": {"fails": [FIRST], "verdict": "crashed"}})
    crashes = [CRASHES[0], told(FIRST, "error"), end()]
    assert checked(exercise(tests=(), metadata=meant), scripted(judged={"lazy": crashes})).ok
    assert "is judged failed, not crashed" in problems(exercise(tests=(), metadata=meant))


def test_a_wrong_solution_can_only_fail_a_test_that_is_there() -> None:
    meant = metadata(wrong={"lazy": {"fails": [SECOND, "test_it.py::test_thrid"]}})
    said = problems(exercise(tests=(), metadata=meant))
    assert "exercise.toml: [wrong.lazy] names test_it.py::test_thrid" in said


def test_a_test_that_an_empty_submission_passes_is_told_with_its_line() -> None:
    lenient = scripted(judged={"": [told(FIRST), told(SECOND, "failed"), end()]})
    [problem] = checked(script=lenient).problems
    said = str(problem)
    assert f"tests/test_it.py:5: {FIRST} passes although every submitted file is empty." in said


def test_a_verdict_that_depends_on_the_order_of_the_tests_is_told_with_the_order() -> None:
    usual = scripted()

    def by_order(sent: list[Frame]) -> Any:
        shuffled = sent[1]["seed"] == SEEDS[2] and submitted(sent) == "right"
        return [collected(), *FAILS_SECOND] if shuffled else usual(sent)

    [problem] = checked(script=by_order).problems
    assert problem.file == "solutions/accepted/reference"
    assert f"in random order (seed {SEEDS[2]}) failed: {SECOND}." in problem.what
    assert "depends on another one" in problem.todo


@pytest.mark.parametrize(("solution", "runs"), [("right", 5), ("starter", 1), ("lazy", 1)])
def test_accepted_solutions_are_run_in_several_orders(solution: str, runs: int) -> None:
    with fake_pool(scripted()) as (pool, provider):
        check(exercise(tests=()), pool)
    sent = [sandbox.sent for sandbox in provider.started if sandbox.sent]
    seeds = [frames[1]["seed"] for frames in sent if submitted(frames) == solution]
    assert len(seeds) == len(set(seeds)) == runs
    assert seeds.count(None) == 1


def test_a_suite_that_takes_over_half_of_its_limit_in_its_fastest_run_is_told() -> None:
    given = exercise()
    run = Run("solutions/accepted/reference", {})

    def told_of(*seconds: float) -> list[Problem]:
        reports = [
            replace(without_run(given, Verdict.PASSED, ""), phases={"tests": s}) for s in seconds
        ]
        judged = {run.what: [(run, report) for report in reports]}
        return [problem for rule in RULES for problem in rule(given, judged)]

    assert told_of(2.6, 2.4) == []
    [problem] = told_of(2.6, 2.7)
    assert "takes 2.6 s, over half of the limit of 5 s." in problem.what


@pytest.mark.parametrize(
    ("tests", "words"),
    [
        ((), "tests/ holds no test that pytest finds."),
        ((replace(TESTS[0], title=""), TESTS[1]), f"tests/test_it.py:5: {FIRST} has no docstring"),
        ((TESTS[0], replace(TESTS[1], points=0)),
         f"tests/test_it.py:11: {SECOND} is worth 0 points"),
        ((replace(TESTS[0], visible=False), TESTS[1]), "No test is marked `visible`."),
    ],
)  # fmt: skip
def test_what_the_tests_lack_is_told(tests: tuple[Test, ...], words: str) -> None:
    assert words in "\n".join(map(str, checked(script=scripted(tests)).problems))


def test_points_that_do_not_add_up_are_told() -> None:
    assert checked(exercise(tests=(), metadata=metadata(points=4))).ok
    said = problems(exercise(tests=(), metadata=metadata(points=5)))
    assert "exercise.toml: `points` is 5, but the tests are worth 4 together." in said


@pytest.mark.parametrize(
    ("frames", "words"),
    [
        ([{"type": "broken", "message": "No module named 'helpers'"}], "No module named 'helpers'"),
        ([end("timeout")], "It was stopped after 5 s, the exercise's limit."),
        ([end("out_of_memory")], "It took more memory than a sandbox has."),
        ([{"type": "broken", "message": "[Errno -3] Temporary failure in name resolution"}],
         "There is no network in a sandbox."),
        ([], "the stream ended"),
    ],
)  # fmt: skip
def test_tests_that_cannot_be_collected_are_told(frames: list[Frame], words: str) -> None:
    with fake_pool(frames) as (pool, _):
        result = check(exercise(tests=()), pool)
    [problem] = result.problems
    assert problem.what.startswith("tests/ can't be collected: ")
    assert words in problem.what


def test_a_suite_that_finds_other_tests_the_second_time_is_told() -> None:
    runs: list[int] = []

    def script(sent: list[Frame]) -> list[Frame]:
        runs.append(1)
        return [collected(TESTS), BYTECODE, end()] if len(runs) == 1 else [collected(TESTS[:1])]

    [problem] = checked(script=script).problems
    assert "pytest found other tests than a moment before." in problem.what
    assert f"gone are {SECOND}" in problem.what
    assert "Parametrise with lists in a fixed order" in problem.todo


@pytest.mark.parametrize(
    ("judgement", "words"),
    [
        ([end("timeout")], "stopped after 5 s"),
        ([end("out_of_memory")], "what a suite prints is kept in memory"),
        ([end("output_limit")], "printed more than 1 MiB"),
        ([told(FIRST), told(SECOND, "failed", timed_out=True), end()],
         "Tests took longer than they may."),
        ([told(FIRST), told(SECOND, "failed", message="[Errno 101] Network is unreachable"), end()],
         "There is no network in a sandbox."),
    ],
)  # fmt: skip
def test_a_suite_that_hangs_floods_or_wants_the_network_is_its_authors_error(
    judgement: Judgement, words: str
) -> None:
    assert words in problems(right=judgement)
