"""The tables of portfolios and of the solutions that they show."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.db import Base
from backyard.submissions.models import Submission


class Portfolio(Base):
    """What a learner has decided about theirs. Without a row it is off.

    `is_public`: everybody may read it at its address. `may_be_found`: search engines may list it.
    """

    __tablename__ = "portfolios"
    __table_args__ = (CheckConstraint("is_public OR NOT may_be_found", name="found_where_public"),)

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    is_public: Mapped[bool] = mapped_column(default=False)
    may_be_found: Mapped[bool] = mapped_column(default=False)


class ShownSolution(Base):
    """A submission that its learner has chosen for the portfolio, one for each exercise.

    That it is theirs and passed is looked at when it is chosen, and again whenever it is shown: a
    regrade may take the pass away.
    """

    __tablename__ = "shown_solutions"

    user_id: Mapped[int] = mapped_column(
        ForeignKey(Portfolio.user_id, ondelete="CASCADE"), primary_key=True
    )
    exercise_id: Mapped[str] = mapped_column(ForeignKey(ExerciseRow.id), primary_key=True)
    submission_id: Mapped[str] = mapped_column(
        ForeignKey(Submission.id, ondelete="CASCADE"), unique=True
    )
