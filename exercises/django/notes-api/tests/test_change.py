"""GET, PATCH and DELETE on /notes/<id>, and other methods."""

import random

import pytest
from people import Person, a_note, expect, read, url_of, wrong_fields


def test_one_note_is_shown(client):
    """GET /notes/<id> answers with just that note."""
    ada = Person(client)
    notes = [ada.writes() for _ in range(3)]
    for note in random.sample(notes, len(notes)):
        shown = read(ada.asks("GET", url_of(note)), 200)
        assert shown == note, "GET /notes/<id> must answer with the note that POST answered with."


@pytest.mark.points(2)
def test_patch_changes_only_what_is_sent(client):
    """PATCH changes the fields that are sent and keeps the others."""
    ada = Person(client)
    other, note = ada.writes(), ada.writes(pinned=False)
    changes = ({"title": "Tea"}, {"text": ""}, {"pinned": True}, {"pinned": False}, {})
    for change in changes:
        note |= change
        answered = read(ada.asks("PATCH", url_of(note), json=change), 200)
        assert answered == note, f"PATCH with {change} must change that and nothing else."
        shown = read(ada.asks("GET", url_of(note)), 200)
        assert shown == note, "GET must show the note as PATCH left it."
    unknown = {"id": note["id"] + 1_000, "owner": 1_000, "colour": "red"}
    answered = read(ada.asks("PATCH", url_of(note), json=unknown), 200)
    assert answered == note, "Fields that a note does not have must be ignored."
    assert read(ada.asks("GET", url_of(other)), 200) == other, "Other notes must be as they were."


def test_a_refused_patch_changes_nothing(client):
    """PATCH with good and wrong fields is refused as a whole."""
    ada = Person(client)
    note = ada.writes()
    for change, wrong in (
        ({"title": "Tea", "pinned": "yes"}, "pinned"),
        ({"title": " ", "text": "Green"}, "title"),
        ({"title": "x" * 101, "text": "Green"}, "title"),
        ({"title": "Tea", "text": None}, "text"),
    ):
        fields = wrong_fields(ada.asks("PATCH", url_of(note), json=change))
        assert fields == [wrong], f"In {change} only `{wrong}` is wrong."
        shown = read(ada.asks("GET", url_of(note)), 200)
        assert shown == note, f"The refused PATCH with {change} must change nothing."


@pytest.mark.visible
def test_a_deleted_note_is_gone(client):
    """DELETE answers 204, and from then on the note is answered with 404."""
    ada = client.post("/people", json={"name": "Ada"}).json()
    key = {"Authorization": f"Bearer {ada['key']}"}
    made = [client.post("/notes", json={"title": name}, headers=key) for name in ("Tea", "Jam")]
    assert [note.status_code for note in made] == [201, 201], "Both notes are good ones."
    gone, kept = (note.json() for note in made)
    url = f"/notes/{gone['id']}"
    deleted = client.delete(url, headers=key)
    assert deleted.status_code == 204, "DELETE must answer 204."
    assert deleted.text == "", "An answer of 204 has no body."
    assert client.get(url, headers=key).status_code == 404, "A deleted note must be gone."
    assert client.delete(url, headers=key).status_code == 404, "A second DELETE must answer 404."
    listed = client.get("/notes", headers=key).json()["notes"]
    assert listed == [kept], "The other note must still be there."


def test_an_id_that_no_note_has_is_answered_with_404(client):
    """GET, PATCH and DELETE answer 404 when no note has the id."""
    ada = Person(client)
    note = ada.writes()
    for method in ("GET", "PATCH", "DELETE"):
        body = a_note() if method == "PATCH" else None
        expect(ada.asks(method, f"/notes/{note['id'] + 1_000}", json=body), 404)
    assert ada.titles() == [note["title"]], "A PATCH to an unknown id must not add a note."


def test_other_methods_are_answered_with_405(client):
    """A method that the table does not list for a path is answered with 405."""
    ada = Person(client)
    note = ada.writes()
    for method, url in (
        ("PUT", "/notes"),
        ("PATCH", "/notes"),
        ("DELETE", "/notes"),
        ("PUT", url_of(note)),
        ("POST", url_of(note)),
    ):
        body = None if method == "DELETE" else a_note()
        expect(ada.asks(method, url, json=body), 405)
    assert ada.page()["notes"] == [note], "The note must be as it was."
