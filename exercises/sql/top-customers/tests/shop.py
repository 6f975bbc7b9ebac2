"""A shop whose books are kept twice: in the database, and here to tell what to expect."""

import random
from collections import Counter
from decimal import Decimal

from psycopg.sql import SQL, Literal

TABLES = """
CREATE TABLE customers (
    id   integer PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE orders (
    id          integer PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES customers,
    status      text NOT NULL CHECK (status IN ('open', 'paid', 'cancelled'))
);
CREATE TABLE order_lines (
    order_id   integer NOT NULL REFERENCES orders,
    line       integer NOT NULL,
    quantity   integer NOT NULL CHECK (quantity > 0),
    unit_price numeric(10, 2) NOT NULL CHECK (unit_price > 0),
    PRIMARY KEY (order_id, line)
);
"""
FIRST_NAMES = ("Ada", "Ben", "Chen", "Dora", "Emre", "Fatou", "Goran", "Hana", "Igor", "Jin")
NAMES = tuple(f"{name} {initial}." for name in FIRST_NAMES for initial in "ABCDE")


class Shop:
    """A shop with no customers yet. Ids and names are drawn at random, amounts are exact."""

    def __init__(self, database):
        self._database = database
        self._rows = {"customers": [], "orders": [], "order_lines": []}
        self._new_ids = iter(random.sample(range(1, 10_000), 1_000))
        self._new_names = iter(random.sample(NAMES, len(NAMES)))
        self._orders = Counter()
        self._totals = Counter()

    def customer(self, name=None):
        """Add a customer, of a name that nobody else has unless it is given, and return the id."""
        new = next(self._new_ids)
        self._rows["customers"].append((new, name or next(self._new_names)))
        return new

    def order(self, customer, *lines, status="paid"):
        """Add an order of `lines`, each a pair of quantity and unit price (a text)."""
        new = next(self._new_ids)
        lines = [(quantity, Decimal(price)) for quantity, price in lines]
        self._rows["orders"].append((new, customer, status))
        self._rows["order_lines"] += [(new, n, *line) for n, line in enumerate(lines, start=1)]
        if status == "paid":
            self._orders[customer] += 1
            self._totals[customer] += sum(quantity * price for quantity, price in lines)

    def spend(self, customer, amount):
        """Add a paid order of one line over `amount` (a text)."""
        self.order(customer, (1, amount))

    def save(self):
        """Write everything to the database, in statements that a learner can read and repeat."""
        self._database.execute(TABLES)
        for table, rows in self._rows.items():
            self._database.execute(_insert(table, rows))
        self._database.commit()

    def best(self):
        """Return the rows that the query must answer with, sorted by place."""
        rows = ((self._place(one), one, name) for one, name in self._rows["customers"])
        best = sorted(row for row in rows if row[0] <= 3)
        return [(*row, self._orders[row[1]], self._totals[row[1]]) for row in best]

    def _place(self, customer):
        more = (self._totals[one] > self._totals[customer] for one, _ in self._rows["customers"])
        return 1 + sum(more)


def _insert(table, rows):
    tuples = (SQL("({})").format(SQL(", ").join(map(Literal, row))) for row in rows)
    return SQL("INSERT INTO {} VALUES {}").format(SQL(table), SQL(", ").join(tuples))
