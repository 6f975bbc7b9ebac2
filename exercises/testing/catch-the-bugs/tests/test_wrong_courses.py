"""Courses with one bug each."""

from courses import LISTS, NUMBERS, SLICES, with_bug
from running import catches


def test_a_wrong_number_of_places_is_caught(run):
    """Your tests catch a course that counts its places wrongly."""
    wrong = with_bug(LISTS, "len(self._members) < self", "len(self._members) <= self")
    catches(run, LISTS, wrong)


def test_courses_that_are_not_apart_are_caught(run):
    """Your tests catch courses that get into each other's way."""
    wrong = with_bug(SLICES, "(self, places):", "(self, places, everybody=[]):")
    catches(run, SLICES, with_bug(wrong, "self.everybody = []", "self.everybody = everybody"))


def test_an_unfair_waiting_list_is_caught(run):
    """Your tests catch a course whose waiting list is unfair."""
    catches(run, LISTS, with_bug(LISTS, "self._waiting.pop(0)", "self._waiting.pop()"))


def test_a_name_that_counts_twice_is_caught(run):
    """Your tests catch a course that takes in somebody it has already."""
    wrong = with_bug(NUMBERS, '("", *self.inside, *self.outside)', '("", *self.inside)')
    catches(run, NUMBERS, wrong)


def test_trouble_on_the_waiting_list_is_caught(run):
    """Your tests catch a course that goes wrong when somebody is tired of waiting."""
    wrong = with_bug(
        NUMBERS,
        "            del self.outside[key]\n            return None\n",
        "            del self.outside[key]\n            self.free += 1\n            return None\n",
    )
    catches(run, NUMBERS, wrong)


def test_a_course_open_to_tampering_is_caught(run):
    """Your tests catch a course that can be changed behind its back."""
    catches(run, LISTS, with_bug(LISTS, "return list(self._members)", "return self._members"))


def test_careless_reading_of_names_is_caught(run):
    """Your tests catch a course that is careless about how a name is written."""
    wrong = with_bug(
        SLICES,
        "        name = name.strip()\n        if name ==",
        "        if name.strip() ==",
    )
    catches(run, SLICES, wrong)


def test_a_mistake_passed_over_in_silence_is_caught(run):
    """Your tests catch a course that passes over a mistake in silence."""
    catches(run, SLICES, with_bug(SLICES, "raise Stranger(name)", "return None"))
