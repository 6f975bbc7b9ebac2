"""Whose notes they are, and who may ask."""

import random

import pytest
from people import Person, a_note, expect, read, url_of


def test_a_person_gets_a_key(client):
    """POST /people answers with the name and a key of one's own, and knows no other method."""
    made = [read(client.post("/people", json={"name": name}), 201) for name in ("Ada", "Ada")]
    assert [set(one) for one in made] == [{"name", "key"}] * 2, "A person has a name and a key."
    assert made[0]["name"] == "Ada", "The name is the one that was sent."
    assert made[0]["key"] != made[1]["key"], "Everybody gets another key."
    expect(client.get("/people"), 405)


@pytest.mark.visible
def test_who_shows_no_key_gets_401(client):
    """Without a key, or with one that nobody has, every request to notes is answered with 401."""
    ada = client.post("/people", json={"name": "Ada"}).json()
    key = {"Authorization": f"Bearer {ada['key']}"}
    note = {"title": "Shopping", "text": "Bread, tea"}
    made = client.post("/notes", json=note, headers=key)
    assert made.status_code == 201, "Who shows a key may write a note."
    url = f"/notes/{made.json()['id']}"
    requests = [("GET", "/notes", None), ("POST", "/notes", note)]
    requests += [("GET", url, None), ("PATCH", url, note), ("DELETE", url, None)]
    for method, asked, body in requests:
        for shown in (None, "Bearer wrong", f"Basic {ada['key']}"):
            headers = {} if shown is None else {"Authorization": shown}
            status = client.request(method, asked, json=body, headers=headers).status_code
            assert status == 401, f"{method} {asked} with {headers or 'no key'} must answer 401."


@pytest.mark.points(2)
def test_nobody_reaches_the_notes_of_others(client):
    """Somebody else's note is answered with 404, whatever is asked, and stays as it is."""
    ada, ben = Person(client), Person(client)
    note = ada.writes()
    for method in ("GET", "PATCH", "DELETE"):
        body = a_note() if method == "PATCH" else None
        expect(ben.asks(method, url_of(note), json=body), 404)
    assert read(ada.asks("GET", url_of(note)), 200) == note, "Ada's note must be as it was."


@pytest.mark.points(2)
def test_everybody_lists_their_own_notes(client):
    """GET /notes lists and finds one's own notes alone."""
    ada, ben = Person(client), Person(client)
    notes = {person: [] for person in (ada, ben)}
    for person in random.sample([ada] * 3 + [ben] * 3, 6):
        notes[person].insert(0, person.writes(title="Plum cake", text="plum", pinned=False)["id"])
    for person, expected in notes.items():
        for params in ({}, {"q": "plum"}, {"q": "cake"}):
            page = person.page(**params)
            listed = [note["id"] for note in page["notes"]]
            assert listed == expected, f"GET /notes with {params} must list one's own notes alone."
            assert page["count"] == 3, "`count` must count one's own notes alone."
