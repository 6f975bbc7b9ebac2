"""Tests' results as rows, and what all verdicts of a learner come to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backyard.catalog.models import Progress
from backyard.submissions.lifecycle import Kind, SubmissionState
from backyard.submissions.models import Submission
from grader.verdict import TestResult, Verdict


def result_values(position: int, result: TestResult) -> dict[str, Any]:
    """The columns of a test's row but for `attempt_id`. `position` is its place in the suite."""
    return {
        "position": position,
        "test_id": result.id,
        "title": result.title,
        "points": result.points,
        "visible": result.visible,
        "outcome": result.outcome,
        "seconds": result.seconds,
        "message": result.message,
        "exchanges": [dict(exchange) for exchange in result.exchanges],
        "output": result.output,
    }


def recompute_progress(session: Session, user_id: int, exercise_id: str, now: datetime) -> None:
    """Make the learner's progress what the verdicts, as they are now, come to.

    For when verdicts were changed: a new one only has to be compared with the best before. There
    has to be one at least.
    """
    graded = session.execute(_verdicts(user_id, exercise_id)).all()
    best = max(graded, key=lambda row: (row.points, row.score))
    first = next(row for row in graded if (row.points, row.score) == (best.points, best.score))
    passed = (row.created_at for row in graded if row.verdict is Verdict.PASSED)
    progress = session.get(Progress, (user_id, exercise_id))
    if progress is None:
        progress = Progress(user_id=user_id, exercise_id=exercise_id)
        session.add(progress)
    progress.points, progress.max_points = best.points, best.max_points
    progress.best_score = best.score
    progress.reached_at = first.created_at
    progress.passed_at = next(passed, None)
    progress.updated_at = now


def _verdicts(user_id: int, exercise_id: str) -> Any:
    """Every verdict that counts, in the order of handing in."""
    row = Submission
    columns = (row.points, row.max_points, row.score, row.verdict, row.created_at)
    mine = (
        row.user_id == user_id,
        row.exercise_id == exercise_id,
        row.kind == Kind.SUBMIT,
        row.state == SubmissionState.DONE,
        row.verdict != Verdict.JUDGE_ERROR,
    )
    return select(*columns).where(*mine).order_by(row.created_at, row.id)
