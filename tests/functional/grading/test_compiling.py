"""A suite's bytecode is made once, and the gradings use it."""

from __future__ import annotations

import base64
import time
from typing import Final

from grader.compiling import Bytecode, Compiler
from grader.exercise import Exercise
from grader.grading import Grader
from grader.verdict import Verdict
from sandbox.pool import Pool
from tests.functional.probes import looking, probe

APP: Final = {"app.py": looking("return 'fine'")}

RIGHT: Final = """
def test_sum(client):
    assert 1 + 1 == 2, "sums"
"""

HEAD: Final = 16
"""Bytes of a .pyc before the code (PEP 552): what Python, and the hash or the time and the size."""

WRONG: Final = RIGHT.replace("== 2", "== 3")


def compiled(pool: Pool, exercise: Exercise) -> Bytecode:
    compiler = Compiler(pool)
    compiler.compile(exercise)
    return compiler.bytecode(exercise)


def test_bytecode_is_made_and_a_grading_goes_by_it(pool: Pool) -> None:
    class Swapped(Compiler):
        def bytecode(self, exercise: Exercise) -> Bytecode:
            return {name: base64.b64encode(head + body).decode()}

    [(name, right)] = compiled(pool, probe(RIGHT)).items()
    [wrong] = compiled(pool, probe(WRONG)).values()
    assert name.startswith("__pycache__/test_probe.cpython-313-pytest-")
    head, body = base64.b64decode(right)[:HEAD], base64.b64decode(wrong)[HEAD:]
    report = Grader(pool, Swapped(pool)).grade(probe(RIGHT), APP)
    assert report.verdict is Verdict.FAILED  # so it was the bytecode that ran
    assert "sums" in report.tests[0].message


def test_the_first_grading_has_it_made_for_the_later_ones(pool: Pool) -> None:
    compiler = Compiler(pool)
    grader = Grader(pool, compiler)
    assert grader.grade(probe(RIGHT), APP).verdict is Verdict.PASSED
    deadline = time.monotonic() + 30
    while not compiler.bytecode(probe(RIGHT)):
        assert time.monotonic() < deadline, "no bytecode was made"
        time.sleep(0.05)
    assert grader.grade(probe(RIGHT), APP).verdict is Verdict.PASSED


def test_another_suite_of_the_same_name_and_size_never_meets_it(pool: Pool) -> None:
    compiler = Compiler(pool)
    compiler.compile(probe(RIGHT))
    compiler.compile(probe(WRONG))
    assert compiler.bytecode(probe(RIGHT)) != compiler.bytecode(probe(WRONG))
    assert Grader(pool, compiler).grade(probe(WRONG), APP).verdict is Verdict.FAILED
    assert Grader(pool, compiler).grade(probe(RIGHT), APP).verdict is Verdict.PASSED


def test_a_suite_that_cannot_be_collected_has_none(pool: Pool) -> None:
    exercise = probe("def test_sum(client): pass\nraise RuntimeError\n")
    assert compiled(pool, exercise) == {}
    assert Grader(pool).grade(exercise, APP).verdict is Verdict.JUDGE_ERROR
