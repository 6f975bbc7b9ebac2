"""Who stands where in a cohort, from the progress rows that verdicts update."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from backyard.accounts.models import User
from backyard.catalog.models import Progress
from backyard.cohorts.models import Membership
from backyard.db import db


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of a leaderboard.

    `points` are the best of each exercise, summed; `passed` counts exercises. `reached_at` is when
    the submission came that brought the points to their present sum; None without points.
    Equal points at the same instant share a `rank`, and the next rank is one more.
    """

    rank: int
    user_id: int
    username: str
    points: int
    passed: int
    reached_at: datetime | None


def leaderboard(cohort_id: int) -> list[Standing]:
    """The cohort's members: most points first, then who got there first, then by name."""
    points = func.coalesce(func.sum(Progress.points), 0)
    reached = func.max(Progress.reached_at)
    rank = func.dense_rank().over(order_by=(points.desc(), reached))
    rows = db.session.execute(
        select(rank, User.id, User.username, points, func.count(Progress.passed_at), reached)
        .join(Membership, Membership.user_id == User.id)
        .outerjoin(Progress, and_(Progress.user_id == User.id, Progress.points > 0))
        .where(Membership.cohort_id == cohort_id)
        .group_by(User.id)
        .order_by(rank, User.username)
    )
    return [Standing(*row) for row in rows]
