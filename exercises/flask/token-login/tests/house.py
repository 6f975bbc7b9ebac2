"""What the tests share: people who live in the house, what they send, and what they are told."""

import random
import string
from urllib.parse import urlsplit

JSON = {"Content-Type": "application/json"}
PROTECTED = (
    ("GET", "/me"),
    ("GET", "/users"),
    ("GET", "/notices"),
    ("POST", "/notices"),
    ("PATCH", "/notices/1"),
    ("DELETE", "/notices/1"),
)


def a_name():
    """Return a good name that nobody has."""
    return "".join(random.choices(string.ascii_lowercase + string.digits, k=12))


def a_password(length=16):
    """Return a good password."""
    return "".join(random.choices(string.ascii_letters + string.digits + "!§%&äöü", k=length))


def a_text():
    """Return a good text for a notice."""
    return f"Found: {random.randint(2, 9)} keys on a ring, number {random.randrange(10_000)}"


def register(client, **changes):
    """Return the answer to POST /users with a good body, but for `changes`."""
    return client.post("/users", json={"name": a_name(), "password": a_password()} | changes)


def log_in(client, name, password):
    """Return the answer to POST /tokens."""
    return client.post("/tokens", json={"name": name, "password": password})


def bearer(token):
    """Return the headers of a request that brings this token."""
    return {"Authorization": f"Bearer {token}"}


def url_of(notice):
    """Return the path of a notice, as the service has answered it."""
    return f"/notices/{notice['id']}"


def url_of_nothing(notice):
    """Return the path of a notice that was never put up, beside one that was."""
    return f"/notices/{notice['id'] + 1_000}"


class House:
    """The accounts of one test. Nobody lives in the house yet.

    A costly hash takes its time, so only the first account of all tests is opened by a request. Its
    hash is kept here, and those who move in later bring it with them: they share a password.
    """

    _kept = {}

    def __init__(self, client, database):
        self._client = client
        self._database = database

    def move_in(self, role="resident"):
        """Have somebody move in who has an account, and return the resident."""
        resident = Resident(self._client, a_name(), self._kept.get("password") or a_password())
        if self._kept:
            row = [resident.name, self._kept["hash"], role]
            insert = "INSERT INTO users (name, password_hash, role) VALUES (%s, %s, %s)"
            self._change(insert, row)
        else:
            self._open_account(resident)
            self.give_role(resident, role)
        return resident

    def give_role(self, resident, role):
        """Change the resident's role by hand, as the statement says."""
        self._change("UPDATE users SET role = %s WHERE name = %s", [role, resident.name])

    def _open_account(self, resident):
        read(register(self._client, name=resident.name, password=resident.password), 201)
        select = "SELECT password_hash FROM users WHERE name = %s"
        row = self._database.execute(select, [resident.name]).fetchone()
        assert row, "The table `users` must have a row for the new account."
        self._kept.update(password=resident.password, hash=row[0])

    def _change(self, statement, values):
        self._database.execute(statement, values)
        self._database.commit()


class Resident:
    """Somebody with an account, who logs in as soon as there is something to ask."""

    def __init__(self, client, name, password):
        self.name, self.password = name, password
        self._client = client
        self._token = None

    @property
    def token(self):
        """The token of this resident's first log-in."""
        self._token = self._token or self.log_in()
        return self._token

    def log_in(self):
        """Log in once more, and return the token."""
        answer = read(log_in(self._client, self.name, self.password), 201)
        token = answer.get("token") if isinstance(answer, dict) else None
        assert isinstance(token, str), "POST /tokens must answer with a text `token`."
        return token

    def ask(self, method, url, **body):
        """Return the answer to a request with this resident's token."""
        return self._client.request(method, url, headers=bearer(self.token), **body)

    def post_notice(self, **changes):
        """Have a good notice put up, and return it as the service answers."""
        return read(self.ask("POST", "/notices", json={"text": a_text()} | changes), 201)

    def notices(self):
        """Return all notices by their ids, as this resident sees them."""
        listed = read(self.ask("GET", "/notices"), 200)
        assert isinstance(listed, list), "GET /notices must answer with a JSON array."
        return {notice["id"]: notice for notice in listed}


def read(response, status):
    """Return the JSON of an answer that must have this status."""
    request = f"{response.request.method} {urlsplit(str(response.request.url)).path}"
    got = response.status_code
    assert got == status, f"{request} must answer {status} here, but answered {got}."
    try:
        return response.json()
    except ValueError:
        raise AssertionError(f"{request} answered {status}, but its body is not JSON.") from None


def refused(response, status):
    """Return the body of an answer that must be a refusal of this status."""
    body = read(response, status)
    fine = isinstance(body, dict) and list(body) == ["error"] and isinstance(body["error"], str)
    assert fine, f"A {status} must have a JSON object with one field, a text `error`."
    assert body["error"], "The text under `error` must say something."
    if status == 401:
        scheme = response.headers.get("WWW-Authenticate", "")
        assert scheme.startswith("Bearer"), "A 401 needs the header WWW-Authenticate: Bearer."
    return body
