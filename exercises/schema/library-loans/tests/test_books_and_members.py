"""The tables, and the rules of books and of members."""

import pytest
from library import a_book, a_member, insert, refused

TABLES = {
    "books": {"id", "title", "isbn"},
    "members": {"id", "name", "email"},
    "loans": {"id", "book_id", "member_id", "lent_on", "returned_on"},
}


@pytest.mark.visible
def test_the_tables_are_there(schema):
    """The three tables are there, with their columns and primary keys."""
    made = schema.get_table_names()
    for table, wanted in TABLES.items():
        assert table in made, f"There is no table `{table}`."
        missing = wanted - {column["name"] for column in schema.get_columns(table)}
        assert not missing, f"`{table}` has no column {', '.join(sorted(missing))}."
        key = schema.get_pk_constraint(table)["constrained_columns"]
        assert key == ["id"], f"The primary key of `{table}` must be `id`."


@pytest.mark.visible
def test_good_rows_are_accepted(database):
    """A good book, member and loan are accepted, and get their ids from the database."""
    book = database.execute(
        "INSERT INTO books (title, isbn) VALUES ('Kindred', '9780807083697') RETURNING id"
    ).fetchone()[0]
    member = database.execute(
        "INSERT INTO members (name, email) VALUES ('Ada', 'Ada@example.org') RETURNING id"
    ).fetchone()[0]
    loan = database.execute(
        "INSERT INTO loans (book_id, member_id) VALUES (%s, %s) RETURNING id", (book, member)
    ).fetchone()[0]
    for made in (book, member, loan):
        assert isinstance(made, int), "The database must make an `id` that is a whole number."


def test_a_book_needs_a_title(database):
    """A book without a title, or with spaces for a title, is refused."""
    insert(database, "books", a_book())
    with refused(database, "a book without a title"):
        insert(database, "books", a_book(title=None))
    for title in ("", "   "):
        with refused(database, f"a book with the title {title!r}"):
            insert(database, "books", a_book(title=title))


def test_the_isbn_may_be_left_out(database):
    """Several books without an ISBN are accepted."""
    for number in (1, 2, 3):
        book = insert(database, "books", {"title": f"An old book, part {number}"})
        assert book is not None, "A book without an ISBN is a good book."


def test_two_books_cannot_share_an_isbn(database):
    """A second book with the same ISBN is refused."""
    book = a_book()
    insert(database, "books", book)
    with refused(database, f"a second book with the ISBN {book['isbn']}"):
        insert(database, "books", a_book(isbn=book["isbn"]))
    insert(database, "books", a_book(title=book["title"]))


def test_an_isbn_has_13_digits(database):
    """An ISBN that is not exactly 13 digits is refused."""
    insert(database, "books", a_book())
    for isbn in ("", "978080708369", "97808070836971", "978080708369X", "978-0-807-083", "Kindred"):
        with refused(database, f"the ISBN {isbn!r}"):
            insert(database, "books", a_book(isbn=isbn))


def test_a_member_needs_a_name_and_an_email(database):
    """A member without a name or an e-mail address is refused."""
    insert(database, "members", a_member())
    for column in ("name", "email"):
        with refused(database, f"a member whose {column} is NULL"):
            insert(database, "members", a_member(**{column: None}))
    for name in ("", "   "):
        with refused(database, f"a member with the name {name!r}"):
            insert(database, "members", a_member(name=name))


def test_two_members_cannot_share_an_email(database):
    """A second member with the same e-mail address is refused, in upper or in lower case."""
    member = a_member()
    email = member["email"]
    insert(database, "members", member)
    for same in (email, email.lower(), email.upper()):
        with refused(database, f"{same} beside {email}"):
            insert(database, "members", a_member(email=same))
    insert(database, "members", a_member(name=member["name"]))
