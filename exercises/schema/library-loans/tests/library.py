"""What the tests share: good rows made at random, and a way to expect a refusal."""

import random
from contextlib import contextmanager
from datetime import date, timedelta

from psycopg import Cursor, DataError, IntegrityError
from psycopg.sql import SQL, Literal

DAY = timedelta(days=1)


def a_book(**changes):
    """Return the values of a good book, with `changes` on top."""
    isbn = f"978{random.randrange(10**10):010}"
    return {"title": f"The Orchard, part {random.randrange(1_000)}", "isbn": isbn} | changes


def a_member(**changes):
    """Return the values of a good member, with `changes` on top."""
    number = random.randrange(10**9)
    return {"name": f"Ada {number}", "email": f"Ada.{number}@example.org"} | changes


def a_day():
    """Return some day of the last years."""
    return date(2024, 1, 1) + random.randrange(365) * DAY


def insert(database, table, values):
    """Insert one row and return the id that the database made for it.

    The values stand in the statement itself, so that learners can repeat what they are shown.
    """
    statement = SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
        SQL(table), _list(map(SQL, values)), _list(map(Literal, values.values()))
    )
    return database.execute(statement).fetchone()[0]


def a_book_and_a_member(database):
    """Insert one good book and one good member, and return their ids."""
    return insert(database, "books", a_book()), insert(database, "members", a_member())


def lend(database, book, member, **dates):
    """Lend a book and return the loan's id; without `dates` it is lent today and open."""
    return insert(database, "loans", {"book_id": book, "member_id": member} | dates)


def count(database, table):
    """Return how many rows the table has."""
    statement = SQL("SELECT count(*) FROM {}").format(SQL(table))
    return database.execute(statement).fetchone()[0]


@contextmanager
def refused(database, what):
    """Expect that a constraint, deferred or not, refuses what is done inside."""
    try:
        with database.transaction():
            yield
            Cursor(database).execute("SET CONSTRAINTS ALL IMMEDIATE")  # not recorded: it is ours
    except (IntegrityError, DataError):
        return
    raise AssertionError(f"The database accepted {what}. A constraint must refuse that.")


def _list(parts):
    return SQL(", ").join(parts)
