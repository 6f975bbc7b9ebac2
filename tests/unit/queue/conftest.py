"""One set of tests, two queues: a harness for each, and a clock that tests can move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.db import Base
from backyard.queue.embedded import EmbeddedQueue
from backyard.queue.interface import Queue
from backyard.queue.memory import MemoryQueue
from backyard.submissions.cancelling import cancel
from backyard.submissions.lifecycle import Ending, SubmissionState
from backyard.submissions.models import Attempt, Submission, TestResultRow
from backyard.worker.database import open_database
from grader.verdict import Outcome, Verdict

EXERCISE = "flask/books-crud"


class Clock:
    """Tells the time of day that the test sets, and `ticks`: the machine's own clock."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.uptime = 1000.0

    def __call__(self) -> datetime:
        return self.now

    def ticks(self) -> float:
        return self.uptime

    def forward(self, seconds: float) -> None:
        """Let `seconds` pass."""
        self.now += timedelta(seconds=seconds)
        self.uptime += seconds

    def step(self, seconds: float) -> None:
        """Set the time of day, as an operator does, or a time server."""
        self.now += timedelta(seconds=seconds)

    def restart(self) -> None:
        """Start the machine anew: its own clock begins at zero."""
        self.uptime = 1.0


class Harness(Protocol):
    """A queue, and what tests ask beyond the interface."""

    @property
    def queue(self) -> Queue: ...
    def put(self, user_id: int = 1, files: Mapping[str, str] | None = None) -> str: ...
    def state(self, submission_id: str) -> tuple[SubmissionState, str, int]: ...
    def endings(self, submission_id: str) -> list[Ending | None]: ...
    def outcomes(self, submission_id: str) -> dict[str, Outcome]: ...
    def verdict(self, submission_id: str) -> Verdict | None: ...
    def cancel(self, submission_id: str) -> bool: ...


class MemoryHarness:
    """The fake."""

    def __init__(self, clock: Clock) -> None:
        self.queue = MemoryQueue(clock, clock.ticks)

    def put(self, user_id: int = 1, files: Mapping[str, str] | None = None) -> str:
        return self.queue.put(user_id, EXERCISE, files or {"app.py": ""})

    def state(self, submission_id: str) -> tuple[SubmissionState, str, int]:
        entry = self.queue.entries[submission_id]
        return entry.state, entry.phase, entry.tries

    def endings(self, submission_id: str) -> list[Ending | None]:
        return self.queue.entries[submission_id].endings

    def outcomes(self, submission_id: str) -> dict[str, Outcome]:
        results = self.queue.entries[submission_id].results
        return {name: result.outcome for name, result in results.items()}

    def verdict(self, submission_id: str) -> Verdict | None:
        report = self.queue.entries[submission_id].report
        return report.verdict if report else None

    def cancel(self, submission_id: str) -> bool:
        return self.queue.cancel(submission_id)


class EmbeddedHarness:
    """The real one, on a SQLite file."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        self.queue = EmbeddedQueue(sessions, clock, clock.ticks)
        self.sessions = sessions
        self._clock = clock

    def put(self, user_id: int = 1, files: Mapping[str, str] | None = None) -> str:
        submission = Submission(
            user_id=user_id,
            exercise_id=EXERCISE,
            content_hash="a" * 64,
            files=dict(files or {"app.py": ""}),
            created_at=self._clock(),
        )
        with self.sessions.begin() as session:
            session.add(submission)
        return submission.id

    def state(self, submission_id: str) -> tuple[SubmissionState, str, int]:
        with self.sessions() as session:
            row = session.get_one(Submission, submission_id)
            return row.state, row.phase, row.tries

    def endings(self, submission_id: str) -> list[Ending | None]:
        wanted = select(Attempt.ending).where(Attempt.submission_id == submission_id)
        with self.sessions() as session:
            return list(session.scalars(wanted.order_by(Attempt.number)))

    def outcomes(self, submission_id: str) -> dict[str, Outcome]:
        wanted = (
            select(TestResultRow.test_id, TestResultRow.outcome)
            .join(Attempt)
            .where(Attempt.submission_id == submission_id)
        )
        with self.sessions() as session:
            return {row.test_id: row.outcome for row in session.execute(wanted)}

    def verdict(self, submission_id: str) -> Verdict | None:
        with self.sessions() as session:
            return session.get_one(Submission, submission_id).verdict

    def cancel(self, submission_id: str) -> bool:
        with self.sessions.begin() as session:
            return cancel(session, submission_id, self._clock())


@pytest.fixture
def clock() -> Clock:
    """Midnight, until the test moves it."""
    return Clock()


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    """An empty database with three users and one exercise."""
    maker = open_database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    engine = maker.kw["bind"]
    assert isinstance(engine, Engine)
    Base.metadata.create_all(engine)
    with maker.begin() as session:
        session.add_all(_users())
        session.add(ExerciseRow(id=EXERCISE, track="flask", slug="books-crud", title="Books"))
    yield maker
    engine.dispose()


def _users() -> list[User]:
    return [
        User(id=number, username=name, email=f"{name}@example.org", password_hash="x")
        for number, name in enumerate(("owner", "member", "stranger"), start=1)
    ]


@pytest.fixture(params=["embedded", "memory"])
def harness(request: pytest.FixtureRequest, clock: Clock) -> Harness:
    """Each queue in turn."""
    if request.param == "memory":
        return MemoryHarness(clock)
    return EmbeddedHarness(request.getfixturevalue("sessions"), clock)
