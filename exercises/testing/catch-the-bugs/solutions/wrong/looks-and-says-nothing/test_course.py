"""Tests of Course. Wrong: it prints where it should assert."""

from course import Course


def test_joining():
    course = Course(2)
    for name in ("Ada", "Ben", "Cem", "Dan"):
        print(name, course.join(name))
    print(course.members, course.waiting)


def test_leaving():
    course = Course(1)
    for name in ("Ada", "Ben", "Cem"):
        course.join(name)
    print(course.leave("Cem"), course.leave("Ada"), course.members, course.waiting)


def test_errors():
    course = Course(1)
    course.join("Ada")
    for wrong in (lambda: course.join(" Ada "), lambda: course.leave("Eve"), lambda: Course(0)):
        try:
            wrong()
        except (ValueError, KeyError) as error:
            print(error)
