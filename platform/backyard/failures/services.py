"""Finds the submissions, and runs of visible tests, that we gave up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backyard.accounts.models import User
from backyard.submissions.lifecycle import Ending, Kind
from backyard.submissions.models import Attempt, Submission
from grader.verdict import Verdict

PAGE_LENGTH: Final = 50

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Failure:
    """The last attempt at a submission that we could not grade, or at a run."""

    submission_id: str
    kind: Kind
    exercise_id: str
    username: str
    ended_at: datetime
    worker: str
    cause: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of failures, newest first. `number` counts from 1."""

    number: int
    entries: Sequence[Failure]
    has_next: bool


_GAVE_UP: Final = (
    # The attempt that brought the verdict ended when the submission did.
    Attempt.ending == Ending.JUDGE_ERROR,
    Attempt.ended_at == Submission.finished_at,
    Submission.verdict == Verdict.JUDGE_ERROR,
)


def failures(session: Session, number: int = 1, length: int = PAGE_LENGTH) -> Page:
    """Page `number` of all that we gave up."""
    rows = session.execute(
        select(
            Submission.id,
            Submission.kind,
            Submission.exercise_id,
            User.username,
            Submission.finished_at,
            Attempt.worker,
            Attempt.cause,
        )
        .join(Submission, Submission.id == Attempt.submission_id)
        .join(User, User.id == Submission.user_id)
        .where(*_GAVE_UP)
        .order_by(Attempt.ended_at.desc(), Attempt.id.desc())
        .offset((number - 1) * length)
        .limit(length + 1)
    )
    entries = [Failure(*row) for row in rows]  # type: ignore[arg-type]  # what is over has a time
    return Page(number, entries[:length], has_next=len(entries) > length)


def count_since(session: Session, since: datetime) -> int:
    """How many submissions and runs we gave up since then."""
    wanted = (
        select(func.count())
        .select_from(Attempt)
        .join(Submission, Submission.id == Attempt.submission_id)
        .where(*_GAVE_UP, Attempt.ended_at > since)
    )
    return session.scalars(wanted).one()
