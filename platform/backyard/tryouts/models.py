"""The tables of tryouts, and of what was asked in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.db import Base, utcnow
from backyard.submissions.tasks import Task, task_constraints


class Tryout(Task):
    """A learner's files, at work in a sandbox for as long as the task runs.

    A user has one at most. `files` maps names to texts, `content_hash` is the exercise's. It fails
    when there is nothing more to be had; its `reason` is for the learner then. Whoever deletes it
    ends it.
    """

    __tablename__ = "tryouts"
    # A number is never used again: an address of one that ended leads nowhere.
    __table_args__ = (*task_constraints(), {"sqlite_autoincrement": True})

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), unique=True)
    exercise_id: Mapped[str] = mapped_column(ForeignKey(ExerciseRow.id))
    content_hash: Mapped[str] = mapped_column(String(64))
    files: Mapped[dict[str, str]]
    opened_at: Mapped[datetime] = mapped_column(default=utcnow)


class TryoutFailure(Base):
    """A tryout that ended by a mistake of ours: for operators, as the tryout itself goes with its
    learner's next one. Whose it was is nobody's concern."""

    __tablename__ = "tryout_failures"
    __table_args__ = (CheckConstraint("cause <> ''", name="has_cause"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[str] = mapped_column(ForeignKey(ExerciseRow.id))
    failed_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    worker: Mapped[str] = mapped_column(String(120))
    cause: Mapped[str] = mapped_column(Text)


class TryoutQuestion(Base):
    """One question, and its answer once that is there: `grader.tryout.Tryout.ask`'s."""

    __tablename__ = "tryout_questions"
    __table_args__ = (
        UniqueConstraint("tryout_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tryout_id: Mapped[int] = mapped_column(ForeignKey(Tryout.id, ondelete="CASCADE"))
    number: Mapped[int]
    asked: Mapped[dict[str, Any]]
    answer: Mapped[dict[str, Any] | None]
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
