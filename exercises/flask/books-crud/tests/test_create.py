"""POST /books: what is taken, and what is refused."""

import pytest
from shelf import a_book, add, read, titles, wrong_fields

JSON = {"Content-Type": "application/json"}


@pytest.mark.visible
def test_a_new_book_is_answered_with_201(client):
    """POST /books answers 201 and the book with its id."""
    sent = {"title": "Kindred", "author": "Octavia E. Butler", "year": 1979}
    response = client.post("/books", json=sent)
    assert response.status_code == 201, "POST /books must answer 201 to a good book."
    book = response.json()
    assert isinstance(book.pop("id"), int), "The book must have an `id` that is a whole number."
    assert book == sent, "Beside its `id` the book must have the fields that were sent, no others."


@pytest.mark.visible
def test_the_location_leads_to_the_book(client):
    """The Location header of POST /books leads to the new book."""
    sent = {"title": "Solaris", "author": "Stanisław Lem", "year": 1961}
    response = client.post("/books", json=sent)
    assert "Location" in response.headers, "POST /books must answer with a Location header."
    found = client.get(response.headers["Location"])
    assert found.status_code == 200, "GET on the Location must answer 200."
    assert found.json() == response.json(), "GET on the Location must answer with the new book."


def test_the_year_may_be_left_out(client):
    """A book without a year gets the year null."""
    sent = a_book()
    del sent["year"]
    book = read(client.post("/books", json=sent), 201)
    assert book.get("year", "missing") is None, "`year` must be null when it was left out."
    assert add(client, year=None)["year"] is None, "`year` must be null when null was sent."


def test_other_fields_are_ignored(client):
    """Fields that a book does not have are ignored, and so is an id."""
    first = add(client, id=4711, publisher="Backyard Press")
    second = add(client, id=4711)
    fields = {"id", "title", "author", "year"}
    assert set(first) == fields, "A book must have exactly the fields id, title, author and year."
    assert first["id"] != second["id"], "The service picks the id; an `id` in the body is ignored."


@pytest.mark.visible
def test_every_wrong_field_is_named(client):
    """Every missing or wrong field is named in `errors`, and no other."""
    response = client.post("/books", json={"title": "  ", "year": "1979"})
    assert response.status_code == 400, "A bad book must be answered with 400."
    errors = response.json()["errors"]
    assert sorted(errors) == ["author", "title", "year"], "`errors` needs one text for each field."
    response = client.post("/books", json={"title": "Kindred", "year": 1979})
    assert response.status_code == 400, "A book without an author must be answered with 400."
    assert list(response.json()["errors"]) == ["author"], "Here only `author` is wrong."


def test_a_text_must_be_a_text_with_something_in_it(client):
    """A title or an author that is empty, or no text at all, is refused."""
    for field in ("title", "author"):
        for value in ("", "   ", None, 42, ["Kindred"]):
            wrong = wrong_fields(client.post("/books", json=a_book(**{field: value})))
            assert wrong == [field], f"{field} = {value!r} is wrong, and all else is right."


def test_a_year_must_be_in_the_range(client):
    """The years 1450 and 2100 are accepted, 1449 and 2101 are refused."""
    for year in (1450, 2100):
        assert add(client, year=year)["year"] == year, f"{year} is a good year."
    for year in (1449, 2101, 0):
        wrong = wrong_fields(client.post("/books", json=a_book(year=year)))
        assert wrong == ["year"], f"year = {year} is wrong, and all else is right."


def test_a_year_that_is_no_whole_number_is_refused(client):
    """A year that is a text, a fraction, or a list is refused."""
    for year in ("1999", "", 1999.5, [1999]):
        wrong = wrong_fields(client.post("/books", json=a_book(year=year)))
        assert wrong == ["year"], f"year = {year!r} is wrong, and all else is right."


def test_a_body_must_be_a_json_object(client):
    """A body that is not JSON, or no object, gets 400 and a text under `body`."""
    for text in ('{"title": "Kindred",', "title=Kindred", "", "[]", '"Kindred"', "1979", "null"):
        wrong = wrong_fields(client.post("/books", content=text, headers=JSON))
        assert wrong == ["body"], f"The body {text!r} is not a JSON object."


def test_a_refused_book_is_not_kept(client):
    """A book that was refused is not on the shelf."""
    kept = add(client)
    wrong_fields(client.post("/books", json=a_book(year=3000)))
    assert titles(client) == [kept["title"]], "Only the good book may be listed."
