"""Runs of the learner's tests."""

import random

PYTEST = ("-q", "-p", "no:cacheprovider", "test_course.py")

QUIETLY = f"""
import os
import sys

import pytest

sys.dont_write_bytecode = True  # the next course.py may be of the same size and second
nowhere = os.open(os.devnull, os.O_WRONLY)
for stream in (1, 2):
    os.dup2(nowhere, stream)
sys.exit(pytest.main({list(PYTEST)}))
"""
"""Runs pytest so that nothing which a test prints, such as the course's source, can be seen."""

MEANINGS = {
    0: "they passed",
    1: "some failed",
    2: "pytest could not read the file",
    5: "pytest found no test in the file",
}


def passes(run, course, traceback):
    """Have the tests run on a right implementation, shown by pytest, and expect them to pass."""
    command = ("python", "-m", "pytest", f"--tb={traceback}", *PYTEST)
    code = run(*command, files={"course.py": course}, warm=True).exit_code
    assert code == 0, f"Your tests must pass on this course, which is right: {meaning(code)}."


def catches(run, right, wrong):
    """Have the tests run on a right course and on one with a bug, in an order drawn by lot, and
    expect them to pass on the first and to fail on the second."""
    codes = {}
    for course in random.sample((right, wrong), 2):
        files = {"course.py": course, "quietly.py": QUIETLY}
        codes[course] = run("python", "quietly.py", files=files, warm=True).exit_code
    told = f"without the bug {meaning(codes[right])}, with it {meaning(codes[wrong])}"
    assert codes == {right: 0, wrong: 1}, f"Some of your tests must fail for the bug alone: {told}."


def meaning(code):
    return MEANINGS.get(code, f"pytest ended with exit code {code}")
