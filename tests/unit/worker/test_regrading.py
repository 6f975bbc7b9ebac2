"""The worker grades anew, while nothing else waits, and writes to regrades' rows alone."""

from __future__ import annotations

from threading import Event

import pytest
from sqlalchemy import delete, select, update

from backyard.catalog.models import Progress
from backyard.queue.embedded import EmbeddedQueue
from backyard.submissions.models import Attempt, Submission
from backyard.submissions.tasks import TaskState
from backyard.teaching.models import Regrade, RegradeEntry
from backyard.worker.patience import PatientPools
from backyard.worker.regrading import MOST_TRIES, Regrading
from backyard.worker.shelf import Shelf
from grader.verdict import Report, Verdict
from sandbox.fake import FakeProvider
from sandbox.protocol import Frame
from tests.unit.grader.examples import FIRST, SECOND, collected, end, told
from tests.unit.publishing.conftest import Press, press

__all__ = ["press"]  # a fixture

ID = "demo/small"


class Room:
    """A published exercise, submissions for an older one, and a regrade of them."""

    def __init__(self, press: Press) -> None:
        self.press = press
        press.write()
        press.publish()
        self.sessions = press.sessions
        self.frames: list[Frame] = [collected(), told(FIRST), told(SECOND, "failed"), end()]
        self.provider = FakeProvider(lambda sent: self.frames)
        self.stopping = Event()
        pools = PatientPools(self.provider, press.sessions, self.stopping)
        self.regrading = Regrading(press.sessions, Shelf(press.sessions), pools)
        self.content_hash = press.row().content_hash

    def allow(self, pattern: str) -> None:
        """Publish a version that allows files of such names."""
        self.press.allow(pattern)
        self.press.publish()
        self.content_hash = self.press.row().content_hash

    def hand_in(self) -> str:
        """A submission that waits."""
        row = Submission(
            user_id=1, exercise_id=ID, content_hash="0" * 64, files={"app.py": "# lazy\n"}
        )
        with self.sessions.begin() as session:
            session.add(row)
        return row.id

    def regrade(self, count: int = 1, **fields: object) -> None:
        """A regrade of `count` submissions, all judged `failed` before."""
        queue, names = EmbeddedQueue(self.sessions), [self.hand_in() for _ in range(count)]
        for _ in names:
            claim = queue.claim("worker")
            assert claim is not None
            queue.finish(claim, Report(ID, "0" * 64, Verdict.FAILED, ()))
        regrade = Regrade(exercise_id=ID, content_hash=self.content_hash)
        old = {"old_verdict": Verdict.FAILED, "old_points": 0, "old_max_points": 0, "old_score": 0}
        with self.sessions.begin() as session:
            session.add(regrade)
            session.flush()
            for name in names:
                session.add(
                    RegradeEntry(
                        regrade_id=regrade.id, submission_id=name, old_message="", **old | fields
                    )
                )

    def entries(self) -> list[RegradeEntry]:
        with self.sessions() as session:
            return list(session.scalars(select(RegradeEntry).order_by(RegradeEntry.id)))


@pytest.fixture
def room(press: Press) -> Room:
    return Room(press)


def test_without_a_regrade_there_is_nothing_to_do(room: Room) -> None:
    assert not room.regrading.take_some()


def test_each_gets_a_verdict_with_all_results_in_rows_of_its_own(room: Room) -> None:
    room.regrade(3)
    with room.sessions() as session:
        before = [session.query(model).count() for model in (Attempt, Progress)]
    assert room.regrading.take_some()
    for entry in room.entries():
        assert (entry.state, entry.verdict) == (TaskState.DONE, Verdict.FAILED)
        assert (entry.points, entry.max_points, entry.score) == (1, 4, 25)
        assert [result["test_id"] for result in entry.results] == [FIRST, SECOND]
        assert entry.changes
    with room.sessions() as session:
        assert [session.query(model).count() for model in (Attempt, Progress)] == before
        assert {row.max_points for row in session.scalars(select(Submission))} == {0}
    assert not room.regrading.take_some()
    assert all(sandbox.destroyed for sandbox in room.provider.started)


def test_what_has_other_files_than_the_new_version_takes_is_left_alone(room: Room) -> None:
    room.regrade()
    with room.sessions.begin() as session:
        session.execute(update(Submission).values(files={"old_name.py": "# right\n"}))
    assert room.regrading.take_some()
    [entry] = room.entries()
    assert entry.state is TaskState.FAILED
    assert "other files" in entry.reason
    assert not [sandbox for sandbox in room.provider.started if sandbox.sent]


def test_a_file_that_the_new_version_allows_is_graded_with_the_others(room: Room) -> None:
    room.allow("*.py")
    room.regrade()
    with room.sessions.begin() as session:
        files = {"app.py": "# right\n", "more.py": ""}
        session.execute(update(Submission).values(files=files))
    assert room.regrading.take_some()
    assert room.entries()[0].state is TaskState.DONE


def test_a_submission_that_waits_goes_first(room: Room) -> None:
    room.regrade()
    room.hand_in()
    assert not room.regrading.take_some()
    assert room.entries()[0].tries == 0


def test_a_failure_of_ours_is_tried_again_and_then_said(room: Room) -> None:
    room.regrade()
    room.frames = [{"type": "broken", "message": "No space left."}, end("suite_failed")]
    assert room.regrading.take_some()
    [entry] = room.entries()
    assert (entry.state, entry.tries) == (TaskState.FAILED, MOST_TRIES)
    assert "No space left." in entry.reason
    assert entry.verdict is None


def test_a_failure_that_passes_is_no_failure(room: Room) -> None:
    room.regrade()
    good, answers = room.frames, iter([[{"type": "broken", "message": "No space."}]])
    room.provider._script = lambda sent: next(answers, good)
    room.regrading.take_some()
    assert room.entries()[0].state is TaskState.DONE


def test_while_the_engine_is_away_nothing_is_counted(room: Room) -> None:
    room.regrade()
    room.provider.available = False
    assert room.regrading.take_some()
    [entry] = room.entries()
    assert (entry.state, entry.tries) == (TaskState.QUEUED, 0)


def test_one_that_kills_every_worker_is_given_up(room: Room) -> None:
    room.regrade(tries=MOST_TRIES)
    room.regrading.take_some()
    assert room.entries()[0].reason == "Gave up: the worker was lost 3 times."


def test_an_exercise_that_can_not_be_read_any_more_is_said(room: Room, press: Press) -> None:
    room.regrade()
    with room.sessions.begin() as session:
        [version] = press.versions()
        session.execute(update(type(version)).values(files={}))
    room.regrading.take_some()
    assert room.entries()[0].reason == "The exercise is broken: exercise.toml is missing."


def test_a_regrade_that_is_dropped_meanwhile_ends_quietly(room: Room) -> None:
    room.regrade(2)

    def drops(sent: list[Frame]) -> list[Frame]:
        with room.sessions.begin() as session:
            session.execute(delete(Regrade))
        return room.frames

    room.provider._script = drops
    assert room.regrading.take_some()
    assert room.entries() == []
    assert not room.regrading.take_some()
