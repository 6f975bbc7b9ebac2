"""A real worker, real sandboxes: what one submission goes through."""

from __future__ import annotations

import signal
from collections import Counter

from sqlalchemy import select

from backyard.catalog.models import ExerciseRow, Progress
from backyard.publishing.run import Publisher
from backyard.publishing.tables import Origin
from backyard.submissions.lifecycle import Ending
from grader.verdict import Outcome, Verdict
from tests.functional.worker.conftest import EXERCISE, TESTS, Place, sandboxes_of, write_exercise


def progress(place: Place) -> list[Progress]:
    """Every progress row."""
    with place.sessions() as session:
        return list(session.scalars(select(Progress)))


def test_a_submission_gets_verdict_results_and_progress(place: Place) -> None:
    submission = place.hand_in()
    place.worker()
    place.await_verdict(submission)
    row = place.submission(submission)
    assert (row.verdict, row.points, row.score) == (Verdict.PASSED, TESTS, 100)
    [attempt] = place.attempts(submission)
    assert attempt.ending is Ending.GRADED
    assert attempt.content_hash != row.content_hash
    assert [result.outcome for result in place.results(attempt)] == [Outcome.PASSED] * TESTS
    assert set(attempt.phases) == {"queued", "sandbox", "subject", "tests", "store"}
    assert row.finished_at
    whole = (row.finished_at - row.created_at).total_seconds()
    parts = {name: seconds for name, seconds in attempt.phases.items() if name != "subject"}
    assert sum(parts.values()) <= whole + attempt.phases["store"] + 0.01  # most is stored meanwhile
    [best] = progress(place)
    assert (best.points, best.reached_at, best.passed_at) == (TESTS, row.created_at, row.created_at)


def test_results_are_there_while_the_tests_still_run(place: Place) -> None:
    place.worker()
    submission = place.hand_in()
    place.await_results(submission, 2)
    assert not place.submission(submission).is_done
    assert place.submission(submission).phase == "tests"


def test_a_killed_worker_loses_nothing_and_counts_nothing_twice(place: Place) -> None:
    submission = place.hand_in()
    first = place.worker()
    place.await_results(submission, 2)
    first.kill()
    first.wait()
    assert not place.submission(submission).is_done
    orphans = sandboxes_of(first.pid)

    second = place.worker()
    place.await_verdict(submission)
    row = place.submission(submission)
    assert (row.verdict, row.points) == (Verdict.PASSED, TESTS)
    lost, graded = place.attempts(submission)
    assert (lost.ending, graded.ending) == (Ending.LOST, Ending.GRADED)
    assert 2 <= len(place.results(lost)) < TESTS
    assert len(place.results(graded)) == TESTS
    [best] = progress(place)
    assert best.points == TESTS
    assert orphans
    assert sandboxes_of(first.pid) == []
    assert sandboxes_of(second.pid)


def test_who_is_told_to_stop_finishes_what_is_in_hand_and_takes_no_more(place: Place) -> None:
    worker = place.worker(slots=1)
    in_hand = place.hand_in()
    place.await_results(in_hand, 1)
    waiting = place.hand_in()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0
    assert place.submission(in_hand).verdict is Verdict.PASSED
    assert [attempt.ending for attempt in place.attempts(in_hand)] == [Ending.GRADED]
    assert place.attempts(waiting) == []
    assert sandboxes_of(worker.pid) == []


def test_two_workers_never_grade_the_same_submission(place: Place) -> None:
    place.worker()
    place.worker()
    submissions = [place.hand_in(user) for user in (1, 2, 3) for _ in range(2)]
    place.await_verdict(*submissions)
    attempts = [place.attempts(name) for name in submissions]
    assert [len(each) for each in attempts] == [1] * 6
    assert len(Counter(attempt.worker for [attempt] in attempts)) == 2
    assert [place.submission(name).verdict for name in submissions] == [Verdict.PASSED] * 6
    assert len(progress(place)) == 3


def test_a_submission_that_does_not_start_is_the_learners_own_failure(place: Place) -> None:
    submission = place.hand_in(text="def create_app(:\n")
    place.worker()
    place.await_verdict(submission)
    row = place.submission(submission)
    assert row.verdict in (Verdict.FAILED, Verdict.CRASHED)
    assert "SyntaxError" in row.message + "".join(
        result.message for result in place.results(place.attempts(submission)[-1])
    )
    assert (row.points, row.tries) == (0, 1)


def test_a_folder_that_breaks_under_the_worker_is_nothing_to_learners(place: Place) -> None:
    place.worker()
    (place.folder / "exercises/flask/slow/exercise.toml").write_text("title =")
    submission = place.hand_in()
    place.await_verdict(submission)
    assert place.submission(submission).verdict is Verdict.PASSED
    assert [attempt.ending for attempt in place.attempts(submission)] == [Ending.GRADED]


def test_each_submission_is_graded_with_the_version_that_it_was_handed_in_for(place: Place) -> None:
    def current() -> str:
        with place.sessions() as session:
            return session.get_one(ExerciseRow, EXERCISE).content_hash

    first = current()
    write_exercise(place.folder / "exercises", TESTS - 1)
    Publisher(place.sessions, Origin()).run(place.folder / "exercises")
    submissions = [place.hand_in(content_hash=name) for name in (first, current())]
    place.worker()
    place.await_verdict(*submissions)
    assert [place.submission(name).max_points for name in submissions] == [TESTS, TESTS - 1]
    for name in submissions:
        [attempt] = place.attempts(name)
        assert attempt.content_hash == place.submission(name).content_hash
