"""Regrades as teachers ask for them and look at them. Nothing here changes a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from sqlalchemy import (
    CursorResult,
    Select,
    SQLColumnExpression,
    delete,
    func,
    insert,
    or_,
    select,
    true,
)
from sqlalchemy.orm import defer

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.catalog.versions import version_number
from backyard.cohorts.services import learners_of
from backyard.db import db
from backyard.submissions.lifecycle import Ending, Kind, SubmissionState
from backyard.submissions.models import Attempt, Submission
from backyard.submissions.tasks import TaskState
from backyard.teaching.models import Regrade, RegradeEntry, RegradeState
from grader.verdict import Verdict


class NothingToRegrade(Exception):
    """No submission would be graded anew; the message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One submission in a regrade, and whose it is."""

    entry: RegradeEntry
    submission: Submission
    username: str


@dataclass(frozen=True)
class RegradeView:
    """A regrade with all its lines, by learner. `version` numbers what it is graded with."""

    regrade: Regrade
    exercise: ExerciseRow
    version: int | None
    by: str | None
    lines: Sequence[Line]

    @cached_property
    def waiting(self) -> int:
        """How many are still to be graded."""
        return sum(not line.entry.state.is_over for line in self.lines)

    @property
    def is_ready(self) -> bool:
        """Whether it can be applied now."""
        return self.regrade.state is RegradeState.OPEN and not self.waiting

    @cached_property
    def changed(self) -> list[Line]:
        """Those that get another verdict or other points."""
        return [line for line in self._graded if line.entry.changes]

    @cached_property
    def unchanged(self) -> int:
        """How many get the same."""
        return len(self._graded) - len(self.changed)

    @cached_property
    def failed(self) -> list[Line]:
        """Those that could not be graded through our fault: nothing changes for them."""
        return [line for line in self.lines if line.entry.state is TaskState.FAILED]

    @cached_property
    def left_alone(self) -> list[Line]:
        """Those that had got a newer verdict when this was applied, or when it was undone."""
        if self.regrade.state is RegradeState.OPEN:
            return []
        if self.regrade.state is RegradeState.APPLIED:
            return [line for line in self._graded if not line.entry.is_applied]
        return [line for line in self._graded if line.entry.attempt_id is not None]

    @cached_property
    def _graded(self) -> list[Line]:
        return [line for line in self.lines if line.entry.state is TaskState.DONE]


def request_regrade(user: User, exercise: ExerciseRow) -> Regrade:
    """Have what was handed in for `exercise` graded with its newest version, and commit.

    For an admin that is everything, for an instructor what their learners and they themselves
    handed in; but nothing that this version has graded already. What `user` asked for before and
    has not applied is given back. Raises NothingToRegrade.
    """
    if (there := _open(user, exercise)) is not None:
        return there
    graded = db.session.execute(_to_grade(user, exercise)).mappings().all()
    if not graded:
        raise NothingToRegrade(
            "There is nothing to grade anew: what was handed in, and may be seen by you, was "
            "graded with this version."
        )
    regrade = Regrade(
        exercise_id=exercise.id, content_hash=exercise.content_hash, requested_by=user.id
    )
    db.session.add(regrade)
    db.session.flush()
    db.session.execute(insert(RegradeEntry), [{**row, "regrade_id": regrade.id} for row in graded])
    db.session.commit()
    return regrade


def drop_regrade(regrade: Regrade) -> bool:
    """Forget a regrade unless it was applied meanwhile, and commit; return whether it is gone. What
    is being graded is let go."""
    this = delete(Regrade).where(Regrade.id == regrade.id, Regrade.state == RegradeState.OPEN)
    gone = cast("CursorResult[Any]", db.session.execute(this)).rowcount == 1
    db.session.commit()
    return gone


def visible_regrade(user: User, regrade_id: int) -> Regrade | None:
    """The regrade if it is there and `user` asked for it, or is an admin; else None."""
    regrade = db.session.get(Regrade, regrade_id)
    is_theirs = regrade is not None and (user.is_admin or regrade.requested_by == user.id)
    return regrade if is_theirs else None


def regrades_of(user: User, exercise: ExerciseRow) -> Sequence[tuple[Regrade, str | None]]:
    """The regrades of an exercise that `user` may see, newest first, and who asked for each."""
    theirs = true() if user.is_admin else Regrade.requested_by == user.id
    rows = db.session.execute(
        select(Regrade, User.username)
        .outerjoin(User, User.id == Regrade.requested_by)
        .where(Regrade.exercise_id == exercise.id, theirs)
        .order_by(Regrade.id.desc())
    )
    return [(regrade, by) for regrade, by in rows]


def view_of(regrade: Regrade) -> RegradeView:
    """All that the regrade's page shows."""
    asker = db.session.get(User, regrade.requested_by) if regrade.requested_by else None
    return RegradeView(
        regrade,
        db.session.get_one(ExerciseRow, regrade.exercise_id),
        version_number(db.session(), regrade.exercise_id, regrade.content_hash),
        asker.username if asker else None,
        [Line(*row) for row in db.session.execute(_lines(regrade))],
    )


def latest_attempt(submission_id: SQLColumnExpression[str] | str) -> Select[int]:
    """The id of the attempt that brought the verdict which a submission has now."""
    return select(func.max(Attempt.id)).where(
        Attempt.submission_id == submission_id, Attempt.ending == Ending.GRADED
    )


def _open(user: User, exercise: ExerciseRow) -> Regrade | None:
    return db.session.scalar(
        select(Regrade).where(
            Regrade.exercise_id == exercise.id,
            Regrade.content_hash == exercise.content_hash,
            Regrade.requested_by == user.id,
            Regrade.state == RegradeState.OPEN,
        )
    )


def _to_grade(user: User, exercise: ExerciseRow) -> Select[*tuple[Any, ...]]:
    """The first columns of an entry for each submission that is to be graded anew."""
    row = Submission
    latest = latest_attempt(row.id).correlate(row).scalar_subquery()
    mine = or_(row.user_id == user.id, row.user_id.in_(learners_of(user)))
    return (
        select(
            row.id.label("submission_id"),
            Attempt.id.label("old_attempt_id"),
            row.verdict.label("old_verdict"),
            row.points.label("old_points"),
            row.max_points.label("old_max_points"),
            row.score.label("old_score"),
            row.message.label("old_message"),
        )
        .join(Attempt, Attempt.id == latest)
        .where(
            row.exercise_id == exercise.id,
            row.kind == Kind.SUBMIT,
            row.state == SubmissionState.DONE,
            row.verdict != Verdict.JUDGE_ERROR,
            Attempt.content_hash != exercise.content_hash,
            true() if user.is_admin else mine,
        )
        .order_by(row.created_at, row.id)
    )


def _lines(regrade: Regrade) -> Select[RegradeEntry, Submission, str]:
    return (
        select(RegradeEntry, Submission, User.username)
        .join(Submission, Submission.id == RegradeEntry.submission_id)
        .join(User, User.id == Submission.user_id)
        .where(RegradeEntry.regrade_id == regrade.id)
        .order_by(User.username, Submission.created_at)
        .options(defer(RegradeEntry.results), defer(RegradeEntry.message))
        .options(defer(Submission.files), defer(Submission.message))
    )
