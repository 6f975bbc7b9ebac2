"""The queue inside the database that is there anyway: a lease on the submission's own row.

Made for SQLite and a handful of workers on one machine. A claim is a conditional UPDATE that
either changes one row or none, so two workers never hold the same submission. Nothing is deleted
or moved, so a `kill -9` loses nothing: the lease runs out, and the next claim finds the row.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import CursorResult, exists, func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from backyard.db import utcnow
from backyard.queue.interface import Claim, LeaseLost, QueueAway, Setback
from backyard.queue.recording import add_results, record_verdict
from backyard.submissions.lifecycle import LEASE, Ending, SubmissionState
from backyard.submissions.models import Attempt, Submission, new_id
from backyard.submissions.turns import NEXT_FREE, is_free
from grader.verdict import Report, TestResult

NOT_HELD: Final = {"attempt_token": None, "lease_until": None, "phase": ""}
"""The columns of a submission that nobody holds."""


class EmbeddedQueue:
    """A `backyard.queue.interface.Queue` on the application's database. Safe to share by threads.

    `clock` tells the time of day, aware and in UTC, which is kept for people to read. `ticks` is
    the machine's own clock in seconds: leases and pauses go by it, as the time of day may be set.
    """

    def __init__(
        self,
        sessions: sessionmaker[Session],
        clock: Callable[[], datetime] = utcnow,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._ticks = ticks

    def claim(self, worker: str) -> Claim | None:
        """Take the next submission for `worker`; None if nothing waits or another was faster."""
        now, ticks = self._clock(), self._ticks()
        with self._transaction() as session:
            submission_id = session.scalar(NEXT_FREE, {"now": ticks})
            if submission_id is None:
                return None
            token = new_id()
            free = update(Submission).where(Submission.id == submission_id, is_free())
            if not _changes_one(session, free.values(**_held(token, now, ticks)), now=ticks):
                return None
            _end_lost_attempt(session, submission_id, now)
            number = _start_attempt(session, submission_id, token, worker, now)
            return _describe(session, submission_id, token, number)

    def renew(self, claim: Claim) -> None:
        """Hold on to `claim` for another `LEASE`. Raises LeaseLost."""
        with self._transaction() as session:
            _write(session, claim, lease_until=self._ticks() + LEASE)

    def check(self, claim: Claim) -> None:
        """Only look whether `claim` still holds. Raises LeaseLost."""
        with self._transaction() as session:
            mine = exists().where(Submission.attempt_token == claim.token)
            if not session.scalar(select(mine)):
                raise LeaseLost(claim.submission_id)

    def phase(self, claim: Claim, name: str) -> None:
        """Store how far the grading is. Raises LeaseLost."""
        with self._transaction() as session:
            _write(session, claim, phase=name)

    def tests(self, claim: Claim, results: Mapping[int, TestResult]) -> None:
        """Store results in one transaction. Raises LeaseLost."""
        with self._transaction() as session:
            _write(session, claim, attempt_token=claim.token)
            add_results(session, _attempt_of(session, claim).id, results)

    def release(self, claim: Claim, setback: Setback) -> None:
        """Put the submission back, to be claimed after the setback's pause. Raises LeaseLost."""
        now = self._clock()
        back: dict[str, Any] = NOT_HELD | {
            "state": SubmissionState.QUEUED,
            "not_before": self._ticks() + setback.pause,
            "tries": Submission.tries - (0 if setback.ending.counts else 1),
        }
        with self._transaction() as session:
            _write(session, claim, **back)
            _end_attempt(session, claim, now, ending=setback.ending, cause=setback.cause)

    def finish(self, claim: Claim, report: Report, cause: str = "") -> None:
        """Store verdict, results and progress in one transaction. Raises LeaseLost."""
        now, began = self._clock(), time.monotonic()
        done: dict[str, Any] = NOT_HELD | {
            "state": SubmissionState.DONE,
            "finished_at": now,
            "verdict": report.verdict,
            "points": report.points,
            "max_points": report.max_points,
            "score": report.score,
            "message": report.message,
        }
        with self._transaction() as session:
            _write(session, claim, **done)
            attempt = _attempt_of(session, claim)
            record_verdict(session, attempt, report, cause, now)
            session.flush()
            # All is written by now but for this one number.
            took = report.phases.get("store", 0.0) + time.monotonic() - began
            attempt.phases = {**attempt.phases, "store": round(took, 4)}

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        try:
            with self._sessions.begin() as session:
                yield session
        except OperationalError as error:
            raise QueueAway(str(error.orig)) from error


def _held(token: str, now: datetime, ticks: float) -> dict[str, Any]:
    return {
        "state": SubmissionState.RUNNING,
        "attempt_token": token,
        "lease_until": ticks + LEASE,
        "not_before": None,
        "claimed_at": now,
        "phase": "",
        "tries": Submission.tries + 1,
    }


def _changes_one(session: Session, statement: Any, **parameters: Any) -> bool:
    return cast("CursorResult[Any]", session.execute(statement, parameters)).rowcount == 1


def _write(session: Session, claim: Claim, **values: Any) -> None:
    """The fence: write only while the submission carries the claim's token."""
    mine = update(Submission).where(
        Submission.id == claim.submission_id, Submission.attempt_token == claim.token
    )
    if not _changes_one(session, mine.values(**values)):
        raise LeaseLost(claim.submission_id)


def _attempt_of(session: Session, claim: Claim) -> Attempt:
    return session.scalars(select(Attempt).where(Attempt.token == claim.token)).one()


def _end_lost_attempt(session: Session, submission_id: str, now: datetime) -> None:
    open_attempt = update(Attempt).where(
        Attempt.submission_id == submission_id, Attempt.ending.is_(None)
    )
    cause = "The worker stopped renewing its lease: it died, or it was too busy."
    session.execute(open_attempt.values(ending=Ending.LOST, ended_at=now, cause=cause))


def _start_attempt(
    session: Session, submission_id: str, token: str, worker: str, now: datetime
) -> int:
    earlier = select(func.count()).where(Attempt.submission_id == submission_id)
    number = session.scalars(earlier).one() + 1
    handed_in = session.scalars(
        select(Submission.created_at).where(Submission.id == submission_id)
    ).one()
    session.add(
        Attempt(
            submission_id=submission_id,
            token=token,
            number=number,
            worker=worker,
            started_at=now,
            phases={"queued": round(max(0.0, (now - handed_in).total_seconds()), 4)},
        )
    )
    return number


def _end_attempt(session: Session, claim: Claim, now: datetime, **values: Any) -> None:
    mine = update(Attempt).where(Attempt.token == claim.token)
    session.execute(mine.values(ended_at=now, **values))


def _describe(session: Session, submission_id: str, token: str, number: int) -> Claim:
    row = Submission
    columns = (row.tries, row.exercise_id, row.content_hash, row.files, row.kind)
    found = session.execute(select(*columns).where(row.id == submission_id)).one()
    return Claim(submission_id, token, number, *found)
