"""What a user tries at the moment, for the download of all their data."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from backyard.accounts.exporting import Entry, as_json
from backyard.accounts.models import User
from backyard.db import db
from backyard.tryouts.models import Tryout, TryoutQuestion


def export_tryout(user: User) -> Iterable[Entry]:
    """The one tryout that is kept: its files, and what was asked and answered."""
    tryout = db.session.scalar(select(Tryout).where(Tryout.user_id == user.id))
    if tryout is None:
        return
    asked = select(TryoutQuestion).where(TryoutQuestion.tryout_id == tryout.id)
    rows = db.session.scalars(asked.order_by(TryoutQuestion.number))
    talk = [{"asked": row.asked, "answer": row.answer, "at": row.asked_at} for row in rows]
    data = {"exercise_id": tryout.exercise_id, "files": tryout.files, "questions": talk}
    yield Entry("tryout.json", as_json(data))
