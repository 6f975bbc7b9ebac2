"""A real application on a SQLite file, a fixed cast, and a worker's hand to grade with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from backyard import create_app
from backyard.accounts.models import Role, User
from backyard.catalog.models import ExerciseRow
from backyard.cohorts.models import Cohort, Membership
from backyard.config import Settings
from backyard.db import Base, utcnow
from backyard.queue.embedded import EmbeddedQueue
from backyard.queue.interface import Claim
from backyard.security import limiter
from backyard.submissions.lifecycle import Kind
from backyard.submissions.models import Submission, WorkerStatus
from backyard.worker.database import open_database
from grader.verdict import Outcome, Report, TestResult, Verdict

CAST = {
    "admin": Role.ADMIN,
    "instructor": Role.INSTRUCTOR,
    "other-instructor": Role.INSTRUCTOR,
    "owner": Role.LEARNER,
    "stranger": Role.LEARNER,
}
TESTS = [
    {"id": "test_a", "title": "It adds", "points": 1, "visible": True, "source": "def test_a()"},
    {"id": "test_b", "title": "It lists", "points": 2, "visible": False, "source": None},
]
FILES = {"app.py": "print('hello')\n", "sub/data.sql": "SELECT 1\n"}
EXERCISE = "flask/books-crud"


def a_result(test: int, outcome: Outcome = Outcome.PASSED, **fields: object) -> TestResult:
    """The result of one of `TESTS`."""
    known = TESTS[test]
    return TestResult(
        str(known["id"]),
        str(known["title"]),
        int(str(known["points"])),
        bool(known["visible"]),
        outcome,
        **fields,  # type: ignore[arg-type]
    )


def a_report(*results: TestResult, verdict: Verdict = Verdict.PASSED, message: str = "") -> Report:
    """A report of `results`, or of both tests passed."""
    tests = results or (a_result(0), a_result(1))
    return Report(EXERCISE, "a" * 64, verdict, tests, message)


@dataclass
class Site:
    """The application and its database, as tests see them."""

    app: Flask
    sessions: sessionmaker[Session]
    queue: EmbeddedQueue

    def client(self, username: str | None) -> FlaskClient:
        """A browser in which `username` is logged in (None: nobody is)."""
        client = self.app.test_client()
        if username:
            with self.sessions() as session:
                key = session.query(User).filter_by(username=username).one().session_key
            with client.session_transaction() as cookie:
                cookie["_user_id"] = key
                cookie["_fresh"] = True
        return client

    def hand_in(self, username: str = "owner", kind: Kind = Kind.SUBMIT) -> str:
        """A submission in the queue; returns its id."""
        with self.sessions.begin() as session:
            user = session.query(User).filter_by(username=username).one()
            row = Submission(
                user_id=user.id,
                exercise_id=EXERCISE,
                content_hash="a" * 64,
                kind=kind,
                files=FILES,
            )
            session.add(row)
        return row.id

    def claim(self) -> Claim:
        """The next submission, in a worker's hand."""
        claim = self.queue.claim("worker")
        assert claim is not None
        return claim

    def graded(self, report: Report | None = None, username: str = "owner") -> str:
        """A submission with its verdict; returns its id."""
        submission = self.hand_in(username)
        self.queue.finish(self.claim(), report or a_report())
        return submission

    def grader_is(self, *, there: bool) -> None:
        """A worker's sign of life, or none."""
        with self.sessions.begin() as session:
            session.query(WorkerStatus).delete()
            if there:
                session.add(WorkerStatus(worker="worker", seen_at=utcnow(), engine_ok=True))

    def stored(self) -> list[Submission]:
        """Every submission."""
        with self.sessions() as session:
            return session.query(Submission).order_by(Submission.created_at).all()


Build = Callable[..., Site]


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    """`build(run_rate=…)` makes a site with the cast and one exercise; a worker is alive."""
    sites: list[Site] = []

    def make(**changes: Any) -> Site:
        (tmp_path / "secret_key").write_text("0123456789abcdef" * 4)
        settings = Settings(instance=tmp_path, exercises_dir=tmp_path, **changes)
        sessions = open_database(settings.database)
        Base.metadata.create_all(sessions.kw["bind"])
        with sessions.begin() as session:
            session.add_all(_cast())
            session.add(_exercise())
            session.flush()
            session.add_all(_cohort(session))
        sites.append(Site(create_app(settings), sessions, EmbeddedQueue(sessions)))
        sites[-1].grader_is(there=True)
        return sites[-1]

    yield make
    limiter.reset()
    for site in sites:
        site.sessions.kw["bind"].dispose()


@pytest.fixture
def site(build: Build) -> Site:
    """The application with the settings that it has without any."""
    return build()


def _cast() -> list[User]:
    return [
        User(username=name, email=f"{name}@example.org", password_hash="x", role=role)
        for name, role in CAST.items()
    ]


def _exercise() -> ExerciseRow:
    return ExerciseRow(
        id=EXERCISE,
        track="flask",
        slug="books-crud",
        title="Books",
        points=3,
        files=list(FILES),
        starter=dict.fromkeys(FILES, ""),
        tests=TESTS,
        content_hash="a" * 64,
    )


def _cohort(session: Session) -> list[Cohort | Membership]:
    people = {user.username: user.id for user in session.query(User)}
    mine = Cohort(name="Spring", owner_id=people["instructor"])
    theirs = Cohort(name="Autumn", owner_id=people["other-instructor"])
    session.add_all([mine, theirs])
    session.flush()
    return [Membership(cohort_id=mine.id, user_id=people["owner"])]


@pytest.fixture
def csrf() -> Callable[[FlaskClient], str]:
    """Reads the token that a page gives to its scripts."""

    def token(client: FlaskClient) -> str:
        page = client.get("/submissions").text
        match = re.search(r'name="csrf-token" content="([^"]+)"', page)
        assert match
        return match[1]

    return token
