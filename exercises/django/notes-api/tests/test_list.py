"""GET /notes: order, search and pages."""

import random

import pytest
from people import Person, expect, read


@pytest.mark.visible
def test_notes_are_listed(client):
    """GET /notes lists all notes of a person, with their number and the number of pages."""
    ada = client.post("/people", json={"name": "Ada"}).json()
    key = {"Authorization": f"Bearer {ada['key']}"}
    empty = client.get("/notes", headers=key)
    assert empty.status_code == 200, "GET /notes must answer 200, also to one who has no notes."
    assert empty.json() == {"count": 0, "pages": 1, "notes": []}, "Ada has no notes yet."
    note = client.post("/notes", json={"title": "Shopping"}, headers=key).json()
    listed = client.get("/notes", headers=key).json()
    assert listed == {"count": 1, "pages": 1, "notes": [note]}, "Ada has one note now."


@pytest.mark.points(2)
def test_pinned_notes_come_first_then_new_ones(client):
    """Pinned notes are listed before the others, and the newest first among both."""
    ada = Person(client)
    pins = [*random.sample([True, True, True, False, False], 5), False]
    written = [ada.writes(pinned=pinned)["title"] for pinned in pins]
    newest = list(zip(written, pins, strict=True))[::-1]
    expected = [title for title, pinned in newest if pinned]
    expected += [title for title, pinned in newest if not pinned]
    assert ada.titles() == expected, "Pinned notes come first, and within both the newest."


def test_a_change_makes_no_note_newer(client):
    """A note that is changed keeps its place in the list."""
    ada = Person(client)
    notes = [ada.writes(pinned=False) for _ in range(3)]
    old = notes[random.randrange(2)]
    read(ada.asks("PATCH", f"/notes/{old['id']}", json={"text": "changed"}), 200)
    expected = [note["title"] for note in reversed(notes)]
    assert ada.titles() == expected, "The newest is the one that was written last, not changed."


@pytest.mark.points(2)
def test_a_page_has_10_notes(client):
    """Notes are listed 10 to a page, and `count` and `pages` tell of them all."""
    ada = Person(client)
    written = [ada.writes(pinned=False)["title"] for _ in range(10)][::-1]
    full = ada.page()
    assert (full["count"], full["pages"]) == (10, 1), "10 notes fill one page."
    assert len(full["notes"]) == 10, "The page must have all 10 notes."
    written.insert(0, ada.writes(pinned=False)["title"])
    for number, expected in {1: written[:10], 2: written[10:]}.items():
        page = ada.page(page=number)
        listed = [note["title"] for note in page["notes"]]
        assert listed == expected, f"Page {number} of 11 notes has {len(expected)} of them."
        assert (page["count"], page["pages"]) == (11, 2), "11 notes take two pages."
    assert ada.titles() == written[:10], "Without `page` it is the first one."


def test_a_page_that_does_not_exist_is_answered_with_404(client):
    """A page before the first or after the last, or one that is no number, is answered with 404."""
    ada = Person(client)
    assert ada.page(page=1)["notes"] == [], "The first page exists, even where it has no notes."
    ada.writes()
    for page in ("0", "2", "-1", "two"):
        expect(ada.asks("GET", "/notes", params={"page": page}), 404)


@pytest.mark.points(2)
def test_notes_are_found_by_title_and_by_text(client):
    """`q` finds the notes that have it in their title or in their text, in whatever case."""
    ada = Person(client)
    ada.writes(title="Nothing of the kind", text="", pinned=False)
    in_title = ada.writes(title="The QUINCE tree", text="", pinned=False)["title"]
    in_text = ada.writes(title="Jam", text="Two pounds of quinces", pinned=False)["title"]
    for query in ("quince", "Quince", "uinc"):
        assert ada.titles(q=query) == [in_text, in_title], f"q={query} is in a title and in a text."
    found = ada.page(q="quince")
    assert (found["count"], found["pages"]) == (2, 1), "`count` and `pages` are of what was found."
    assert ada.page(q="medlar")["count"] == 0, "No note has a word like that."
    assert ada.page(q="")["count"] == 3, "An empty `q` is in every note."


def test_what_is_found_has_pages_too(client):
    """`q` and `page` work together."""
    ada = Person(client)
    word = random.choice(("plum", "pear"))
    wanted = [ada.writes(title=f"{word} {n}", pinned=False)["title"] for n in range(11)]
    ada.writes(title="Cherry", text="", pinned=False)
    last = ada.page(q=word, page=2)
    assert [note["title"] for note in last["notes"]] == wanted[:1], "Page 2 has what is left."
    assert (last["count"], last["pages"]) == (11, 2), "11 of the 12 notes are found."
