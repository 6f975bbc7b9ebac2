"""Tests of Course. Wrong: an error is caught, and nobody asks whether there was one."""

from course import Course


def test_joining_and_leaving():
    course = Course(1)
    assert [course.join(name) for name in ("Ada", "Ben", "Cem")] == ["in", "waiting", "waiting"]
    assert course.leave("Ada") == "Ben"
    assert course.members == ["Ben"]
    course.members.clear()
    assert course.members == ["Ben"]
    assert course.leave("Cem") is None
    assert course.join("Dan") == "waiting"
    assert Course(1).members == []


def test_mistakes():
    course = Course(1)
    course.join("Ada")
    course.join("Ben")
    for name in ("", "  ", "Ada", " Ada ", "Ben"):
        try:
            course.join(name)
        except ValueError:
            pass
    try:
        course.leave("Eve")
    except KeyError:
        pass
