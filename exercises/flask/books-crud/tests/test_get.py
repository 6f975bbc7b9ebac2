"""GET /books and GET /books/<id>."""

import random

from shelf import add, read, titles


def test_the_shelf_is_empty_at_first(client):
    """GET /books answers with an empty array before any book is added."""
    assert read(client.get("/books"), 200) == [], "A new application must have no books."


def test_all_books_are_listed(client):
    """GET /books lists every book with all its fields."""
    added = [add(client) for _ in range(random.randint(3, 6))]
    listed = read(client.get("/books"), 200)
    by_id = sorted(listed, key=lambda book: book["id"])
    assert by_id == sorted(added, key=lambda book: book["id"]), "GET /books must list every book."


def test_one_book_is_shown(client):
    """GET /books/<id> answers with just that book."""
    added = [add(client) for _ in range(4)]
    for book in random.sample(added, len(added)):
        shown = read(client.get(f"/books/{book['id']}"), 200)
        assert shown == book, "GET /books/<id> must answer with the book that POST answered with."


def test_the_list_is_filtered_by_author(client):
    """GET /books?author=… lists the books by that author alone."""
    butler = [add(client, author="Octavia E. Butler")["title"] for _ in range(2)]
    lem = [add(client, author="Stanisław Lem")["title"] for _ in range(2)]
    assert titles(client, author="Octavia E. Butler") == sorted(butler), "Two books are by Butler."
    assert titles(client, author="Stanisław Lem") == sorted(lem), "Two books are by Lem."


def test_the_author_must_match_as_a_whole(client):
    """GET /books?author=Ann does not list the books by Anna."""
    for author in ("Anna", "Joann", "Ann Petry"):
        add(client, author=author)
    assert titles(client, author="Ann") == [], "Nobody here is called just `Ann`."
    wanted = add(client, author="Ann")["title"]
    assert titles(client, author="Ann") == [wanted], "One book is by `Ann`."


def test_an_id_that_no_book_has_is_answered_with_404(client):
    """GET, PUT, PATCH and DELETE answer 404 when no book has the id."""
    book = add(client)
    url = f"/books/{book.pop('id') + 1_000}"
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        response = client.request(method, url, json=book if method.startswith("P") else None)
        assert response.status_code == 404, f"{method} {url} must answer 404: no book has this id."
    assert titles(client) == [book["title"]], "A PUT to an unknown id must not add a book."
