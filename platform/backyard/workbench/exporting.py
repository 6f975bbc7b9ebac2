"""A user's drafts, for the download of all their data."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from backyard.accounts.exporting import Entry
from backyard.accounts.models import User
from backyard.db import db
from backyard.workbench.models import Draft


def export_drafts(user: User) -> Iterable[Entry]:
    """What stands in the editor of each exercise, file by file."""
    mine = select(Draft).where(Draft.user_id == user.id).order_by(Draft.exercise_id)
    for draft in db.session.scalars(mine):
        for name, text in draft.files.items():
            yield Entry(f"drafts/{draft.exercise_id.replace('/', '-')}/{name}", text)
