"""Tests of Course. Wrong: it fails whatever the course does."""

import pytest
from course import Course


def full_course(*waiting):
    """Return a course of two places with Ada and Ben in, and others waiting."""
    course = Course(2)
    for name in ("Ada", "Ben", *waiting):
        course.join(name)
    return course


def test_the_places_are_given_out_and_then_people_wait():
    course = Course(2)
    assert [course.join(name) for name in ("Ada", "Ben", "Cem", "Dan")] == [
        "in",
        "in",
        "waiting",
        "waiting",
    ]
    assert course.members == ["Ada", "Ben"]
    assert course.waiting == ["Cem", "Dan"]


def test_a_course_needs_a_place():
    with pytest.raises(ValueError):
        Course(0)


def test_who_waits_longest_moves_up():
    course = full_course("Cem", "Dan")
    assert course.leave("Ada") == "Cem"
    assert course.members == ["Ben", "Cem"]
    assert course.waiting == ["Dan"]


def test_nobody_moves_up_when_nobody_waits():
    course = full_course()
    assert course.leave("Ben") is None
    assert course.join("Eve") == "waiting"


def test_who_waits_may_leave():
    course = full_course("Cem", "Dan")
    assert course.leave("Cem") is None
    assert course.waiting == ["Dan"]
    assert course.join("Eve") == "waiting"
    assert course.members == ["Ada", "Ben"]


@pytest.mark.parametrize("name", ["", "  ", "Ada", " Ada ", "Cem", " Cem"])
def test_bad_names_are_refused(name):
    course = full_course("Cem")
    with pytest.raises(ValueError):
        course.join(name)
    assert course.waiting == ["Cem"]


def test_strangers_cannot_leave():
    course = full_course()
    with pytest.raises(KeyError):
        course.leave("Eve")


def test_spaces_around_a_name_do_not_count():
    course = full_course()
    course.leave(" Ada ")
    course.join("  Eve ")
    assert course.members == ["Ben", "Eve"]


def test_the_lists_are_copies():
    course = full_course("Cem")
    course.members.clear()
    course.waiting.clear()
    assert course.members + course.waiting == ["Ada", "Ben", "Cem"]


def test_courses_are_apart():
    full_course("Cem")
    assert Course(1).members == []
