"""Opening a tryout, asking, and hearing what comes."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.db import db
from backyard.submissions.tasks import TaskState
from backyard.tryouts.models import Tryout, TryoutQuestion
from backyard.tryouts.questions import MOST, QUESTIONS, BadQuestion, checked
from grader.submission import check_files

WAIT: Final = 2.0
"""Seconds to wait for an answer in one request; the page asks again."""

LOOK: Final = 0.02
"""Seconds between two looks whether it is there."""


def can_be_tried(row: ExerciseRow) -> bool:
    """Whether there is something to try."""
    return row.is_open and row.kind in QUESTIONS


def open_tryout(user: User, row: ExerciseRow, files: Iterable[tuple[str, bytes]]) -> Tryout:
    """Have these files put to work, and commit; whatever the user tried before ends.

    Raises grader.submission.InvalidSubmission; then that goes on.
    """
    texts = check_files(row.files, files)
    db.session.execute(delete(Tryout).where(Tryout.user_id == user.id))
    tryout = Tryout(
        user_id=user.id,
        exercise_id=row.id,
        content_hash=row.content_hash,
        files=dict(texts),
    )
    db.session.add(tryout)
    db.session.commit()
    return tryout


def own_tryout(user: User, tryout_id: int) -> Tryout | None:
    """The tryout if it is the user's and still there, else None."""
    tryout = db.session.get(Tryout, tryout_id)
    return tryout if tryout and tryout.user_id == user.id else None


def close(tryout: Tryout) -> None:
    """End it, and commit. Its worker notices by itself."""
    db.session.execute(delete(Tryout).where(Tryout.id == tryout.id))
    db.session.commit()


def ask(tryout: Tryout, data: object) -> int:
    """Put a question, and commit; return its number. Raises BadQuestion."""
    row = db.session.get_one(ExerciseRow, tryout.exercise_id)
    question = checked(row.kind, data)
    if tryout.state.is_over:
        raise BadQuestion(tryout.reason)
    number = _newest(tryout) + 1
    if number > MOST:
        raise BadQuestion(f"These were {MOST} questions. Start again for more.")
    db.session.add(TryoutQuestion(tryout_id=tryout.id, number=number, asked=question))
    try:
        db.session.commit()
    except IntegrityError:  # two at the same time
        db.session.rollback()
        raise BadQuestion("Another question came at the same time. Ask again.") from None
    return number


def await_answer(tryout: Tryout, number: int, seconds: float = WAIT) -> dict[str, Any]:
    """Wait a moment for an answer; return it, or where the tryout is: `state` and `reason`.

    Raises sqlalchemy.exc.NoResultFound for a number that was not asked.
    """
    wanted = select(TryoutQuestion.answer).where(
        TryoutQuestion.tryout_id == tryout.id, TryoutQuestion.number == number
    )
    end = time.monotonic() + seconds
    while (answer := db.session.scalars(wanted).one()) is None:
        db.session.refresh(tryout)
        if tryout.state.is_over or time.monotonic() > end:
            return {"answer": None, **state_of(tryout)}
        db.session.rollback()  # holds no connection while it waits
        time.sleep(LOOK)
    return {"answer": answer, **state_of(tryout)}


def state_of(tryout: Tryout) -> dict[str, str]:
    """Where it is: `waiting`, `open` or `over`, and why it is over."""
    words = {TaskState.QUEUED: "waiting", TaskState.RUNNING: "open"}
    return {"state": words.get(tryout.state, "over"), "reason": tryout.reason}


def _newest(tryout: Tryout) -> int:
    wanted = select(func.max(TryoutQuestion.number)).where(TryoutQuestion.tryout_id == tryout.id)
    return db.session.scalar(wanted) or 0
