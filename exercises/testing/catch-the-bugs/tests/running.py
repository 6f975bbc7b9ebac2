"""Runs of the learner's tests."""

import random

COMMAND = ("python", "-m", "pytest", "-q", "-p", "no:cacheprovider")
NO_PLUGINS = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}

MEANINGS = {
    None: "they took too long, or wrote too much",
    0: "they passed",
    1: "some failed",
    2: "pytest could not read the file",
    5: "pytest found no test in the file",
}

known = {}
"""Exit codes of pytest by right course, for all tests about its bugs."""


def passes(run, right, traceback="no"):
    """Have the tests run on a right course, shown by pytest, and expect them to pass."""
    code = code_for_right(run, right, traceback=traceback)
    assert code == 0, f"Your tests must pass on this course, which is right: {meaning(code)}."


def catches(run, right, wrong):
    """Expect the tests to pass on a right course, and to fail on the same one with a bug.

    By lot they run on the right one once more, before or after: what a learner's file could count,
    such as the numbers of processes, does not tell which of the two it has.
    """
    code = None
    if known.get(right, 0) == 0:
        again = right not in known or random.random() < 0.5
        for course in random.sample((right, wrong), 2) if again else (wrong,):
            if course is right:
                code_for_right(run, right, shown=False)
            else:
                code = exit_code(run, wrong, shown=False)
    without = known[right]
    assert without == 0, f"Your tests must pass on the course without the bug: {meaning(without)}."
    assert code == 1, f"Some of your tests must fail on the course with the bug: {meaning(code)}."


def code_for_right(run, right, **how):
    known[right] = None  # for as long as the run has no end
    known[right] = exit_code(run, right, **how)
    return known[right]


def exit_code(run, course, traceback="no", shown=True):
    command = (*COMMAND, f"--tb={traceback}", "test_course.py")
    files = {"course.py": course}
    return run(*command, files=files, env=NO_PLUGINS, warm=True, shown=shown).exit_code


def meaning(code):
    return MEANINGS.get(code, f"pytest ended with exit code {code}")
