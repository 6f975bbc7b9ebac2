"""What a user has decided to show, for the download of all their data."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from backyard.accounts.exporting import Entry, as_json
from backyard.accounts.models import User
from backyard.db import db
from backyard.portfolio.models import Portfolio, ShownSolution


def export_portfolio(user: User) -> Iterable[Entry]:
    """Whether the portfolio is public, and which submissions it shows by exercise."""
    portfolio = db.session.get(Portfolio, user.id)
    if portfolio is None:
        return
    mine = select(ShownSolution).where(ShownSolution.user_id == user.id)
    shown = {row.exercise_id: row.submission_id for row in db.session.scalars(mine)}
    decided = {"is_public": portfolio.is_public, "may_be_found": portfolio.may_be_found}
    yield Entry("portfolio.json", as_json(decided | {"shown": shown}))
