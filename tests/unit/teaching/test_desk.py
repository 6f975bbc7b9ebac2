"""Who has a task in hand."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker

from backyard.submissions.models import Submission
from backyard.submissions.tasks import Desk, TaskLost, TaskState
from backyard.teaching.models import Publication
from tests.unit.queue.conftest import Clock, EmbeddedHarness, clock, sessions

__all__ = ["clock", "sessions"]  # fixtures


@pytest.fixture
def desk(sessions: sessionmaker[Session], clock: Clock) -> Desk[Publication]:
    """A desk, and three users."""
    return Desk(sessions, Publication, clock, clock.ticks)


def ask(desk: Desk[Publication]) -> int:
    """A wish; returns its id."""
    row = Publication()
    with desk.sessions.begin() as session:
        session.add(row)
    return row.id


def take(desk: Desk[Publication], *, alone: bool = False) -> Publication:
    task = desk.take(alone=alone)
    assert task is not None
    return task


def row(desk: Desk[Publication], task_id: int) -> Publication:
    with desk.sessions() as session:
        return session.get_one(Publication, task_id)


def test_without_a_wish_there_is_nothing_to_do(desk: Desk[Publication]) -> None:
    assert desk.take() is None


def test_the_first_is_taken_first_and_once(desk: Desk[Publication]) -> None:
    first, second = ask(desk), ask(desk)
    assert [take(desk).id, take(desk).id] == [first, second]
    assert desk.take() is None
    assert row(desk, first).state is TaskState.RUNNING


def test_alone_means_that_no_other_is_in_hand(desk: Desk[Publication], clock: Clock) -> None:
    first, second = ask(desk), ask(desk)
    task = take(desk, alone=True)
    assert desk.take(alone=True) is None
    desk.finish(task)
    assert take(desk, alone=True).id == second
    clock.forward(11)  # whoever had it is gone
    assert take(desk, alone=True).id == second
    assert row(desk, first).state is TaskState.DONE


def test_a_submission_that_waits_comes_first(desk: Desk[Publication], clock: Clock) -> None:
    harness = EmbeddedHarness(desk.sessions, clock)
    submission = harness.put()
    ask(desk)
    assert desk.take() is None
    assert harness.queue.claim("worker")
    assert desk.take() is not None
    with desk.sessions.begin() as session:
        session.execute(update(Submission).values(lease_until=0.0))  # its worker died
    ask(desk)
    assert harness.state(submission)
    assert desk.take() is None


def test_what_is_renewed_stays_in_hand(desk: Desk[Publication], clock: Clock) -> None:
    ask(desk)
    task = take(desk)
    for _ in range(3):
        clock.forward(8)
        desk.renew(task)
        assert desk.take() is None


def test_who_was_too_slow_writes_nothing_more(desk: Desk[Publication], clock: Clock) -> None:
    task_id = ask(desk)
    slow = take(desk)
    clock.forward(11)
    fast = take(desk)
    assert fast.tries == 2
    for write in (desk.renew, desk.finish, desk.release, lambda task: desk.fail(task, "It broke.")):
        with pytest.raises(TaskLost):
            write(slow)
    desk.finish(fast, source_commit="abc")
    assert (row(desk, task_id).state, row(desk, task_id).source_commit) == (TaskState.DONE, "abc")


def test_a_restart_of_the_machine_ends_every_lease(desk: Desk[Publication], clock: Clock) -> None:
    ask(desk)
    take(desk)
    clock.restart()
    assert desk.take() is not None


@pytest.mark.parametrize(("counts", "tries"), [(True, 1), (False, 0)])
def test_what_is_put_back_is_there_for_the_next(
    desk: Desk[Publication], counts: bool, tries: int
) -> None:
    task_id = ask(desk)
    desk.release(take(desk), counts=counts)
    assert (row(desk, task_id).state, row(desk, task_id).tries) == (TaskState.QUEUED, tries)
    assert take(desk).id == task_id


def test_what_was_tried_before_waits_behind_the_rest(desk: Desk[Publication]) -> None:
    first, second = ask(desk), ask(desk)
    desk.release(take(desk), counts=True)
    assert [take(desk).id, take(desk).id] == [second, first]


def test_a_failure_says_why(desk: Desk[Publication], clock: Clock) -> None:
    task_id = ask(desk)
    desk.fail(take(desk), "There is no such branch.")
    failed = row(desk, task_id)
    assert (failed.state, failed.reason) == (TaskState.FAILED, "There is no such branch.")
    assert failed.finished_at == clock.now
