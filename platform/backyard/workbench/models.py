"""The table of drafts: work that was not handed in yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.db import Base, utcnow


class Draft(Base):
    """What stands in somebody's editor of one exercise: every file's text by its name.

    `revision` counts the saves from 1. A save names the one that it comes after, so that of two
    tabs none writes over what the other saved. A row is never removed while its user is there:
    revisions would begin anew, and a tab of yesterday could take a new one for its own.
    """

    __tablename__ = "drafts"
    __table_args__ = (CheckConstraint("revision >= 1", name="revision_from_one"),)

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    exercise_id: Mapped[str] = mapped_column(ForeignKey(ExerciseRow.id), primary_key=True)
    files: Mapped[dict[str, str]]
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=utcnow)
