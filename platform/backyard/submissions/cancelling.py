"""A learner does not want a verdict any more."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from backyard.submissions.lifecycle import Ending, SubmissionState
from backyard.submissions.models import Attempt, Submission

OPEN: Final = (SubmissionState.QUEUED, SubmissionState.RUNNING)


def cancel(session: Session, submission_id: str, now: datetime) -> bool:
    """End a submission without a verdict, in the session's transaction; return whether it did.

    It did not where there is a verdict already. The worker that has it in hand loses its token
    here, so one of the two writes last, never both: `backyard.queue.interface` tells of the fence.
    """
    still_open = update(Submission).where(
        Submission.id == submission_id, Submission.state.in_(OPEN)
    )
    cancelled = {
        "state": SubmissionState.CANCELLED,
        "finished_at": now,
        "attempt_token": None,
        "lease_until": None,
        "not_before": None,
        "phase": "",
    }
    done = cast("CursorResult[Any]", session.execute(still_open.values(**cancelled)))
    if done.rowcount != 1:
        return False
    attempt = update(Attempt).where(
        Attempt.submission_id == submission_id, Attempt.ending.is_(None)
    )
    session.execute(attempt.values(ending=Ending.CANCELLED, ended_at=now))
    return True
