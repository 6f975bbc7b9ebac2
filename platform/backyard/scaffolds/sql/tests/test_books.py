"""Each test asks for one thing, arranges all that it needs, and says in its first line what it asks for."""

import random

import pytest

TABLES = """
CREATE TABLE authors (
    id   integer PRIMARY KEY,
    name text NOT NULL UNIQUE
);
CREATE TABLE books (
    id        integer PRIMARY KEY,
    author_id integer NOT NULL REFERENCES authors,
    is_in     boolean NOT NULL
);
"""


@pytest.fixture
def library(database):
    """Return a function that fills the tables from lists of `is_in`, by author."""

    def fill(**books):
        database.execute(TABLES)
        ids = iter(random.sample(range(1, 1000), 100))
        for name, shelf in books.items():
            author = next(ids)
            database.execute("INSERT INTO authors VALUES (%s, %s)", (author, name))
            for is_in in shelf:
                database.execute(
                    "INSERT INTO books VALUES (%s, %s, %s)", (next(ids), author, is_in)
                )

    return fill


@pytest.mark.visible  # Learners see this test and may run it. Decide: which ones help to begin?
def test_the_example_comes_out(library, query):
    """The example of the statement comes out."""
    library(Ada=[True], Ben=[])
    assert query() == [("Ada", 1), ("Ben", 0)], "The rows must be those of the example."


def test_the_columns_have_their_names(library, query):
    """The columns are name and books."""
    library(Ada=[True])
    assert query().columns == ("name", "books"), "The columns must be name and books."
    assert query() == [("Ada", 1)], "Ada has one book that is in."


@pytest.mark.points(2)  # Decide: what is it worth? One point without the mark.
def test_only_books_that_are_in_count(library, query):
    """Books that are out do not count."""
    library(Ada=[True, False, True], Ben=[False, True])
    assert query() == [("Ada", 2), ("Ben", 1)], "Only books that are in count."


def test_authors_without_books_take_part(library, query):
    """Authors without a book are listed with 0."""
    library(Ada=[True, True], Ben=[], Chen=[])
    assert query() == [("Ada", 2), ("Ben", 0), ("Chen", 0)], "Ben and Chen have 0 books."
