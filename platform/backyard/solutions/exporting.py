"""Which solutions a user shares, for the download of all their data."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from backyard.accounts.exporting import Entry, as_json
from backyard.accounts.models import User
from backyard.db import db
from backyard.solutions.models import SharedSolution
from backyard.submissions.models import Submission

KEPT = ("submission_id", "exercise_id", "shared_at")


def export_shared(user: User) -> Iterable[Entry]:
    """Each submission that is shared with those who passed, and since when."""
    mine = (
        select(SharedSolution)
        .join(Submission, Submission.id == SharedSolution.submission_id)
        .where(Submission.user_id == user.id)
    )
    rows = [{name: getattr(row, name) for name in KEPT} for row in db.session.scalars(mine)]
    yield Entry("shared-solutions.json", as_json(rows))
