"""Accepted solutions and those that learners share, for those who have passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow, ExerciseVersion, Progress
from backyard.db import db
from backyard.solutions.models import SharedSolution
from backyard.submissions.lifecycle import Kind
from backyard.submissions.models import Submission
from grader.verdict import Verdict

ACCEPTED: Final = "solutions/accepted/"
"""The folder of an exercise in which its accepted solutions stand, each in a folder of its own."""

SHOWN: Final = 30
"""Solutions of one kind that a page lists, the newest."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A submission that somebody shares."""

    submission: Submission
    author: str


@dataclass(frozen=True, slots=True)
class Mine:
    """A passed submission of one's own, and whether it is shared."""

    submission: Submission
    is_shared: bool


def has_passed(user: User, exercise: ExerciseRow) -> bool:
    """Whether `user` has passed it at some time."""
    progress = db.session.get(Progress, (user.id, exercise.id))
    return progress is not None and progress.passed_at is not None


def accepted_solutions(exercise: ExerciseRow) -> Mapping[str, Mapping[str, str]]:
    """The accepted solutions of the version that learners get now: files by name, by folder."""
    files = db.session.scalar(
        select(ExerciseVersion.files).where(
            ExerciseVersion.exercise_id == exercise.id,
            ExerciseVersion.content_hash == exercise.content_hash,
        )
    )
    found: dict[str, dict[str, str]] = {}
    for path, text in sorted((files or {}).items()):
        folder, _, name = path.removeprefix(ACCEPTED).partition("/")
        if path.startswith(ACCEPTED) and exercise.wanted.takes(name):
            found.setdefault(folder, {})[name] = text
    return {name: exercise.wanted.in_order(texts) for name, texts in found.items()}


def my_solutions(user: User, exercise: ExerciseRow) -> Sequence[Mine]:
    """One's own passed submissions, shared ones first, then the newest; without their files."""
    rows = db.session.execute(
        select(Submission, SharedSolution.submission_id)
        .outerjoin(SharedSolution, SharedSolution.submission_id == Submission.id)
        .where(*_passed(user, exercise))
        .order_by(
            SharedSolution.submission_id.is_(None), Submission.created_at.desc(), Submission.id
        )
        .limit(SHOWN)
        .options(defer(Submission.files))
    )
    return [Mine(submission, shared is not None) for submission, shared in rows]


def latest_of_mine(user: User, exercise: ExerciseRow) -> Submission | None:
    """The newest passed submission of one's own: what others' are compared with."""
    wanted = select(Submission).where(*_passed(user, exercise))
    return db.session.scalar(wanted.order_by(Submission.created_at.desc()).limit(1))


def shared_by_others(user: User, exercise: ExerciseRow) -> Sequence[Shared]:
    """What others share, the newest of each, the newest first; without the files."""
    newest_of_each = func.row_number().over(
        partition_by=Submission.user_id, order_by=SharedSolution.shared_at.desc()
    )
    ranked = _shared(exercise).with_only_columns(Submission.id, newest_of_each.label("place"))
    first = ranked.subquery()
    wanted = _shared(exercise).where(
        Submission.user_id != user.id,
        Submission.id.in_(select(first.c.id).where(first.c.place == 1)),
    )
    newest = wanted.order_by(SharedSolution.shared_at.desc()).limit(SHOWN)
    rows = db.session.execute(newest.options(defer(Submission.files)))
    return [Shared(submission, author) for submission, author in rows]


def shared_solution(exercise: ExerciseRow, submission_id: str) -> Shared | None:
    """A submission that is shared; None for any other."""
    row = db.session.execute(_shared(exercise).where(Submission.id == submission_id)).first()
    return Shared(row[0], row[1]) if row else None


def share(submission: Submission, *, on: bool) -> None:
    """Share a passed submission, or share it no more, and commit."""
    row = db.session.get(SharedSolution, submission.id)
    if on and row is None:
        db.session.add(
            SharedSolution(submission_id=submission.id, exercise_id=submission.exercise_id)
        )
    elif not on and row is not None:
        db.session.delete(row)
    try:
        db.session.commit()
    except IntegrityError:  # two clicks at the same time
        db.session.rollback()


def _shared(exercise: ExerciseRow) -> Select[Submission, str]:
    """Still passed: a regrade may have taken a verdict away."""
    return (
        select(Submission, User.username)
        .join(SharedSolution, SharedSolution.submission_id == Submission.id)
        .join(User, User.id == Submission.user_id)
        .where(
            SharedSolution.exercise_id == exercise.id,
            Submission.kind == Kind.SUBMIT,
            Submission.verdict == Verdict.PASSED,
        )
    )


def _passed(user: User, exercise: ExerciseRow) -> tuple[ColumnElement[bool], ...]:
    return (
        Submission.user_id == user.id,
        Submission.exercise_id == exercise.id,
        Submission.kind == Kind.SUBMIT,
        Submission.verdict == Verdict.PASSED,
    )
