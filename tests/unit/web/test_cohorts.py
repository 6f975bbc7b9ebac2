"""Cohorts: made by instructors, joined by code."""

from __future__ import annotations

import re

import pytest

from backyard.cohorts import services
from backyard.cohorts.codes import ALPHABET, LENGTH, new_code, normalise, pretty
from backyard.cohorts.models import Cohort
from backyard.db import db
from tests.unit.web.conftest import PASSWORD, Browser, Site


def code_on(page: str) -> str:
    """The join code that a page shows."""
    found = re.search(r"join-code[^>]*>([^<]+)<", page)
    assert found
    return found[1]


def make(browser: Browser, name: str = "Spring") -> str:
    """Make a cohort; returns its path."""
    return browser.post("/cohorts", name=name).headers["Location"]


def test_an_instructor_makes_a_cohort_and_gets_a_code(site: Site) -> None:
    instructor = site.browser("instructor")
    path = make(instructor, "  Spring <b>  ")
    page = instructor.get(path).text
    assert "<h1>Spring &lt;b&gt;</h1>" in page
    assert re.fullmatch(r"\w{4}-\w{4}", code_on(page))


@pytest.mark.parametrize(("name", "status"), [("", 422), ("   ", 422), ("x" * 81, 422), ("x", 302)])
def test_a_cohort_has_a_name_of_some_length(site: Site, name: str, status: int) -> None:
    assert site.browser("instructor").post("/cohorts", name=name).status_code == status


@pytest.mark.parametrize("write", [str, str.lower, lambda code: code.replace("-", " "), pretty])
def test_a_code_may_be_typed_in_any_way(site: Site, write: object) -> None:
    assert callable(write)
    cohort = site.cohort()
    typed = f"  {write(pretty(cohort.code) if write is not pretty else cohort.code)} "
    answer = site.browser("stranger").post("/cohorts/join", code=typed)
    assert answer.location == f"/cohorts/{cohort.id}"
    assert "stranger" in site.browser("stranger").get(answer.location).text


def test_joining_twice_is_no_error_and_counts_once(site: Site) -> None:
    cohort = site.cohort()
    for _ in range(2):
        site.browser("member").post("/cohorts/join", code=cohort.code)
    assert site.browser("member").get(f"/cohorts/{cohort.id}").text.count('scope="row"') == 1


@pytest.mark.parametrize("code", ["", "AAAA-AAAA", "%", "' OR 1=1 --", "x" * 1000])
def test_a_wrong_code_leads_nowhere(site: Site, code: str) -> None:
    site.cohort()
    answer = site.browser("stranger").post("/cohorts/join", code=code)
    assert answer.status_code == 422
    assert "/cohorts/1" not in answer.text


def test_a_new_code_ends_the_old_one_and_keeps_the_members(site: Site) -> None:
    cohort = site.cohort("Spring", "instructor", "member")
    site.browser("instructor").post(f"/cohorts/{cohort.id}/code")
    assert site.browser("stranger").post("/cohorts/join", code=cohort.code).status_code == 422
    page = site.browser("instructor").get(f"/cohorts/{cohort.id}").text
    assert code_on(page) != pretty(cohort.code)
    assert "member" in page


def test_the_owner_renames_a_cohort(site: Site) -> None:
    path = f"/cohorts/{site.cohort().id}"
    owner = site.browser("instructor")
    assert owner.post(f"{path}/name", name=" Autumn ").location == path
    assert "<h1>Autumn</h1>" in owner.get(path).text
    refused = owner.post(f"{path}/name", name="")
    assert refused.status_code == 422
    assert "<h1>Autumn</h1>" in refused.text


def test_members_see_neither_code_nor_forms(site: Site) -> None:
    cohort = site.cohort("Spring", "instructor", "member")
    page = site.browser("member").get(f"/cohorts/{cohort.id}").text
    assert "join-code" not in page
    assert cohort.code not in page.replace("-", "")
    assert "Leave this cohort" in page


def test_who_leaves_is_a_member_no_more(site: Site) -> None:
    cohort = site.cohort("Spring", "instructor", "member")
    browser = site.browser("member")
    assert browser.post(f"/cohorts/{cohort.id}/leave").location == "/cohorts"
    assert browser.get(f"/cohorts/{cohort.id}").status_code == 404
    assert "<th" not in site.browser("instructor").get(f"/cohorts/{cohort.id}").text


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("member", ["Spring"]),
        ("instructor", ["Spring"]),
        ("colleague", ["Autumn"]),
        ("stranger", []),
        ("admin", ["Autumn", "Spring"]),
    ],
)
def test_everybody_finds_their_own_cohorts(site: Site, who: str, names: list[str]) -> None:
    site.cohort("Spring", "instructor", "member")
    site.cohort("Autumn", "colleague")
    page = site.browser(who).get("/cohorts").text
    assert re.findall(r'<a href="/cohorts/\d+">(\w+)</a>', page) == names


def test_an_owner_who_is_an_instructor_no_more_manages_nothing(site: Site) -> None:
    cohort = site.cohort("Spring", "instructor", "member")
    site.browser("admin").post("/admin/users", username="instructor", role="learner")
    assert site.browser("instructor").get(f"/cohorts/{cohort.id}").status_code == 404


def test_an_id_that_no_database_can_hold_is_not_there(site: Site) -> None:
    assert site.browser("admin").get(f"/cohorts/{10**30}").status_code == 404


def test_codes_are_long_random_and_easy_to_read_out() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {LENGTH}
    assert set("".join(codes)) == set(ALPHABET)
    assert not set("0O1IL") & set(ALPHABET)
    assert len(ALPHABET) ** LENGTH > 2**39


def test_a_code_is_read_as_it_was_shown() -> None:
    code = new_code()
    assert normalise(pretty(code)) == code


@pytest.mark.parametrize(
    ("who", "teaches"),
    [("instructor", True), ("colleague", False), ("stranger", False), ("member", False)],
)
def test_a_cohorts_owner_teaches_its_members(site: Site, who: str, teaches: bool) -> None:
    site.cohort("Spring", "instructor", "member")
    site.cohort("Autumn", "colleague", "stranger")
    with site.app.app_context():
        learner = site.user("member").id
        assert services.teaches_learner(site.user(who), learner) is teaches


def test_cohorts_are_counted_from_the_newest(site: Site) -> None:
    names = ["first", "second", "third"]
    for name in names:
        site.cohort(name)
    with site.app.app_context():
        found = [cohort.name for cohort in services.cohorts_of(site.user("instructor"))]
        assert found == names[::-1]
        assert db.session.query(Cohort).count() == 3


def leave_site(site: Site, name: str) -> None:
    """Somebody deletes their account."""
    goodbye = {"username": name, "password": PASSWORD}
    assert site.browser(name).post("/account/delete", **goodbye).status_code == 302


def test_admins_see_which_cohorts_nobody_owns(site: Site) -> None:
    for number, owner in enumerate(("instructor", "colleague", "admin")):
        site.cohort(f"Spring {number}", owner)
    site.browser("admin").post("/admin/users", username="colleague", role="learner")
    leave_site(site, "instructor")
    page = site.browser("admin").get("/cohorts").text
    assert re.findall(r">Spring (\d)</a>\s*<span[^>]*>([^<]+)<", page) == [
        ("2", "yours"),
        ("1", "without an owner"),
        ("0", "without an owner"),
    ]


def test_members_are_told_that_nobody_teaches_their_cohort(site: Site) -> None:
    path = f"/cohorts/{site.cohort('Spring', 'instructor', 'member').id}"
    told = "This cohort has no instructor at the moment. Admins look after it."
    assert told not in site.browser("member").get(path).text
    leave_site(site, "instructor")
    assert told in site.browser("member").get(path).text


@pytest.mark.parametrize("name", ["colleague", "admin"])
def test_an_admin_gives_a_cohort_that_nobody_owns_to_somebody(site: Site, name: str) -> None:
    cohort = site.cohort("Spring", "instructor", "member")
    leave_site(site, "instructor")
    path = f"/cohorts/{cohort.id}"
    admin = site.browser("admin")
    choices = re.findall(r'<option value="(\w+)"', admin.get(path).text)
    assert choices == ["admin", "colleague"]
    assert admin.post(f"{path}/owner", username=name).location == path
    page = site.browser(name).get(path).text
    assert code_on(page) == pretty(cohort.code)
    assert "has no instructor" not in page
    with site.app.app_context():
        assert services.teaches_learner(site.user(name), site.user("member").id)


def test_a_cohort_that_has_an_owner_can_be_given_away_too(site: Site) -> None:
    path = f"/cohorts/{site.cohort().id}"
    site.browser("admin").post(f"{path}/owner", username="colleague")
    assert site.browser("instructor").get(path).status_code == 404
    assert site.browser("colleague").get(path).status_code == 200


@pytest.mark.parametrize("name", ["", "member", "nobody-here"])
def test_a_cohort_is_given_to_nobody_who_does_not_teach(site: Site, name: str) -> None:
    path = f"/cohorts/{site.cohort().id}"
    answer = site.browser("admin").post(f"{path}/owner", username=name)
    assert answer.status_code == 422
    assert ("Choose somebody else." if name else "Choose who is to own") in answer.text
    assert site.browser("instructor").get(path).status_code == 200


def test_owners_give_their_cohort_to_nobody(site: Site) -> None:
    path = f"/cohorts/{site.cohort().id}"
    owner = site.browser("instructor")
    assert "New owner" not in owner.get(path).text
    assert owner.post(f"{path}/owner", username="colleague").status_code == 403
