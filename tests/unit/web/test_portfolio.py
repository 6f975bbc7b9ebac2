"""Profile and portfolio: off until it is switched on, and nothing in it that was not chosen."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from backyard.accounts.models import User
from backyard.db import db, utcnow
from backyard.portfolio.models import Portfolio, ShownSolution
from backyard.submissions.lifecycle import Kind, SubmissionState
from backyard.submissions.models import Submission
from grader.verdict import Verdict
from tests.unit.web.conftest import TESTS, Site

PAGE = "/p/member"
CODE = "/p/member/flask/books"


def handed_in(
    site: Site, number: int, points: int = 3, name: str = "member", kind: Kind = Kind.SUBMIT
) -> str:
    """A graded submission with code of its own; its id."""
    when = utcnow() - timedelta(minutes=number)
    row = site.submission(
        name,
        id=f"{number:032x}",
        kind=kind,
        state=SubmissionState.DONE,
        verdict=Verdict.PASSED if points == 3 else Verdict.FAILED,
        points=points,
        max_points=3,
        score=100 * points // 3,
        files={"app.py": f"answer = {number} < 99  # by {name}\n"},
        created_at=when,
        finished_at=when,
    )
    return row.id


def save(site: Site, shown: str = "", *switches: str, name: str = "member") -> int:
    """Send the form with a solution to flask/books, and return the status."""
    fields = dict.fromkeys(switches, "yes") | {"show:flask/books": shown}
    return site.browser(name).post("/portfolio", **fields).status_code


@pytest.fixture
def submission(site: Site) -> str:
    """A submission of member's that passed."""
    site.exercise(statement="# Title\n\nSecret statement", hints=["A hint"])
    site.progress("member", "flask/books", 3)
    return handed_in(site, 1)


def statuses(site: Site, name: str | None) -> tuple[int, int]:
    browser = site.browser(name) if name else site.nobody()
    return browser.get(PAGE).status_code, browser.get(CODE).status_code


def test_it_is_off_until_its_owner_switches_it_on(site: Site, submission: str) -> None:
    assert save(site, submission) == 303
    for name in (None, "stranger", "instructor", "admin"):
        assert statuses(site, name) == (404, 404)
    assert statuses(site, "member") == (200, 200)
    assert "Only you see this page" in site.browser("member").get(PAGE).text


def test_switched_on_everybody_sees_what_was_chosen_with_its_code(
    site: Site, submission: str
) -> None:
    handed_in(site, 2)
    assert save(site, submission, "is_public") == 303
    assert statuses(site, None) == (200, 200)
    assert "Title of books" in site.nobody().get(PAGE).text
    page = site.nobody().get(CODE).text
    code = re.sub(r"<[^>]+>", "", page)
    assert "answer = 1 &lt; 99" in code
    assert "answer = 2" not in code
    assert '<span class="mi">1</span>' in page  # highlighted


def test_switched_off_or_taken_out_it_is_gone_at_once(site: Site, submission: str) -> None:
    save(site, submission, "is_public")
    save(site, "", "is_public")
    assert statuses(site, None) == (200, 404)
    assert "There is nothing to see here yet." in site.nobody().get(PAGE).text
    save(site, submission, "is_public")
    save(site, submission)
    assert statuses(site, None) == (404, 404)


def test_nothing_of_the_exercises_own_is_shown(site: Site, submission: str) -> None:
    save(site, submission, "is_public")
    for path in (PAGE, CODE):
        page = site.nobody().get(path).text
        secrets = ["Secret statement", "A hint", "secret()", "assert open()"]
        assert not [word for word in secrets if word in page]
        assert not [test["id"] for test in TESTS if str(test["id"]) in page]


@pytest.mark.parametrize(
    "whose", ["another's", "failed", "a run", "of another exercise", "no such"]
)
def test_only_what_is_ones_own_and_passed_can_be_chosen(
    site: Site, submission: str, whose: str
) -> None:
    site.exercise("sql/joins")
    wrong = {
        "another's": lambda: handed_in(site, 7, name="stranger"),
        "failed": lambda: handed_in(site, 8, points=1),
        "a run": lambda: handed_in(site, 9, kind=Kind.RUN),
        "of another exercise": lambda: submission,
        "no such": lambda: "f" * 32,
    }[whose]()
    save(site, submission, "is_public")
    field = "show:sql/joins" if whose == "of another exercise" else "show:flask/books"
    answer = site.browser("member").post("/portfolio", **{field: wrong})
    assert answer.status_code == 422
    assert "Nothing was saved" in answer.text
    assert statuses(site, None) == (200, 200)  # as it was before


def test_what_a_regrade_takes_the_pass_from_is_not_shown(site: Site, submission: str) -> None:
    save(site, submission, "is_public")
    with site.app.app_context():
        failed = update(Submission).values(verdict=Verdict.FAILED, points=1, score=33)
        db.session.execute(failed.where(Submission.id == submission))
        db.session.commit()
    assert statuses(site, None) == (200, 404)


@pytest.mark.parametrize("switch", [(), ("may_be_found",)])
def test_search_engines_are_kept_away_unless_they_are_allowed(
    site: Site, submission: str, switch: tuple[str, ...]
) -> None:
    save(site, submission, "is_public", *switch)
    for path in (PAGE, CODE):
        answer = site.nobody().get(path)
        assert (answer.headers.get("X-Robots-Tag") == "noindex") is (not switch)
        assert ('name="robots"' in answer.text) is (not switch)


def test_what_is_off_can_not_be_found_by_search_engines_either(site: Site, submission: str) -> None:
    save(site, submission, "may_be_found")
    with site.app.app_context():
        row = db.session.get_one(Portfolio, site.user("member").id)
        assert (row.is_public, row.may_be_found) == (False, False)


def test_whose_account_is_deleted_has_no_portfolio(site: Site, submission: str) -> None:
    save(site, submission, "is_public")
    with site.app.app_context():
        db.session.execute(delete(User).where(User.username == "member"))
        db.session.commit()
        assert db.session.query(Portfolio).count() == 0
        assert db.session.query(ShownSolution).count() == 0
    assert statuses(site, None) == (404, 404)


def test_the_newest_that_passed_are_offered_and_the_one_that_is_shown(site: Site) -> None:
    site.exercise()
    oldest = handed_in(site, 9)
    save(site, oldest, "is_public")
    for number in range(1, 8):
        handed_in(site, number)
    handed_in(site, 8, points=1)
    page = site.browser("member").get("/portfolio").text
    offered = [int(found, 16) for found in re.findall(r'<option value="(\w{32})"', page)]
    assert offered == [1, 2, 3, 4, 5, 9]
    assert re.search(rf'<option value="{oldest}" data-datetime="[^"]+" selected>', page)


def test_the_profile_counts_exercises_by_skill_and_submissions_by_verdict(
    site: Site, submission: str
) -> None:
    site.exercise("flask/login", skills=["http", "tokens"])
    handed_in(site, 2, points=1)
    site.submission("member")
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", site.browser("member").get("/profile").text))
    assert "http 1 of 2" in page
    assert "tokens 0 of 1" in page
    assert "Exercises passed 1 of 2" in page
    assert "Submissions 3" in page
    assert "✓ Passed 1" in page
    assert "Without a verdict 1" in page


def test_names_are_escaped_and_strangers_names_tell_nothing(site: Site) -> None:
    for path in ("/p/nobody", "/p/%3Cb%3E", "/p/stranger", "/p/nobody/a/b"):
        assert site.nobody().get(path).status_code == 404
