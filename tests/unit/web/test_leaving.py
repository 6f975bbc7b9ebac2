"""All of one's data in a file, and the end of an account."""

from __future__ import annotations

import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select, text

from backyard.accounts import services
from backyard.accounts.models import Role
from backyard.accounts.services import AccountError
from backyard.catalog.models import ExerciseVersion, Progress
from backyard.cohorts.models import Cohort, Membership
from backyard.db import Base, db, utcnow
from backyard.hints.models import HintOpening
from backyard.portfolio.models import Portfolio, ShownSolution
from backyard.solutions.models import SharedSolution
from backyard.submissions.lifecycle import Ending, SubmissionState
from backyard.submissions.models import Attempt, Submission, TestResultRow
from backyard.teaching.models import Publication
from backyard.tryouts.models import Tryout, TryoutQuestion
from backyard.workbench.models import Draft
from grader.verdict import Outcome, Verdict
from tests.unit.web.conftest import PASSWORD, Site

HOSTILE = "print('<script>')\n# Ωραία\n"
GOODBYE = {"username": "member", "password": PASSWORD}


@pytest.fixture
def furnished(site: Site) -> Site:
    """`member` has a graded submission, one that waits, progress, and a cohort."""
    site.exercise()
    site.progress("member", "flask/books", 2)
    site.submission("member", id="6" * 32)
    done: dict[str, Any] = {"verdict": Verdict.FAILED, "points": 2, "max_points": 3, "score": 66}
    site.submission(
        "member",
        id="5" * 32,
        state=SubmissionState.DONE,
        finished_at=utcnow(),
        files={"app.py": HOSTILE, "shop/views.py": "pass\n"},
        **done,
    )
    site.submission("stranger", files={"app.py": "the stranger's secret\n"})
    attempt = site.add(
        Attempt(
            submission_id="5" * 32,
            token="t" * 32,
            number=1,
            worker="the worker's name",
            ended_at=utcnow(),
            ending=Ending.GRADED,
            verdict=Verdict.FAILED,
            cause="for operators alone",
        )
    )
    result: dict[str, Any] = {"test_id": "t.py::a", "title": "It adds", "points": 1}
    result |= {"visible": True, "outcome": Outcome.FAILED, "seconds": 0.5, "message": "1 != 2"}
    site.add(TestResultRow(attempt_id=attempt.id, position=0, exchanges=[], output="hi", **result))
    site.cohort("Spring", "instructor", "member", "stranger")
    return site


def download(site: Site, name: str = "member") -> dict[str, str]:
    """The files in somebody's archive, by their paths in its folder."""
    with site.browser(name).get("/account/data") as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert f"backyard-{name}-" in answer.headers["Content-Disposition"]
        data = io.BytesIO(answer.data)
    with ZipFile(data) as archive:
        assert archive.testzip() is None
        assert all(path.startswith(f"backyard-{name}/") for path in archive.namelist())
        return {p.partition("/")[2]: archive.read(p).decode() for p in archive.namelist()}


def test_an_archive_holds_all_that_is_ones_own(furnished: Site) -> None:
    files = download(furnished)
    account = json.loads(files["account.json"])
    assert (account["username"], account["email"]) == ("member", "member@example.org")
    assert json.loads(files["progress.json"])[0]["points"] == 2
    assert [one["name"] for one in json.loads(files["cohorts.json"])["joined"]] == ["Spring"]
    [folder] = {path.split("/")[1] for path in files if path.endswith("55555555/submission.json")}
    assert folder.endswith("-flask-books-55555555")
    assert files[f"submissions/{folder}/files/app.py"] == HOSTILE
    assert files[f"submissions/{folder}/files/shop/views.py"] == "pass\n"
    graded = json.loads(files[f"submissions/{folder}/submission.json"])
    assert (graded["verdict"], graded["points"]) == ("failed", 2)
    assert graded["attempts"][0]["verdict"] == "failed"
    assert graded["tests"][0]["message"] == "1 != 2"
    assert sum(path.endswith("submission.json") for path in files) == 2
    assert "submission.json" in files["README.txt"]


def test_an_archive_holds_drafts_hints_shares_portfolio_and_tryout(furnished: Site) -> None:
    member = furnished.user("member").id
    of = {"user_id": member, "exercise_id": "flask/books"}
    shared = furnished.submission("member").id
    furnished.add(Draft(**of, files={"app.py": "half done"}))
    furnished.add(HintOpening(**of, number=1))
    furnished.add(SharedSolution(submission_id=shared, exercise_id="flask/books"))
    furnished.add(Portfolio(user_id=member, is_public=True, may_be_found=False))
    furnished.add(ShownSolution(**of, submission_id=shared))
    furnished.add(Tryout(**of, id=1, content_hash="a" * 64, files={"app.py": "tried"}))
    furnished.add(TryoutQuestion(tryout_id=1, number=1, asked={"path": "/books"}))
    files = download(furnished)
    assert files["drafts/flask-books/app.py"] == "half done"
    assert json.loads(files["hints.json"])[0]["number"] == 1
    assert json.loads(files["shared-solutions.json"])[0]["submission_id"] == shared
    assert json.loads(files["portfolio.json"])["shown"] == {"flask/books": shared}
    tryout = json.loads(files["tryout.json"])
    assert (tryout["files"], tryout["questions"][0]["asked"]) == (
        {"app.py": "tried"},
        {"path": "/books"},
    )


def test_an_archive_holds_nothing_that_is_not(furnished: Site) -> None:
    user = furnished.user("member")
    everything = "".join(download(furnished).values())
    for secret in (user.password_hash, user.session_key, "stranger", "instructor@", "operators"):
        assert secret not in everything
    assert "the worker's name" not in everything


def test_a_teachers_archive_holds_their_cohorts_without_the_members(furnished: Site) -> None:
    data = json.loads(download(furnished, "instructor")["cohorts.json"])
    assert [one["name"] for one in data["own"]] == ["Spring"]
    assert "member" not in json.dumps(data)


def test_an_archive_of_many_submissions_has_them_all(site: Site) -> None:
    site.exercise()
    for _ in range(103):
        site.submission("member")
    assert sum(path.endswith("/app.py") for path in download(site)) == 103


def test_archives_are_not_made_all_day(site: Site) -> None:
    statuses = []
    for _ in range(21):
        with site.browser("member").get("/account/data") as answer:
            statuses.append(answer.status_code)
    assert statuses == [200] * 20 + [429]


def count(site: Site, table: type[Base]) -> int:
    with site.app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_an_account_goes_with_all_that_was_its_own(furnished: Site) -> None:
    here, elsewhere = furnished.browser("member"), furnished.nobody()
    elsewhere.log_in("member")
    answer = here.post("/account/delete", **GOODBYE | {"username": " Member "})
    assert answer.location == "/"
    assert "Your account is deleted" in here.get("/").text
    assert here.get("/account").status_code == 302
    assert elsewhere.get("/account").status_code == 302
    assert furnished.nobody().log_in("member").status_code == 422
    left = {table: count(furnished, table) for table in (Progress, Attempt, TestResultRow)}
    assert set(left.values()) == {0}
    assert (count(furnished, Submission), count(furnished, Membership)) == (1, 1)


def test_nothing_in_the_database_points_to_a_user_who_is_gone(furnished: Site) -> None:
    """Whatever table is added: a foreign key to users says what becomes of its rows."""
    keys = [key for table in Base.metadata.tables.values() for key in table.foreign_keys]
    to_users = [key for key in keys if key.column.table.name == "users"]
    assert {key.ondelete for key in to_users} == {"CASCADE", "SET NULL"}
    furnished.browser("member").post("/account/delete", **GOODBYE)
    with furnished.app.app_context():
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []


def test_the_name_and_the_address_are_free_again(furnished: Site) -> None:
    furnished.browser("member").post("/account/delete", **GOODBYE)
    fields = {"username": "member", "email": "member@example.org", "again": PASSWORD}
    anew = furnished.nobody()
    assert anew.post("/register", password=PASSWORD, **fields).status_code == 302
    assert "You have handed in nothing yet." in anew.get("/submissions").text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"password": "wrong"}, "This is not your password."),
        ({"username": "stranger"}, "This is not your username."),
        ({"username": ""}, "Type your username."),
        ({"password": ""}, "Type your password."),
    ],
)
def test_an_account_is_not_deleted(furnished: Site, change: dict[str, str], sentence: str) -> None:
    answer = furnished.browser("member").post("/account/delete", **GOODBYE | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert furnished.browser("member").get("/account").status_code == 200


def test_the_last_admin_stays(site: Site) -> None:
    goodbye = {"username": "admin", "password": site.admin_password}
    answer = site.browser("admin").post("/account/delete", **goodbye)
    assert answer.status_code == 422
    assert "You are the only admin." in answer.text
    with site.app.app_context():
        services.set_role("colleague", Role.ADMIN)
    assert site.browser("admin").post("/account/delete", **goodbye).status_code == 302


def test_of_two_admins_who_leave_one_after_the_other_one_stays(site: Site) -> None:
    with site.app.app_context():
        colleague = services.set_role("colleague", Role.ADMIN)
        admin = services.find("admin")
        assert admin
        services.delete_account(colleague, PASSWORD, "colleague")
        with pytest.raises(AccountError, match="the only admin"):
            services.delete_account(admin, site.admin_password, "admin")


def test_what_an_instructor_made_for_others_stays(furnished: Site) -> None:
    instructor = furnished.user("instructor").id
    furnished.version(published_by=instructor)
    furnished.add(Publication(id=1, requested_by=instructor))
    page = furnished.browser("instructor").get("/account").text
    assert "cohorts keep their members, with admins in your place" in page
    goodbye = {"username": "instructor", "password": PASSWORD}
    assert furnished.browser("instructor").post("/account/delete", **goodbye).status_code == 302
    with furnished.app.app_context():
        cohort = db.session.scalars(select(Cohort)).one()
        assert cohort.owner_id is None
        assert db.session.scalars(select(ExerciseVersion)).one().published_by is None
        assert db.session.scalars(select(Publication)).one().requested_by is None
    assert count(furnished, Membership) == 2
    assert count(furnished, Submission) == 3
    path = f"/cohorts/{cohort.id}"
    assert "member" in furnished.browser("member").get(path).text
    assert furnished.browser("colleague").get(path).status_code == 404
    managed = furnished.browser("admin").get(path).text
    assert "Its owner has left the site." in managed
    assert furnished.browser("admin").post(f"{path}/code").status_code == 302
    for page in ("/teaching", "/teaching/exercises/flask/books", "/teaching/publications/1"):
        assert furnished.browser("colleague").get(page).status_code in (200, 404)
