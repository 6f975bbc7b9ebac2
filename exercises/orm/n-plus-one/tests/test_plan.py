"""GET /plan, and answers that are not remembered."""

import random

import pytest
from conference import Conference, read


@pytest.fixture
def conference(database):
    made = Conference(database)
    made.fill()
    made.save()
    return made


def plan(client, wanted):
    """Ask for a plan of these talks."""
    return client.get("/plan", params=[("talk", number) for number in wanted])


@pytest.mark.points(3)
def test_a_plan_takes_two_statements(client, conference, query_budget):
    """GET /plan shows many talks in 2 statements."""
    wanted = random.sample(list(conference.talks), 10)
    with query_budget(2):
        shown = read(plan(client, wanted))
    assert shown == conference.expected_plan(wanted), "The plan must be right as well."


def test_a_plan_keeps_the_order_of_the_question(client, conference):
    """Talks come in the order of the question, twice where they are asked for twice."""
    for ids in (sorted(conference.talks), sorted(conference.talks, reverse=True)):
        expected = conference.expected_plan(ids)
        assert read(plan(client, ids)) == expected, "The order must be that of the question."
    first, second = random.sample(list(conference.talks), 2)
    wanted = [first, second, first]
    expected = conference.expected_plan(wanted)
    assert read(plan(client, wanted)) == expected, "The first talk is asked for twice."


def test_talks_that_do_not_exist_are_missing(client, conference):
    """Ids that no talk has are listed as missing, in the order of the question."""
    known = random.choice(list(conference.talks))
    unknown = random.sample(range(10_000, 20_000), 3)
    wanted = [unknown[0], known, unknown[1], unknown[2], unknown[0]]
    expected = conference.expected_plan(wanted)
    assert read(plan(client, wanted)) == expected, "Only one of these talks exists."
    assert read(plan(client, [])) == {"talks": [], "missing": []}, "A plan may be empty."


def test_nothing_is_remembered(client, conference, database):
    """What changes in the database shows in the next answer."""
    question = {"talk": next(iter(conference.talks))}
    paths = ("/talks", "/speakers", "/rooms", "/plan")
    before = {path: read(client.get(path, params=question)) for path in paths}
    database.execute("UPDATE talks SET title = title || '!', room_id = NULL")
    database.commit()
    for path in paths:
        after = read(client.get(path, params=question))
        assert after != before[path], f"GET {path} must show what the database has now."
