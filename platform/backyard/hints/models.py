"""The table of the hints that learners have opened."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.db import Base, utcnow


class HintOpening(Base):
    """A learner has opened an exercise's hint; `number` counts from 1. It is noted once."""

    __tablename__ = "hint_openings"
    __table_args__ = (CheckConstraint("number >= 1", name="number_from_one"),)

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    exercise_id: Mapped[str] = mapped_column(ForeignKey(ExerciseRow.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opened_at: Mapped[datetime] = mapped_column(default=utcnow)
