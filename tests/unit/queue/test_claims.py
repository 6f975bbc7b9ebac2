"""Leases and fences: the same tests on the embedded queue and on the fake."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backyard.queue.interface import Claim, LeaseLost, Queue, Setback
from backyard.submissions.lifecycle import Ending, SubmissionState
from grader.verdict import Outcome, Verdict
from tests.unit.queue.conftest import Clock, Harness
from tests.unit.queue.reports import a_report, a_result

WRITES: dict[str, Callable[[Queue, Claim], None]] = {
    "renew": lambda queue, claim: queue.renew(claim),
    "check": lambda queue, claim: queue.check(claim),
    "phase": lambda queue, claim: queue.phase(claim, "tests"),
    "tests": lambda queue, claim: queue.tests(claim, {0: a_result()}),
    "release": lambda queue, claim: queue.release(claim, Setback(Ending.STOPPED, "")),
    "finish": lambda queue, claim: queue.finish(claim, a_report()),
}


def claimed(harness: Harness) -> Claim:
    """The next claim, which must be there."""
    claim = harness.queue.claim("worker")
    assert claim is not None
    return claim


def test_an_empty_queue_gives_nothing(harness: Harness) -> None:
    assert harness.queue.claim("worker") is None


def test_a_claim_carries_what_grading_needs(harness: Harness) -> None:
    submission = harness.put(files={"app.py": "print('é')\n"})
    claim = claimed(harness)
    assert claim.submission_id == submission
    assert claim.exercise_id == "flask/books-crud"
    assert claim.files == {"app.py": "print('é')\n"}
    assert (claim.number, claim.tries) == (1, 1)


def test_what_one_holds_nobody_else_gets(harness: Harness, clock: Clock) -> None:
    harness.put()
    claimed(harness)
    clock.forward(9.9)
    assert harness.queue.claim("other") is None


def test_a_lease_that_ran_out_is_claimed_again(harness: Harness, clock: Clock) -> None:
    submission = harness.put()
    first = claimed(harness)
    clock.forward(10.1)
    second = claimed(harness)
    assert second.submission_id == submission
    assert second.token != first.token
    assert (second.number, second.tries) == (2, 2)
    assert harness.endings(submission) == [Ending.LOST, None]


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_is_set_ends_no_lease_and_draws_none_out(
    harness: Harness, clock: Clock, hours: int
) -> None:
    harness.put()
    claim = claimed(harness)
    clock.step(3600 * hours)
    assert harness.queue.claim("other") is None
    harness.queue.renew(claim)
    clock.forward(9.9)
    assert harness.queue.claim("other") is None
    clock.forward(0.2)
    assert harness.queue.claim("other") is not None


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_is_set_holds_no_retry_for_an_hour(
    harness: Harness, clock: Clock, hours: int
) -> None:
    harness.put()
    harness.queue.release(claimed(harness), Setback(Ending.JUDGE_ERROR, "", pause=8))
    clock.step(3600 * hours)
    clock.forward(7.9)
    assert harness.queue.claim("worker") is None
    clock.forward(0.2)
    assert harness.queue.claim("worker") is not None


def test_what_was_held_before_the_machine_started_anew_is_claimed(
    harness: Harness, clock: Clock
) -> None:
    harness.put()
    claimed(harness)
    clock.restart()
    assert harness.queue.claim("worker") is not None


def test_what_rested_before_the_machine_started_anew_is_claimed(
    harness: Harness, clock: Clock
) -> None:
    harness.put()
    harness.queue.release(claimed(harness), Setback(Ending.JUDGE_ERROR, "", pause=30))
    clock.restart()
    assert harness.queue.claim("worker") is not None


def test_a_claim_that_is_a_little_younger_than_ones_own_clock_is_respected(
    harness: Harness, clock: Clock
) -> None:
    """Who had to wait for the database asks with a time that is over."""
    harness.put()
    claimed(harness)
    clock.uptime -= 8
    assert harness.queue.claim("worker") is None


def test_a_renewed_lease_holds_on(harness: Harness, clock: Clock) -> None:
    harness.put()
    claim = claimed(harness)
    for _ in range(5):
        clock.forward(3)
        harness.queue.renew(claim)
    assert harness.queue.claim("other") is None


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_a_stale_claim_writes_nothing(
    harness: Harness, clock: Clock, write: Callable[[Queue, Claim], None]
) -> None:
    submission = harness.put()
    stale = claimed(harness)
    clock.forward(11)
    claimed(harness)
    before = harness.state(submission), harness.endings(submission)
    with pytest.raises(LeaseLost):
        write(harness.queue, stale)
    assert (harness.state(submission), harness.endings(submission)) == before
    assert harness.outcomes(submission) == {}
    assert harness.verdict(submission) is None


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_after_the_verdict_nothing_is_written(
    harness: Harness, write: Callable[[Queue, Claim], None]
) -> None:
    submission = harness.put()
    claim = claimed(harness)
    harness.queue.finish(claim, a_report())
    with pytest.raises(LeaseLost):
        write(harness.queue, claim)
    assert harness.verdict(submission) is Verdict.PASSED


def test_what_is_done_is_never_claimed_again(harness: Harness, clock: Clock) -> None:
    submission = harness.put()
    harness.queue.finish(claimed(harness), a_report())
    clock.forward(3600)
    assert harness.queue.claim("worker") is None
    assert harness.state(submission)[0] is SubmissionState.DONE
    assert harness.endings(submission) == [Ending.GRADED]


def test_what_streams_in_is_stored_at_once(harness: Harness) -> None:
    submission = harness.put()
    claim = claimed(harness)
    harness.queue.phase(claim, "tests")
    harness.queue.tests(claim, {0: a_result("test_a")})
    harness.queue.tests(claim, {1: a_result("test_b", Outcome.FAILED)})
    assert harness.state(submission)[:2] == (SubmissionState.RUNNING, "tests")
    assert harness.outcomes(submission) == {"test_a": Outcome.PASSED, "test_b": Outcome.FAILED}


def test_the_report_adds_the_tests_that_never_ran(harness: Harness) -> None:
    submission = harness.put()
    claim = claimed(harness)
    harness.queue.tests(claim, {0: a_result("test_a")})
    missing = a_result("test_b", Outcome.NOT_RUN)
    harness.queue.finish(claim, a_report(a_result("test_a"), missing, verdict=Verdict.TIMEOUT))
    assert harness.outcomes(submission) == {"test_a": Outcome.PASSED, "test_b": Outcome.NOT_RUN}


def test_the_report_has_the_last_word_on_what_was_streamed(harness: Harness) -> None:
    submission = harness.put()
    claim = claimed(harness)
    harness.queue.tests(claim, {0: a_result("test_a", Outcome.PASSED)})
    harness.queue.finish(claim, a_report(a_result("test_a", Outcome.ERROR)))
    assert harness.outcomes(submission) == {"test_a": Outcome.ERROR}


def test_a_judge_error_leaves_what_was_streamed(harness: Harness) -> None:
    submission = harness.put()
    claim = claimed(harness)
    harness.queue.tests(claim, {0: a_result("test_a")})
    nothing = [a_result(name, Outcome.NOT_RUN) for name in ("test_a", "test_b")]
    harness.queue.finish(claim, a_report(*nothing, verdict=Verdict.JUDGE_ERROR))
    assert harness.outcomes(submission) == {"test_a": Outcome.PASSED, "test_b": Outcome.NOT_RUN}


def test_a_released_submission_rests_before_it_is_claimed(harness: Harness, clock: Clock) -> None:
    submission = harness.put()
    harness.queue.release(claimed(harness), Setback(Ending.JUDGE_ERROR, "no image", pause=8))
    assert harness.state(submission) == (SubmissionState.QUEUED, "", 1)
    clock.forward(7.9)
    assert harness.queue.claim("worker") is None
    clock.forward(0.2)
    again = claimed(harness)
    assert (again.number, again.tries) == (2, 2)
    assert harness.endings(submission) == [Ending.JUDGE_ERROR, None]


@pytest.mark.parametrize(
    ("ending", "tries"), [(Ending.JUDGE_ERROR, 2), (Ending.ENGINE_AWAY, 1), (Ending.STOPPED, 1)]
)
def test_only_failures_of_grading_use_up_a_try(
    harness: Harness, ending: Ending, tries: int
) -> None:
    harness.put()
    harness.queue.release(claimed(harness), Setback(ending, ""))
    assert claimed(harness).tries == tries


def test_a_judge_error_ends_the_attempt_as_one(harness: Harness) -> None:
    submission = harness.put()
    harness.queue.finish(claimed(harness), a_report(verdict=Verdict.JUDGE_ERROR), "no image")
    assert harness.endings(submission) == [Ending.JUDGE_ERROR]
    assert harness.verdict(submission) is Verdict.JUDGE_ERROR
