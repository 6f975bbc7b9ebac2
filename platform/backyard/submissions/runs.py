"""Runs of the visible tests: the newest one of a learner and an exercise is all there is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from backyard.submissions import cancelling
from backyard.submissions.cancelling import OPEN
from backyard.submissions.lifecycle import Kind
from backyard.submissions.models import Submission
from grader.verdict import Verdict


def make_way(session: Session, user_id: int, exercise_id: str, now: datetime) -> None:
    """Before a new run: forget those that are over, and call off what waits or goes on.

    What is called off now is forgotten by the next one, so that who watches it is told. What we
    failed to run stays, for operators to see why.
    """
    mine = (
        Submission.user_id == user_id,
        Submission.exercise_id == exercise_id,
        Submission.kind == Kind.RUN,
    )
    ours = Submission.verdict.is_not_distinct_from(Verdict.JUDGE_ERROR)
    session.execute(delete(Submission).where(*mine, Submission.state.not_in(OPEN), ~ours))
    for submission_id in session.scalars(select(Submission.id).where(*mine)).all():
        cancelling.cancel(session, submission_id, now)
