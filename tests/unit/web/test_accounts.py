"""Registering, logging in and out, changing the password."""

from __future__ import annotations

import re

import pytest
from argon2 import PasswordHasher

from backyard.accounts import services
from backyard.accounts.models import Role
from backyard.accounts.services import AccountError
from backyard.db import db
from tests.unit.web.conftest import PASSWORD, Site

GOOD = {
    "username": "Ada",
    "email": "Ada@Example.org",
    "password": PASSWORD,
    "again": PASSWORD,
}
WRONG = "Name and password do not fit together."


def test_who_registers_is_a_learner_and_logged_in(site: Site) -> None:
    ada = site.nobody()
    answer = ada.post("/register", **GOOD)
    assert (answer.status_code, answer.location) == (302, "/")
    assert "ada@example.org" in ada.get("/account").text
    assert site.user("ada").role is Role.LEARNER


def test_nobody_registers_as_an_instructor(site: Site) -> None:
    site.nobody().post("/register", **GOOD, role="admin")
    assert site.user("ada").role is Role.LEARNER


def test_blanks_around_a_name_are_dropped(site: Site) -> None:
    site.nobody().post("/register", **GOOD | {"username": " Ada ", "email": " ada@example.org "})
    assert site.user("ada").email == "ada@example.org"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"username": "Member"}, "Somebody has this username already."),
        ({"email": "MEMBER@example.org"}, "There is an account with this email address already."),
        ({"username": "ab"}, "Use 3 to 30 letters"),
        ({"username": "a" * 31}, "Use 3 to 30 letters"),
        ({"username": "-ada-"}, "Use 3 to 30 letters"),
        ({"username": "ada lovelace"}, "Use 3 to 30 letters"),
        ({"username": "\u0430da"}, "Use 3 to 30 letters"),
        ({"username": "<b>ada</b>"}, "Use 3 to 30 letters"),
        ({"username": ""}, "Choose a username."),
        ({"email": "ada"}, "This is not an email address."),
        ({"email": "ada@example.org\nBcc: all@example.org"}, "This is not an email address."),
        ({"password": "nine char", "again": "nine char"}, "A password has 10 to 128 characters."),
        ({"password": "x" * 129, "again": "x" * 129}, "A password has 10 to 128 characters."),
        ({"again": "something else"}, "The two passwords are not the same."),
    ],
)
def test_a_registration_is_refused_with_a_sentence(
    site: Site, change: dict[str, str], sentence: str
) -> None:
    stranger = site.nobody()
    answer = stranger.post("/register", **GOOD | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert stranger.get("/account").status_code == 302


def test_a_refused_form_keeps_what_was_typed_but_no_password(site: Site) -> None:
    answer = site.nobody().post("/register", **GOOD | {"email": "ada"})
    assert 'value="Ada"' in answer.text
    assert PASSWORD not in answer.text


def test_a_password_is_kept_as_an_argon2id_hash(site: Site) -> None:
    assert site.user("member").password_hash.startswith("$argon2id$")


@pytest.mark.parametrize("name", ["member", " MEMBER ", "Member@Example.org"])
def test_one_logs_in_by_name_or_address(site: Site, name: str) -> None:
    browser = site.nobody()
    assert browser.log_in(name).location == "/"
    assert browser.get("/account").status_code == 200


def without_what_was_typed(page: str) -> str:
    return re.sub(r'value="[^"]*"|nonce" content="[^"]*"', "", page)


def test_nobody_is_told_whether_name_or_password_was_wrong(site: Site) -> None:
    browser = site.nobody()
    wrong_password = browser.log_in("member", "wrong").text
    unknown_name = browser.log_in("nobody-of-this-name", "wrong").text
    assert WRONG in wrong_password
    assert without_what_was_typed(wrong_password) == without_what_was_typed(unknown_name)


def test_an_unknown_name_costs_as_much_hashing_as_a_wrong_password(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    verify = services._matches

    def matches(kept: str, typed: str) -> bool:
        verified.append(kept)
        return verify(kept, typed)

    monkeypatch.setattr(services, "_matches", matches)
    site.nobody().log_in("member", "wrong")
    site.nobody().log_in("nobody-of-this-name", "wrong")
    known, unknown = verified
    assert known.rsplit("$", 2)[0] == unknown.rsplit("$", 2)[0]  # the same parameters


def test_a_hash_that_is_no_hash_lets_nobody_in(site: Site) -> None:
    with site.app.app_context():
        user = services.find("member")
        assert user
        user.password_hash = "locked"
        db.session.commit()
    assert site.nobody().log_in("member", "locked").status_code == 422


def test_an_old_hash_is_made_anew_at_the_next_log_in(site: Site) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with site.app.app_context():
        user = services.find("member")
        assert user
        user.password_hash = old
        db.session.commit()
    site.nobody().log_in("member", "wrong")
    assert site.user("member").password_hash == old
    site.nobody().log_in("member")
    assert site.user("member").password_hash != old
    assert site.nobody().log_in("member").status_code == 302


def test_logging_out_ends_the_session(site: Site) -> None:
    browser = site.browser("member")
    assert browser.post("/logout").location == "/"
    assert browser.get("/account").status_code == 302


def test_nobody_is_logged_out_by_a_link(site: Site) -> None:
    browser = site.browser("member")
    assert browser.get("/logout").status_code == 405
    assert browser.get("/account").status_code == 200


def test_who_is_logged_in_needs_no_log_in(site: Site) -> None:
    for path in ("/login", "/register"):
        assert site.browser("member").get(path).location == "/"


NEW = "five loud pear trees"


def test_a_new_password_ends_all_other_sessions(site: Site) -> None:
    here, elsewhere = site.browser("member"), site.nobody()
    elsewhere.log_in("member")
    answer = here.post("/account/password", current=PASSWORD, password=NEW, again=NEW)
    assert answer.location == "/account#content"
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert site.nobody().log_in("member", PASSWORD).status_code == 422
    assert site.nobody().log_in("member", NEW).status_code == 302


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"current": "wrong", "password": NEW, "again": NEW}, "This is not your password."),
        ({"current": PASSWORD, "password": NEW, "again": PASSWORD}, "are not the same"),
        ({"current": PASSWORD, "password": "short", "again": "short"}, "has 10 to 128 characters"),
    ],
)
def test_a_password_is_not_changed(site: Site, form: dict[str, str], sentence: str) -> None:
    answer = site.browser("member").post("/account/password", **form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert site.nobody().log_in("member").status_code == 302


def test_an_error_names_the_field_to_blame(site: Site) -> None:
    with site.app.app_context(), pytest.raises(AccountError) as raised:
        services.register("member", "new@example.org", PASSWORD)
    assert raised.value.field == "username"
