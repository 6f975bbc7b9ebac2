"""GET /talks and GET /speakers."""

import random

import pytest
from conference import MORNING, TABLES, Conference, read


@pytest.fixture
def conference(database):
    return Conference(database)


@pytest.mark.visible
def test_the_example_comes_out(client, database):
    """The talks of the example are listed."""
    database.execute(TABLES)
    database.execute("INSERT INTO rooms VALUES (1, 'Hall'), (2, 'Attic')")
    database.execute("INSERT INTO speakers VALUES (5, 'Chen'), (6, 'Ada')")
    database.execute(
        "INSERT INTO talks VALUES (11, 'Queues', '2025-05-01 10:30', NULL),"
        " (12, 'Caches', '2025-05-01 09:00', 1)"
    )
    database.execute("INSERT INTO talk_speakers VALUES (12, 5), (12, 6), (11, 5)")
    database.commit()
    caches = {"id": 12, "title": "Caches", "starts_at": "2025-05-01T09:00:00"}
    queues = {"id": 11, "title": "Queues", "starts_at": "2025-05-01T10:30:00"}
    listed = client.get("/talks")
    assert listed.status_code == 200, "GET /talks must answer 200."
    assert listed.json() == [
        caches | {"room": "Hall", "speakers": ["Ada", "Chen"]},
        queues | {"room": None, "speakers": ["Chen"]},
    ], "The talks must be those of the example."


@pytest.mark.points(3)
@pytest.mark.visible
def test_talks_take_three_statements(client, conference, query_budget):
    """GET /talks lists many talks in 3 statements."""
    conference.fill()
    conference.save()
    with query_budget(3):
        listed = client.get("/talks")
    assert listed.status_code == 200, "GET /talks must answer 200."
    assert listed.json() == conference.expected_talks(), "The talks must be right as well."


@pytest.mark.points(3)
def test_speakers_take_three_statements(client, conference, query_budget):
    """GET /speakers lists many speakers with their talks and rooms in 3 statements."""
    conference.fill()
    conference.save()
    with query_budget(3):
        listed = read(client.get("/speakers"))
    assert listed == conference.expected_speakers(), "The speakers must be right as well."


def test_talks_without_room_or_speakers_are_listed(client, conference):
    """Talks that have no room, no speaker or no rating are listed like all others."""
    room, speaker = conference.room(), conference.speaker()
    conference.talk(room, [speaker], [5, 4])
    conference.talk(None, [speaker])
    conference.talk(room, [])
    conference.talk(None, [])
    conference.save()
    expected = conference.expected_talks()
    assert read(client.get("/talks")) == expected, "All four talks must be listed, once each."


def test_speakers_without_talks_are_listed(client, conference):
    """Speakers without any talk are listed, and so are talks that have no room yet."""
    room, busy = conference.room(), conference.speaker()
    conference.speaker()
    conference.talk(room, [busy])
    conference.talk(None, [busy])
    conference.save()
    expected = conference.expected_speakers()
    assert read(client.get("/speakers")) == expected, "One speaker has two talks, the other none."


def test_talks_of_one_time_are_sorted_by_id(client, conference):
    """Talks are sorted by the time when they start, and by id where that is the same."""
    speaker = conference.speaker()
    for _ in range(6):
        conference.talk(conference.room(), [speaker], starts_at=MORNING)
    conference.talk(None, [speaker])
    conference.save()
    listed = read(client.get("/talks"))
    assert listed == conference.expected_talks(), "Six talks begin at one time."
    speakers = read(client.get("/speakers"))
    assert speakers == conference.expected_speakers(), "A speaker's talks have the same order."


def test_people_of_one_name_stay_apart(client, conference):
    """Two speakers of one name are two speakers, in order of their ids."""
    name = random.choice(("Ada", "Ben"))
    both = [conference.speaker(name) for _ in range(5)]
    conference.talk(conference.room(), random.sample(both, 2))
    conference.speaker("Aaron")
    conference.talk(conference.room(), both[:1])
    conference.save()
    assert read(client.get("/talks")) == conference.expected_talks(), "A name may come twice."
    speakers = read(client.get("/speakers"))
    assert speakers == conference.expected_speakers(), "Sort by name, and by id within one name."
