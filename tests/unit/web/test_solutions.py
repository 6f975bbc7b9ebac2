"""Solutions are open to those who have passed, and only what was shared is read by others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from backyard.db import db, utcnow
from backyard.solutions.models import SharedSolution
from backyard.submissions.lifecycle import SubmissionState
from backyard.submissions.models import Submission
from grader.verdict import Verdict
from tests.unit.web.conftest import Site

PAGE = "/exercises/flask/books/solutions"
HOSTILE = "</code></pre><script>alert(1)</script>"
FILES = {
    "exercise.toml": "secret",
    "tests/test_it.py": "secret",
    "solutions/accepted/reference/app.py": f"# the reference\n{HOSTILE}\n",
    "solutions/accepted/reference/notes.md": "secret",
    "solutions/accepted/short/app.py": "# the short one\n",
    "solutions/wrong/lazy/app.py": "secret",
}


def passed(site: Site, who: str, text: str = "print(1)\n", minute: int = 0, **fields: Any) -> str:
    """A submission of somebody's that passed; returns its id."""
    good: dict[str, Any] = {
        "files": {"app.py": text},
        "state": SubmissionState.DONE,
        "verdict": Verdict.PASSED,
        "finished_at": utcnow(),
        "created_at": utcnow() + timedelta(minutes=minute),
        "points": 3,
        "max_points": 3,
        "score": 100,
    }
    return site.submission(who, **good | fields).id


@pytest.fixture
def furnished(site: Site) -> Site:
    """A site where member and colleague have passed, and stranger has tried."""
    site.exercise()
    site.version(files=FILES)
    for who, points in (("member", 3), ("colleague", 3), ("stranger", 2)):
        site.progress(who, "flask/books", points)
    return site


def share(site: Site, who: str, submission: str, on: str = "on") -> int:
    return site.browser(who).post(f"/submissions/{submission}/share", share=on).status_code


def status(site: Site, who: str, path: str = "") -> int:
    return site.browser(who).get(PAGE + path).status_code


@pytest.mark.parametrize("who", ["stranger", "instructor", "admin"])
def test_who_has_not_passed_gets_404(furnished: Site, who: str) -> None:
    theirs = passed(furnished, "member")
    share(furnished, "member", theirs)
    for path in ("", "/accepted/reference", f"/shared/{theirs}"):
        assert status(furnished, who, path) == 404
        assert status(furnished, "colleague", path) == 200


def test_the_accepted_solutions_are_listed_and_nothing_else_of_the_exercise(
    furnished: Site,
) -> None:
    html = furnished.browser("member").get(PAGE).text
    assert f'href="{PAGE}/accepted/reference"' in html
    assert f'href="{PAGE}/accepted/short"' in html
    assert "lazy" not in html
    for name in ("lazy", "no-such", "..", "wrong"):
        assert status(furnished, "member", f"/accepted/{name}") == 404


def test_a_solution_is_shown_as_it_differs_from_ones_last_that_passed(furnished: Site) -> None:
    passed(furnished, "member", "print('older')\n")
    passed(furnished, "member", "print('newer')\n", minute=1)
    html = furnished.browser("member").get(f"{PAGE}/accepted/reference").text
    assert "print(&#39;newer&#39;)" in html
    assert "older" not in html
    assert "# the reference" in html
    assert "secret" not in html
    assert HOSTILE not in html


def test_only_the_version_that_learners_get_now_counts(furnished: Site) -> None:
    furnished.version(2, "b", files={"solutions/accepted/later/app.py": "x"})
    assert "later" not in furnished.browser("member").get(PAGE).text


def test_without_a_version_the_page_says_so(site: Site) -> None:
    site.exercise()
    site.progress("member", "flask/books", 3)
    assert "The authors of this exercise give none." in site.browser("member").get(PAGE).text


def test_what_is_shared_is_read_and_what_is_taken_back_is_not(furnished: Site) -> None:
    theirs = passed(furnished, "member", HOSTILE)
    assert status(furnished, "colleague", f"/shared/{theirs}") == 404
    assert share(furnished, "member", theirs) == 303
    assert f"/shared/{theirs}" in furnished.browser("colleague").get(PAGE).text
    html = furnished.browser("colleague").get(f"{PAGE}/shared/{theirs}").text
    assert "Solution of member" in html
    assert HOSTILE not in html
    assert share(furnished, "member", theirs, "off") == 303
    assert status(furnished, "colleague", f"/shared/{theirs}") == 404


def test_ones_own_is_not_listed_as_another_learners(furnished: Site) -> None:
    mine = passed(furnished, "member")
    share(furnished, "member", mine)
    html = furnished.browser("member").get(PAGE).text
    assert f"/shared/{mine}" not in html
    assert "✓ Shared" in html


@pytest.mark.parametrize("who", ["colleague", "instructor", "admin"])
def test_nobody_shares_what_another_handed_in(furnished: Site, who: str) -> None:
    assert share(furnished, who, passed(furnished, "member")) == 404


def test_what_did_not_pass_is_not_shared(furnished: Site) -> None:
    fields: dict[str, Any] = {"verdict": Verdict.FAILED, "points": 1, "score": 33}
    assert share(furnished, "member", passed(furnished, "member", **fields)) == 404
    assert share(furnished, "member", furnished.submission("member").id) == 404


def test_what_a_regrade_fails_is_not_shared_any_more(furnished: Site) -> None:
    theirs = passed(furnished, "member")
    share(furnished, "member", theirs)
    with furnished.app.app_context():
        db.session.get_one(Submission, theirs).verdict = Verdict.FAILED
        db.session.commit()
    assert status(furnished, "colleague", f"/shared/{theirs}") == 404


def test_what_does_not_count_any_more_is_taken_back_all_the_same(furnished: Site) -> None:
    mine = passed(furnished, "member")
    share(furnished, "member", mine)
    for verdict in (Verdict.FAILED, Verdict.PASSED):  # a regrade, which is undone
        with furnished.app.app_context():
            db.session.get_one(Submission, mine).verdict = verdict
            db.session.commit()
        assert share(furnished, "member", mine, "off") == 303
    assert status(furnished, "colleague", f"/shared/{mine}") == 404


def test_of_each_learner_the_newest_is_listed(furnished: Site) -> None:
    older, newer = (passed(furnished, "member", minute=minute) for minute in (1, 2))
    for one in (older, newer):
        share(furnished, "member", one)
    html = furnished.browser("colleague").get(PAGE).text
    assert f"/shared/{newer}" in html
    assert f"/shared/{older}" not in html


def test_sharing_twice_is_sharing_once(furnished: Site) -> None:
    mine = passed(furnished, "member")
    assert [share(furnished, "member", mine) for _ in range(2)] == [303, 303]
    assert [share(furnished, "member", mine, "off") for _ in range(2)] == [303, 303]


def test_the_verdict_leads_there_for_who_handed_in_alone(furnished: Site) -> None:
    mine = passed(furnished, "member")
    furnished.cohort("Spring", "instructor", "member")
    assert PAGE in furnished.browser("member").get(f"/submissions/{mine}").text
    assert PAGE not in furnished.browser("instructor").get(f"/submissions/{mine}").text


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"submission_id": "no such"}, "FOREIGN KEY"),
        ({"exercise_id": "no/such"}, "FOREIGN KEY"),
        ({"exercise_id": None}, "NOT NULL"),
        ({"submission_id": None}, "NOT NULL"),
    ],
)
@pytest.mark.filterwarnings("ignore:Column .* is marked as a member of the primary key")
def test_the_table_refuses(furnished: Site, fields: dict[str, Any], refusal: str) -> None:
    good = {"submission_id": passed(furnished, "member"), "exercise_id": "flask/books"}
    with pytest.raises(IntegrityError, match=refusal):
        furnished.add(SharedSolution(**good | fields))


def test_a_submission_is_shared_once_and_takes_that_with_it(furnished: Site) -> None:
    mine = passed(furnished, "member")
    furnished.add(SharedSolution(submission_id=mine, exercise_id="flask/books"))
    with pytest.raises(IntegrityError, match="UNIQUE"):
        furnished.add(SharedSolution(submission_id=mine, exercise_id="flask/books"))
    with furnished.app.app_context():
        db.session.delete(db.session.get_one(Submission, mine))
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(SharedSolution)) == 0


def test_an_accepted_solution_shows_what_may_be_added_after_the_exercises_own(site: Site) -> None:
    site.exercise(files=["z.py"], may_add=["*.py"])
    folder = "solutions/accepted/reference"
    site.version(files={f"{folder}/a.py": "# more", f"{folder}/z.py": "# own"})
    site.progress("member", "flask/books", 3)
    page = site.browser("member").get(f"{PAGE}/accepted/reference").text
    assert 0 < page.index("z.py") < page.index("a.py")
