"""Workers that were killed: what they held need not wait until its lease runs out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import structlog
from sqlalchemy import Update, delete, select, update
from sqlalchemy.orm import Session, sessionmaker

from backyard.submissions.lifecycle import SubmissionState
from backyard.submissions.models import Attempt, Submission, WorkerStatus

log: Final = structlog.get_logger()

LOOK: Final = 1.0
"""Seconds between two looks."""


def release_from_the_dead(
    sessions: sessionmaker[Session], is_gone: Callable[[str], bool]
) -> list[str]:
    """End the leases of workers whose process `is_gone`; return the workers' names.

    Whoever claims next finds the submissions. Should such a worker live after all, its next write
    renews the lease, or meets a claim that was faster: nothing is counted twice.
    """
    with sessions() as session:
        rows = session.execute(select(WorkerStatus.worker, WorkerStatus.process)).all()
    dead = [worker for worker, process in rows if process and is_gone(process)]
    if dead:
        with sessions.begin() as session:
            session.execute(_end_leases(dead))
            session.execute(delete(WorkerStatus).where(WorkerStatus.worker.in_(dead)))
        log.warning("ended the leases of workers that are gone", workers=dead)
    return dead


def _end_leases(workers: list[str]) -> Update:
    tokens = select(Attempt.token).where(Attempt.worker.in_(workers), Attempt.ending.is_(None))
    held = update(Submission).where(
        Submission.state == SubmissionState.RUNNING, Submission.attempt_token.in_(tokens)
    )
    return held.values(lease_until=0.0)
