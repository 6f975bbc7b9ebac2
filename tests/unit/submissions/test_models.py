"""Every constraint refuses what it is there to refuse."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from backyard.catalog.models import Progress
from backyard.db import Base, utcnow
from backyard.submissions.lifecycle import Ending, SubmissionState
from backyard.submissions.models import Attempt, Submission, TestResultRow
from grader.verdict import Outcome, Verdict
from tests.unit.submissions.conftest import EXERCISE, Site

NOW = utcnow()
LEASED = {"state": SubmissionState.RUNNING, "attempt_token": "t", "lease_until": 1.0}
DONE = {
    "state": SubmissionState.DONE,
    "verdict": Verdict.FAILED,
    "finished_at": NOW,
    "points": 1,
    "max_points": 2,
    "score": 50,
}


def a_submission(**fields: Any) -> Submission:
    """A good row, but for `fields`."""
    good = {"user_id": 1, "exercise_id": EXERCISE, "content_hash": "a", "files": {}}
    return Submission(**good | fields)


def an_attempt(**fields: Any) -> Attempt:
    """A good row, but for `fields`."""
    good = {"submission_id": "s", "token": "t", "number": 1, "worker": "w", "started_at": NOW}
    return Attempt(**good | fields)


def a_row(**fields: Any) -> TestResultRow:
    """A good row, but for `fields`."""
    good = {
        "attempt_id": 1,
        "position": 0,
        "test_id": "test_a",
        "title": "It adds",
        "points": 1,
        "visible": True,
        "outcome": Outcome.PASSED,
        "seconds": 0.1,
        "message": "",
        "exchanges": [],
        "output": "",
    }
    return TestResultRow(**good | fields)


def a_progress(**fields: Any) -> Progress:
    """A good row, but for `fields`."""
    good = {
        "user_id": 1,
        "exercise_id": EXERCISE,
        "best_score": 50,
        "points": 1,
        "max_points": 2,
        "reached_at": NOW,
        "updated_at": NOW,
    }
    return Progress(**good | fields)


def store(site: Site, *rows: Base) -> None:
    """Add `rows` beside a good submission with one attempt at it."""
    with site.sessions.begin() as session:
        session.add(a_submission(id="s"))
        session.flush()
        session.add(an_attempt(id=1, token="first"))
        session.flush()
        session.add_all(rows)


GOOD: dict[str, list[Base]] = {
    "a queued submission": [a_submission()],
    "a running submission": [a_submission(**LEASED)],
    "a done submission": [a_submission(**DONE)],
    "a cancelled submission": [a_submission(state=SubmissionState.CANCELLED, finished_at=NOW)],
    "a submission handed in again": [a_submission(again_of="s")],
    "an attempt that ended well": [
        an_attempt(number=2, ending=Ending.GRADED, ended_at=NOW, verdict=Verdict.PASSED)
    ],
    "an attempt that was cancelled": [an_attempt(number=2, ending=Ending.CANCELLED, ended_at=NOW)],
    "an attempt that was lost": [an_attempt(number=2, ending=Ending.LOST, ended_at=NOW)],
    "a test's result": [a_row()],
    "progress": [a_progress()],
}

BAD: dict[str, tuple[str, list[Base]]] = {
    "a queued submission with a token": (
        "running_is_leased",
        [a_submission(attempt_token="t")],
    ),
    "a running submission without a lease": (
        "running_is_leased",
        [a_submission(**LEASED | {"lease_until": None})],
    ),
    "a running submission without a token": (
        "running_is_leased",
        [a_submission(**LEASED | {"attempt_token": None})],
    ),
    "a queued submission with a verdict": (
        "done_has_verdict",
        [a_submission(verdict=Verdict.PASSED)],
    ),
    "a done submission without a verdict": (
        "done_has_verdict",
        [a_submission(**DONE | {"verdict": None})],
    ),
    "a cancelled submission with a verdict": (
        "done_has_verdict",
        [a_submission(**DONE | {"state": SubmissionState.CANCELLED})],
    ),
    "a cancelled submission without a time": (
        "over_has_time",
        [a_submission(state=SubmissionState.CANCELLED)],
    ),
    "a queued submission with the time of its end": (
        "over_has_time",
        [a_submission(finished_at=NOW)],
    ),
    "a submission handed in again twice": (
        "submissions.again_of",
        [a_submission(again_of="s"), a_submission(again_of="s")],
    ),
    "a done submission without a time": (
        "over_has_time",
        [a_submission(**DONE | {"finished_at": None})],
    ),
    "a done submission without points": (
        "done_has_verdict",
        [a_submission(**DONE | {"points": None})],
    ),
    "more points than there are": ("points_in_range", [a_submission(**DONE | {"points": 3})]),
    "points below zero": ("points_in_range", [a_submission(**DONE | {"points": -1})]),
    "a score above 100": ("score_in_range", [a_submission(**DONE | {"score": 101})]),
    "points for a failure of ours": (
        "judge_error_has_no_points",
        [a_submission(**DONE | {"verdict": Verdict.JUDGE_ERROR})],
    ),
    "tries below zero": ("tries_not_negative", [a_submission(tries=-1)]),
    "two submissions with one token": (
        "submissions.attempt_token",
        [a_submission(**LEASED), a_submission(**LEASED)],
    ),
    "a submission of nobody": ("FOREIGN KEY", [a_submission(user_id=99)]),
    "a submission to nothing": ("FOREIGN KEY", [a_submission(exercise_id="no/such")]),
    "two attempts with one number": (
        "attempts.submission_id, attempts.number",
        [an_attempt(number=1)],
    ),
    "two attempts with one token": ("attempts.token", [an_attempt(number=2, token="first")]),
    "an attempt number zero": ("number_from_one", [an_attempt(number=0)]),
    "an attempt that ended nohow": ("ended_has_ending", [an_attempt(number=2, ended_at=NOW)]),
    "a graded attempt without a verdict": (
        "graded_has_verdict",
        [an_attempt(number=2, ending=Ending.GRADED, ended_at=NOW)],
    ),
    "a lost attempt with a verdict": (
        "graded_has_verdict",
        [an_attempt(number=2, ending=Ending.LOST, ended_at=NOW, verdict=Verdict.PASSED)],
    ),
    "a test twice in an attempt": (
        "test_results.attempt_id, test_results.test_id",
        [a_row(), a_row(position=1)],
    ),
    "a test of negative points": ("points_not_negative", [a_row(points=-1)]),
    "a test of negative seconds": ("seconds_not_negative", [a_row(seconds=-0.1)]),
    "progress beyond the points there are": ("points_in_range", [a_progress(points=3)]),
    "progress beyond 100 per cent": ("best_score_in_range", [a_progress(best_score=101)]),
    "progress of nobody": ("FOREIGN KEY", [a_progress(user_id=99)]),
}


@pytest.mark.parametrize("rows", GOOD.values(), ids=GOOD.keys())
def test_the_database_takes(site: Site, rows: list[Base]) -> None:
    store(site, *rows)


@pytest.mark.parametrize(("constraint", "rows"), BAD.values(), ids=BAD.keys())
def test_the_database_refuses(site: Site, constraint: str, rows: list[Base]) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        store(site, *rows)
