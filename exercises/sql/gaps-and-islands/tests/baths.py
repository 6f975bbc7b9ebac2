"""A pool whose visits are kept twice: in the database, and here to tell what to expect."""

import random
from collections import defaultdict
from datetime import date, datetime, time, timedelta

from psycopg.sql import SQL, Literal

TABLES = """
CREATE TABLE swimmers (
    id   integer PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE visits (
    id         integer PRIMARY KEY,
    swimmer_id integer NOT NULL REFERENCES swimmers,
    visited_at timestamp NOT NULL
);
"""
DAY = timedelta(days=1)
FIRST_NAMES = ("Ada", "Ben", "Chen", "Dora", "Emre", "Fatou", "Goran", "Hana", "Igor", "Jin")
NAMES = tuple(f"{name} {initial}." for name in FIRST_NAMES for initial in "ABCDE")


def a_day():
    """Return some day of the last years."""
    return date(2021, 1, 1) + random.randrange(1_000) * DAY


class Baths:
    """A pool with no swimmers yet. Those who come later have higher ids."""

    def __init__(self, database):
        self._database = database
        self._swimmers = {}
        self._moments = defaultdict(list)
        self._new_ids = iter(sorted(random.sample(range(1, 10_000), 100)))
        self._new_names = iter(random.sample(NAMES, len(NAMES)))

    def swimmer(self, name=None):
        """Add a swimmer, of a name that nobody else has unless it is given, and return the id."""
        new = next(self._new_ids)
        self._swimmers[new] = name or next(self._new_names)
        return new

    def visit(self, swimmer, day, at="12:00"):
        """Have the swimmer visit the pool on this day at this time."""
        self._moments[swimmer].append(datetime.combine(day, time.fromisoformat(at)))

    def streak(self, swimmer, first, length):
        """Have the swimmer visit once a day, and return the day after the last one."""
        for number in range(length):
            self.visit(swimmer, first + number * DAY)
        return first + length * DAY

    def save(self):
        """Write everything to the database, the visits in no order at all."""
        moments = [(one, moment) for one, moments in self._moments.items() for moment in moments]
        random.shuffle(moments)
        self._database.execute(TABLES)
        self._insert("swimmers", self._swimmers.items())
        self._insert("visits", [(number, *row) for number, row in enumerate(moments, start=1)])
        self._database.commit()

    def streaks(self):
        """Return the rows that the query must answer with, in their order."""
        rows = [row for swimmer in self._moments for row in self._streaks_of(swimmer)]
        return sorted(rows, key=lambda row: (-row[4], row[2], row[0]))

    def _streaks_of(self, swimmer):
        visited = [moment.date() for moment in self._moments[swimmer]]
        days = sorted(set(visited))
        for first in days:
            if first - DAY in days:
                continue
            last = next(day for day in days if day >= first and day + DAY not in days)
            length = (last - first).days + 1
            visits = sum(first <= day <= last for day in visited)
            before = [day for day in days if day < first]
            pause = (first - before[-1]).days - 1 if before else None
            if length >= 3:
                yield swimmer, self._swimmers[swimmer], first, last, length, visits, pause

    def _insert(self, table, rows):
        tuples = (SQL("({})").format(SQL(", ").join(map(Literal, row))) for row in rows)
        insert = SQL("INSERT INTO {} VALUES {}").format(SQL(table), SQL(", ").join(tuples))
        self._database.execute(insert)
