"""POST /notes: what is taken, and what is refused."""

import random

import pytest
from people import Person, a_note, read, url_of, wrong_fields


@pytest.mark.visible
def test_a_new_note_is_answered_with_201(client):
    """POST /notes answers 201 and the note with its id."""
    ada = client.post("/people", json={"name": "Ada"}).json()
    key = {"Authorization": f"Bearer {ada['key']}"}
    sent = {"title": "Shopping", "text": "Bread, tea", "pinned": True}
    response = client.post("/notes", json=sent, headers=key)
    assert response.status_code == 201, "POST /notes must answer 201 to a good note."
    note = response.json()
    assert isinstance(note.pop("id"), int), "The note must have an `id` that is a whole number."
    assert note == sent, "Beside its `id` the note must have the fields that were sent, no others."


def test_the_location_leads_to_the_note(client):
    """The Location header of POST /notes leads to the new note."""
    ada = Person(client)
    ada.writes()
    response = ada.asks("POST", "/notes", json=a_note())
    made = read(response, 201)
    assert "Location" in response.headers, "POST /notes must answer with a Location header."
    found = read(ada.asks("GET", response.headers["Location"]), 200)
    assert found == made, "GET on the Location must answer with the new note."


def test_text_and_pinned_may_be_left_out(client):
    """A note without a text has an empty one, and is not pinned unless it says so."""
    note = read(Person(client).asks("POST", "/notes", json={"title": "Tea"}), 201)
    assert note["text"] == "", "`text` must be empty when it was left out."
    assert note["pinned"] is False, "`pinned` must be false when it was left out."


def test_other_fields_are_ignored(client):
    """Fields that a note does not have are ignored, and so are an id and an owner."""
    ada, ben = Person(client), Person(client)
    first = ben.writes()
    note = ada.writes(id=first["id"], owner=2, owner_id=2, colour="red")
    assert set(note) == {"id", "title", "text", "pinned"}, "A note has exactly its four fields."
    assert note["id"] != first["id"], "The service picks the id; an `id` in the body is ignored."
    assert read(ben.asks("GET", url_of(first)), 200) == first, "Ben's note must be as it was."
    assert ada.titles() == [note["title"]], "A note belongs to the person who sent it."


def test_a_title_must_have_words_in_it(client):
    """A title that is missing, empty, only spaces, or no text at all is refused."""
    ada = Person(client)
    for title in ("", "   ", None, 42, ["Shopping"], True):
        wrong = wrong_fields(ada.asks("POST", "/notes", json=a_note(title=title)))
        assert wrong == ["title"], f"title = {title!r} is wrong, and all else is right."
    wrong = wrong_fields(ada.asks("POST", "/notes", json={"text": "Tea", "pinned": False}))
    assert wrong == ["title"], "Here the title is missing, and all else is right."


def test_a_title_has_100_characters_at_most(client):
    """A title of 100 characters is accepted, one of 101 is refused."""
    ada, letter = Person(client), random.choice("abcdé")
    title = letter * 100
    assert ada.writes(title=title)["title"] == title, "100 characters are not too many."
    wrong = wrong_fields(ada.asks("POST", "/notes", json=a_note(title=title + letter)))
    assert wrong == ["title"], "A title of 101 characters is wrong, and all else is right."


def test_text_and_pinned_must_have_their_types(client):
    """A text that is no text, and a `pinned` that is neither true nor false, are refused."""
    ada = Person(client)
    for field, values in {"text": (None, 42, ["Tea"]), "pinned": (None, 1, "false")}.items():
        for value in values:
            wrong = wrong_fields(ada.asks("POST", "/notes", json=a_note(**{field: value})))
            assert wrong == [field], f"{field} = {value!r} is wrong, and all else is right."


def test_every_wrong_field_is_named(client):
    """Every wrong field is named in `errors`, and no other."""
    ada = Person(client)
    bad = {"title": " ", "text": 42, "pinned": "no"}
    wrong = wrong_fields(ada.asks("POST", "/notes", json=bad))
    assert wrong == ["pinned", "text", "title"], "`errors` needs one text for each wrong field."
    wrong = wrong_fields(ada.asks("POST", "/notes", json={"text": "Tea", "pinned": "no"}))
    assert wrong == ["pinned", "title"], "Here the title is missing, and `pinned` is a text."


def test_a_body_must_be_a_json_object(client):
    """A body that is not JSON, or no object, gets 400 and a text under `body`."""
    ada = Person(client)
    note = ada.writes()
    for method, url in (("POST", "/notes"), ("PATCH", url_of(note))):
        for text in ('{"title": "Tea",', "title=Tea", "", "[]", '"Tea"', "null"):
            wrong = wrong_fields(ada.asks(method, url, content=text))
            assert wrong == ["body"], f"{method} with the body {text!r}: that is no JSON object."


def test_a_refused_note_is_not_kept(client):
    """A note that was refused is in no list."""
    ada = Person(client)
    kept = ada.writes()
    wrong_fields(ada.asks("POST", "/notes", json=a_note(pinned="yes")))
    assert ada.titles() == [kept["title"]], "Only the good note may be listed."
