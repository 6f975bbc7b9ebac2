"""Tests of Course. Wrong: nothing ever goes wrong in it, and no course is ever full."""

from course import Course


def test_people_come_and_go():
    course = Course(10)
    for name in ("Ada", "Ben", "Cem"):
        assert course.join(name) == "in"
    assert course.members == ["Ada", "Ben", "Cem"]
    assert course.leave("Ben") is None
    assert course.members == ["Ada", "Cem"]
    assert course.waiting == []
