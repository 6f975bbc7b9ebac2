"""Portfolios: what a learner shows of what they passed, and who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import defer

from backyard.accounts.models import User
from backyard.catalog.models import WITHOUT_TEXTS, ExerciseRow
from backyard.db import db
from backyard.portfolio.models import Portfolio, ShownSolution
from backyard.submissions.lifecycle import Kind
from backyard.submissions.models import Submission
from grader.verdict import Verdict

OFFERED: Final = 5
"""Passed submissions of one exercise that can be chosen from, newest first."""


class NotToBeShown(Exception):
    """Something was chosen that is not the learner's own, or did not pass."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A submission that passed, in the few words that tell it from others."""

    id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """The passed submissions of one exercise, newest first, and the one that is shown, if any."""

    exercise: ExerciseRow
    submissions: Sequence[Passed]
    shown: str


@dataclass(frozen=True, slots=True)
class Solution:
    """A submission as a portfolio shows it."""

    exercise: ExerciseRow
    submission: Submission


@dataclass(frozen=True, slots=True)
class PublicPage:
    """Somebody's portfolio: what it shows, by track and exercise."""

    owner: User
    portfolio: Portfolio
    solutions: Sequence[Solution]

    @property
    def skills(self) -> list[str]:
        """What the shown exercises train, by name."""
        return sorted({skill for one in self.solutions for skill in one.exercise.skills})


def portfolio_of(user: User) -> Portfolio:
    """What `user` has decided; where nothing was, a portfolio that is off."""
    found = db.session.get(Portfolio, user.id)
    return found or Portfolio(user_id=user.id, is_public=False, may_be_found=False)


def offers(user: User) -> list[Offer]:
    """What `user` can show: each exercise that they passed, with the newest that passed and the
    one that is shown."""
    newest = func.row_number().over(
        partition_by=Submission.exercise_id, order_by=(Submission.created_at.desc(), Submission.id)
    )
    columns = (Submission.created_at, newest.label("place"))
    passed = _passed_by(user.id).add_columns(*columns).subquery()
    chosen = _chosen(user)
    rows = db.session.execute(
        select(ExerciseRow, passed.c.id, passed.c.created_at)
        .join(passed, passed.c.exercise_id == ExerciseRow.id)
        .where(or_(passed.c.place <= OFFERED, passed.c.id.in_(chosen.values())))
        .order_by(ExerciseRow.track, ExerciseRow.position, ExerciseRow.id, passed.c.place)
        .options(*WITHOUT_TEXTS)
    )
    return [
        Offer(exercise, [Passed(*row[1:]) for row in group], chosen.get(exercise.id, ""))
        for exercise, group in groupby(rows, key=lambda row: row[0])
    ]


def save(user: User, is_public: bool, may_be_found: bool, chosen: Mapping[str, str]) -> None:
    """Store what `user` decided, and commit. `chosen` maps exercises to submissions.

    Raises NotToBeShown, and then nothing is stored.
    """
    if chosen and set(chosen.items()) != _own(user, chosen.values()):
        raise NotToBeShown
    # Deleting comes first, so that of two that are sent at once one waits for the other.
    db.session.execute(delete(ShownSolution).where(ShownSolution.user_id == user.id))
    row = db.session.get(Portfolio, user.id) or Portfolio(user_id=user.id)
    row.is_public, row.may_be_found = is_public, is_public and may_be_found
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        ShownSolution(user_id=user.id, exercise_id=exercise, submission_id=submission)
        for exercise, submission in chosen.items()
    )
    db.session.commit()


def visible_page(username: str, viewer: User | None) -> PublicPage | None:
    """The portfolio of `username`, if `viewer` may see it: everybody where it is public, its owner
    always. Else None, whether there is such a user or not."""
    owner = db.session.scalar(select(User).where(User.username == username))
    if owner is None:
        return None
    portfolio = portfolio_of(owner)
    if not portfolio.is_public and owner != viewer:
        return None
    rows = db.session.execute(_shown(owner).options(defer(Submission.files)))
    return PublicPage(owner, portfolio, [Solution(row[1], row[0]) for row in rows])


def visible_solution(page: PublicPage, exercise_id: str) -> Solution | None:
    """One of the solutions of a portfolio with its files; None where it is not shown."""
    row = db.session.execute(_shown(page.owner).where(ExerciseRow.id == exercise_id)).first()
    return None if row is None else Solution(row[1], row[0])


def _chosen(user: User) -> dict[str, str]:
    wanted = select(ShownSolution.exercise_id, ShownSolution.submission_id)
    rows = db.session.execute(wanted.where(ShownSolution.user_id == user.id))
    return {row[0]: row[1] for row in rows}


def _passed_by(user_id: int) -> Select[str, str]:
    wanted = select(Submission.id, Submission.exercise_id)
    return wanted.where(
        Submission.user_id == user_id,
        Submission.kind == Kind.SUBMIT,
        Submission.verdict == Verdict.PASSED,
    )


def _own(user: User, submissions: Iterable[str]) -> set[tuple[str, str]]:
    """Of `submissions`, those that `user` passed, as pairs of exercise and submission."""
    rows = db.session.execute(_passed_by(user.id).where(Submission.id.in_(submissions)))
    return {(row[1], row[0]) for row in rows}


def _shown(owner: User) -> Select[Submission, ExerciseRow]:
    return (
        select(Submission, ExerciseRow)
        .join(ShownSolution, ShownSolution.submission_id == Submission.id)
        .join(ExerciseRow, ExerciseRow.id == Submission.exercise_id)
        .where(
            ShownSolution.user_id == owner.id,
            Submission.user_id == owner.id,
            Submission.kind == Kind.SUBMIT,
            Submission.verdict == Verdict.PASSED,
        )
        .order_by(ExerciseRow.track, ExerciseRow.position, ExerciseRow.id)
        .options(*WITHOUT_TEXTS)
    )
