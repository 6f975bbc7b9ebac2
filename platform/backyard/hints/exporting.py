"""Which hints a user has opened, for the download of all their data."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from backyard.accounts.exporting import Entry, as_json
from backyard.accounts.models import User
from backyard.db import db
from backyard.hints.models import HintOpening

KEPT = ("exercise_id", "number", "opened_at")


def export_hints(user: User) -> Iterable[Entry]:
    """Each hint that was opened, and when."""
    mine = select(HintOpening).where(HintOpening.user_id == user.id)
    found = db.session.scalars(mine.order_by(HintOpening.opened_at))
    yield Entry(
        "hints.json", as_json([{name: getattr(row, name) for name in KEPT} for row in found])
    )
