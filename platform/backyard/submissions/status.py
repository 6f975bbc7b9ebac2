"""Whether anybody grades: the signs of life that workers leave in the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from backyard.submissions.models import WorkerStatus

FRESH: Final = timedelta(seconds=7)
"""How old a sign of life may be. Workers renew it every two seconds."""


def grader_is_away(session: Session, now: datetime) -> bool:
    """Whether no worker is both alive and able to start sandboxes."""
    at_work = exists().where(
        # One from the future is of before the clock was set back.
        WorkerStatus.seen_at.between(now - FRESH, now + FRESH),
        WorkerStatus.engine_ok,
    )
    return not session.scalar(select(at_work))
