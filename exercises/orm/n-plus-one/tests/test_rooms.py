"""GET /rooms."""

import random

import pytest
from conference import Conference, read


@pytest.fixture
def conference(database):
    return Conference(database)


@pytest.mark.points(3)
def test_rooms_take_two_statements(client, conference, query_budget):
    """GET /rooms lists many rooms with their numbers in 2 statements."""
    conference.fill()
    conference.save()
    with query_budget(2):
        listed = read(client.get("/rooms"))
    assert listed == conference.expected_rooms(), "The numbers must be right as well."


def test_a_talk_with_many_ratings_is_one_talk(client, conference):
    """A talk counts once, however many ratings and speakers it has."""
    room = conference.room()
    speakers = [conference.speaker() for _ in range(3)]
    conference.talk(room, speakers, [5, 5, 1])
    conference.talk(room, speakers[:2], [3])
    conference.talk(room, speakers[:1])
    conference.save()
    listed = read(client.get("/rooms"))
    assert listed == conference.expected_rooms(), "The room has 3 talks and 4 ratings."


def test_the_average_is_of_all_ratings(client, conference):
    """The average is of all ratings in a room, not of its talks' averages."""
    room = conference.room()
    conference.talk(room, stars=[1] * random.randint(2, 4))
    conference.talk(room, stars=[5] * random.randint(6, 9))
    conference.save()
    expected = conference.expected_rooms()
    assert read(client.get("/rooms")) == expected, "Each rating weighs the same."


def test_rooms_without_talks_or_ratings_are_listed(client, conference):
    """A room without talks has 0 of them, one without ratings has no average."""
    conference.room()
    conference.talk(conference.room())
    conference.talk(None, stars=[4])
    conference.save()
    expected = conference.expected_rooms()
    assert read(client.get("/rooms")) == expected, "Both rooms have 0 ratings and the average null."


def test_rooms_are_sorted_by_name(client, conference):
    """Rooms are sorted by name, and two of one name by id."""
    names = ["Attic", "Cellar", "Hall", "Hall", "Hall", "Hall", "Yard"]
    for count, name in enumerate(random.sample(names, len(names)), start=1):
        room = conference.room(name)
        for _ in range(count):  # tells the rooms of one name apart
            conference.talk(room, stars=[random.randint(1, 5)])
    conference.save()
    assert read(client.get("/rooms")) == conference.expected_rooms(), "Four rooms are called Hall."
