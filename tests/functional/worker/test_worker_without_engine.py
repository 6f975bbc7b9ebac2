"""The Docker engine goes away, and comes back."""

from __future__ import annotations

import os
import time
from pathlib import Path

from docker.utils import parse_host

from backyard.db import utcnow
from backyard.submissions.lifecycle import Ending, SubmissionState
from backyard.submissions.live import look
from grader.verdict import Verdict
from tests.functional.worker.conftest import Place, sandboxes_of, wait_for
from tests.functional.worker.proxy import EngineProxy


def engine_socket() -> Path:
    """The socket of the engine that these tests use."""
    return Path(str(parse_host(os.environ.get("DOCKER_HOST"))).partition("unix://")[2])


def label(place: Place, submission: str) -> str:
    """What the page says of the submission."""
    with place.sessions() as session:
        return look(session, submission, utcnow()).label


def test_submissions_wait_for_the_engine_and_the_page_says_so(place: Place) -> None:
    socket = place.folder / "docker.sock"
    place.worker(DOCKER_HOST=f"unix://{socket}")
    submission = place.hand_in()
    time.sleep(3)
    row = place.submission(submission)
    assert (row.state, row.tries) == (SubmissionState.QUEUED, 0)
    assert label(place, submission).startswith("The grader is not running right now.")

    socket.symlink_to(engine_socket())
    wait_for(lambda: "not running" not in label(place, submission), 60, "the grader's return")
    place.await_verdict(submission)
    row = place.submission(submission)
    assert (row.verdict, row.tries) == (Verdict.PASSED, 1)


def test_an_engine_that_goes_away_under_a_grading_costs_no_try(place: Place) -> None:
    proxy = EngineProxy(place.folder / "docker.sock", engine_socket())
    proxy.mend()
    worker = place.worker(DOCKER_HOST=f"unix://{proxy.path}")
    submission = place.hand_in()
    place.await_results(submission, 2)
    proxy.cut()
    wait_for(lambda: "not running" in label(place, submission), 60, "the word of its absence")
    wait_for(lambda: place.submission(submission).tries == 0, 60, "its return to the queue")
    assert place.submission(submission).state is SubmissionState.QUEUED

    proxy.mend()
    place.await_verdict(submission)
    row = place.submission(submission)
    assert (row.verdict, row.tries) == (Verdict.PASSED, 1)
    *away, last = place.attempts(submission)
    assert {attempt.ending for attempt in away} == {Ending.ENGINE_AWAY}
    assert last.ending is Ending.GRADED
    worker.terminate()
    assert worker.wait(60) == 0
    wait_for(lambda: not sandboxes_of(worker.pid), 60, "the end of every sandbox")
    proxy.cut()


def test_without_a_worker_the_page_says_so(place: Place) -> None:
    submission = place.hand_in()
    assert label(place, submission).startswith("The grader is not running right now.")
    worker = place.worker()
    place.await_verdict(submission)
    worker.terminate()
    worker.wait(60)
    waiting = place.hand_in()
    assert label(place, waiting).startswith("The grader is not running right now.")


def test_a_worker_without_tables_says_what_to_do(place: Place) -> None:
    (place.folder / "empty").mkdir()
    worker = place.start("worker", BACKYARD_INSTANCE=str(place.folder / "empty"))
    assert worker.wait(60) == 1
    assert "Run `backyard setup` first." in place.log_text()
