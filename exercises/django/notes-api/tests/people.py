"""What the tests share: people who show their keys, random notes, and answers read with care."""

import random

WORDS = ("lantern", "harbour", "orchard", "sparrow", "mirror", "winter", "kettle", "meadow")
NAMES = ("Ada", "Ben", "Chen", "Dora", "Emre", "Fatou")


class Person:
    """Somebody who has a key, and shows it with each request."""

    def __init__(self, client):
        self._client = client
        answer = client.post("/people", json={"name": random.choice(NAMES)})
        self._headers = {"Authorization": f"Bearer {read(answer, 201)['key']}"}

    def asks(self, method, url, **options):
        """Send a request with the key, and return the answer."""
        return self._client.request(method, url, headers=self._headers, **options)

    def writes(self, **changes):
        """Have a good note added, and return the service's answer as a dict."""
        return read(self.asks("POST", "/notes", json=a_note(**changes)), 201)

    def page(self, **params):
        """Return what GET /notes answers."""
        return read(self.asks("GET", "/notes", params=params), 200)

    def titles(self, **params):
        """Return the titles that GET /notes lists, in its order."""
        return [note["title"] for note in self.page(**params)["notes"]]


def a_note(**changes):
    """Return the fields of a good note, made at random, with `changes` on top."""
    words = random.sample(WORDS, 4)
    return {
        "title": f"{words[0]} {words[1]} {random.randrange(10_000)}",
        "text": f"{words[2]},\n{words[3]} {random.randrange(10_000)}",
        "pinned": random.choice((True, False)),
    } | changes


def url_of(note):
    """Return the path of one note."""
    return f"/notes/{note['id']}"


def read(response, status):
    """Return the JSON of an answer that must have this status."""
    expect(response, status)
    try:
        return response.json()
    except ValueError:
        asked = f"{response.request.method} {response.request.url.path}"
        raise AssertionError(f"{asked} answered {status}, but its body is not JSON.") from None


def expect(response, status):
    """Fail unless the answer has this status."""
    asked, got = f"{response.request.method} {response.request.url.path}", response.status_code
    assert got == status, f"{asked} must answer {status} here, but answered {got}."


def wrong_fields(response):
    """Return the names, sorted, for which an answer of 400 has an error text."""
    body = read(response, 400)
    errors = body.get("errors") if isinstance(body, dict) else None
    assert isinstance(errors, dict), "A 400 must have a JSON object with an object `errors` in it."
    for name, text in errors.items():
        assert isinstance(text, str), f"errors.{name} must be a text."
        assert text, f"errors.{name} must not be empty."
    return sorted(errors)
