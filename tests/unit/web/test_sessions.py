"""What a session is, and where a log-in leads."""

from __future__ import annotations

import pytest
from flask import session

from backyard.accounts.sessions import safe_next
from backyard.db import db
from tests.unit.web.conftest import Build, Site

EVIL = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\n//evil.example",
    " //evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "evil.example",
    "/a\r\nSet-Cookie: a=b",
    "",
    None,
]


@pytest.mark.parametrize("target", EVIL)
def test_a_way_off_the_site_is_not_safe(target: str | None) -> None:
    assert safe_next(target) is None


@pytest.mark.parametrize("target", ["/", "/exercises/sql/top?from=starter", "/a#b", "/a?u=//b"])
def test_a_path_of_the_site_is_safe(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize("page", ["/login", "/register"])
@pytest.mark.parametrize("target", ["//evil.example", "/%5Cevil.example", "https://evil.example"])
def test_nobody_is_led_off_the_site(site: Site, page: str, target: str) -> None:
    fields = {"name": "member", "password": "four quiet apple trees"}
    fields |= {"username": "ada", "email": "ada@example.org", "again": fields["password"]}
    answer = site.nobody().post(f"{page}?next={target}", **fields)
    assert (answer.status_code, answer.location) == (302, "/")


def test_whoever_must_log_in_comes_back_to_the_page(site: Site) -> None:
    browser = site.nobody()
    asked = browser.get("/submissions?page=2")
    assert asked.location == "/login?next=/submissions?page%3D2"
    answer = browser.post(asked.location, name="member", password="four quiet apple trees")
    assert answer.location == "/submissions?page=2"


def test_a_form_that_was_sent_without_log_in_is_not_sent_again(site: Site) -> None:
    assert site.nobody().post("/cohorts").location == "/login"


def test_a_json_client_is_told_to_log_in(site: Site) -> None:
    answer = site.nobody().get("/account", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json == {"error": "You are not logged in. Log in and try again."}


def test_a_session_from_before_the_log_in_is_thrown_away(site: Site) -> None:
    browser = site.nobody()
    token = browser.token()
    with browser.client.session_transaction() as planted:
        planted["planted"] = "by somebody else"
    browser.log_in("member")
    with browser.client:
        browser.get("/account")
        assert "planted" not in session
    assert browser.token() != token
    assert browser.client.post("/logout", data={"csrf_token": token}).status_code == 400


def test_a_session_holds_no_id_that_could_be_guessed(site: Site) -> None:
    with site.browser("member").client as client:
        client.get("/account")
        assert session["_user_id"] == site.user("member").session_key


def test_a_session_ends_with_its_user(site: Site) -> None:
    browser = site.browser("stranger")
    with site.app.app_context():
        db.session.delete(site.user("stranger"))
        db.session.commit()
    assert browser.get("/account").status_code == 302


def test_a_cookie_signed_with_another_key_is_worth_nothing(site: Site, build: Build) -> None:
    other = build()
    other.app.secret_key = "another key of another site, just as long"
    forged = other.browser("admin").client.get_cookie("backyard")
    assert forged
    browser = site.nobody()
    browser.client.set_cookie("backyard", forged.value)
    assert browser.get("/account").status_code == 302


def cookie_of(site: Site) -> str:
    answer = site.nobody().log_in("member")
    return answer.headers["Set-Cookie"]


def test_scripts_and_other_sites_do_not_get_the_cookie(site: Site) -> None:
    cookie = cookie_of(site)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    ("settings", "is_secure"),
    [
        ({"public_url": "https://backyard.example"}, True),
        ({"public_url": "http://127.0.0.1:8000"}, False),
        ({"public_url": "http://localhost"}, False),
        ({"public_url": "http://127.0.0.1:8000", "secure_cookies": True}, True),
        ({"public_url": "http://backyard.example", "secure_cookies": False}, False),
    ],
)
def test_the_cookie_is_for_https_alone_wherever_it_can_be(
    build: Build, settings: dict[str, object], is_secure: bool
) -> None:
    site = build(**settings)
    assert site.app.config["SESSION_COOKIE_SECURE"] is is_secure
    browser = site.nobody(**{"wsgi.url_scheme": "https", "HTTP_REFERER": "https://localhost/"})
    browser.client.environ_base["HTTP_HOST"] = "localhost"
    answer = browser.log_in("member")
    assert ("Secure" in answer.headers.get("Set-Cookie", "")) is is_secure


def test_a_session_lasts_as_long_as_the_setting_says(build: Build) -> None:
    assert "Max-Age" in cookie_of(build()) or "Expires" in cookie_of(build())
    assert build(session_days=3).app.permanent_session_lifetime.days == 3


def test_every_page_makes_the_session_longer(site: Site) -> None:
    page = site.browser("member").get("/submissions", headers={"Accept": "text/html,*/*;q=0.8"})
    assert "backyard=" in page.headers["Set-Cookie"]


@pytest.mark.parametrize("path", ["/static/icon.svg", "/static/dist/manifest.json"])
def test_a_file_that_caches_may_share_carries_no_cookie(site: Site, path: str) -> None:
    with site.browser("member").get(path, headers={"Accept": "*/*"}) as answer:
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_an_answer_to_a_script_cannot_undo_a_log_out(site: Site, accept: str) -> None:
    site.exercise()
    path = f"/submissions/{site.submission('member').id}/state"
    answer = site.browser("member").get(path, headers={"Accept": accept})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
