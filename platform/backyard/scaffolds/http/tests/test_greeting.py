"""Each test asks for one thing, arranges all that it needs, and says in its first line what it asks for."""

import random

import pytest


@pytest.mark.visible  # Learners see this test and may run it. Decide: which ones help to begin?
def test_the_example_comes_out(client):
    """GET /greeting?name=Ada greets Ada."""
    answer = client.get("/greeting", params={"name": "Ada"})
    assert answer.status_code == 200, "GET /greeting?name=Ada must answer 200."
    assert "Ada" in answer.json()["greeting"], "The greeting must have the name in it."


@pytest.mark.points(2)  # Decide: what is it worth? One point without the mark.
def test_everybody_is_greeted_by_name(client):
    """Everybody is greeted by the name that was sent."""
    name = random.choice(("Stanisław", "Bessie", "Gabriel")) + str(random.randrange(1000))
    answer = client.get("/greeting", params={"name": name})
    assert name in answer.json()["greeting"], "The greeting must have the name in it."


def test_a_name_is_needed(client):
    """Without a name the answer is 400."""
    for params in ({}, {"name": ""}):
        answer = client.get("/greeting", params=params)
        assert answer.status_code == 400, f"GET /greeting with {params} must answer 400."
