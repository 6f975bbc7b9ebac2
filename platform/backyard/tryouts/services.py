"""Opening a tryout, asking, and hearing what comes."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.config import current_settings
from backyard.db import db, utcnow
from backyard.submissions.status import grader_is_away
from backyard.submissions.tasks import TaskState
from backyard.tryouts.models import Tryout, TryoutQuestion
from backyard.tryouts.questions import MOST, QUESTIONS, BadQuestion, checked
from grader.submission import check_files

LOOK: Final = 0.02
"""Seconds between two looks whether it is there."""


class TryoutOver(Exception):
    """There is nothing to ask any more; whoever wants to goes on with a new one."""


def can_be_tried(row: ExerciseRow) -> bool:
    """Whether there is something to try, and workers do that here."""
    return row.is_open and row.kind in QUESTIONS and current_settings().tryouts > 0


def open_tryout(user: User, row: ExerciseRow, files: Iterable[tuple[str, bytes]]) -> Tryout:
    """Have these files put to work, and commit; whatever the user tried before ends.

    Raises grader.submission.InvalidSubmission; then that goes on.
    """
    texts = check_files(row.wanted, files)
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
    """Put a question, and commit; return its number. Raises BadQuestion and TryoutOver."""
    row = db.session.get_one(ExerciseRow, tryout.exercise_id)
    question = checked(row.kind, data)
    last = _newest(tryout)
    number = last.number + 1 if last else 1
    if tryout.state.is_over or number > MOST:
        raise TryoutOver
    if last and last.answer is None:
        raise BadQuestion("The question before this one has no answer yet. Wait for it.")
    if last:
        # Its answer was heard, or nobody wants it.
        db.session.execute(delete(TryoutQuestion).where(TryoutQuestion.id == last.id))
    db.session.add(TryoutQuestion(tryout_id=tryout.id, number=number, asked=question))
    try:
        db.session.commit()
    except IntegrityError:  # two at the same time
        db.session.rollback()
        raise BadQuestion("Another question came at the same time. Ask again.") from None
    return number


def await_answer(tryout_id: int, number: int, seconds: float) -> dict[str, Any]:
    """Wait for an answer while the tryout is open; return it as `answer` (or None), and where the
    tryout is: `state` (`waiting`, `away`: and nobody serves it now, `open`, `over`) and `reason`.

    Raises sqlalchemy.exc.NoResultFound for a question that is not there (any more).
    """
    end = time.monotonic() + seconds
    while True:
        found = _look(tryout_id, number)
        if found["answer"] is not None or found["state"] != "open" or time.monotonic() > end:
            return found
        time.sleep(LOOK)


def _look(tryout_id: int, number: int) -> dict[str, Any]:
    answer, state, reason = db.session.execute(
        select(TryoutQuestion.answer, Tryout.state, Tryout.reason)
        .join(Tryout, Tryout.id == TryoutQuestion.tryout_id)
        .where(Tryout.id == tryout_id, TryoutQuestion.number == number)
    ).one()
    word = {TaskState.QUEUED: "waiting", TaskState.RUNNING: "open"}.get(state, "over")
    if word == "waiting" and grader_is_away(db.session(), utcnow()):
        word = "away"
    db.session.rollback()  # holds no connection while it waits
    return {"answer": answer, "state": word, "reason": reason}


def _newest(tryout: Tryout) -> TryoutQuestion | None:
    mine = select(TryoutQuestion).where(TryoutQuestion.tryout_id == tryout.id)
    return db.session.scalar(mine.order_by(TryoutQuestion.number.desc()).limit(1))
