"""The rules of loans, and what deleting does."""

import random

import pytest
from library import DAY, a_book, a_book_and_a_member, a_day, a_member, count, insert, lend, refused


def test_a_loan_needs_a_book_and_a_member(database):
    """A loan without a book or a member, or of ones that do not exist, is refused."""
    book, member = a_book_and_a_member(database)
    for nobody in (None, member + 1_000):
        with refused(database, f"a loan whose member_id is {nobody}, which no member has"):
            lend(database, book, nobody)
    for nothing in (None, book + 1_000):
        with refused(database, f"a loan whose book_id is {nothing}, which no book has"):
            lend(database, nothing, member)
    lend(database, book, member)


def test_a_book_is_lent_today_unless_a_day_is_given(database):
    """`lent_on` is the current date when it is left out, and can't be NULL."""
    book, member = a_book_and_a_member(database)
    with refused(database, "a loan whose lent_on is NULL"):
        lend(database, book, member, lent_on=None)
    lend(database, book, member)
    row = database.execute("SELECT lent_on = current_date, returned_on FROM loans").fetchone()
    assert row == (True, None), "A new loan must be lent today, and open."


def test_a_book_is_not_returned_before_it_is_lent(database):
    """A return before the day of the loan is refused, a return on the same day is accepted."""
    book, member = a_book_and_a_member(database)
    day = a_day()
    with refused(database, "a return on the day before the loan"):
        lend(database, book, member, lent_on=day, returned_on=day - DAY)
    loan = lend(database, book, member, lent_on=day, returned_on=day)
    with refused(database, "a change of the return to the day before the loan"):
        database.execute("UPDATE loans SET returned_on = %s WHERE id = %s", (day - DAY, loan))


@pytest.mark.visible
@pytest.mark.points(2)
def test_a_book_cannot_be_lent_twice_at_a_time(database):
    """A second open loan of a book is refused, to whomever."""
    book, member = a_book_and_a_member(database)
    other = insert(database, "members", a_member())
    lend(database, book, member)
    with refused(database, "a second open loan of a book to another member"):
        lend(database, book, other)
    with refused(database, "a second open loan of a book to the same member"):
        lend(database, book, member)


@pytest.mark.points(2)
def test_a_returned_book_can_be_lent_again(database):
    """A book that is back can be lent again, on the same day too, and to the same member."""
    book, member = a_book_and_a_member(database)
    day = a_day()
    for _ in range(2):
        lend(database, book, member, lent_on=day, returned_on=day)
    later = day + random.randint(1, 30) * DAY
    lend(database, book, member, lent_on=day, returned_on=later)
    lend(database, book, member, lent_on=later)
    assert count(database, "loans") == 4, "All four loans are good."


def test_a_loan_cannot_be_reopened_while_the_book_is_out(database):
    """A change that leaves a book with two open loans is refused."""
    book, member = a_book_and_a_member(database)
    day = a_day()
    first = lend(database, book, member, lent_on=day, returned_on=day + DAY)
    lend(database, book, member, lent_on=day + DAY)
    with refused(database, "an UPDATE that opens a second loan of a book"):
        database.execute("UPDATE loans SET returned_on = NULL WHERE id = %s", (first,))


def test_a_member_may_have_many_books(database):
    """A member may have open loans of several books."""
    member = insert(database, "members", a_member())
    for _ in range(3):
        lend(database, insert(database, "books", a_book()), member)
    assert count(database, "loans") == 3, "Three books are lent to one member."


def test_a_member_with_loans_cannot_be_deleted(database):
    """A member with an open or a closed loan can't be deleted, a member without any can."""
    book, member = a_book_and_a_member(database)
    day = a_day()
    loan = lend(database, book, member, lent_on=day)
    with refused(database, "the deletion of a member with an open loan"):
        database.execute("DELETE FROM members WHERE id = %s", (member,))
    database.execute("UPDATE loans SET returned_on = %s WHERE id = %s", (day + DAY, loan))
    with refused(database, "the deletion of a member with a closed loan"):
        database.execute("DELETE FROM members WHERE id = %s", (member,))
    other = insert(database, "members", a_member())
    database.execute("DELETE FROM members WHERE id = %s", (other,))
    assert count(database, "members") == 1, "Only the member without loans may be gone."


def test_deleting_a_book_deletes_its_loans(database):
    """Deleting a book deletes its loans, open ones too, and nothing else."""
    book, member = a_book_and_a_member(database)
    day = a_day()
    lend(database, book, member, lent_on=day, returned_on=day)
    lend(database, book, member, lent_on=day)
    lend(database, insert(database, "books", a_book()), member)
    database.execute("DELETE FROM books WHERE id = %s", (book,))
    assert count(database, "loans") == 1, "The loans of the book must go, and only they."
    assert count(database, "members") == 1, "The member must stay."
