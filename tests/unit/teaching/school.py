"""A school in which submissions are graded, and graded anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from backyard.catalog.models import ExerciseRow, Progress
from backyard.cohorts.leaderboard import Standing, leaderboard
from backyard.cohorts.models import Cohort
from backyard.db import db, utcnow
from backyard.queue.embedded import EmbeddedQueue
from backyard.submissions.models import Attempt, Submission, TestResultRow
from backyard.submissions.results import result_values
from backyard.submissions.tasks import Desk
from backyard.teaching import applying, regrades
from backyard.teaching.models import Regrade, RegradeEntry
from grader.verdict import Outcome, Report, TestResult, Verdict
from tests.unit.web.conftest import Site

OLD, NEW, NEWEST = "a" * 64, "b" * 64, "c" * 64
START = utcnow().replace(2026, 1, 1, 1, 0, 0, 0)
EVERYTHING = (Submission, Attempt, TestResultRow, Progress)


def report(content_hash: str, points: int) -> Report:
    """A verdict of `points` of 3, by three tests."""
    tests = tuple(
        TestResult(
            f"t::{n}", f"Test {n}", 1, False, Outcome.PASSED if n < points else Outcome.FAILED
        )
        for n in range(3)
    )
    verdict = Verdict.PASSED if points == 3 else Verdict.FAILED
    return Report("flask/books", content_hash, verdict, tests, message=f"{points} of 3")


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every row that a learner could see the effects of, but for when progress was last set."""
    db.session.expire_all()
    return {
        model.__tablename__: [
            {
                column.key: getattr(row, column.key)
                for column in model.__table__.columns
                if column.key != "updated_at"
            }
            for row in db.session.scalars(select(model).order_by(*model.__table__.primary_key))
        ]
        for model in EVERYTHING
    }


@dataclass
class School:
    """A site with a cohort of one learner, and everything that happens in it."""

    site: Site
    cohort: Cohort
    minutes: int = 0

    def graded(self, name: str, points: int, content_hash: str = OLD) -> str:
        """Somebody's submission with its verdict; each is handed in a minute after the last."""
        self.minutes += 1
        submission = Submission(
            user_id=self.site.user(name).id,
            exercise_id="flask/books",
            content_hash=content_hash,
            files={"app.py": ""},
            created_at=START + timedelta(minutes=self.minutes),
        )
        db.session.add(submission)
        db.session.commit()
        claim = self.queue.claim("worker")
        assert claim is not None
        self.queue.finish(claim, report(content_hash, points))
        return submission.id

    @property
    def queue(self) -> EmbeddedQueue:
        return EmbeddedQueue(db.session.session_factory)  # type: ignore[arg-type]  # scoped

    def publish(self, content_hash: str) -> None:
        """Make this the version that learners get."""
        db.session.execute(update(ExerciseRow).values(content_hash=content_hash))
        db.session.commit()

    def ask(self, name: str = "admin") -> Regrade:
        """A regrade with the newest version."""
        exercise = db.session.get_one(ExerciseRow, "flask/books")
        db.session.refresh(exercise)
        return regrades.request_regrade(self.site.user(name), exercise)

    def grade_anew(self, regrade: Regrade, **points: int) -> None:
        """What the worker does: points by learner, or a failure of ours where there are none."""
        desk = Desk(db.session.session_factory, RegradeEntry)  # type: ignore[arg-type]  # scoped
        while (entry := desk.take()) is not None:
            submission = db.session.get_one(Submission, entry.submission_id)
            name = self.name_of(submission.user_id)
            if name not in points:
                desk.fail(entry, "The sandbox broke.")
                continue
            found = report(regrade.content_hash, points[name])
            desk.finish(
                entry,
                verdict=found.verdict,
                points=found.points,
                max_points=found.max_points,
                score=found.score,
                message=found.message,
                results=[result_values(n, result) for n, result in enumerate(found.tests)],
            )
        db.session.expire_all()

    def regraded(self, name: str = "admin", **points: int) -> Regrade:
        """A regrade that is ready to be applied."""
        regrade = self.ask(name)
        self.grade_anew(regrade, **points)
        return regrade

    def apply(self, regrade: Regrade) -> bool:
        done = applying.apply(db.session(), regrade.id, utcnow())
        db.session.commit()
        db.session.expire_all()
        return done

    def undo(self, regrade: Regrade) -> bool:
        done = applying.undo(db.session(), regrade.id, utcnow())
        db.session.commit()
        db.session.expire_all()
        return done

    def points(self, submission_id: str) -> tuple[Verdict | None, int | None]:
        row = db.session.get_one(Submission, submission_id)
        return row.verdict, row.points

    def progress(self, name: str) -> Progress:
        key = (self.site.user(name).id, "flask/books")
        return db.session.get_one(Progress, key)

    def board(self) -> list[Standing]:
        return leaderboard(self.cohort.id)

    def name_of(self, user_id: int) -> str:
        names = ("member", "stranger", "instructor")
        return next(name for name in names if self.site.user(name).id == user_id)


@pytest.fixture
def school(site: Site) -> Iterator[School]:
    """An exercise with three versions, of which the oldest is what learners get."""
    site.exercise()
    for number, content in enumerate("abc", start=1):
        site.version(number, content)
    cohort = site.cohort("Spring", "instructor", "member")
    with site.app.app_context():
        yield School(site, cohort)
