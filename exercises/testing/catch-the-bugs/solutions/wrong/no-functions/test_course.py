"""Tests of Course. Wrong: pytest finds no test in it, and its asserts run while it is read."""

from course import Course

course = Course(2)
assert [course.join(name) for name in ("Ada", "Ben", "Cem", "Dan")] == ["in"] * 2 + ["waiting"] * 2
assert course.members == ["Ada", "Ben"]
course.members.clear()
assert course.leave("Ada") == "Cem"
assert course.leave("Dan") is None
assert course.members == ["Ben", "Cem"]
assert Course(1).members == []
