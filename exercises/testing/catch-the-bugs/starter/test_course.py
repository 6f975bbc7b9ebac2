"""Tests of Course, for pytest."""

from course import Course


def test_the_first_one_gets_a_place():
    course = Course(3)
    assert course.join("Ada") == "in"
    assert course.members == ["Ada"]


# TODO: what else does the statement promise? One test for each promise.
