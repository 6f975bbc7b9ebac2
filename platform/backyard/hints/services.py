"""Which hints a learner has opened, and opening the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.db import db
from backyard.hints.models import HintOpening


@dataclass(frozen=True, slots=True)
class Hints:
    """The texts (Markdown) that a learner has opened, in order, of `total` that there are."""

    texts: Sequence[str]
    total: int

    @property
    def next(self) -> int | None:
        """The number of the hint that may be opened now; None after the last one."""
        return len(self.texts) + 1 if len(self.texts) < self.total else None


def hints_for(user: User, exercise: ExerciseRow) -> Hints:
    """What `user` sees of an exercise's hints."""
    opened = db.session.scalar(
        select(func.max(HintOpening.number)).where(
            HintOpening.user_id == user.id, HintOpening.exercise_id == exercise.id
        )
    )
    return Hints(exercise.hints[: opened or 0], len(exercise.hints))


def open_hint(user: User, exercise: ExerciseRow, number: int) -> bool:
    """Note that `user` opens hint `number`, and commit; return whether it is open now.

    It is not where the one before it isn't, or where there is no such hint.
    """
    hints = hints_for(user, exercise)
    if number != hints.next:
        return 1 <= number <= len(hints.texts)
    db.session.add(HintOpening(user_id=user.id, exercise_id=exercise.id, number=number))
    try:
        db.session.commit()
    except IntegrityError:  # two clicks at the same time
        db.session.rollback()
    return True
