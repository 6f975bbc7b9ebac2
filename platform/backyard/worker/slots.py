"""The worker's threads: each claims one submission at a time and sees it through."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Final

import structlog

from backyard.queue.interface import Claim, Queue, QueueAway
from backyard.worker.grading import Grading
from backyard.worker.health import Health
from backyard.worker.leases import Leases

IDLE: Final = 0.03
"""Seconds between two looks into an empty queue; all of them cost 2 or 3 % of one core."""

SHAKEN: Final = 1.0
"""Seconds that a slot rests after a failure that it has no better answer to."""

PATIENCE: Final = 30.0
"""Seconds that a worker which is to stop gives to what it has in hand."""

log: Final = structlog.get_logger()


class Slots:
    """`count` threads that work until `stopping` is set."""

    def __init__(
        self,
        worker: str,
        queue: Queue,
        grading: Grading,
        leases: Leases,
        health: Health,
        stopping: Event,
    ) -> None:
        self._worker = worker
        self._queue = queue
        self._grading = grading
        self._leases = leases
        self._health = health
        self._stopping = stopping
        self._door = Lock()  # one idle slot looks into the queue, the others wait behind it
        self._threads: list[Thread] = []

    def start(self, count: int) -> None:
        """Begin to work."""
        for number in range(count):
            # Daemons, so that a grading which does not end cannot keep the process from ending.
            thread = Thread(target=self._work, name=f"slot-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def finish(self, patience: float = PATIENCE) -> None:
        """After `stopping` is set: let what is in hand end, and give back what does not."""
        end = time.monotonic() + patience
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        self._leases.give_back("The worker was stopped before this was graded.")

    def _work(self) -> None:
        while not self._stopping.is_set():
            if self._health.wait(seconds=0.5):
                self._guarded(self._take_one)

    def _take_one(self) -> None:
        """Wait for a submission and grade it. Return without one when it is time to stop."""
        with self._door:
            claim = self._next()
        if claim is not None:
            with self._leases.hold(claim):
                self._grading.run(claim)

    def _next(self) -> Claim | None:
        while self._health.wait(seconds=0):
            if self._stopping.is_set():
                return None
            if (claim := self._queue.claim(self._worker)) is not None:
                return claim
            self._stopping.wait(IDLE)
        return None

    def _guarded(self, step: Callable[[], None]) -> None:
        """A slot lives on, whatever happens; what it held is claimed anew when its lease ends."""
        try:
            step()
        except QueueAway as error:
            log.warning("the queue is away", why=str(error))
            self._stopping.wait(SHAKEN)
        except Exception:
            log.exception("a slot failed")
            self._stopping.wait(SHAKEN)
