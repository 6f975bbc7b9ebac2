"""Three right implementations of `course.py`, and the bugs that are put into them."""

from pathlib import Path

LISTS, SLICES, NUMBERS = (
    Path(__file__).with_name(f"course_by_{means}.py").read_text(encoding="utf-8")
    for means in ("lists", "slices", "numbers")
)


def with_bug(text, right, wrong):
    """Return a right implementation where `right`, which it has once, gives way to `wrong`."""
    assert text.count(right) == 1, f"{right!r} is there {text.count(right)} times"
    return text.replace(right, wrong)
