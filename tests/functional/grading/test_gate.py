"""The gate in real sandboxes: authors' errors that a fake can't have, told in clear sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.exercise import Exercise
from grader.gate import check
from grader.gate.mutation import mutant_runs
from grader.grading import Grader
from grader.verdict import Verdict
from sandbox.pool import Pool
from tests.functional.probes import looking, probe

RIGHT = looking("return 'hello'")
SUITE = '''
import pytest

@pytest.mark.visible
def test_it(client):
    """It greets."""
    {}
    assert client.get("/").text == "hello"
'''


def exercise(suite: str, seconds: float = 60, test_seconds: float = 20) -> Exercise:
    """An exercise that proves itself but for what its suite does."""
    bare = probe("", seconds=seconds, test_seconds=test_seconds)
    wrong = {"rude": {"fails": ["test_probe.py::test_it"]}}
    metadata = bare.metadata.model_validate({**bare.metadata.model_dump(), "wrong": wrong})
    return replace(
        bare,
        metadata=metadata,
        suite={"test_probe.py": suite},
        tests=(),
        starter={"app.py": looking("return 'start here'")},
        accepted={"reference": {"app.py": RIGHT}},
        wrong={"rude": {"app.py": looking("return 'go away'")}},
    )


def problems(pool: Pool, given: Exercise) -> str:
    return "\n".join(map(str, check(given, pool).problems))


def hasty(suite: str) -> Exercise:
    """One that a suite which hangs holds up for seconds only."""
    return exercise(suite, seconds=6, test_seconds=2)


def test_a_sound_exercise_is_accepted(pool: Pool) -> None:
    assert problems(pool, exercise(SUITE.format("pass"))) == ""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("import time; time.sleep(1000)", "Tests took longer than they may."),
        ("import signal; signal.pthread_sigmask(signal.SIG_BLOCK, {14}); any(iter(int, 1))",
         "It was stopped after 6 s, the exercise's limit."),
    ],
)  # fmt: skip
def test_a_test_that_hangs_is_told(pool: Pool, line: str, words: str) -> None:
    said = problems(pool, hasty(SUITE.format(line)))
    assert "solutions/accepted/reference: It is not accepted." in said
    assert words in said


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[print('x' * 1_000_000) for _ in range(3000)]", "what a suite prints is kept in memory"),
        ("import urllib.request as u; u.urlopen('http://example.org/')",
         "There is no network in a sandbox."),
        ("import httpx; httpx.get('http://192.0.2.1/')", "There is no network in a sandbox."),
    ],
)  # fmt: skip
def test_what_a_test_may_not_do_is_told(pool: Pool, line: str, words: str) -> None:
    said = problems(pool, exercise(SUITE.format(line)))
    assert "solutions/accepted/reference: It is not accepted." in said
    assert words in said


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[print('x' * 1_000_000) for _ in range(3000)]", "more memory than a sandbox has."),
        ("import urllib.request as u; u.urlopen('http://example.org/')",
         "There is no network in a sandbox."),
    ],
)  # fmt: skip
def test_what_a_suite_may_not_do_while_it_is_read_is_told(
    pool: Pool, line: str, words: str
) -> None:
    said = problems(pool, exercise(line + SUITE.format("pass")))
    assert said.startswith("tests/: tests/ can't be collected: ")
    assert words in said


def test_a_suite_that_hangs_while_it_is_read_is_told(pool: Pool) -> None:
    said = problems(pool, hasty("import time; time.sleep(1000)" + SUITE.format("pass")))
    assert "can't be collected: It was stopped after 6 s, the exercise's limit." in said


def test_a_suite_whose_ids_change_is_told(pool: Pool) -> None:
    suite = '''
import os, pytest

@pytest.mark.visible
@pytest.mark.parametrize("value", [os.urandom(4).hex()])
def test_it(client, value):
    """It greets."""
    assert client.get("/").text == "hello"
'''
    assert "pytest found other tests than a moment before." in problems(pool, exercise(suite))


def test_tests_that_depend_on_their_order_are_told(pool: Pool) -> None:
    suite = SUITE.format("seen.append(1)").replace("import pytest", "import pytest\nseen = []")
    suite += '''
def test_later(client):
    """It has greeted before."""
    assert client.get("/").text == "hello" and seen
'''
    said = problems(pool, exercise(suite))
    assert "solutions/accepted/reference: It is judged passed at first, and with its" in said
    assert "failed: test_probe.py::test_later." in said


def test_a_mutants_run_ends_with_the_first_test_that_notices(pool: Pool) -> None:
    suite = SUITE.format("pass") + SUITE.format("pass").replace("test_it", "test_later")
    result = check(exercise(suite), pool)
    given = replace(result.exercise, accepted={"reference": {"app.py": RIGHT}})
    assert len(given.tests) == 2
    run = next(run for mutant, run in mutant_runs(given) if "XXhelloXX" in mutant.text)
    report = Grader(pool).grade(given, run.files, way=run.way)
    assert report.verdict is Verdict.FAILED
    assert [test.outcome.value for test in report.tests] == ["failed", "not_run"]
