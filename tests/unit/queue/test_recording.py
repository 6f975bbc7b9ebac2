"""What a verdict leaves in the database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from backyard.catalog.models import Progress
from backyard.queue.interface import Claim, Setback
from backyard.submissions.lifecycle import Ending, SubmissionState
from backyard.submissions.models import Attempt, Submission, TestResultRow
from grader.verdict import Outcome, Report, Verdict
from tests.unit.queue.conftest import EXERCISE, Clock, EmbeddedHarness
from tests.unit.queue.reports import a_report, a_result

HALF = a_report(a_result("test_a"), a_result("test_b", Outcome.FAILED))
FULL = a_report(a_result("test_a"), a_result("test_b"))
BROKEN = a_report(a_result("test_a"), verdict=Verdict.JUDGE_ERROR)


@pytest.fixture
def harness(sessions: sessionmaker[Session], clock: Clock) -> EmbeddedHarness:
    """The embedded queue alone: the fake keeps no rows."""
    return EmbeddedHarness(sessions, clock)


def hand_in(harness: EmbeddedHarness, clock: Clock) -> Claim:
    """A claim on a submission handed in one second after the last."""
    clock.forward(1)
    harness.put()
    claim = harness.queue.claim("worker")
    assert claim is not None
    return claim


def graded(harness: EmbeddedHarness, clock: Clock, report: Report) -> Submission:
    """The row of a submission that got `report`."""
    claim = hand_in(harness, clock)
    clock.forward(0.5)
    harness.queue.finish(claim, report)
    with harness.sessions() as session:
        return session.get_one(Submission, claim.submission_id)


def progress(harness: EmbeddedHarness) -> Progress | None:
    """The owner's progress row."""
    with harness.sessions() as session:
        return session.get(Progress, (1, EXERCISE))


def test_the_submission_gets_verdict_and_score(harness: EmbeddedHarness, clock: Clock) -> None:
    row = graded(harness, clock, HALF)
    assert (row.verdict, row.points, row.max_points, row.score) == (Verdict.FAILED, 1, 2, 50)
    assert row.finished_at == clock()
    assert (row.attempt_token, row.lease_until) == (None, None)


def test_the_attempt_says_what_it_was_graded_with(harness: EmbeddedHarness, clock: Clock) -> None:
    row = graded(harness, clock, FULL)
    with harness.sessions() as session:
        attempt = session.scalars(select(Attempt)).one()
    assert attempt.submission_id == row.id
    assert attempt.content_hash == "b" * 64 != row.content_hash
    assert (attempt.worker, attempt.verdict) == ("worker", Verdict.PASSED)


def test_the_attempt_says_where_the_time_went(harness: EmbeddedHarness, clock: Clock) -> None:
    harness.put()
    clock.forward(1.25)
    claim = harness.queue.claim("worker")
    assert claim is not None
    harness.queue.finish(claim, replace(FULL, phases={"tests": 0.5, "store": 100.0}))
    with harness.sessions() as session:
        phases = session.scalars(select(Attempt.phases)).one()
    assert phases.pop("store") > 100  # what streaming took, and now the verdict
    assert phases == {"queued": 1.25, "tests": 0.5}


def test_another_attempt_counts_its_wait_from_the_handing_in(
    harness: EmbeddedHarness, clock: Clock
) -> None:
    claim = hand_in(harness, clock)
    clock.forward(3)
    harness.queue.release(claim, Setback(Ending.STOPPED, ""))
    assert harness.queue.claim("worker")
    with harness.sessions() as session:
        waits = [phases["queued"] for phases in session.scalars(select(Attempt.phases))]
    assert waits == [0, 3]


def test_results_keep_the_suites_order_and_all_they_say(
    harness: EmbeddedHarness, clock: Clock
) -> None:
    graded(harness, clock, HALF)
    with harness.sessions() as session:
        rows = session.scalars(select(TestResultRow).order_by(TestResultRow.position)).all()
    assert [row.result for row in rows] == list(HALF.tests)


def test_the_first_verdict_starts_the_progress(harness: EmbeddedHarness, clock: Clock) -> None:
    submission = graded(harness, clock, HALF)
    row = progress(harness)
    assert row is not None
    assert (row.points, row.max_points, row.best_score) == (1, 2, 50)
    assert (row.reached_at, row.passed_at) == (submission.created_at, None)


def test_a_better_verdict_moves_the_progress_on(harness: EmbeddedHarness, clock: Clock) -> None:
    graded(harness, clock, HALF)
    better = graded(harness, clock, FULL)
    row = progress(harness)
    assert row is not None
    assert (row.points, row.best_score) == (2, 100)
    assert row.reached_at == row.passed_at == better.created_at


def test_a_worse_or_equal_verdict_leaves_it(harness: EmbeddedHarness, clock: Clock) -> None:
    best = graded(harness, clock, FULL)
    graded(harness, clock, HALF)
    graded(harness, clock, FULL)
    row = progress(harness)
    assert row is not None
    assert (row.points, row.best_score) == (2, 100)
    assert row.reached_at == row.passed_at == best.created_at


def test_who_handed_in_first_got_there_first_whatever_was_graded_first(
    harness: EmbeddedHarness, clock: Clock
) -> None:
    early, late = hand_in(harness, clock), hand_in(harness, clock)
    harness.queue.finish(late, FULL)
    harness.queue.finish(early, FULL)
    with harness.sessions() as session:
        handed_in = session.get_one(Submission, early.submission_id).created_at
    row = progress(harness)
    assert row is not None
    assert row.reached_at == row.passed_at == handed_in


def test_a_judge_error_scores_nothing_and_leaves_progress_alone(
    harness: EmbeddedHarness, clock: Clock
) -> None:
    row = graded(harness, clock, BROKEN)
    assert (row.verdict, row.points, row.max_points, row.score) == (Verdict.JUDGE_ERROR, 0, 1, 0)
    assert progress(harness) is None


def test_a_verdict_that_cannot_be_stored_whole_is_not_stored_at_all(
    harness: EmbeddedHarness, clock: Clock
) -> None:
    claim = hand_in(harness, clock)
    refused = replace(a_result(), seconds=-1.0)
    with pytest.raises(IntegrityError):
        harness.queue.finish(claim, a_report(refused))
    assert harness.state(claim.submission_id)[0] is SubmissionState.RUNNING
    assert harness.endings(claim.submission_id) == [None]
    assert progress(harness) is None
