"""What a killed worker held need not wait for its lease."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from backyard.db import utcnow
from backyard.queue.interface import Claim
from backyard.submissions.lifecycle import Ending
from backyard.submissions.models import WorkerStatus
from backyard.worker.dead import release_from_the_dead
from tests.unit.queue.conftest import Clock, EmbeddedHarness, clock, sessions

__all__ = ["clock", "sessions"]  # fixtures


def sign_of_life(maker: sessionmaker[Session], *workers: str) -> None:
    """Workers whose processes bear their names."""
    with maker.begin() as session:
        for name in workers:
            session.add(
                WorkerStatus(worker=name, seen_at=utcnow(), engine_ok=True, process=f"{name}!")
            )


def known(maker: sessionmaker[Session]) -> list[str]:
    with maker() as session:
        return list(session.scalars(select(WorkerStatus.worker).order_by(WorkerStatus.worker)))


def claim_as(harness: EmbeddedHarness, worker: str) -> Claim:
    claim = harness.queue.claim(worker)
    assert claim is not None
    return claim


def test_only_what_the_dead_held_is_claimed_at_once(
    sessions: sessionmaker[Session], clock: Clock
) -> None:
    harness = EmbeddedHarness(sessions, clock)
    sign_of_life(sessions, "dead", "living")
    harness.put(1)
    harness.put(2)
    lost, held = claim_as(harness, "dead"), claim_as(harness, "living")
    assert release_from_the_dead(sessions, lambda process: process == "dead!") == ["dead"]
    assert claim_as(harness, "other").submission_id == lost.submission_id
    assert harness.queue.claim("other") is None
    harness.queue.renew(held)
    assert harness.endings(lost.submission_id) == [Ending.LOST, None]
    assert known(sessions) == ["living"]


def test_who_can_not_be_judged_is_left_alone(sessions: sessionmaker[Session], clock: Clock) -> None:
    harness = EmbeddedHarness(sessions, clock)
    with sessions.begin() as session:  # of an older version: no process is named
        session.add(WorkerStatus(worker="old", seen_at=utcnow(), engine_ok=True))
    harness.put()
    claim_as(harness, "old")
    assert release_from_the_dead(sessions, lambda process: True) == []
    assert harness.queue.claim("other") is None


def test_one_that_lives_after_all_goes_on_or_loses_to_a_faster_one(
    sessions: sessionmaker[Session], clock: Clock
) -> None:
    harness = EmbeddedHarness(sessions, clock)
    sign_of_life(sessions, "dead")
    harness.put()
    claim = claim_as(harness, "dead")
    release_from_the_dead(sessions, lambda process: True)
    harness.queue.renew(claim)
    assert harness.queue.claim("other") is None
