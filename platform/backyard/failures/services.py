"""Finds what ended by a mistake of ours: submissions and runs that we gave up, and tryouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Select, case, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from backyard.accounts.models import User
from backyard.submissions.lifecycle import Ending, Kind
from backyard.submissions.models import Attempt, Submission
from backyard.tryouts.models import TryoutFailure
from grader.verdict import Verdict

PAGE_LENGTH: Final = 50

DAY: Final = timedelta(days=1)


class What(StrEnum):
    """What it was that failed."""

    SUBMISSION = "submission"
    RUN = "run"
    TRYOUT = "tryout"


@dataclass(frozen=True, slots=True)
class Failure:
    """The last attempt at a submission or a run that we could not grade, or a tryout that broke.

    A tryout has no page, and whose it was is not kept: both are None.
    """

    what: What
    submission_id: str | None
    exercise_id: str
    username: str | None
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
    """Page `number` of all that failed."""
    both = union_all(_given_up(), _broken_tryouts()).subquery()
    rows = session.execute(
        select(both)
        .order_by(both.c.ended_at.desc(), both.c.number.desc())
        .offset((number - 1) * length)
        .limit(length + 1)
    )
    entries = [Failure(What(what), *rest) for _, what, *rest in rows]
    return Page(number, entries[:length], has_next=len(entries) > length)


def _given_up() -> Select[*tuple[Any, ...]]:
    what = case((Submission.kind == Kind.RUN, What.RUN.value), else_=What.SUBMISSION.value)
    return (
        select(
            Attempt.id.label("number"),
            what.label("what"),
            Submission.id.label("submission_id"),
            Submission.exercise_id,
            User.username,
            Attempt.ended_at,
            Attempt.worker,
            Attempt.cause,
        )
        .join(Submission, Submission.id == Attempt.submission_id)
        .join(User, User.id == Submission.user_id)
        .where(*_GAVE_UP)
    )


def _broken_tryouts() -> Select[*tuple[Any, ...]]:
    return select(
        TryoutFailure.id,
        literal(What.TRYOUT.value),
        null(),
        TryoutFailure.exercise_id,
        null(),
        TryoutFailure.failed_at,
        TryoutFailure.worker,
        TryoutFailure.cause,
    )


def count_since(session: Session, since: datetime) -> int:
    """How much failed since then."""
    given_up = (
        select(func.count())
        .select_from(Attempt)
        .join(Submission, Submission.id == Attempt.submission_id)
        .where(*_GAVE_UP, Attempt.ended_at > since)
    )
    tryouts = select(func.count()).where(TryoutFailure.failed_at > since)
    both = given_up.scalar_subquery() + tryouts.scalar_subquery()
    return int(session.scalars(select(both)).one())
