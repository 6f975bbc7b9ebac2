"""What tests do behind a site's back: write into its database what takes long to come about."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask
from sqlalchemy import select, text

from backyard import create_app
from backyard.catalog.models import ExerciseRow
from backyard.config import Settings
from backyard.db import db, utcnow
from backyard.submissions.lifecycle import Ending, SubmissionState
from backyard.submissions.models import Attempt, Submission
from backyard.teaching.models import Regrade, RegradeState
from grader.verdict import Verdict
from tests.browser.server import Site

CAUSE: Final = "SandboxError: The engine did not start the container within 30 seconds."


def application(site: Site) -> Flask:
    """The application of a site, for its map of addresses and its database."""
    return create_app(Settings(instance=Path(site.environment["BACKYARD_INSTANCE"])))


def give_up(site: Site) -> None:
    """End the site's one submission as a worker does after four vain attempts."""
    with application(site).app_context():
        submission = db.session.scalars(select(Submission)).one()
        submission.state, submission.verdict = SubmissionState.DONE, Verdict.JUDGE_ERROR
        submission.points, submission.max_points, submission.score = 0, 11, 0
        submission.finished_at = now = utcnow()
        attempt = Attempt(submission_id=submission.id, token="t" * 32, number=4, worker="a worker")
        attempt.ended_at, attempt.ending, attempt.cause = now, Ending.JUDGE_ERROR, CAUSE
        db.session.add(attempt)
        db.session.commit()


def lose_cohorts(site: Site) -> None:
    """Break the database, so that the page of cohorts can't be made."""
    with application(site).app_context():
        for table in ("memberships", "cohorts"):
            db.session.execute(text(f"DROP TABLE {table}"))
        db.session.commit()


def regrade_and_undo(site: Site, exercise_id: str) -> int:
    """A regrade that changed nothing and was undone; returns its id."""
    with application(site).app_context():
        regrade = Regrade(exercise_id=exercise_id, state=RegradeState.UNDONE)
        regrade.content_hash = db.session.get_one(ExerciseRow, exercise_id).content_hash
        regrade.applied_at = regrade.undone_at = utcnow()
        db.session.add(regrade)
        db.session.commit()
        return regrade.id
