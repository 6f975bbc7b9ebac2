"""The table of submissions that their learners share."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from backyard.catalog.models import ExerciseRow
from backyard.db import Base, utcnow
from backyard.submissions.models import Submission


class SharedSolution(Base):
    """A passed submission that others who have passed may read. `exercise_id` is its own."""

    __tablename__ = "shared_solutions"
    __table_args__ = (Index("ix_shared_solutions_newest", "exercise_id", "shared_at"),)

    submission_id: Mapped[str] = mapped_column(
        ForeignKey(Submission.id, ondelete="CASCADE"), primary_key=True
    )
    exercise_id: Mapped[str] = mapped_column(ForeignKey(ExerciseRow.id))
    shared_at: Mapped[datetime] = mapped_column(default=utcnow)
