"""Whose turn it is: the same tests on the embedded queue and on the fake."""

from __future__ import annotations

from tests.unit.queue.conftest import Clock, Harness
from tests.unit.queue.reports import a_report

OWNER, MEMBER, STRANGER = 1, 2, 3


def put_many(harness: Harness, clock: Clock, *users: int) -> list[str]:
    """One submission for each of `users`, a second apart."""
    ids = []
    for user in users:
        ids.append(harness.put(user))
        clock.forward(1)
    return ids


def claim_ids(harness: Harness, count: int) -> list[str]:
    """The ids of the next `count` claims, all of them held on to."""
    claims = [harness.queue.claim("worker") for _ in range(count)]
    return [claim.submission_id for claim in claims if claim]


def serve(harness: Harness, clock: Clock, count: int) -> list[str]:
    """The ids of the next `count` submissions, each graded before the next is claimed."""
    ids = []
    for _ in range(count):
        claim = harness.queue.claim("worker")
        assert claim is not None
        harness.queue.finish(claim, a_report())
        ids.append(claim.submission_id)
        clock.forward(1)
    return ids


def test_one_users_submissions_go_oldest_first(harness: Harness, clock: Clock) -> None:
    ids = put_many(harness, clock, OWNER, OWNER, OWNER)
    assert serve(harness, clock, 3) == ids


def test_one_who_submits_twenty_delays_nobody(harness: Harness, clock: Clock) -> None:
    many = put_many(harness, clock, *[OWNER] * 20)
    claim_ids(harness, 1)
    [theirs] = put_many(harness, clock, MEMBER)
    assert serve(harness, clock, 2) == [theirs, many[1]]


def test_users_take_turns(harness: Harness, clock: Clock) -> None:
    first, second, third, fourth, fifth = put_many(
        harness, clock, OWNER, OWNER, OWNER, MEMBER, STRANGER
    )
    assert serve(harness, clock, 5) == [first, fourth, fifth, second, third]


def test_who_has_fewest_running_comes_first(harness: Harness, clock: Clock) -> None:
    first, second, _, other, third = put_many(harness, clock, OWNER, OWNER, OWNER, MEMBER, MEMBER)
    assert claim_ids(harness, 2) == [first, other]
    [newcomer] = put_many(harness, clock, STRANGER)
    assert claim_ids(harness, 3) == [newcomer, second, third]


def test_what_a_dead_worker_held_does_not_count_as_running(harness: Harness, clock: Clock) -> None:
    held, waiting = put_many(harness, clock, OWNER, OWNER)
    claim_ids(harness, 1)
    clock.forward(11)
    assert claim_ids(harness, 2) == [held, waiting]
