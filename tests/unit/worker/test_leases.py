"""Holding on to what is in hand."""

from __future__ import annotations

import time

from backyard.queue.interface import Claim, QueueAway, Setback
from backyard.queue.memory import MemoryQueue
from backyard.submissions.lifecycle import LEASE
from backyard.worker.leases import Leases
from backyard.worker.periodic import Periodic
from tests.unit.worker.conftest import Bench


def test_what_is_held_does_not_run_out(bench: Bench) -> None:
    bench.hand_in()
    leases = Leases(bench.queue)
    with leases.hold(bench.claim()):
        for _ in range(5):
            bench.clock.forward(9)
            leases.renew()
        assert bench.queue.claim("other") is None


def test_what_is_no_longer_held_runs_out(bench: Bench) -> None:
    bench.hand_in()
    leases = Leases(bench.queue)
    with leases.hold(bench.claim()):
        pass
    bench.clock.forward(9)
    leases.renew()
    bench.clock.forward(2)
    assert bench.queue.claim("other") is not None


def test_a_lost_lease_does_not_keep_the_others_from_being_renewed(bench: Bench) -> None:
    bench.hand_in()
    leases = Leases(bench.queue)
    with leases.hold(bench.claim()):
        bench.clock.forward(11)
        bench.claim()
        bench.hand_in()
        with leases.hold(bench.claim()):
            bench.clock.forward(9)
            leases.renew()
            assert leases.held == 1


class StumblingQueue(MemoryQueue):
    """A queue whose next renewal fails."""

    stumbles = True

    def renew(self, claim: Claim) -> None:
        """Fail once, as a database that is locked for too long does."""
        if self.stumbles:
            self.stumbles = False
            raise OSError("database is locked")
        super().renew(claim)


def test_a_failure_keeps_no_other_lease_from_being_renewed(bench: Bench) -> None:
    bench.queue = StumblingQueue(bench.clock, bench.clock.ticks)
    leases = Leases(bench.queue)
    entries = [bench.hand_in(), bench.hand_in()]
    with leases.hold(bench.claim()), leases.hold(bench.claim()):
        bench.clock.forward(9)
        leases.renew()
        renewed = bench.clock.ticks() + LEASE
        assert [entry.lease_until for entry in entries].count(renewed) == 1
        leases.renew()
        assert [entry.lease_until for entry in entries].count(renewed) == 2


class RefusingQueue(MemoryQueue):
    """A queue that takes nothing back for once."""

    refuses = True

    def release(self, claim: Claim, setback: Setback) -> None:
        """Fail once, as a full disk does."""
        if self.refuses:
            self.refuses = False
            raise QueueAway("database or disk is full")
        super().release(claim, setback)


def test_what_can_not_be_given_back_keeps_nothing_else_from_it(bench: Bench) -> None:
    bench.queue = RefusingQueue(bench.clock, bench.clock.ticks)
    leases = Leases(bench.queue)
    entries = [bench.hand_in(), bench.hand_in()]
    with leases.hold(bench.claim()), leases.hold(bench.claim()):
        leases.give_back("stopped")
    assert sorted(entry.state for entry in entries) == ["queued", "running"]


def test_a_periodic_task_goes_on_after_a_failure() -> None:
    calls: list[int] = []

    def fails() -> None:
        calls.append(1)
        raise RuntimeError("once in a while")

    with Periodic("test", 0.01, fails):
        time.sleep(0.2)
    assert len(calls) > 2
    after = len(calls)
    time.sleep(0.05)
    assert len(calls) == after
