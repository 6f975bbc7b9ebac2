"""What the tests share: a depot with some rows or with very many, and honest plans."""

import random
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice

from psycopg import Cursor, IntegrityError
from psycopg.sql import SQL, Literal

IDS = iter(random.sample(range(10_000, 100_000), 2_000))
PARCEL = 4711
DAY = datetime(2025, 3, 1)
MINUTE = timedelta(minutes=1)
STATUSES = ("waiting", "travelling", "delivered")

MANY_PARCELS = """
INSERT INTO parcels
SELECT n, 'Recipient ' || n,
    CASE WHEN n % 100 = 50 THEN 'waiting' WHEN n % 3 = 0 THEN 'travelling' ELSE 'delivered' END,
    timestamp '2025-01-01' + n * 7919 % {count} * interval '1 minute'
FROM generate_series(1, {count}) AS n;
ANALYZE parcels
"""
MANY_SCANS = """
INSERT INTO scans
SELECT n, 4501 + n % 490, 'Place ' || n % 20, timestamp '2025-01-15' + n * interval '7 minutes'
FROM generate_series(1, 20000) AS n;
ANALYZE scans
"""
USUAL_PLANNER = """
SELECT set_config(name, boot_val, true) FROM pg_settings
WHERE category LIKE 'Query Tuning%' AND name <> 'jit'
"""


def begin(database):
    """Have empty tables, and the planner as it usually is.

    What earlier tests have put in was rolled back, but still takes room in the files of the tables,
    and so counts in plans. TRUNCATE begins new files.
    """
    Cursor(database).execute(f"{USUAL_PLANNER}; TRUNCATE parcels, scans")


def fill(database, parcels=5000, *, scans=True):
    """Put in so many parcels and, for 490 of them, 20,000 scans, and have them analysed."""
    begin(database)
    database.execute(MANY_PARCELS.format(count=parcels))
    if scans:
        database.execute(MANY_SCANS)


def kinds(plan):
    """Return the types of a plan's nodes."""
    return {node["Node Type"] for node in plan.nodes}


def found_by(plan, column):
    """Whether an index finds rows by a condition on this column."""
    return any(column in str(node.get("Index Cond", "")) for node in plan.nodes)


def some_ids(count):
    """Return so many new ids in no order; parcel 4711 is not among them."""
    return list(islice(IDS, count))


def add_parcels(database, ids, status=None, handed_in=None):
    """Add parcels, random in what is not given, and return their rows: id, recipient, handed_in."""
    rows = [
        (
            number,
            f"Recipient {random.randrange(1_000)}",
            status or random.choice(STATUSES),
            handed_in or DAY + random.randrange(100_000) * MINUTE,
        )
        for number in ids
    ]
    _insert(database, "parcels", rows)
    return [(number, recipient, at) for number, recipient, _, at in rows]


def add_scans(database, parcel, times, place=None):
    """Add a scan of a parcel at each of the times, and return the rows: id, place, scanned_at."""
    rows = [
        (number, parcel, place or f"Place {random.randrange(100)}", at)
        for number, at in zip(some_ids(len(times)), times, strict=True)
    ]
    _insert(database, "scans", rows)
    return [(number, where, at) for number, _, where, at in rows]


@contextmanager
def refused(database, what):
    """Expect that a constraint, deferred or not, refuses what is done inside."""
    try:
        with database.transaction():
            yield
            Cursor(database).execute("SET CONSTRAINTS ALL IMMEDIATE")  # not recorded: it is ours
    except IntegrityError:
        return
    raise AssertionError(f"The tables accepted {what}. They must refuse that as before.")


def _insert(database, table, rows):
    """Insert rows in a statement that a learner can read and repeat."""
    tuples = (SQL("({})").format(SQL(", ").join(map(Literal, row))) for row in rows)
    database.execute(SQL("INSERT INTO {} VALUES {}").format(SQL(table), SQL(", ").join(tuples)))
