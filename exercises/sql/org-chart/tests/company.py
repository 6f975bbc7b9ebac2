"""A company whose staff is kept twice: in the database, and here to tell what to expect."""

import random

from psycopg.sql import SQL, Literal

TABLES = """
CREATE TABLE employees (
    id         integer PRIMARY KEY,
    name       text NOT NULL,
    manager_id integer REFERENCES employees
);
"""
NAMES = tuple(
    "Ada Alma Amir Anna Ben Bela Chen Cleo Dora Dwayne Emre Esther Fatou Finn Goran Greta Hana Hugo"
    " Igor Ines Jin Jonas Karim Kofi Lena Luis Maja Mina Nils Noor Olga Omar Pavel Petra Quentin"
    " Ravi Rosa Samir Sofia Tariq Tove Ulla Umar Vera Viktor Wanda Xenia Yara Yusuf Zoe".split()
)


class Company:
    """A company with no people yet. Those who are hired later have higher ids."""

    def __init__(self, database):
        self._database = database
        self._names = {}
        self._managers = {}
        self._new_ids = iter(sorted(random.sample(range(1, 10_000), 100)))
        self._new_names = iter(random.sample(NAMES, len(NAMES)))

    def hire(self, manager=None, name=None):
        """Add somebody, of a name that nobody else has unless it is given, and return the id."""
        new = next(self._new_ids)
        self._names[new] = name or next(self._new_names)
        self._managers[new] = manager
        return new

    def chain(self, length, manager=None):
        """Add people who each report to the one before, the first one to `manager`."""
        people = []
        for _ in range(length):
            manager = self.hire(manager)
            people.append(manager)
        return people

    def circle(self, length):
        """Add people who each report to the one before, the first one to the last."""
        people = self.chain(length)
        self._managers[people[0]] = people[-1]
        return people

    def save(self):
        """Write everybody to the database, in no order at all."""
        self._database.execute(TABLES)
        rows = [(one, name, self._managers[one]) for one, name in self._names.items()]
        random.shuffle(rows)
        tuples = (SQL("({})").format(SQL(", ").join(map(Literal, row))) for row in rows)
        insert = SQL("INSERT INTO employees VALUES {}").format(SQL(", ").join(tuples))
        self._database.execute(insert)
        self._database.commit()

    def chart(self):
        """Return the rows that the query must answer with, in their order."""
        charted = [one for head in self._reports(None) for one in self._with_all_below(head)]
        lost = sorted(self._names.keys() - set(charted))
        return [self._row(one, one in charted) for one in charted + lost]

    def _row(self, one, charted):
        above = self._above(one)
        names = [self._names[person] for person in [*reversed(above), one]]
        below = sum(one in self._above(other) for other in self._names if other != one)
        place = (len(above), " > ".join(names)) if charted else (None, None)
        return (one, self._names[one], *place, below)

    def _above(self, one):
        """Return everybody above somebody, the nearest first; in a circle each of them once."""
        above = []
        manager = self._managers[one]
        while manager is not None and manager not in above:
            above.append(manager)
            manager = self._managers[manager]
        return above

    def _reports(self, manager):
        found = [one for one, other in self._managers.items() if other == manager]
        return sorted(found, key=lambda one: (self._names[one], one))

    def _with_all_below(self, one):
        yield one
        for report in self._reports(one):
            yield from self._with_all_below(report)
