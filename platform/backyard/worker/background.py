"""The worker's threads for what comes after submissions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Final

import structlog

from backyard.submissions.tasks import Desk, T, TaskLost
from backyard.worker.health import Health
from backyard.worker.leases import RENEWAL
from backyard.worker.periodic import Periodic

IDLE: Final = 0.5
"""Seconds between two looks for work."""

SHAKEN: Final = 5.0
"""Seconds of rest after a failure that there is no better answer to."""

PATIENCE: Final = 5.0
"""Seconds that a worker which is to stop gives to what is in hand here. It is done anew then."""

log: Final = structlog.get_logger()

Step = Callable[[], bool]
"""Takes one task and does it; returns whether there was one."""


class Background:
    """Does what the first of `steps` finds, then looks again, until `stopping` is set.

    It looks every `idle` seconds while there is nothing.
    """

    def __init__(
        self, steps: Sequence[Step], health: Health, stopping: Event, idle: float = IDLE
    ) -> None:
        self._steps = steps
        self._idle = idle
        self._health = health
        self._stopping = stopping
        self._thread = Thread(target=self._work, name="background", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def finish(self, patience: float = PATIENCE) -> None:
        """After `stopping` is set: wait for what is in hand to be put back."""
        self._thread.join(patience)

    def _work(self) -> None:
        while not self._stopping.is_set():
            if self._health.wait(seconds=IDLE) and not self._do_one():
                self._stopping.wait(self._idle)

    def _do_one(self) -> bool:
        try:
            return any(step() for step in self._steps)
        except TaskLost:
            log.warning("a task in the background was lost")
        except Exception:
            log.exception("the background failed")
            self._stopping.wait(SHAKEN)
        return False


@contextmanager
def held(desk: Desk[T], task: T) -> Iterator[None]:
    """Keep the lease of `task` from running out while the context is open."""

    def renew() -> None:
        with suppress(TaskLost):  # its next write will tell
            desk.renew(task)

    with Periodic("task's lease", RENEWAL, renew):
        yield
