"""The tables of exercises, as copied from their folders, and of where learners stand with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, defer, mapped_column

from backyard.accounts.models import User
from backyard.db import Base
from grader.exercise import Difficulty


class ExerciseRow(Base):
    """One exercise as the web application knows it. Rows are never deleted.

    `files` are the names that a submission must have, in order; `starter` their first texts.
    `tests` are mappings with the fields of `grader.verdict.Test`, in the suite's order.
    `hints` and `statement` are Markdown. `position` orders a track. `retired` says that the folder
    is gone, `broken_reason` why it can't be loaded: either way nobody can submit.
    """

    __tablename__ = "exercises"
    __table_args__ = (
        CheckConstraint("id = track || '/' || slug", name="id_is_track_and_slug"),
        CheckConstraint("points >= 0", name="points_not_negative"),
    )

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    track: Mapped[str] = mapped_column(String(60))
    slug: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(80))
    summary: Mapped[str] = mapped_column(String(200), default="")
    difficulty: Mapped[Difficulty] = mapped_column(default=Difficulty.INTRO)
    skills: Mapped[list[str]] = mapped_column(default=list)
    points: Mapped[int] = mapped_column(default=0)
    statement: Mapped[str] = mapped_column(Text, default="")
    files: Mapped[list[str]] = mapped_column(default=list)
    starter: Mapped[dict[str, str]] = mapped_column(default=dict)
    hints: Mapped[list[str]] = mapped_column(default=list)
    tests: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    broken_reason: Mapped[str | None] = mapped_column(Text)
    retired: Mapped[bool] = mapped_column(default=False)

    @property
    def is_open(self) -> bool:
        """Whether learners can work on it."""
        return not self.retired and self.broken_reason is None


WITHOUT_TEXTS: Final = tuple(
    defer(column)
    for column in (ExerciseRow.statement, ExerciseRow.starter, ExerciseRow.hints, ExerciseRow.tests)
)
"""Options of a query for lists of exercises: they show none of what is long."""


class Progress(Base):
    """A learner's best on one exercise; each verdict updates it in its own transaction.

    Best is most points. `reached_at` is when the first submission that reached it was handed in,
    `passed_at` the same of the first that passed.
    """

    __tablename__ = "progress"
    __table_args__ = (
        CheckConstraint("points BETWEEN 0 AND max_points", name="points_in_range"),
        CheckConstraint("best_score BETWEEN 0 AND 100", name="best_score_in_range"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    exercise_id: Mapped[str] = mapped_column(ForeignKey(ExerciseRow.id), primary_key=True)
    best_score: Mapped[int]
    points: Mapped[int]
    max_points: Mapped[int]
    reached_at: Mapped[datetime]
    passed_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
