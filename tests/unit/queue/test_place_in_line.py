"""The place in the queue that a page shows."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session, sessionmaker

from backyard.submissions.turns import place_in_line
from tests.unit.queue.conftest import Clock, EmbeddedHarness

OWNER, MEMBER = 1, 2


@pytest.fixture
def harness(sessions: sessionmaker[Session], clock: Clock) -> EmbeddedHarness:
    """The embedded queue alone."""
    return EmbeddedHarness(sessions, clock)


def places(harness: EmbeddedHarness, ids: list[str]) -> list[int]:
    """Everybody's place."""
    with harness.sessions() as session:
        return [session.scalars(place_in_line(name)).one() for name in ids]


def test_the_first_is_next(harness: EmbeddedHarness) -> None:
    assert places(harness, [harness.put()]) == [1]


def test_somebodys_first_comes_before_anothers_second(
    harness: EmbeddedHarness, clock: Clock
) -> None:
    ids = []
    for user in (OWNER, OWNER, OWNER, MEMBER):
        ids.append(harness.put(user))
        clock.forward(1)
    assert places(harness, ids) == [1, 3, 4, 2]


def test_what_runs_is_no_longer_in_line_but_was_its_users_turn(
    harness: EmbeddedHarness, clock: Clock
) -> None:
    ids = []
    for user in (OWNER, OWNER, MEMBER):
        ids.append(harness.put(user))
        clock.forward(1)
    harness.queue.claim("worker")
    assert places(harness, ids) == [0, 2, 1]


def test_an_unknown_submission_has_no_place(harness: EmbeddedHarness) -> None:
    harness.put()
    assert places(harness, ["none"]) == [0]
