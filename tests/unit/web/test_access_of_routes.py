"""Every address, and what it answers to everybody: none is forgotten, as the application says
itself which it has."""

from __future__ import annotations

from typing import Any, Final

import pytest
from flask import url_for

from backyard.db import utcnow
from backyard.teaching.models import Publication, Regrade, RegradeState
from backyard.tryouts.models import Tryout
from tests.unit.web.conftest import Site

PEOPLE: Final = ("nobody", "stranger", "member", "instructor", "colleague", "admin")
LOGIN: Final = "log in first"

# `member` handed in the submission and is in the cohort that `instructor` owns. The forms that are
# sent are empty, so 422 says that somebody may send one.
ANSWERS: Final[dict[str, tuple[object, ...]]] = {
    "GET static": (200, 200, 200, 200, 200, 200),
    "GET home.index": (200, 200, 200, 200, 200, 200),
    "GET catalog.exercises": (200, 200, 200, 200, 200, 200),
    "GET accounts.register": (200, 302, 302, 302, 302, 302),
    "POST accounts.register": (422, 302, 302, 302, 302, 302),
    "GET accounts.login": (200, 302, 302, 302, 302, 302),
    "POST accounts.login": (422, 302, 302, 302, 302, 302),
    "POST accounts.logout": (302, 302, 302, 302, 302, 302),
    "GET accounts.account": (LOGIN, 200, 200, 200, 200, 200),
    "GET accounts.account_section": (LOGIN, 302, 302, 302, 302, 302),
    "POST accounts.set_theme": (LOGIN, 422, 422, 422, 422, 422),
    "POST accounts.set_editor": (LOGIN, 302, 302, 302, 302, 302),
    "POST accounts.change_email": (LOGIN, 422, 422, 422, 422, 422),
    "POST accounts.send_verification": (LOGIN, 302, 302, 302, 302, 302),
    "POST accounts.change_password": (LOGIN, 422, 422, 422, 422, 422),
    "GET accounts.data": (LOGIN, 200, 200, 200, 200, 200),
    "POST accounts.delete": (LOGIN, 422, 422, 422, 422, 422),
    "GET accounts.forgotten": (200, 200, 200, 200, 200, 200),
    "POST accounts.forgotten": (422, 422, 422, 422, 422, 422),
    "GET accounts.recover": (410, 410, 410, 410, 410, 410),
    "GET accounts.new_password": (410, 410, 410, 410, 410, 410),
    "POST accounts.new_password": (410, 410, 410, 410, 410, 410),
    "GET accounts.verify": (LOGIN, 410, 410, 410, 410, 410),
    "POST accounts.verify": (LOGIN, 410, 410, 410, 410, 410),
    "GET accounts.users": (LOGIN, 403, 403, 403, 403, 200),
    "POST accounts.users": (LOGIN, 403, 403, 403, 403, 422),
    "GET workbench.exercise": (LOGIN, 200, 200, 200, 200, 200),
    "PUT workbench.draft": (LOGIN, 422, 422, 422, 422, 422),
    "POST workbench.submit": (LOGIN, 422, 422, 422, 422, 422),
    "POST workbench.run": (LOGIN, 422, 422, 422, 422, 422),
    "POST tryouts.start": (LOGIN, 422, 422, 422, 422, 422),
    "POST tryouts.ask": (LOGIN, 404, 422, 404, 404, 404),
    "GET tryouts.answer": (LOGIN, 404, 404, 404, 404, 404),
    "POST tryouts.close": (LOGIN, 404, 204, 404, 404, 404),
    "GET submissions.history": (LOGIN, 200, 200, 200, 200, 200),
    "GET submissions.compare": (LOGIN, 302, 302, 302, 302, 302),
    "GET submissions.show": (LOGIN, 404, 200, 200, 404, 200),
    "GET submissions.events": (LOGIN, 404, 200, 200, 404, 200),
    "GET submissions.state": (LOGIN, 404, 200, 200, 404, 200),
    "GET submissions.grader": (LOGIN, 200, 200, 200, 200, 200),
    "POST submissions.cancel": (LOGIN, 404, 303, 404, 404, 404),
    "POST submissions.again": (LOGIN, 404, 303, 404, 404, 404),
    "GET portfolio.profile": (LOGIN, 200, 200, 200, 200, 200),
    "GET portfolio.settings": (LOGIN, 200, 200, 200, 200, 200),
    "POST portfolio.save": (LOGIN, 303, 303, 303, 303, 303),
    "GET portfolio.public": (404, 404, 200, 404, 404, 404),  # member's, which is off
    "GET portfolio.solution": (404, 404, 404, 404, 404, 404),
    "POST hints.open_next": (LOGIN, 303, 303, 303, 303, 303),
    "GET solutions.index": (LOGIN, 404, 404, 404, 404, 404),
    "GET solutions.accepted": (LOGIN, 404, 404, 404, 404, 404),
    "GET solutions.shared": (LOGIN, 404, 404, 404, 404, 404),
    "POST solutions.share": (LOGIN, 404, 303, 404, 404, 404),
    "GET failures.index": (LOGIN, 403, 403, 403, 403, 200),
    "GET teaching.index": (LOGIN, 403, 403, 200, 200, 200),
    "GET teaching.exercise": (LOGIN, 403, 403, 200, 200, 200),
    "GET teaching.publication": (LOGIN, 403, 403, 200, 200, 200),
    "POST teaching.publish_site": (LOGIN, 403, 403, 303, 303, 303),
    "POST teaching.publish_repository": (LOGIN, 403, 403, 422, 422, 422),
    "POST teaching.regrade_exercise": (LOGIN, 403, 403, 303, 303, 303),
    "GET teaching.regrade": (LOGIN, 403, 403, 200, 404, 200),
    "POST teaching.apply": (LOGIN, 403, 403, 303, 404, 303),
    "POST teaching.undo": (LOGIN, 403, 403, 303, 404, 303),
    "POST teaching.drop": (LOGIN, 403, 403, 303, 404, 303),
    "GET cohorts.index": (LOGIN, 200, 200, 200, 200, 200),
    "POST cohorts.create": (LOGIN, 403, 403, 422, 422, 422),
    "POST cohorts.join": (LOGIN, 422, 422, 422, 422, 422),
    "GET cohorts.cohort": (LOGIN, 404, 200, 200, 404, 200),
    "POST cohorts.rename": (LOGIN, 404, 403, 422, 404, 422),
    "POST cohorts.give": (LOGIN, 404, 403, 403, 404, 422),
    "POST cohorts.renew_code": (LOGIN, 404, 403, 302, 404, 302),
    "POST cohorts.leave": (LOGIN, 404, 302, 302, 404, 302),
}
PRIVATE: Final = [route for route, answers in ANSWERS.items() if answers[0] == LOGIN]


def path_of(site: Site, route: str) -> str:
    """The path of a route, with the ids of `furnished`."""
    method, endpoint = route.split()
    known: dict[str, Any] = {
        "filename": "icon.svg",
        "track": "flask",
        "slug": "books",
        "submission_id": "5" * 32,
        "name": "reference",
        "cohort_id": 1,
        "publication_id": 1,
        "regrade_id": 1,
        "tryout_id": 1,
        "number": 1,
        "username": "member",
        "section": "theme",
        "token": "forged",
    }
    rules = site.app.url_map.iter_rules(endpoint)
    [rule] = [rule for rule in rules if method in (rule.methods or ())]
    with site.app.test_request_context():
        return url_for(endpoint, **{name: known[name] for name in rule.arguments})


@pytest.fixture
def furnished(site: Site) -> Site:
    """A site that has one of everything."""
    site.exercise(kind="http")
    site.submission("member", id="5" * 32)
    site.add(Publication(id=1))
    site.add(
        Tryout(
            id=1,
            user_id=site.user("member").id,
            exercise_id="flask/books",
            content_hash="a" * 64,
            files={},
        )
    )
    site.version()
    site.add(
        Regrade(
            id=1,
            exercise_id="flask/books",
            content_hash="a" * 64,
            state=RegradeState.UNDONE,  # so that it stays, whoever tries what
            requested_by=site.user("instructor").id,
            applied_at=utcnow(),
            undone_at=utcnow(),
        )
    )
    assert site.cohort("Spring", "instructor", "member").id == 1
    return site


def answer(site: Site, route: str, person: str) -> object:
    """The status that somebody gets, or LOGIN."""
    browser = site.nobody() if person == "nobody" else site.browser(person)
    path = path_of(site, route)
    method, token = route.split()[0], {"csrf_token": browser.token()}
    body = None if method == "GET" else token
    with browser.client.open(path, method=method, data=body) as response:
        if response.status_code == 302 and response.location.startswith("/login"):
            return LOGIN
        return response.status_code


def test_every_address_is_listed_here(site: Site) -> None:
    there = {
        f"{method} {rule.endpoint}"
        for rule in site.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert there == set(ANSWERS)


@pytest.mark.parametrize("route", ANSWERS)
def test_everybody_gets_what_is_theirs(furnished: Site, route: str) -> None:
    found = {person: answer(furnished, route, person) for person in PEOPLE}
    assert found == dict(zip(PEOPLE, ANSWERS[route], strict=True))


@pytest.mark.parametrize("route", PRIVATE)
def test_json_clients_that_are_not_logged_in_get_401(furnished: Site, route: str) -> None:
    browser = furnished.nobody()
    method, headers = route.split()[0], {"Accept": "application/json"}
    headers["X-CSRFToken"] = browser.token()
    response = browser.client.open(path_of(furnished, route), method=method, headers=headers)
    assert response.status_code == 401
    assert response.json
    assert "Log in" in response.json["error"]


def posts() -> list[str]:
    return [route for route in ANSWERS if not route.startswith("GET")]


@pytest.mark.parametrize("route", posts())
def test_nothing_is_done_without_the_pages_token(furnished: Site, route: str) -> None:
    other = furnished.nobody().token()
    for person in ("nobody", "admin"):
        browser = furnished.nobody() if person == "nobody" else furnished.browser(person)
        for forged in ({}, {"csrf_token": "forged"}, {"csrf_token": other}):
            path, method = path_of(furnished, route), route.split()[0]
            response = browser.client.open(path, method=method, data=forged)
            assert response.status_code == 400
            assert "Reload the page and try again." in response.text
    assert furnished.browser("admin").get("/account").status_code == 200


@pytest.mark.parametrize("route", posts())
def test_under_https_another_sites_form_does_nothing(furnished: Site, route: str) -> None:
    browser = furnished.browser("admin")
    token = browser.token()
    response = browser.client.open(
        path_of(furnished, route),
        method=route.split()[0],
        data={"csrf_token": token},
        headers={"Referer": "https://evil.example/"},
        base_url="https://localhost",
    )
    assert response.status_code == 400
