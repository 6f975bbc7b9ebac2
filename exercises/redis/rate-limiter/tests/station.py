"""What the tests share: clients with new keys, and their requests."""

import random


def a_key():
    """Return an API key that nobody has."""
    return f"{random.choice(('doorbell', 'kite', 'sail', 'garden'))}-{random.randrange(10**6)}"


def ask(client, key):
    return client.get("/forecast", headers={"X-Api-Key": key})


def statuses(client, key, times):
    """Ask one request after another; return the answers' status codes."""
    return [ask(client, key).status_code for _ in range(times)]


def number(answer, header):
    """Return a header that must be a whole number."""
    text = answer.headers.get(header)
    assert text is not None, f"An answer of {answer.status_code} must have the header {header}."
    assert text.isdecimal(), f"{header} must be a whole number, not {text!r}."
    return int(text)


def body(answer):
    """Return the answer's JSON object."""
    try:
        found = answer.json()
    except ValueError:
        found = None
    assert isinstance(found, dict), f"An answer of {answer.status_code} must be a JSON object."
    return found
