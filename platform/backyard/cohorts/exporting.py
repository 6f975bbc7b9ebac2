"""What cohorts hold of a user: that they joined or made them. Others' names are not theirs."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from backyard.accounts.exporting import Entry, as_json
from backyard.accounts.models import User
from backyard.cohorts.models import Cohort, Membership
from backyard.db import db


def export_cohorts(user: User) -> Iterable[Entry]:
    """The cohorts that they joined, and those that they own."""
    joined = db.session.execute(
        select(Cohort.name, Membership.joined_at)
        .join(Membership, Membership.cohort_id == Cohort.id)
        .where(Membership.user_id == user.id)
        .order_by(Membership.joined_at)
    )
    own = db.session.execute(
        select(Cohort.name, Cohort.code, Cohort.created_at, Cohort.wants_verified)
        .where(Cohort.owner_id == user.id)
        .order_by(Cohort.created_at)
    )
    data = {
        "joined": [dict(row._mapping) for row in joined],
        "own": [dict(r._mapping) for r in own],
    }
    yield Entry("cohorts.json", as_json(data))
