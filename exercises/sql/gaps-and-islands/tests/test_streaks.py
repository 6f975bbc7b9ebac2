"""Who came to the pool at least three days in a row."""

import random
from datetime import date

import pytest
from baths import DAY, NAMES, TABLES, Baths, a_day
from sample import sample


@pytest.fixture
def baths(database):
    return Baths(database)


@pytest.mark.visible
def test_the_example_comes_out(sample, query):
    """The example of the statement comes out."""
    expected = [
        (2, "Ben", date(2024, 6, 5), date(2024, 6, 8), 4, 4, 3),
        (1, "Ada", date(2024, 5, 30), date(2024, 6, 1), 3, 4, None),
    ]
    assert query(order="exact") == expected, "The rows must be those of the example, in its order."


@pytest.mark.visible
def test_the_columns_have_their_names(database, query):
    """The columns are id, name, first_day, last_day, days, visits and pause."""
    database.execute(TABLES)
    database.commit()
    columns = ("id", "name", "first_day", "last_day", "days", "visits", "pause")
    assert query().columns == columns, f"The columns must be {', '.join(columns)}."


def test_one_streak_is_found(baths, query):
    """One swimmer who comes every day has one streak."""
    baths.streak(baths.swimmer(), a_day(), random.randint(4, 12))
    baths.save()
    assert query() == baths.streaks(), "The swimmer came every day from the first to the last."


def test_three_days_are_enough(baths, query):
    """A streak of three days is listed, one of two days and a single day are not."""
    baths.swimmer()  # who never comes
    day = a_day()
    for length in (1, 2, 3):
        day = baths.streak(baths.swimmer(), day, length) + random.randint(2, 9) * DAY
    baths.save()
    assert query() == baths.streaks(), "One swimmer came for 1 day, one for 2, and one for 3."


def test_a_swimmer_may_have_many_streaks(baths, query):
    """Each streak of a swimmer is a row of its own."""
    swimmer, day = baths.swimmer(), a_day()
    for length in random.sample(range(4, 10), 4):
        day = baths.streak(swimmer, day, length) + random.randint(2, 30) * DAY
    baths.save()
    assert query() == baths.streaks(), "The swimmer has four streaks, with pauses between them."


def test_one_day_away_ends_a_streak(baths, query):
    """A single day without a visit makes two streaks of one."""
    swimmer = baths.swimmer()
    day = baths.streak(swimmer, a_day(), random.randint(4, 5))
    baths.streak(swimmer, day + DAY, random.randint(6, 8))
    baths.save()
    assert query() == baths.streaks(), "There is one day without a visit, so the pause is 1."


def test_many_visits_on_a_day_are_one_day(baths, query):
    """Several visits on one day count as one day in `days`, and each counts in `visits`."""
    swimmer, first = baths.swimmer(), a_day()
    length = random.randint(4, 7)
    baths.streak(swimmer, first, length)
    for number in (1, *random.sample(range(length), 2)):
        baths.visit(swimmer, first + number * DAY, at=f"12:{random.randint(1, 59):02}")
    baths.save()
    assert query() == baths.streaks(), "The swimmer passed the turnstile more than once on a day."


def test_busy_days_make_no_streak(baths, query):
    """Three visits on two days are no streak."""
    swimmer, day = baths.swimmer(), a_day()
    for at in ("09:00", "12:00", "15:00"):
        baths.visit(swimmer, day, at)
    baths.visit(swimmer, day + DAY)
    other = baths.swimmer()
    baths.streak(other, day, 4)
    baths.save()
    assert query() == baths.streaks(), "One swimmer came on two days, the other one on four."


def test_swimmers_stay_apart(baths, query):
    """Days of two swimmers never make one streak, and may overlap."""
    one, other, day = baths.swimmer(), baths.swimmer(), a_day()
    after = baths.streak(other, baths.streak(one, day, 2), 2)  # four days, two for each
    later = after + random.randint(10, 40) * DAY
    baths.streak(one, later, 5)
    baths.streak(other, later - 3 * DAY, 6)
    baths.save()
    assert query() == baths.streaks(), "Each swimmer's days count for that swimmer alone."


def test_swimmers_of_one_name_stay_apart(baths, query):
    """Two swimmers of the same name are two swimmers."""
    name, day = random.choice(NAMES), a_day()
    for length in random.sample(range(4, 10), 2):
        baths.streak(baths.swimmer(name), day, length)
    baths.save()
    assert query() == baths.streaks(), f"There are two swimmers called {name}."


def test_a_streak_goes_over_the_end_of_a_month(baths, query):
    """Streaks go on from one month or year to the next, in leap years too."""
    for first in (date(2023, 1, 30), date(2023, 2, 27), date(2024, 2, 28), date(2022, 12, 30)):
        baths.streak(baths.swimmer(), first, random.randint(4, 6))
    swimmer = baths.swimmer()
    baths.streak(swimmer, date(2024, 2, 25), 4)
    baths.streak(swimmer, date(2024, 3, 1), 4)
    baths.save()
    assert query() == baths.streaks(), "29 February is a day in 2024, and is none in 2023."


def test_days_count_and_not_hours(baths, query):
    """A day is a day of the calendar, however many hours lie between two visits."""
    early_and_late, late_and_early, day = baths.swimmer(), baths.swimmer(), a_day()
    for number, at in enumerate(("00:00", "23:59", "00:00", "23:59")):
        baths.visit(early_and_late, day + number * DAY, at)
    for number, at in ((0, "12:00"), (1, "23:59"), (3, "00:00"), (4, "12:00")):
        baths.visit(late_and_early, day + number * DAY, at)
    baths.save()
    assert query() == baths.streaks(), "Only who came on each of three days has a streak."


@pytest.mark.points(2)
def test_the_pause_is_counted_from_the_last_visit(baths, query):
    """`pause` goes back to the visit before the streak, even to one that is in no streak."""
    swimmer, day = baths.swimmer(), a_day()
    day = baths.streak(swimmer, day, 4) + random.randint(3, 9) * DAY
    day = baths.streak(swimmer, day, random.randint(1, 2)) + random.randint(3, 9) * DAY
    baths.streak(swimmer, day, 4)
    baths.save()
    assert query() == baths.streaks(), "The swimmer came for a day or two between two streaks."


def test_a_short_visit_comes_before_the_first_streak(baths, query):
    """The first streak has a pause, too, where the swimmer had been there before."""
    swimmer, day = baths.swimmer(), a_day()
    day = baths.streak(swimmer, day, 1) + random.randint(10, 99) * DAY
    baths.streak(swimmer, day, random.randint(4, 6))
    baths.save()
    assert query() == baths.streaks(), "The swimmer came for one day, long before the streak."


def test_nothing_comes_before_the_first_visit(baths, query):
    """`pause` is NULL for a streak that begins with the swimmer's first visit."""
    first = a_day()
    for start in (first, first + 30 * DAY):
        baths.streak(baths.swimmer(), start, random.randint(4, 6))
    baths.save()
    assert query() == baths.streaks(), "Neither swimmer had been at the pool before the streak."


def test_the_longest_streak_comes_first(baths, query):
    """The rows are sorted by length, the longest first."""
    day = a_day()
    for length in sorted(random.sample(range(4, 12), 4)):
        baths.streak(baths.swimmer(), day, length)
        day += random.randint(1, 20) * DAY
    baths.save()
    assert query(order="exact") == baths.streaks(), "The longest streak must come first."


def test_streaks_of_one_length_go_by_day_and_id(baths, query):
    """Streaks of the same length are sorted by first day, those of the same day by id."""
    early = a_day()
    for number in range(30):
        baths.streak(baths.swimmer(), early + number * 7 % 3 * DAY, 4)
    baths.save()
    assert query(order="exact") == baths.streaks(), "All streaks have 4 days: sort by day, then id."
