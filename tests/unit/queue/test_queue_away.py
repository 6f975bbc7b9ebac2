"""A database that can't be written to is said to be that, and nothing is half done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session, sessionmaker

from backyard.queue.interface import QueueAway
from backyard.submissions.models import WorkerStatus
from tests.unit.queue.conftest import Clock, EmbeddedHarness
from tests.unit.queue.test_claims import WRITES, claimed


@pytest.fixture
def harness(sessions: sessionmaker[Session], clock: Clock) -> EmbeddedHarness:
    """The embedded queue; nobody waits long for a lock."""
    return EmbeddedHarness(sessions, clock)


@contextmanager
def locked(sessions: sessionmaker[Session]) -> Iterator[None]:
    """Somebody else is writing, and takes long."""
    with sessions() as other:
        other.execute(delete(WorkerStatus))
        yield
        other.rollback()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a lock for a moment only."""
    monkeypatch.setattr(
        "backyard.db.PRAGMAS", ("PRAGMA journal_mode = WAL", "PRAGMA busy_timeout = 50")
    )


@pytest.mark.parametrize("write", [name for name in WRITES if name != "check"])
def test_a_write_while_another_holds_the_lock(
    harness: EmbeddedHarness, sessions: sessionmaker[Session], write: str
) -> None:
    harness.put()
    claim = claimed(harness)
    with locked(sessions), pytest.raises(QueueAway, match="locked"):
        WRITES[write](harness.queue, claim)
    WRITES[write](harness.queue, claim)


def test_a_look_needs_no_lock(harness: EmbeddedHarness, sessions: sessionmaker[Session]) -> None:
    harness.put()
    claim = claimed(harness)
    with locked(sessions):
        harness.queue.check(claim)


def test_a_claim_while_another_holds_the_lock(
    harness: EmbeddedHarness, sessions: sessionmaker[Session]
) -> None:
    submission = harness.put()
    with locked(sessions), pytest.raises(QueueAway, match="locked"):
        harness.queue.claim("worker")
    assert harness.endings(submission) == []
    assert claimed(harness).number == 1
