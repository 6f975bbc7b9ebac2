"""What becomes of a tryout that can't go on: whose mistake it is, and who is told."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import delete, select

from backyard.db import utcnow
from backyard.submissions.tasks import TaskState
from backyard.tryouts.models import Tryout, TryoutFailure, TryoutQuestion
from backyard.worker.shelf import Shelf
from backyard.worker.trying import Trying
from sandbox.environment import keep_warm
from sandbox.fake import FakeProvider
from sandbox.pool import Pool
from sandbox.protocol import Frame
from tests.unit.publishing.conftest import Press, press

__all__ = ["press"]  # a fixture

ID = "demo/small"
SECONDS = 10


class Room:
    """A published exercise, and a tryout of it in which something is asked."""

    def __init__(self, press: Press) -> None:
        press.write()
        press.publish()
        self.sessions = press.sessions
        self.frames: list[Frame] = []
        self.content_hash = press.row().content_hash

    def tried(self) -> Tryout:
        """How it ended."""
        with self.sessions.begin() as session:
            session.execute(delete(Tryout))  # its learner's next one takes its place
            row = Tryout(user_id=1, exercise_id=ID, content_hash=self.content_hash, files={})
            session.add(row)
            session.flush()
            session.add(TryoutQuestion(tryout_id=row.id, number=1, asked={"method": "GET"}))
        provider = FakeProvider(lambda sent: self.frames)
        with Pool(provider, keep_warm(1, "python")) as pool:
            shelf = Shelf(self.sessions)
            assert Trying(self.sessions, shelf.get, pool, Event(), 1, "worker").take_one()
            return self._over(row.id)

    def _over(self, tryout_id: int) -> Tryout:
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            with self.sessions() as session:
                row = session.get_one(Tryout, tryout_id)
            if row.state.is_over:
                return row
            time.sleep(0.01)
        raise AssertionError(f"not over after {SECONDS} s")

    def failures(self) -> list[TryoutFailure]:
        """What operators are told."""
        with self.sessions() as session:
            return list(session.scalars(select(TryoutFailure)))


@pytest.fixture
def room(press: Press) -> Room:
    return Room(press)


@pytest.mark.parametrize(
    ("frames", "cause"),
    [
        ([], "The sandbox has ended: the stream ended"),
        ([{"type": "broken", "message": "no conftest"}], "no conftest"),
        ([{"type": "end", "reason": "suite_failed", "message": "it fell"}], "it fell"),
        ([{}], "KeyError: 'type'"),
    ],
)
def test_what_we_broke_is_told_to_operators(room: Room, frames: list[Frame], cause: str) -> None:
    room.frames = frames
    row = room.tried()
    assert row.state is TaskState.FAILED
    assert "a mistake of ours" in row.reason
    assert "If it ends like this again" in row.reason
    [failure] = room.failures()
    assert (failure.exercise_id, failure.worker) == (ID, "worker")
    assert failure.cause.startswith(cause)


def test_the_same_failure_is_told_to_operators_once_an_hour(room: Room) -> None:
    room.frames = [{"type": "broken", "message": "no conftest"}]
    room.tried()
    room.tried()
    [first] = room.failures()
    with room.sessions.begin() as session:
        session.get_one(TryoutFailure, first.id).failed_at = utcnow() - timedelta(hours=2)
    room.tried()
    assert len(room.failures()) == 2


def test_another_failure_is_told_at_once(room: Room) -> None:
    for cause in ("no conftest", "no module"):
        room.frames = [{"type": "broken", "message": cause}]
        room.tried()
    assert [failure.cause for failure in room.failures()] == ["no conftest", "no module"]


def test_what_the_learners_program_did_is_told_to_its_learner_alone(room: Room) -> None:
    room.frames = [{"type": "end", "reason": "out_of_memory"}]
    assert "more memory than it may have" in room.tried().reason
    assert room.failures() == []
