"""What follows from a verdict: the tests' rows, the attempt's end, the learner's progress."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from backyard.catalog.models import Progress
from backyard.submissions.lifecycle import Ending
from backyard.submissions.models import Attempt, Submission, TestResultRow
from backyard.submissions.results import result_values
from grader.verdict import Outcome, Report, TestResult, Verdict


def add_results(session: Session, attempt_id: int, results: Mapping[int, TestResult]) -> None:
    """Add rows for tests' results, by their places in the suite (from 0), in the order given."""
    rows = [_values(attempt_id, *item) for item in results.items()]
    if rows:
        session.execute(insert(TestResultRow), rows)


def record_verdict(
    session: Session, attempt: Attempt, report: Report, cause: str, now: datetime
) -> None:
    """Add to the session all that goes with the verdict of `attempt`, in its transaction."""
    _complete_results(session, attempt.id, report)
    _end(attempt, report, cause, now)
    submission = session.get_one(Submission, attempt.submission_id)
    if report.verdict is not Verdict.JUDGE_ERROR and not submission.is_run:
        _update_progress(session, submission, report, now)


def _values(attempt_id: int, position: int, result: TestResult) -> dict[str, Any]:
    return {"attempt_id": attempt_id, **result_values(position, result)}


def _complete_results(session: Session, attempt_id: int, report: Report) -> None:
    """Make the rows say what the report says: it has the last word on what was streamed.

    A judge error has none, as its report knows of no test: what a reader has seen stays.
    """
    stored = _stored(session, attempt_id)
    missing = {n: result for n, result in enumerate(report.tests) if result.id not in stored}
    add_results(session, attempt_id, missing)
    if report.verdict is Verdict.JUDGE_ERROR:
        return
    for position, result in enumerate(report.tests):
        if result.id in stored and stored[result.id] != _essence(result):
            mine = (TestResultRow.attempt_id == attempt_id, TestResultRow.test_id == result.id)
            values = _values(attempt_id, position, result)
            session.execute(update(TestResultRow).where(*mine).values(**values))


Essence = tuple[Outcome, int, float, str]
"""Two results of one test in one attempt that agree in these agree in all."""


def _essence(result: TestResult) -> Essence:
    return result.outcome, result.points, result.seconds, result.message


def _stored(session: Session, attempt_id: int) -> dict[str, Essence]:
    row = TestResultRow
    columns = (row.test_id, row.outcome, row.points, row.seconds, row.message)
    found = session.execute(select(*columns).where(row.attempt_id == attempt_id))
    return {test_id: tuple(essence) for test_id, *essence in found}  # type: ignore[misc]  # four


def _end(attempt: Attempt, report: Report, cause: str, now: datetime) -> None:
    attempt.ending = Ending.with_verdict(report.verdict)
    attempt.verdict = report.verdict if attempt.ending is Ending.GRADED else None
    attempt.ended_at = now
    attempt.content_hash = report.content_hash
    attempt.cause = cause
    attempt.phases = {**attempt.phases, **report.phases}


def _update_progress(
    session: Session, submission: Submission, report: Report, now: datetime
) -> None:
    """Keep the best. Verdicts may come in another order than the submissions did."""
    key = (submission.user_id, submission.exercise_id)
    row = session.get(Progress, key, with_for_update=True)
    if row is None:
        row = Progress(user_id=key[0], exercise_id=key[1], points=-1, best_score=-1)
        session.add(row)
    _keep_best(row, report, submission.created_at)
    row.updated_at = now


def _keep_best(row: Progress, report: Report, handed_in: datetime) -> None:
    reached, best = (report.points, report.score), (row.points, row.best_score)
    if reached > best:
        row.points, row.best_score = reached
        row.max_points = report.max_points
        row.reached_at = handed_in
    elif reached == best:
        row.reached_at = min(row.reached_at, handed_in)
    if report.verdict is Verdict.PASSED:
        row.passed_at = min(row.passed_at or handed_in, handed_in)
