"""What somebody reads when something is wrong: in the page's words, or as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from backyard.accounts.sessions import login_manager
from backyard.db import utcnow
from backyard.submissions.models import WorkerStatus
from tests.unit.web.conftest import Build, Site

JSON = {"Accept": "application/json"}
SUBMIT = "/exercises/flask/books/submissions"


ASK: dict[int, tuple[str, str, dict[str, str]]] = {
    400: ("POST", "/logout", {"csrf_token": "forged"}),
    403: ("GET", "/admin/users", {}),
    404: ("GET", "/no-such-page", {}),
    405: ("GET", "/logout", {}),
    413: ("POST", "/register", {"username": "x" * (2 * 1024 * 1024 + 1)}),
    422: ("POST", SUBMIT, {}),
    429: ("POST", "/cohorts/join", {}),
    500: ("GET", "/crash", {}),
}


def ask(site: Site, code: int, **headers: str) -> TestResponse:
    """Do what answers with `code`; for 429, do it often."""
    site.exercise()
    method, path, form = ASK[code]
    browser = site.browser("member")
    if method == "POST" and code != 400:
        headers["X-CSRFToken"] = browser.token()
    answers = [
        browser.client.open(path, method=method, data=form or None, headers=headers)
        for _ in range(11 if code == 429 else 1)
    ]
    return answers[-1]


@pytest.fixture
def crashing(site: Site) -> Site:
    """A site with a page that crashes, and a secret that nobody may read."""

    def crash() -> str:
        raise RuntimeError("the secret")

    site.app.add_url_rule("/crash", view_func=crash)
    return site


SENTENCES = {
    400: "Reload the page and try again.",
    403: "You may not do this.",
    404: "There is nothing here, or it is not yours to see.",
    405: "use the page&#39;s buttons",
    413: "a request may have 2 MiB",
    422: "Missing: app.py.",
    429: "Wait a minute, then try again.",
    500: "Something went wrong on our side",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_page_says_what_to_do(crashing: Site, code: int) -> None:
    answer = ask(crashing, code)
    assert answer.status_code == code
    assert answer.content_type.startswith("text/html")
    assert SENTENCES[code] in answer.text
    assert "<h1" in answer.text
    assert "the secret" not in answer.text


@pytest.mark.parametrize("code", SENTENCES)
def test_a_program_gets_the_same_sentence_as_json(crashing: Site, code: int) -> None:
    answer = ask(crashing, code, **JSON)
    assert answer.status_code == code
    assert answer.json
    assert answer.json.keys() == {"error"}
    assert SENTENCES[code].replace("&#39;", "'") in answer.json["error"]


@pytest.mark.parametrize("accept", ["*/*", "text/html,application/json;q=0.9", "image/png", ""])
def test_a_page_is_for_everybody_who_does_not_ask_for_json(site: Site, accept: str) -> None:
    answer = site.nobody().get("/no-such-page", headers={"Accept": accept})
    assert answer.content_type.startswith("text/html")


def test_a_wrong_method_names_the_right_one(site: Site) -> None:
    assert "POST" in site.nobody().get("/logout").headers["Allow"]


def test_an_address_in_the_path_is_never_markup(site: Site) -> None:
    answer = site.nobody().get("/<script>alert(1)</script>?next=<script>")
    assert "<script>alert" not in answer.text


def test_a_request_of_just_the_limit_is_read(site: Site) -> None:
    site.exercise()
    browser = site.browser("member")
    head = f"csrf_token={browser.token()}&text:app.py="
    body = head + "x" * (2 * 1024 * 1024 - len(head))
    form = "application/x-www-form-urlencoded"
    answer = browser.client.post(SUBMIT, data=body, content_type=form)
    assert answer.status_code == 422
    assert "at most 262,144 are allowed" in answer.text
    answer = browser.client.post(SUBMIT, data=body + "x", content_type=form)
    assert answer.status_code == 422
    assert "at most 1,048,576 bytes together are allowed" in answer.text


def test_a_front_end_that_is_not_built_is_said_to_be_that(build: Build, tmp_path: Path) -> None:
    site = build()
    site.app.static_folder = str(tmp_path)
    answer = site.nobody().get("/")
    assert answer.status_code == 500
    assert answer.text == (
        "The front end isn't built. Run `make setup`, then load this page again."
    )


def test_a_front_end_that_is_built_anew_is_found(build: Build, tmp_path: Path) -> None:
    site = build()
    site.app.static_folder = str(tmp_path)
    manifest = tmp_path / "dist" / "manifest.json"
    manifest.parent.mkdir()
    for number in (1, 2):
        names = [f'"main.{kind}": "main-{number}.{kind}"' for kind in ("css", "js")]
        manifest.write_text(f"{{{', '.join(names)}}}")
        assert f"/static/dist/main-{number}.css" in site.nobody().get("/").text


WAYS = {
    400: "/exercises",
    403: "/exercises",
    404: "/exercises",
    405: "/exercises",
    413: "/exercises",
    422: "/exercises",
    429: "/exercises",
    500: "/crash",
}


@pytest.mark.parametrize("code", WAYS)
def test_a_page_leads_on(crashing: Site, code: int) -> None:
    assert f'href="{WAYS[code]}"' in ask(crashing, code).text


@pytest.mark.parametrize("code", [400, 403, 405, 413, 429])
def test_a_page_leads_back_to_where_somebody_came_from(crashing: Site, code: int) -> None:
    page = ask(crashing, code, Referer="http://localhost/cohorts?page=2").text
    assert 'href="/cohorts?page=2">Back to the page' in page


@pytest.mark.parametrize(
    "referrer",
    [
        "https://evil.example/cohorts",
        "http://localhost//evil.example/",
        "http://localhost/\\evil.example",
        "http://localhost.evil.example/",
        "http://[",
        "javascript:alert(1)",
        "",
    ],
)
def test_a_page_leads_nowhere_else(crashing: Site, referrer: str) -> None:
    page = ask(crashing, 413, Referer=referrer).text
    assert "Back to the page" not in page
    assert "evil" not in page


@pytest.mark.parametrize(("code", "is_said"), [(413, True), (429, True), (403, False)])
def test_what_was_typed_is_said_not_to_be_lost(crashing: Site, code: int, is_said: bool) -> None:
    page = ask(crashing, code, Referer="http://localhost/register").text
    assert ("Back button leads to what you typed" in page) is is_said


def test_strangers_who_find_nothing_may_log_in(site: Site) -> None:
    assert 'btn-primary" href="/login"' in site.nobody().get("/no-such-page").text
    page = site.browser("member").get("/no-such-page").text
    assert 'href="/login"' not in page


def test_a_crash_is_explained_without_the_database(
    crashing: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = crashing.browser("member")

    def away(session_key: str) -> None:
        raise OperationalError("SELECT", {}, Exception("disk I/O error"))

    monkeypatch.setattr(login_manager, "_user_callback", away)
    answer = browser.get("/exercises")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert 'href="/exercises">Try again' in answer.text


def test_a_crash_has_the_browsers_colours(crashing: Site) -> None:
    browser = crashing.nobody()
    browser.client.set_cookie("theme", "dark")
    assert '<html lang="en" data-bs-theme="dark">' in browser.get("/crash").text


AWAY = "The grader is away."


@pytest.mark.parametrize("path", ["/exercises", "/exercises/flask/books", "/submissions"])
def test_pages_of_work_say_that_the_grader_is_away(site: Site, path: str) -> None:
    site.exercise()
    page = site.browser("member").get(path).text
    assert AWAY in page
    assert "Go on working and submit as usual" in page
    assert "backyard doctor" not in page
    assert "backyard doctor" in site.browser("admin").get(path).text


def test_pages_say_nothing_of_a_grader_that_works(site: Site) -> None:
    site.exercise()
    site.add(WorkerStatus(worker="w", seen_at=utcnow(), engine_ok=True))
    assert AWAY not in site.browser("member").get("/exercises/flask/books").text


def test_open_pages_ask_for_that_word_alone(site: Site) -> None:
    site.exercise()
    member = site.browser("member")
    page = member.get("/exercises/flask/books").text
    word = member.get("/grader").text
    assert AWAY in word
    assert f'<div class="grader-away" role="status" data-url="/grader">{word}</div>' in page
    site.add(WorkerStatus(worker="w", seen_at=utcnow(), engine_ok=True))
    assert member.get("/grader").text == ""


@pytest.mark.parametrize("path", ["/account", "/cohorts", "/no-such-page"])
def test_other_pages_say_nothing_of_the_grader(site: Site, path: str) -> None:
    assert AWAY not in site.browser("member").get(path).text
    assert AWAY not in site.nobody().get("/exercises").text
