"""Limits keep guessers out, and let a class in that sits behind one address."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from backyard.accounts.models import User
from tests.unit.web.conftest import Build, Site

JSON = {"Accept": "application/json"}


@pytest.mark.parametrize(
    ("limit", "wait"),
    [("1 per minute", "Wait a minute"), ("1 per hour", "Wait 60 minutes")],
)
def test_whoever_is_too_fast_is_told_how_long_to_wait(build: Build, limit: str, wait: str) -> None:
    browser = build(register_rate=limit).nobody()
    form = {"csrf_token": browser.token()}
    browser.client.post("/register", data=form)
    answer = browser.client.post("/register", data=form, headers=JSON)
    assert answer.status_code == 429
    assert answer.json is not None
    assert wait in answer.json["error"]


def test_many_learners_behind_one_address_join_at_once(build: Build) -> None:
    site = build(join_rate="1 per minute")
    code = site.cohort().code
    for name in ("member", "stranger", "colleague"):
        assert site.browser(name).post("/cohorts/join", code=code).status_code == 302


def test_an_error_of_the_database_tells_the_log_no_values(site: Site) -> None:
    twin = User(username="member", email="twin@example.org", password_hash="h", session_key="key-1")
    with pytest.raises(IntegrityError) as raised:
        site.add(twin)
    assert "twin@example.org" not in str(raised.value)
    assert "key-1" not in str(raised.value)
