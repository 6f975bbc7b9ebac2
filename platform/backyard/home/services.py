"""What somebody who is logged in finds on the start page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from backyard.accounts.models import User
from backyard.catalog.models import WITHOUT_TEXTS, ExerciseRow
from backyard.catalog.services import cards
from backyard.db import db
from backyard.home.advice import Advice, advise
from backyard.home.atlas import Atlas, draw
from backyard.home.practice import Practice, practice
from backyard.submissions.lifecycle import Kind
from backyard.submissions.models import Submission

LOOKING_BACK: Final = timedelta(days=366)
"""Days in a row are counted no further."""


@dataclass(frozen=True, slots=True)
class Home:
    """`last` is what was handed in last, with its exercise; None before the first time. `next`
    says what to do now, best first."""

    last: tuple[Submission, ExerciseRow] | None
    next: list[Advice]
    practice: Practice
    atlas: Atlas
    passed: int
    exercises: int

    @property
    def goes_on(self) -> bool:
        """Whether the last exercise is still to be passed, and can be."""
        if self.last is None:
            return False
        submission, exercise = self.last
        return exercise.is_open and submission.is_over and submission.verdict != "passed"


def home_of(user: User, now: datetime) -> Home:
    """Everything that the start page shows to `user`."""
    last, known = last_worked_on(user), cards(user)
    unfinished = last is not None and last[0].verdict != "passed"
    advice = advise(known, without=last[1].id if last and unfinished else "")
    first = [advised.card.exercise.track for advised in advice]
    passed = sum(card.is_passed for card in known)
    return Home(
        last=last,
        next=advice,
        practice=practice(days_of(user, now), now.date()),
        atlas=draw(known, [*([last[1].track] if last else []), *first]),
        passed=passed,
        exercises=len(known),
    )


def last_worked_on(user: User) -> tuple[Submission, ExerciseRow] | None:
    """What `user` handed in last, and to which exercise."""
    found = db.session.execute(
        select(Submission, ExerciseRow)
        .join(ExerciseRow, ExerciseRow.id == Submission.exercise_id)
        .where(Submission.user_id == user.id, Submission.kind == Kind.SUBMIT)
        .order_by(Submission.created_at.desc(), Submission.id)
        .limit(1)
        .options(defer(Submission.files), *WITHOUT_TEXTS)
    ).first()
    return None if found is None else (found[0], found[1])


def days_of(user: User, now: datetime) -> frozenset[date]:
    """The days, in UTC, on which `user` handed something in."""
    day = func.date(Submission.created_at)
    wanted = select(day).where(
        Submission.user_id == user.id,
        Submission.kind == Kind.SUBMIT,
        Submission.created_at > now - LOOKING_BACK,
    )
    return frozenset(
        date.fromisoformat(str(found)) for found in db.session.scalars(wanted.distinct())
    )
