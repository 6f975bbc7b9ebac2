"""Courses that do what the statement says: nothing is wrong with them."""

import pytest
from courses import LISTS, NUMBERS, SLICES
from running import passes


@pytest.mark.visible
def test_the_course_of_the_statement_passes(run):
    """Your tests pass on the course of the statement."""
    passes(run, LISTS, traceback="short")


def test_another_right_course_passes(run):
    """Your tests pass on another right course, made differently inside."""
    passes(run, SLICES)


def test_a_third_right_course_passes(run):
    """Your tests pass on a third right course, made differently again."""
    passes(run, NUMBERS)
