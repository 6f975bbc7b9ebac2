"""The tables of cohorts and of who belongs to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backyard.accounts.models import User
from backyard.cohorts.codes import new_code
from backyard.db import Base, utcnow


class Cohort(Base):
    """A group of learners. Whoever knows the join `code` can join; its owner can change it.

    With `wants_verified` only those join whose email address is verified. `owner_id` is empty
    once the owner's account is deleted: the members keep their cohort, and admins look after it
    until they give it to somebody.
    """

    __tablename__ = "cohorts"
    __table_args__ = (CheckConstraint("length(name) BETWEEN 1 AND 80", name="name_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey(User.id, ondelete="SET NULL"), index=True
    )
    code: Mapped[str] = mapped_column(String(16), unique=True, default=new_code)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    wants_verified: Mapped[bool] = mapped_column(default=False)


class Membership(Base):
    """One learner in one cohort."""

    __tablename__ = "memberships"

    cohort_id: Mapped[int] = mapped_column(
        ForeignKey(Cohort.id, ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey(User.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    joined_at: Mapped[datetime] = mapped_column(default=utcnow)
