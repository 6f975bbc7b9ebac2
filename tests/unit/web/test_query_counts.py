"""How many statements a page sends: as many with much in the database as with little."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final

import pytest
from sqlalchemy import event

from backyard.accounts.models import Role, User
from backyard.catalog.models import ExerciseRow, ExerciseVersion, Progress
from backyard.cohorts.models import Membership
from backyard.db import Base, db, utcnow
from backyard.portfolio.models import Portfolio, ShownSolution
from backyard.solutions.models import SharedSolution
from backyard.submissions.lifecycle import Ending, SubmissionState
from backyard.submissions.models import Attempt, Submission, TestResultRow
from backyard.teaching.models import Publication, Regrade
from grader.exercise import Difficulty
from grader.verdict import Outcome, Verdict
from tests.unit.web.conftest import TESTS, Site

MOST: Final = 12
EXERCISES, LEARNERS, EACH = 40, 30, 10
HASH: Final = "a" * 64
ONE: Final = f"{1:032x}"
WAITING: Final = "f" * 32
AGAIN: Final = "e" * 32
"""What `member` handed in for the exercise of `ONE` before that."""

SHARED: Final = f"{EACH + 1:032x}"
"""What the first learner has passed that exercise with."""

PAGES: Final = (
    ("nobody", "/"),
    ("nobody", "/exercises"),
    ("nobody", "/exercises?q=number&difficulty=easy"),
    ("nobody", "/login"),
    ("nobody", "/register"),
    ("nobody", "/p/member"),
    ("nobody", "/p/member/t0/e0"),
    ("member", "/"),
    ("member", "/exercises"),
    ("member", "/exercises/t0/e0"),
    ("member", "/exercises/t4/e39"),  # nothing was handed in for it
    ("member", "/exercises/t3/e38"),  # waits to be graded
    ("member", f"/submissions/{WAITING}"),
    ("member", "/submissions"),
    ("member", f"/submissions/{ONE}"),
    ("member", "/grader"),
    ("member", "/profile"),
    ("member", "/portfolio"),
    ("member", "/account"),
    ("nobody", "/password/forgotten"),
    ("member", "/exercises/t0/e0/solutions"),
    ("member", "/exercises/t0/e0/solutions/accepted/reference"),
    ("member", f"/exercises/t0/e0/solutions/shared/{SHARED}"),
    ("member", f"/submissions/compare?id={ONE}&id={AGAIN}"),
    ("member", "/cohorts"),
    ("member", "/cohorts/1"),
    ("instructor", "/cohorts/1"),
    ("instructor", "/teaching"),
    ("instructor", "/teaching/exercises/t0/e0"),
    ("instructor", "/teaching/publications/1"),
    ("instructor", "/teaching/regrades/1"),
    ("instructor", f"/submissions/{ONE}"),
    ("admin", "/"),
    ("admin", "/exercises"),
    ("admin", "/cohorts"),
    ("admin", "/cohorts/1"),
    ("admin", "/admin/users"),
    ("admin", "/admin/failures"),
)


def rows(site: Site) -> Iterator[Base]:
    """Many exercises, learners, submissions, attempts and results. `member` hands in as well."""
    for number in range(EXERCISES):
        yield exercise(number)
        yield ExerciseVersion(
            exercise_id=f"t{number % 5}/e{number}",
            number=1,
            content_hash=HASH,
            files={"solutions/accepted/reference/app.py": "print(3)\n"},
            source="s",
        )
    users = [site.user("member").id, *range(1000, 1000 + LEARNERS)]
    for user_id in users[1:]:
        name = f"learner{user_id}"
        yield User(
            id=user_id,
            username=name,
            email=f"{name}@example.org",
            password_hash="x",
            role=Role.LEARNER,
        )
    for place, user_id in enumerate(users):
        if place:
            yield Membership(cohort_id=1, user_id=user_id)
        for number in range(EACH):
            yield from handed_in(place * EACH + number + 1, user_id, number)
    member = users[0]
    yield Submission(
        id=WAITING, user_id=member, exercise_id="t3/e38", content_hash=HASH, files={"app.py": ""}
    )
    yield Submission(
        id=AGAIN,
        user_id=member,
        exercise_id="t0/e0",
        content_hash=HASH,
        files={"app.py": "print(2)\n"},
        state=SubmissionState.CANCELLED,
        created_at=utcnow() - timedelta(days=9),
        finished_at=utcnow(),
    )
    yield SharedSolution(submission_id=SHARED, exercise_id="t0/e0")
    yield Portfolio(user_id=member, is_public=True, may_be_found=False)
    for number in range(0, EACH, 2):
        shown = f"{number + 1:032x}"
        exercise_id = f"t{number % 5}/e{number}"
        yield ShownSolution(user_id=member, exercise_id=exercise_id, submission_id=shown)
    for number in range(1, 21):
        yield Publication(id=number)
    yield Regrade(exercise_id="t0/e0", content_hash=HASH, requested_by=site.user("instructor").id)


def exercise(number: int) -> ExerciseRow:
    track, slug = f"t{number % 5}", f"e{number}"
    return ExerciseRow(
        id=f"{track}/{slug}",
        track=track,
        slug=slug,
        title=f"Number {number}",
        summary="Something to do.",
        difficulty=list(Difficulty)[number % 4],
        skills=[f"skill{number % 7}", track],
        after=[f"t{(number - 1) % 5}/e{number - 1}"] if number % 4 else [],
        position=number,
        points=3,
        files=["app.py"],
        starter={"app.py": ""},
        tests=TESTS,
        content_hash=HASH,
    )


def handed_in(place: int, user_id: int, number: int) -> Iterator[Base]:
    """A graded submission, every second one passed, with its attempt, results and progress."""
    exercise_id, when = f"t{number % 5}/e{number}", utcnow() - timedelta(hours=place)
    points = 3 if number % 2 == 0 else 1
    verdict = Verdict.PASSED if points == 3 else Verdict.FAILED
    figures: dict[str, Any] = {"points": points, "max_points": 3}
    name = f"{place:032x}"
    yield Submission(
        id=name,
        user_id=user_id,
        exercise_id=exercise_id,
        content_hash=HASH,
        files={"app.py": "print(1)\n"},
        state=SubmissionState.DONE,
        verdict=verdict,
        score=100 * points // 3,
        created_at=when,
        finished_at=when,
        **figures,
    )
    yield Attempt(
        id=place,
        submission_id=name,
        token=name,
        number=1,
        worker="w",
        ended_at=when,
        ending=Ending.GRADED,
        verdict=verdict,
        content_hash=HASH,
    )
    for position, test in enumerate(TESTS):
        yield TestResultRow(
            attempt_id=place,
            position=position,
            test_id=test["id"],
            title=test["title"],
            points=test["points"],
            visible=test["visible"],
            outcome=Outcome.PASSED if points == 3 else Outcome.FAILED,
            seconds=0.1,
            message="",
            exchanges=[],
            output="",
        )
    yield Progress(
        user_id=user_id,
        exercise_id=exercise_id,
        best_score=100 * points // 3,
        reached_at=when,
        passed_at=when if points == 3 else None,
        updated_at=when,
        **figures,
    )


@pytest.fixture
def furnished(site: Site) -> Site:
    """A site with enough in it that whoever asks row by row is seen."""
    cohort = site.cohort("Spring", "instructor", "member")
    assert cohort.id == 1
    with site.app.app_context():
        for row in rows(site):
            db.session.add(row)
            db.session.flush()
        db.session.commit()
    return site


@contextmanager
def statements(site: Site) -> Iterator[list[str]]:
    """Every statement that is sent while the context is open."""
    sent: list[str] = []

    def note(*arguments: Any) -> None:
        sent.append(str(arguments[2]))

    with site.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_no_page_sends_more_than_a_dozen_statements(furnished: Site) -> None:
    counts, wrong = {}, {}
    for person, path in PAGES:
        browser = furnished.nobody() if person == "nobody" else furnished.browser(person)
        with statements(furnished) as sent:
            answer = browser.get(path)
        if answer.status_code != 200:
            wrong[person, path] = answer.status_code
        counts[person, path] = len(sent)
    assert wrong == {}
    assert {page: count for page, count in counts.items() if count > MOST} == {}, counts


def test_the_pages_are_all_there_are(site: Site) -> None:
    """Every address that shows a page is among those whose statements are counted."""
    elsewhere = {
        "static",
        "submissions.events",
        "submissions.state",
        "accounts.account_section",  # leads to a part of /account
        "accounts.data",  # a file, of as many rows as somebody has
        "accounts.recover",  # leads on, or shows as little as
        "accounts.new_password",  # this form, which needs a mail, as does
        "accounts.verify",
        "tryouts.answer",
    }
    adapter = site.app.url_map.bind("localhost")
    counted = {adapter.match(path.partition("?")[0])[0] for _, path in PAGES}
    there = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in rule.methods}  # type: ignore[operator]
    assert there - elsewhere == counted
