"""What the catalogue holds of a user."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from backyard.accounts.exporting import Entry, as_json
from backyard.accounts.models import User
from backyard.catalog.models import Progress
from backyard.db import db

KEPT = ("exercise_id", "best_score", "points", "max_points", "reached_at", "passed_at")


def export_progress(user: User) -> Iterable[Entry]:
    """The best result of each exercise."""
    mine = select(Progress).where(Progress.user_id == user.id).order_by(Progress.exercise_id)
    rows = [{name: getattr(row, name) for name in KEPT} for row in db.session.scalars(mine)]
    yield Entry("progress.json", as_json(rows))
