"""Each test asks for one thing, arranges all that it needs, and says in its first line what it asks for."""

import psycopg
import pytest

ADD = "INSERT INTO rooms (name, seats) VALUES (%s, %s)"


def refused(database, name, seats):
    """Have the database refuse a room. The savepoint keeps what was before."""
    with pytest.raises(psycopg.errors.IntegrityError), database.transaction():
        database.execute(ADD, (name, seats))


@pytest.mark.visible  # Learners see this test and may run it. Decide: which ones help to begin?
def test_good_rooms_are_taken(database):
    """Rooms with a name and seats are taken."""
    for room in (("Blue", 24), ("Green", 1)):
        database.execute(ADD, room)
    assert database.execute("SELECT count(*) FROM rooms").fetchone() == (2,)


@pytest.mark.points(2)  # Decide: what is it worth? One point without the mark.
def test_no_two_rooms_share_a_name(database):
    """A second room of the same name is refused."""
    database.execute(ADD, ("Blue", 24))
    refused(database, "Blue", 12)


def test_a_room_has_at_least_one_seat(database):
    """A room of no seats is refused."""
    database.execute(ADD, ("Blue", 24))
    refused(database, "Green", 0)
    refused(database, "Green", -1)


def test_nothing_is_left_out(database):
    """A room without a name, or without seats, is refused."""
    database.execute(ADD, ("Blue", 24))
    refused(database, None, 12)
    refused(database, "Green", None)
