"""A learner cancels what a real worker grades in a real sandbox."""

from __future__ import annotations

from sqlalchemy import select

from backyard.catalog.models import Progress
from backyard.db import utcnow
from backyard.submissions.cancelling import cancel
from backyard.submissions.lifecycle import Ending, SubmissionState
from grader.verdict import Verdict
from tests.functional.worker.conftest import Place, sandboxes_of, wait_for

ENDLESS = """
from flask import Flask

def create_app():
    app = Flask(__name__)

    @app.get("/")
    def spin():
        while True:
            pass

    return app
"""

SOON = 20.0
"""Seconds: it takes about one, but other things may keep the machine busy."""


def press_cancel(place: Place, submission: str) -> bool:
    """What the web process does when the button is pressed."""
    with place.sessions.begin() as session:
        return cancel(session, submission, utcnow())


def test_an_endless_loop_is_ended_soon_after_its_learner_cancels(place: Place) -> None:
    worker = place.worker(slots=1)
    endless = place.hand_in(text=ENDLESS)
    wait_for(lambda: place.submission(endless).phase == "tests", 60, "the first test")
    used = set(sandboxes_of(worker.pid))
    waiting = place.hand_in()
    assert press_cancel(place, endless)
    wait_for(lambda: place.attempts(waiting), SOON, "the next submission's turn")
    wait_for(lambda: used - set(sandboxes_of(worker.pid)), SOON, "the end of its sandbox")

    place.await_verdict(waiting)
    assert place.submission(waiting).verdict is Verdict.PASSED
    row = place.submission(endless)
    assert (row.state, row.verdict, row.score) == (SubmissionState.CANCELLED, None, None)
    assert [attempt.ending for attempt in place.attempts(endless)] == [Ending.CANCELLED]
    assert place.log_text().count("stopped: it was cancelled") == 1


def test_nothing_of_a_cancelled_submission_counts(place: Place) -> None:
    place.worker()
    submission = place.hand_in()
    place.await_results(submission, 2)
    assert press_cancel(place, submission)
    wait_for(lambda: "stopped: it was cancelled" in place.log_text(), SOON, "the grading's end")
    assert place.submission(submission).state is SubmissionState.CANCELLED
    with place.sessions() as session:
        assert session.scalars(select(Progress)).all() == []
