"""Handing in."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backyard.catalog.models import ExerciseRow
from backyard.submissions.lifecycle import SubmissionState
from tests.unit.submissions.conftest import EXERCISE, Site

URL = "/exercises/flask/books-crud/submissions"
GOOD = [("app.py", b"print('hello')\n"), ("sub/data.sql", b"SELECT 1\n")]
Token = Callable[[FlaskClient], str]
Files = list[tuple[str, bytes]]


def send(client: FlaskClient, token: str, files: Files, url: str = URL) -> TestResponse:
    """Hand in as the page's script does."""
    headers = {"Accept": "application/json", "X-CSRFToken": token}
    parts = [(BytesIO(data), name) for name, data in files]
    return client.post(url, data={"files": parts}, headers=headers)


def send_form(client: FlaskClient, token: str, url: str = URL, **texts: str) -> TestResponse:
    """Hand in as the page's form does without scripts."""
    fields = {f"text:{name}": text for name, text in texts.items()}
    return client.post(url, data=fields | {"csrf_token": token})


def test_what_is_handed_in_is_stored_before_the_answer(site: Site, csrf: Token) -> None:
    client = site.client("owner")
    answer = send(client, csrf(client), GOOD)
    assert answer.status_code == 201
    [row] = site.stored()
    assert answer.json == {
        "id": row.id,
        "url": f"/submissions/{row.id}",
        "events_url": f"/submissions/{row.id}/events",
        "state_url": f"/submissions/{row.id}/state",
        "cancel_url": f"/submissions/{row.id}/cancel",
    }
    assert row.files == {"app.py": "print('hello')\n", "sub/data.sql": "SELECT 1\n"}
    assert (row.state, row.content_hash) == (SubmissionState.QUEUED, "a" * 64)


def test_a_form_without_scripts_leads_to_the_verdict_page(site: Site, csrf: Token) -> None:
    client = site.client("owner")
    answer = send_form(
        client, csrf(client), **{"app.py": "a = 1\r\nb = 2\r\n", "sub/data.sql": "SELECT 1"}
    )
    [row] = site.stored()
    assert (answer.status_code, answer.location) == (303, f"/submissions/{row.id}")
    assert row.files["app.py"] == "a = 1\nb = 2\n"


REFUSED: dict[str, tuple[Files, str]] = {
    "a file too many": ([*GOOD, ("more.py", b"")], "'more.py' is not a file of this exercise"),
    "a path upwards": ([("../app.py", b""), GOOD[1]], "is not a file of this exercise"),
    "an absolute path": ([("/etc/passwd", b""), GOOD[1]], "is not a file of this exercise"),
    "a name twice": ([*GOOD, GOOD[0]], "app.py was sent twice"),
    "a file missing": (GOOD[:1], "Missing: sub/data.sql"),
    "no file at all": ([], "Missing: app.py, sub/data.sql"),
    "not UTF-8": ([("app.py", b"\xff\xfe"), GOOD[1]], "app.py is not UTF-8 text"),
    "a NUL in a text": ([("app.py", b"a\x00b"), GOOD[1]], "holds a NUL character"),
    "a large file": ([("app.py", b"x" * 262_145), GOOD[1]], "at most 262,144 are allowed"),
}


@pytest.mark.parametrize(("files", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_bad_files_are_refused_with_a_sentence_and_nothing_is_stored(
    site: Site, csrf: Token, files: Files, sentence: str
) -> None:
    client = site.client("owner")
    answer = send(client, csrf(client), files)
    assert answer.status_code == 422
    assert answer.json is not None
    assert sentence in answer.json["error"]
    assert site.stored() == []


def test_a_request_over_the_limit_is_refused_before_it_is_read(site: Site, csrf: Token) -> None:
    client = site.client("owner")
    headers = {"Accept": "application/json", "X-CSRFToken": csrf(client)}
    form = "multipart/form-data; boundary=x"
    answer = client.post(URL, data=b"x" * 3_000_000, headers=headers, content_type=form)
    assert answer.status_code == 422
    assert answer.json is not None
    assert "at most 1,048,576 bytes together are allowed" in answer.json["error"]
    assert site.stored() == []


def test_a_refused_form_keeps_what_was_typed(site: Site, csrf: Token) -> None:
    client = site.client("owner")
    answer = send_form(client, csrf(client), **{"app.py": "an evening's <work>"})
    assert answer.status_code == 422
    assert "Missing: sub/data.sql" in answer.text
    assert "an evening&#39;s &lt;work&gt;" in answer.text
    assert site.stored() == []


def test_strangers_can_not_hand_in(site: Site) -> None:
    answer = site.client(None).post(URL, headers={"Accept": "application/json"})
    assert answer.status_code in (400, 401)
    assert site.stored() == []


def test_without_the_pages_token_nothing_is_handed_in(site: Site) -> None:
    assert send(site.client("owner"), "forged", GOOD).status_code == 400
    assert site.stored() == []


def test_an_unknown_exercise_takes_nothing(site: Site, csrf: Token) -> None:
    client = site.client("owner")
    url = "/exercises/flask/none/submissions"
    assert send(client, csrf(client), GOOD, url).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("owner", 404), ("instructor", 403)])
def test_an_unpublished_exercise_takes_nothing(
    site: Site, csrf: Token, who: str, status: int
) -> None:
    with site.sessions.begin() as session:
        session.get_one(ExerciseRow, EXERCISE).content_hash = ""
    client = site.client(who)
    assert send(client, csrf(client), GOOD).status_code == status
    assert site.stored() == []


def test_the_eleventh_in_a_minute_is_too_many_and_others_are_not_touched(
    site: Site, csrf: Token
) -> None:
    client, other = site.client("owner"), site.client("stranger")
    token = csrf(client)
    codes = [send(client, token, GOOD).status_code for _ in range(11)]
    assert codes == [201] * 10 + [429]
    assert send(other, csrf(other), GOOD).status_code == 201
