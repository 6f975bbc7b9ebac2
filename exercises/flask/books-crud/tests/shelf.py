"""What the tests share: books made at random, and answers read with care."""

import random
from urllib.parse import urlsplit

AUTHORS = ("Octavia E. Butler", "Stanisław Lem", "Gabriel García Márquez", "Bessie Head")
NOUNS = ("River", "Winter", "Lantern", "Orchard", "Sparrow", "Café", "Harbour", "Mirror")


def a_book(**changes):
    """Return the fields of a good book, made at random, with `changes` on top."""
    title = f"The {random.choice(NOUNS)} and the {random.choice(NOUNS)} {random.randrange(10_000)}"
    year = random.randint(1450, 2100)
    return {"title": title, "author": random.choice(AUTHORS), "year": year} | changes


def add(client, **changes):
    """Have a good book added by POST, and return the service's answer as a dict."""
    return read(client.post("/books", json=a_book(**changes)), 201)


def titles(client, **params):
    """Return the titles that GET /books lists, sorted."""
    books = read(client.get("/books", params=params), 200)
    assert isinstance(books, list), "GET /books must answer with a JSON array."
    return sorted(book["title"] for book in books)


def read(response, status):
    """Return the JSON of an answer that must have this status."""
    request = f"{response.request.method} {urlsplit(str(response.request.url)).path}"
    got = response.status_code
    assert got == status, f"{request} must answer {status} here, but answered {got}."
    try:
        return response.json()
    except ValueError:
        raise AssertionError(f"{request} answered {status}, but its body is not JSON.") from None


def wrong_fields(response):
    """Return the names, sorted, for which an answer of 400 has an error text."""
    body = read(response, 400)
    errors = body.get("errors") if isinstance(body, dict) else None
    assert isinstance(errors, dict), "A 400 must have a JSON object with an object `errors` in it."
    for name, text in errors.items():
        assert isinstance(text, str), f"errors.{name} must be a text."
        assert text, f"errors.{name} must not be empty."
    return sorted(errors)
