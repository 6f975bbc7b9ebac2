"""The learner's tests are run with the right module and with wrong ones, each a folder of `variants`."""

from pathlib import Path

import pytest

VARIANTS = Path(__file__).parent / "variants"
PYTEST = ("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_leap.py")
PASSED, FAILED = 0, 1  # pytest's exit codes; 5 says that there were no tests


def exit_code(run, variant):
    """Return what pytest says of the learner's tests, run with a variant of the module."""
    files = {"leap.py": (VARIANTS / variant / "leap.py").read_text()}
    return run(*PYTEST, files=files, warm=True).exit_code


@pytest.mark.visible  # Learners see this test and may run it. Decide: which ones help to begin?
def test_the_right_program_passes(run):
    """Your tests pass with the right program."""
    assert exit_code(run, "right") == PASSED, "Your tests must pass with a program that is right."


def test_a_program_that_always_says_no_is_caught(run):
    """Your tests fail with a program that knows no leap years."""
    assert exit_code(run, "never") == FAILED, "No test of yours fails with a program that is wrong."


@pytest.mark.points(2)  # Decide: what is it worth? One point without the mark.
def test_the_forgotten_centuries_are_caught(run):
    """Your tests fail with a program that takes every fourth year for a leap year."""
    code = exit_code(run, "every-fourth")
    assert code == FAILED, "No test of yours fails with a program that is wrong."
