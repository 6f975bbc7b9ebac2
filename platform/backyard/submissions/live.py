"""Where a submission is at this moment, read from its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from backyard.submissions.lifecycle import SubmissionState
from backyard.submissions.models import Attempt, Submission, TestResultRow
from backyard.submissions.status import grader_is_away
from backyard.submissions.turns import place_in_line
from backyard.submissions.wording import label


def _glance() -> Select[Any]:
    other = aliased(Attempt)
    latest = (
        select(other.id)
        .where(other.submission_id == Submission.id)
        .order_by(other.number.desc())
        .limit(1)
        .correlate(Submission)
        .scalar_subquery()
    )
    results = select(func.count()).where(TestResultRow.attempt_id == Attempt.id).scalar_subquery()
    return (
        select(
            Submission.state,
            Submission.phase,
            Submission.tries,
            Attempt.id.label("attempt_id"),
            func.coalesce(Attempt.number, 0).label("attempt"),
            results.label("results"),
        )
        .outerjoin(Attempt, Attempt.id == latest)
        .where(Submission.id == bindparam("id"))
    )


GLANCE: Final = _glance()
"""One cheap row by a submission's `id`; as long as it is the same, nothing has come in."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What can be said of a submission now.

    `attempt` is the number of the latest attempt, 0 before the first, and `results` counts its
    tests so far. `place` is the place in the queue from 1; None once it runs.
    """

    state: SubmissionState
    phase: str
    attempt_id: int | None
    attempt: int
    results: int
    place: int | None
    away: bool
    label: str


def glance(session: Session, submission_id: str) -> Row[Any]:
    """The row of `GLANCE`. Raises sqlalchemy.exc.NoResultFound for an unknown submission."""
    return session.execute(GLANCE, {"id": submission_id}).one()


def look(session: Session, submission_id: str, now: datetime) -> Moment:
    """Everything that can be said now. Raises sqlalchemy.exc.NoResultFound."""
    row = glance(session, submission_id)
    waits = row.state is SubmissionState.QUEUED
    # Not below 1: it may have been claimed since the row was read.
    place = max(1, session.scalars(place_in_line(submission_id)).one()) if waits else None
    away = not row.state.is_over and grader_is_away(session, now)
    return Moment(
        state=row.state,
        phase=row.phase,
        attempt_id=row.attempt_id,
        attempt=row.attempt,
        results=row.results,
        place=place,
        away=away,
        label=label(row.state, phase=row.phase, place=place, retrying=row.tries > 0, away=away),
    )
