"""The tables of what teachers ask the worker to do, and of what came of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from backyard.accounts.models import User
from backyard.catalog.models import SITE, ExerciseVersion
from backyard.db import Base, utcnow
from backyard.submissions.models import Attempt, Submission
from backyard.submissions.tasks import Task, TaskState, task_constraints
from grader.verdict import Verdict


class Publication(Task):
    """A wish to publish all exercises of a source.

    `source` is `SITE` or a repository's address, `ref` a branch or tag of it. `source_commit` is
    git's, once it is known. `outcomes` are `backyard.publishing.outcome.Outcome`s as mappings, one
    for each exercise so far.
    """

    __tablename__ = "publications"
    __table_args__ = (
        *task_constraints(),
        CheckConstraint("source <> ''", name="source_is_named"),
    )

    source: Mapped[str] = mapped_column(Text, default=SITE)
    ref: Mapped[str] = mapped_column(String(200), default="")
    source_commit: Mapped[str] = mapped_column(String(64), default="")
    requested_by: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    requested_at: Mapped[datetime] = mapped_column(default=utcnow)
    outcomes: Mapped[list[dict[str, Any]]] = mapped_column(default=list)


class RegradeState(StrEnum):
    """What learners see of a regrade: nothing, its verdicts, or nothing any more."""

    OPEN = "open"
    APPLIED = "applied"
    UNDONE = "undone"


class Regrade(Base):
    """Grading anew what was handed in for an exercise, with one version of it."""

    __tablename__ = "regrades"
    __table_args__ = (
        ForeignKeyConstraint(
            ["exercise_id", "content_hash"],
            [ExerciseVersion.exercise_id, ExerciseVersion.content_hash],
        ),
        CheckConstraint(
            "(state IN ('applied', 'undone')) = (applied_at IS NOT NULL)", name="applied_has_time"
        ),
        CheckConstraint("(state = 'undone') = (undone_at IS NOT NULL)", name="undone_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[str] = mapped_column(String(120))
    content_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[RegradeState] = mapped_column(default=RegradeState.OPEN)
    requested_by: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    requested_at: Mapped[datetime] = mapped_column(default=utcnow)
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class RegradeEntry(Task):
    """One submission in a regrade: its verdict when that was asked for, and the new one.

    The new one is there once the task is done; a task that failed is a failure of ours.
    `old_attempt_id` brought the old verdict; it is empty once that attempt is gone. `results` are
    the columns of rows of `TestResultRow`. `is_applied` stays true when the regrade is undone;
    `attempt_id` is the attempt that applying it made, for as long as it is there.
    """

    __tablename__ = "regrade_entries"
    __table_args__ = (
        *task_constraints(),
        UniqueConstraint("regrade_id", "submission_id"),
        CheckConstraint(
            " AND ".join(
                f"(state = '{TaskState.DONE}') = ({column} IS NOT NULL)"
                for column in ("verdict", "points", "max_points", "score")
            ),
            name="done_has_verdict",
        ),
        CheckConstraint("points BETWEEN 0 AND max_points", name="points_in_range"),
        CheckConstraint("score BETWEEN 0 AND 100", name="score_in_range"),
        CheckConstraint("NOT is_applied OR state = 'done'", name="applied_is_done"),
        CheckConstraint("attempt_id IS NULL OR is_applied", name="attempt_is_applied"),
        Index("ix_regrade_entries_waiting", "state", "tries", "id"),
    )

    regrade_id: Mapped[int] = mapped_column(ForeignKey(Regrade.id, ondelete="CASCADE"))
    submission_id: Mapped[str] = mapped_column(
        ForeignKey(Submission.id, ondelete="CASCADE"), index=True
    )
    old_attempt_id: Mapped[int | None] = mapped_column(
        ForeignKey(Attempt.id, ondelete="SET NULL"), index=True
    )
    old_verdict: Mapped[Verdict] = mapped_column(
        Enum(
            Verdict,
            name="old_verdict",  # a constraint's name, which the other column has already
            native_enum=False,
            create_constraint=True,
            length=20,
            values_callable=lambda words: [word.value for word in words],
        )
    )
    old_points: Mapped[int]
    old_max_points: Mapped[int]
    old_score: Mapped[int]
    old_message: Mapped[str] = mapped_column(Text)
    verdict: Mapped[Verdict | None]
    points: Mapped[int | None]
    max_points: Mapped[int | None]
    score: Mapped[int | None]
    message: Mapped[str] = mapped_column(Text, default="")
    phases: Mapped[dict[str, float]] = mapped_column(JSON, default=dict)
    results: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    is_applied: Mapped[bool] = mapped_column(default=False)
    attempt_id: Mapped[int | None] = mapped_column(
        ForeignKey(Attempt.id, ondelete="SET NULL"), index=True
    )

    @property
    def changes(self) -> bool:
        """Whether the learner would read something else."""
        new = self.verdict, self.points, self.max_points
        return new != (self.old_verdict, self.old_points, self.old_max_points)
