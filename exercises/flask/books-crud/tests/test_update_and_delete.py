"""PUT, PATCH and DELETE on /books/<id>."""

import pytest
from shelf import a_book, add, read, titles, wrong_fields


def url_of(book):
    return f"/books/{book['id']}"


@pytest.mark.points(2)
def test_put_replaces_the_whole_book(client):
    """PUT replaces the book: a year that is not sent is gone."""
    other, book = add(client), add(client, year=1979)
    new = {"title": "Fledgling", "author": "O. Butler"}
    expected = new | {"id": book["id"], "year": None}
    answered = read(client.put(url_of(book), json=new), 200)
    assert answered == expected, "PUT must keep the id, and nothing else of the old book."
    assert read(client.get(url_of(book)), 200) == expected, "GET must show the book as PUT left it."
    assert read(client.get(url_of(other)), 200) == other, "PUT must leave the other books alone."


def test_put_needs_every_required_field(client):
    """PUT without a title or an author is refused, and changes nothing."""
    book = add(client)
    for field in ("title", "author"):
        new = a_book()
        del new[field]
        wrong = wrong_fields(client.put(url_of(book), json=new))
        assert wrong == [field], f"PUT without {field} is wrong, and all else is right."
    assert read(client.get(url_of(book)), 200) == book, "A refused PUT must change nothing."


@pytest.mark.points(2)
def test_patch_changes_only_what_is_sent(client):
    """PATCH changes the fields that are sent and keeps the others."""
    book = add(client)
    for change in ({"title": "Dawn"}, {"author": "O. Butler"}, {"year": 1987}, {"year": None}, {}):
        book |= change
        answered = read(client.patch(url_of(book), json=change), 200)
        assert answered == book, f"PATCH with {change} must change that and nothing else."
    unknown = {"id": book["id"] + 1_000, "publisher": "Backyard Press"}
    assert read(client.patch(url_of(book), json=unknown), 200) == book, "Ignore unknown fields."
    assert read(client.get(url_of(book)), 200) == book, "GET must show the book as PATCH left it."


def test_a_refused_patch_changes_nothing(client):
    """PATCH with one good and one wrong field is refused as a whole."""
    book = add(client)
    wrong = wrong_fields(client.patch(url_of(book), json={"title": "Dawn", "year": "1987"}))
    assert wrong == ["year"], "Here only `year` is wrong: the title is good, the author not sent."
    wrong = wrong_fields(client.patch(url_of(book), json={"title": " ", "year": 1987}))
    assert wrong == ["title"], "Here only `title` is wrong: the year is good, the author not sent."
    assert read(client.get(url_of(book)), 200) == book, "A refused PATCH must change nothing."


@pytest.mark.visible
def test_a_deleted_book_is_gone(client):
    """DELETE answers 204, and from then on the book is answered with 404."""
    sent = {"title": "Kindred", "author": "Octavia E. Butler", "year": 1979}
    url = f"/books/{client.post('/books', json=sent).json()['id']}"
    deleted = client.delete(url)
    assert deleted.status_code == 204, "DELETE must answer 204."
    assert deleted.text == "", "An answer of 204 has no body."
    assert client.get(url).status_code == 404, "GET on a deleted book must answer 404."
    assert client.delete(url).status_code == 404, "A second DELETE must answer 404."


def test_other_books_outlive_a_deletion(client):
    """After a deletion the other books are still there, and a new book takes the place of none."""
    first, second = add(client), add(client)
    client.delete(url_of(first))
    assert titles(client) == [second["title"]], "Only the deleted book may be gone."
    third = add(client)
    assert third["id"] != second["id"], "A new book must not get the id of a book that is there."
    assert read(client.get(url_of(second)), 200) == second, "The second book must be as it was."
