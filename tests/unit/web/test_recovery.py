"""A forgotten password: who gets a link, what it is good for, and what strangers learn."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import session
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from sqlalchemy import update

from backyard.accounts import recovery, services, tokens
from backyard.accounts.models import User
from backyard.db import db
from backyard.links import public_link
from tests.unit.web.conftest import PASSWORD, Browser, Build, Site
from tests.unit.web.mailbox import mails, newest_link

NEW = "five loud pear trees"
UNFIT = "This link is of no use any more"
Log = pytest.LogCaptureFixture


def ask(site: Site, caplog: Log, name: str = "member", **options: Any) -> str:
    """Ask for a link, and return its path."""
    assert site.nobody(**options).post("/password/forgotten", name=name).status_code == 200
    return newest_link(site, caplog)


def choose(browser: Browser, password: str = NEW) -> Any:
    """Fill in the form that a link leads to."""
    return browser.post("/password/new", password=password, again=password)


def test_a_link_by_mail_leads_to_a_new_password(site: Site, caplog: Log) -> None:
    link = ask(site, caplog)
    browser, elsewhere = site.nobody(), site.browser("member")
    assert browser.get(link).location == "/password/new"
    assert "member" in browser.get("/password/new").text
    assert choose(browser).location == "/"
    assert browser.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert site.nobody().log_in("member", PASSWORD).status_code == 422
    assert site.nobody().log_in("member", NEW).status_code == 302


@pytest.mark.parametrize("name", ["member", " MEMBER ", "Member@Example.org"])
def test_one_asks_by_name_or_address_and_the_mail_goes_to_the_address(
    site: Site, caplog: Log, name: str
) -> None:
    ask(site, caplog, name)
    [mail] = mails(site, caplog)
    assert "\nTo: member@example.org\n" in mail
    assert "Hello member," in mail


def without_token(page: str) -> str:
    return re.sub(r'value="[^"]*"|nonce" content="[^"]*"', "", page)


def test_nobody_is_told_who_has_an_account(site: Site, caplog: Log) -> None:
    answers = [
        site.nobody().post("/password/forgotten", name=name)
        for name in ("member", "member@example.org", "nobody-here", "nobody@example.org")
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({without_token(answer.text) for answer in answers}) == 1
    assert len({answer.headers["Content-Length"] for answer in answers}) == 1
    assert len(mails(site, caplog)) == 2


def test_the_request_does_the_same_whoever_is_asked_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is looked up before the answer: there is nothing that a clock could tell."""
    looked_up: list[str] = []
    monkeypatch.setattr(recovery, "find", lambda name: looked_up.append(name))
    site.app.extensions["backyard.outbox"].post = lambda write: None
    for name in ("member", "nobody-here"):
        site.nobody().post("/password/forgotten", name=name)
    assert looked_up == []


def test_a_link_works_once(site: Site, caplog: Log) -> None:
    link = ask(site, caplog)
    first, second = site.nobody(), site.nobody()
    assert (first.get(link).status_code, second.get(link).status_code) == (302, 302)
    assert choose(first).status_code == 302
    answer = choose(second, "six other plum trees")
    assert answer.status_code == 410
    assert UNFIT in answer.text
    assert site.nobody().get(link).status_code == 410
    assert site.nobody().log_in("member", NEW).status_code == 302


def test_of_two_who_use_a_link_at_once_one_sets_the_password(site: Site) -> None:
    with site.app.app_context():
        user = services.find("member")
        assert user
        other = update(User).where(User.id == user.id).values(session_key="meanwhile another")
        db.session.execute(other.execution_options(synchronize_session=False))
        db.session.commit()
        assert not recovery.set_new_password(user, NEW)
    assert site.nobody().log_in("member", PASSWORD).status_code == 302


def test_an_address_that_is_changed_meanwhile_is_not_verified_by_the_link(site: Site) -> None:
    with site.app.app_context():
        user = services.find("member")
        assert user
        other = update(User).where(User.id == user.id).values(email="another@example.org")
        db.session.execute(other.execution_options(synchronize_session=False))
        db.session.commit()
        recovery.verify(user)
        assert not recovery.set_new_password(user, NEW)
    assert site.user("member").email_verified_at is None


def test_any_new_password_ends_the_link(site: Site, caplog: Log) -> None:
    link = ask(site, caplog)
    browser = site.browser("member")
    browser.post("/account/password", current=PASSWORD, password=NEW, again=NEW)
    assert site.nobody().get(link).status_code == 410


def test_a_new_address_ends_the_link(site: Site, caplog: Log) -> None:
    link = ask(site, caplog)
    site.browser("member").post("/account/email", email="new@example.org", password=PASSWORD)
    assert site.nobody().get(link).status_code == 410


@pytest.mark.parametrize(("seconds", "status"), [(3590, 302), (3610, 410)])
def test_a_link_works_for_an_hour(
    site: Site, caplog: Log, monkeypatch: pytest.MonkeyPatch, seconds: int, status: int
) -> None:
    link = ask(site, caplog)
    now = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: now(self) + seconds)
    assert site.nobody().get(link).status_code == status


def test_a_form_that_waits_for_over_an_hour_is_refused(
    site: Site, caplog: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = site.nobody()
    browser.get(ask(site, caplog))
    token = browser.token()
    with monkeypatch.context() as later:
        later.setattr(tokens, "RECOVERY_SECONDS", -1)
        form = {"csrf_token": token, "password": NEW, "again": NEW}
        assert browser.client.post("/password/new", data=form).status_code == 410
    assert site.nobody().log_in("member", NEW).status_code == 422


def forgeries(site: Site) -> dict[str, str]:
    """Tokens that look right and are not."""
    with site.app.app_context():
        member, admin = services.find("member"), services.find("admin")
        assert member
        assert admin
        good = tokens.recovery_token(member)
        of_admin = tokens.recovery_token(admin)
        secret = str(site.app.secret_key)
        return {
            "nothing": "x",
            "not ours": URLSafeTimedSerializer("guess").dumps(admin.id),
            "without the user's state": URLSafeTimedSerializer(secret).dumps(admin.id),
            "another's signature": ".".join([of_admin.split(".")[0], *good.split(".")[1:]]),
            "for another purpose": tokens.verification_token(admin),
            "not a number": URLSafeTimedSerializer(secret).dumps({"id": 1}),
            "nobody": URLSafeTimedSerializer(secret).dumps(99999),
            "far too large": URLSafeTimedSerializer(secret).dumps(10**30),
            "changed": good[:-2] + ("AA" if good[-2:] != "AA" else "BB"),
        }


@pytest.mark.parametrize(
    "kind",
    [
        *("nothing", "not ours", "without the user's state", "another's signature"),
        *("for another purpose", "not a number", "nobody", "far too large", "changed"),
    ],
)
def test_a_forged_link_is_worth_nothing(site: Site, kind: str) -> None:
    browser = site.nobody()
    answer = browser.get(f"/password/new/{forgeries(site)[kind]}")
    assert answer.status_code == 410
    assert UNFIT in answer.text
    assert choose(browser).status_code == 410


def test_the_links_token_goes_no_further(site: Site, caplog: Log) -> None:
    link = ask(site, caplog)
    browser = site.nobody()
    opened = browser.get(link)
    assert opened.headers["Cache-Control"] == "no-store"
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    page = browser.get("/password/new")
    assert page.headers["Cache-Control"] == "no-store"
    assert link.rsplit("/", 1)[1] not in page.text


def test_a_session_forgets_the_token_with_the_log_in(site: Site, caplog: Log) -> None:
    browser = site.nobody()
    browser.get(ask(site, caplog))
    choose(browser)
    with browser.client:
        browser.get("/account")
        assert "recovery" not in session


def test_a_refused_password_can_be_typed_anew(site: Site, caplog: Log) -> None:
    browser = site.nobody()
    browser.get(ask(site, caplog))
    answer = choose(browser, "short")
    assert answer.status_code == 422
    assert "A password has 10 to 128 characters." in answer.text
    assert choose(browser).status_code == 302


def test_whoever_came_by_mail_has_a_verified_address(site: Site, caplog: Log) -> None:
    browser = site.nobody()
    browser.get(ask(site, caplog))
    choose(browser)
    assert site.user("member").email_verified_at is not None


@pytest.mark.parametrize("name", ["member", "nobody-here"])
def test_one_name_can_be_asked_for_so_often(build: Build, caplog: Log, name: str) -> None:
    site = build(mail_rate="2 per hour")
    answers = [
        site.nobody(REMOTE_ADDR=f"192.0.2.{n}").post("/password/forgotten", name=typed).status_code
        for n, typed in enumerate([name, f" {name.upper()} ", name])
    ]
    assert answers == [200, 200, 429]


def test_an_account_is_sent_so_many_mails_by_whatever_name_and_nobody_is_told(
    build: Build, caplog: Log
) -> None:
    site = build(mail_rate="2 per hour")
    names = ["member", "member@example.org", "member", "member@example.org"]
    statuses = [site.nobody().post("/password/forgotten", name=n).status_code for n in names]
    assert statuses == [200] * 4
    assert len(mails(site, caplog)) == 2


def test_one_address_can_ask_so_often(build: Build) -> None:
    site = build(forgotten_rate="2 per hour")
    answers = [
        site.nobody().post("/password/forgotten", name=f"user-{n}").status_code for n in range(3)
    ]
    assert answers == [200, 200, 429]
    other = site.nobody(REMOTE_ADDR="192.0.2.1")
    assert other.post("/password/forgotten", name="user").status_code == 200


def test_a_link_leads_to_the_site_whatever_host_was_asked(site: Site, caplog: Log) -> None:
    ask(site, caplog, HTTP_HOST="evil.example")
    assert "evil.example" not in mails(site, caplog)[0]


@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("https://x.example", "https://x.example/password/new/t"),
        ("https://x.example:8443/", "https://x.example:8443/password/new/t"),
        ("https://x.example/practice", "https://x.example/practice/password/new/t"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/password/new/t"),
        ("http://localhost", "http://localhost/password/new/t"),
    ],
)
def test_a_link_begins_with_the_public_url(build: Build, url: str, start: str) -> None:
    with build(public_url=url).app.app_context():
        assert public_link("accounts.recover", token="t") == start


def test_a_page_says_where_the_mail_is(site: Site, build: Build) -> None:
    asked = {"name": "nobody-here"}
    assert "has no mail server" in site.nobody().post("/password/forgotten", **asked).text
    real = build(smtp_url="smtp://mail.example.org")
    assert "Look into your mail" in real.nobody().post("/password/forgotten", **asked).text


def test_the_log_in_page_leads_here(site: Site) -> None:
    assert 'href="/password/forgotten"' in site.nobody().get("/login").text
