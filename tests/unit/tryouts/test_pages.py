"""What a script on the exercise page can ask for."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from backyard.db import db, utcnow
from backyard.submissions.models import WorkerStatus
from backyard.submissions.tasks import TaskState
from backyard.tryouts.models import Tryout, TryoutQuestion
from tests.unit.web.conftest import Build, Site

START = "/exercises/flask/books/tryout"
REQUEST = {"method": "GET", "path": "/books"}
KINDS = {"http": REQUEST, "sql": {"statement": "SELECT 1"}, "schema": {}}


def send(site: Site, path: str, name: str = "member", **options: Any) -> TestResponse:
    browser = site.browser(name)
    headers = {"Accept": "application/json", "X-CSRFToken": browser.token()}
    return browser.client.post(path, headers=headers, **options)


def start(site: Site, name: str = "member", file: str = "app.py") -> TestResponse:
    return send(site, START, name, data={"files": [(BytesIO(b"print(1)\n"), file)]})


def ask(site: Site, question: object, name: str = "member", tryout: int = 1) -> TestResponse:
    return send(site, f"/tryouts/{tryout}/questions", name, json=question)


def tryouts(site: Site) -> list[Tryout]:
    with site.app.app_context():
        return list(db.session.query(Tryout).all())


def answered(site: Site, answer: dict[str, Any]) -> None:
    """What the worker does with the first question."""
    with site.app.app_context():
        db.session.query(TryoutQuestion).one().answer = answer
        db.session.commit()


def test_it_is_begun_with_the_files_that_are_sent(site: Site) -> None:
    site.exercise(kind="http")
    answer = start(site)
    assert answer.status_code == 201
    assert answer.json == {"ask_url": "/tryouts/1/questions", "close_url": "/tryouts/1/close"}
    [row] = tryouts(site)
    assert (row.files, row.state) == ({"app.py": "print(1)\n"}, TaskState.QUEUED)
    assert row.content_hash == "a" * 64


def test_a_user_has_one_at_a_time(site: Site) -> None:
    site.exercise(kind="http")
    start(site)
    start(site, "stranger")
    start(site)
    assert sorted(row.user_id for row in tryouts(site)) == sorted(
        site.user(name).id for name in ("member", "stranger")
    )


def test_bad_files_are_refused_and_what_goes_on_goes_on(site: Site) -> None:
    site.exercise(kind="http")
    start(site)
    assert start(site, file="other.py").status_code == 422
    assert len(tryouts(site)) == 1


@pytest.mark.parametrize("kind", ["python", "command", ""])
def test_other_kinds_have_none(site: Site, kind: str) -> None:
    site.exercise(kind=kind)
    assert start(site).status_code == 403
    assert 'id="tryit"' not in site.browser("member").get("/exercises/flask/books").text


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_takes_its_questions(site: Site, kind: str) -> None:
    site.exercise(kind=kind)
    assert f'data-kind="{kind}"' in site.browser("member").get("/exercises/flask/books").text
    start(site)
    answer = ask(site, KINDS[kind])
    assert (answer.status_code, answer.json) == (202, {"answer_url": "/tryouts/1/questions/1"})


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (None, "no question"),
        ([], "no question"),
        ({"statement": "SELECT 1"}, "methods"),
        (REQUEST | {"method": "BREW"}, "methods"),
        (REQUEST | {"path": "books"}, "begins with /"),
        (REQUEST | {"path": "/a b"}, "begins with /"),
        (REQUEST | {"path": "/a\r\nX: y"}, "begins with /"),
        (REQUEST | {"headers": [["A\n", "b"]]}, "header"),
        (REQUEST | {"headers": [["A", "b\r\nC: d"]]}, "header"),
        (REQUEST | {"headers": [["A", "b"]] * 31}, "header"),
        (REQUEST | {"body": "x" * 100_001}, "100,000"),
        (REQUEST | {"body": "\ud800"}, "halves"),
        (REQUEST | {"more": 1}, "no question"),
    ],
)
def test_what_is_no_request_is_refused_with_a_sentence(
    site: Site, question: object, words: str
) -> None:
    site.exercise(kind="http")
    start(site)
    answer = ask(site, question)
    assert answer.status_code == 422
    assert answer.json
    assert words in answer.json["error"]


def test_an_answer_is_heard_once_it_is_there(site: Site) -> None:
    site.exercise(kind="http")
    start(site)
    place = ask(site, REQUEST).json["answer_url"]  # type: ignore[index]
    browser = site.browser("member")
    waiting = browser.get(place).json
    assert waiting == {"answer": None, "state": "away", "reason": ""}
    site.add(WorkerStatus(worker="w", seen_at=utcnow(), engine_ok=True))
    assert browser.get(place).json["state"] == "waiting"  # type: ignore[index]
    answered(site, {"crashed": "no"})
    heard = browser.get(place).json
    assert heard
    assert heard["answer"] == {"crashed": "no"}


def test_what_is_over_says_why(site: Site) -> None:
    site.exercise(kind="http")
    start(site)
    place = ask(site, REQUEST).json["answer_url"]  # type: ignore[index]
    with site.app.app_context():
        row = db.session.query(Tryout).one()
        row.state, row.reason, row.finished_at = TaskState.FAILED, "That is all.", utcnow()
        db.session.commit()
    over = site.browser("member").get(place).json
    assert over == {"answer": None, "state": "over", "reason": "That is all."}
    assert ask(site, REQUEST).status_code == 404


def test_nobody_else_asks_hears_or_closes(site: Site) -> None:
    site.exercise(kind="http")
    start(site)
    place = ask(site, REQUEST).json["answer_url"]  # type: ignore[index]
    for name in ("stranger", "instructor", "admin"):
        assert ask(site, REQUEST, name).status_code == 404
        assert site.browser(name).get(place).status_code == 404
        assert send(site, "/tryouts/1/close", name).status_code == 404
    assert len(tryouts(site)) == 1


def test_an_address_leads_nowhere_once_another_was_begun(site: Site) -> None:
    site.exercise(kind="http")
    first, second = (start(site).json["ask_url"] for _ in range(2))  # type: ignore[index]
    assert first != second
    assert send(site, first, json=REQUEST).status_code == 404


def test_one_question_is_kept_at_a_time(site: Site) -> None:
    site.exercise(kind="http")
    start(site)
    ask(site, REQUEST)
    refused = ask(site, REQUEST)
    assert refused.status_code == 422
    assert refused.json
    assert "no answer yet" in refused.json["error"]
    answered(site, {"crashed": "no"})
    place = ask(site, REQUEST).json["answer_url"]  # type: ignore[index]
    assert place.endswith("/questions/2")
    with site.app.app_context():
        assert db.session.query(TryoutQuestion).count() == 1


def test_where_workers_keep_none_there_is_nothing_to_try(build: Build) -> None:
    site = build(tryouts=0)
    site.exercise(kind="http")
    assert start(site).status_code == 403
    assert 'id="tryit"' not in site.browser("member").get("/exercises/flask/books").text


def test_who_closes_it_ends_it(site: Site) -> None:
    site.exercise(kind="http")
    start(site)
    place = ask(site, REQUEST).json["answer_url"]  # type: ignore[index]
    assert send(site, "/tryouts/1/close").status_code == 204
    assert tryouts(site) == []
    assert site.browser("member").get(place).status_code == 404


def test_it_goes_with_its_user(site: Site) -> None:
    site.exercise(kind="http")
    start(site)
    ask(site, REQUEST)
    with site.app.app_context():
        db.session.delete(db.session.merge(site.user("member")))
        db.session.commit()
    assert tryouts(site) == []
