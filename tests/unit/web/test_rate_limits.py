"""How often is too often, and who is counted."""

from __future__ import annotations

import pytest

from backyard.security import client_address
from tests.unit.web.conftest import PASSWORD, Build, Site

TOO_OFTEN = "That was too often in a short time."


def tries(site: Site, count: int, name: str, **options: str) -> list[int]:
    """The answers to wrong passwords, each from a browser of its own."""
    return [site.nobody(**options).log_in(name, "wrong").status_code for _ in range(count)]


def test_the_eleventh_wrong_password_in_a_minute_is_too_many(site: Site) -> None:
    assert tries(site, 11, "member") == [422] * 10 + [429]
    answer = site.nobody().log_in("member")
    assert answer.status_code == 429
    assert TOO_OFTEN in answer.text
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_one_address_can_not_try_all_accounts(site: Site) -> None:
    names = [f"user-{number}" for number in range(11)]
    assert [tries(site, 1, name)[0] for name in names] == [422] * 10 + [429]
    assert tries(site, 1, "member", REMOTE_ADDR="192.0.2.7") == [422]


def tries_from_everywhere(site: Site, *names: str) -> list[int]:
    """The answers to wrong passwords, each from an address of its own."""
    return [
        tries(site, 1, name, REMOTE_ADDR=f"192.0.2.{number}")[0]
        for number, name in enumerate(names)
    ]


@pytest.mark.parametrize("name", ["member", "nobody-here"])
def test_many_addresses_can_not_try_one_account(build: Build, name: str) -> None:
    site = build(account_rate="4 per hour")
    names = [name, f" {name.title()}"] * 2 + [name.upper()]
    assert tries_from_everywhere(site, *names) == [422] * 4 + [429]
    assert tries(site, 1, "stranger", REMOTE_ADDR="192.0.2.99") == [422]


def test_username_and_email_address_are_one_account(build: Build) -> None:
    site = build(account_rate="2 per hour")
    names = ("member", "Member@example.org", "member")
    assert tries_from_everywhere(site, *names) == [422, 422, 429]


def test_guesses_from_one_address_lock_nobody_else_out(site: Site) -> None:
    assert tries(site, 11, "admin", REMOTE_ADDR="192.0.2.7")[-1] == 429
    owner = site.nobody(REMOTE_ADDR="192.0.2.8")
    assert owner.log_in("admin", site.admin_password).status_code == 302


def test_guesses_from_everywhere_lock_no_owner_out_who_was_here_before(build: Build) -> None:
    site = build(account_rate="2 per hour")
    assert site.nobody().log_in("member").status_code == 302
    assert tries_from_everywhere(site, *["member"] * 3) == [422, 422, 429]
    assert site.nobody().log_in("member").status_code == 302
    assert site.nobody(REMOTE_ADDR="192.0.2.99").log_in("member").status_code == 429


def test_an_address_is_known_for_the_account_that_logged_in_alone(build: Build) -> None:
    site = build(account_rate="2 per hour")
    assert site.nobody().log_in("stranger").status_code == 302
    assert tries_from_everywhere(site, *["member"] * 3) == [422, 422, 429]
    assert tries(site, 1, "member") == [429]


def test_a_class_behind_one_address_can_log_in(site: Site) -> None:
    assert [site.nobody().log_in("member").status_code for _ in range(15)] == [302] * 15


def test_looking_at_a_page_is_not_counted(site: Site) -> None:
    assert {site.nobody().get("/login").status_code for _ in range(30)} == {200}


def test_whoever_sits_at_an_open_session_can_not_try_passwords(site: Site) -> None:
    browser = site.browser("member")
    new = {"password": "five loud pear trees", "again": "five loud pear trees"}
    found = [
        browser.post("/account/password", current="wrong", **new).status_code for _ in range(11)
    ]
    assert found == [422] * 10 + [429]


def test_accounts_are_not_made_by_the_hundred(build: Build) -> None:
    site = build(register_rate="2 per hour")
    names = ["ada", "bob", "cleo"]
    found = [
        site.nobody()
        .post(
            "/register",
            username=name,
            email=f"{name}@example.org",
            password=PASSWORD,
            again=PASSWORD,
        )
        .status_code
        for name in names
    ]
    assert found == [302, 302, 429]


def test_codes_are_not_guessed_by_one_user(build: Build) -> None:
    site = build(join_rate="2 per minute")
    guess = site.browser("stranger").post
    found = [guess("/cohorts/join", code="AAAA-AAAA").status_code for _ in range(2)]
    assert found == [422, 422]
    site.browser("stranger").client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert guess("/cohorts/join", code="AAAA-AAAA").status_code == 429


def test_codes_are_not_guessed_from_one_address(build: Build) -> None:
    site = build(join_rate="2 per minute")
    names = ["stranger", "member", "colleague"]
    found = [
        site.browser(name).post("/cohorts/join", code="AAAA-AAAA").status_code for name in names
    ]
    assert found == [422, 422, 429]


def test_submissions_are_counted_by_user_alone(build: Build) -> None:
    site = build(submit_rate="1 per minute")
    site.exercise()
    url = "/exercises/flask/books/submissions"
    found = [
        site.browser(name).post(url, **{"text:app.py": "x"}).status_code
        for name in ("member", "stranger", "member")
    ]
    assert found == [303, 303, 429]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
    ],
)
def test_whoever_owns_a_network_of_addresses_is_counted_as_one(
    site: Site, address: str, counted: str
) -> None:
    with site.app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert client_address() == counted


@pytest.mark.parametrize(("proxies", "last"), [(0, 429), (1, 422)])
def test_a_proxys_word_counts_only_where_there_is_a_proxy(
    build: Build, proxies: int, last: int
) -> None:
    site = build(trusted_proxies=proxies, login_rate="2 per minute")
    found = [
        tries(site, 1, f"user-{number}", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")[0]
        for number in range(3)
    ]
    assert found == [422, 422, last]


def test_nobody_forges_an_address_through_the_proxy(build: Build) -> None:
    site = build(trusted_proxies=1, login_rate="2 per minute")
    found = [
        tries(site, 1, f"user-{number}", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 192.0.2.7")[0]
        for number in range(3)
    ]
    assert found == [422, 422, 429]
