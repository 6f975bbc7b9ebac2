"""A submission that its learner cancels: the same tests on the embedded queue and on the fake."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from backyard.accounts.models import User
from backyard.catalog.models import Progress
from backyard.queue.interface import Claim, LeaseLost, Setback
from backyard.submissions.lifecycle import Ending, SubmissionState
from backyard.submissions.models import Attempt, Submission, TestResultRow
from tests.unit.queue.conftest import Clock, EmbeddedHarness, Harness
from tests.unit.queue.reports import a_report
from tests.unit.queue.test_claims import WRITES, claimed

ROUNDS = 40


def test_what_waits_is_cancelled_and_never_claimed(harness: Harness, clock: Clock) -> None:
    submission = harness.put()
    assert harness.cancel(submission)
    clock.forward(3600)
    assert harness.queue.claim("worker") is None
    assert harness.state(submission)[0] is SubmissionState.CANCELLED


def test_what_waits_for_another_try_is_cancelled_too(harness: Harness, clock: Clock) -> None:
    submission = harness.put()
    harness.queue.release(claimed(harness), Setback(Ending.JUDGE_ERROR, "no image", pause=8))
    assert harness.cancel(submission)
    clock.forward(9)
    assert harness.queue.claim("worker") is None
    assert harness.endings(submission) == [Ending.JUDGE_ERROR]


@pytest.mark.parametrize("write", WRITES)
def test_whoever_grades_a_cancelled_one_writes_nothing_more(harness: Harness, write: str) -> None:
    submission = harness.put()
    claim = claimed(harness)
    assert harness.cancel(submission)
    with pytest.raises(LeaseLost):
        WRITES[write](harness.queue, claim)
    assert harness.state(submission)[0] is SubmissionState.CANCELLED
    assert harness.endings(submission) == [Ending.CANCELLED]
    assert harness.verdict(submission) is None


@pytest.mark.parametrize("write", WRITES)
def test_whoever_grades_what_vanishes_with_its_account_writes_nothing_more(
    sessions: sessionmaker[Session], clock: Clock, write: str
) -> None:
    harness = EmbeddedHarness(sessions, clock)
    harness.put()
    claim = claimed(harness)
    with sessions.begin() as session:
        session.execute(delete(User).where(User.id == 1))
    with pytest.raises(LeaseLost):
        WRITES[write](harness.queue, claim)
    with sessions() as session:
        for table in (Submission, Attempt, TestResultRow, Progress):
            assert session.scalars(select(table)).all() == []
    assert harness.queue.claim("worker") is None


def test_after_its_lease_a_cancelled_one_is_claimed_by_nobody(
    harness: Harness, clock: Clock
) -> None:
    submission = harness.put()
    claimed(harness)
    harness.cancel(submission)
    clock.forward(11)
    assert harness.queue.claim("other") is None


def test_what_is_graded_is_not_cancelled(harness: Harness) -> None:
    submission = harness.put()
    harness.queue.finish(claimed(harness), a_report())
    assert not harness.cancel(submission)
    assert harness.state(submission)[0] is SubmissionState.DONE
    assert harness.endings(submission) == [Ending.GRADED]


def test_cancelled_once_is_enough(harness: Harness) -> None:
    submission = harness.put()
    assert [harness.cancel(submission) for _ in range(2)] == [True, False]


def test_a_cancelled_one_leaves_the_next_one_its_turn(harness: Harness) -> None:
    first, second = harness.put(), harness.put()
    harness.cancel(first)
    assert claimed(harness).submission_id == second


def finishes(harness: Harness, claim: Claim, start: Barrier) -> bool:
    """Store a verdict when all are ready; return whether it was stored."""
    start.wait()
    try:
        harness.queue.finish(claim, a_report())
    except LeaseLost:
        return False
    return True


def cancels(harness: Harness, submission: str, start: Barrier) -> bool:
    """Cancel when all are ready; return whether that was in time."""
    start.wait()
    return harness.cancel(submission)


def test_of_cancel_and_verdict_at_the_same_time_one_wins(
    sessions: sessionmaker[Session], clock: Clock
) -> None:
    harness = EmbeddedHarness(sessions, clock)
    with ThreadPoolExecutor(2) as threads:
        for _ in range(ROUNDS):
            submission = harness.put()
            claim = claimed(harness)
            start = Barrier(2)
            graded, cancelled = (
                threads.submit(finishes, harness, claim, start),
                threads.submit(cancels, harness, submission, start),
            )
            assert graded.result() is not cancelled.result()
            won = Ending.GRADED if graded.result() else Ending.CANCELLED
            assert harness.endings(submission) == [won]
            with sessions.begin() as session:  # points, if and only if it was graded
                row = session.scalars(select(Progress)).one_or_none()
                assert (row is not None) is graded.result()
                if row:
                    session.delete(row)
