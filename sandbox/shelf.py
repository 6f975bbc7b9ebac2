"""One environment's place in the pool."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from sandbox.environment import Environment
from sandbox.errors import SandboxError
from sandbox.interface import Sandbox

RETRY_SECONDS: Final = (1.0, 2.0, 5.0)
"""Pauses before the shelf is refilled again after a failure; the last one repeats."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Shelf:
    """One environment's warm sandboxes, and what is under way to have more of them.

    `ready` has the oldest first. `starting` counts sandboxes that are being started, `waiting`
    those who ask for one. `failures` counts failed starts since the last that went well, `error`
    is the last one's, and `timer` the try that follows it.
    """

    environment: Environment
    ready: deque[Sandbox] = field(default_factory=deque)
    starting: int = 0
    waiting: int = 0
    failures: int = 0
    error: SandboxError | None = None
    timer: threading.Timer | None = None

    @property
    def kept(self) -> int:
        """How many there are, or will be in a moment."""
        return len(self.ready) + self.starting

    @property
    def rests(self) -> bool:
        """Whether a start has failed, and the pause after it is not over."""
        return self.failures > 0 and self.timer is not None

    def lacking(self, wanted: int) -> int:
        """How many to start, so that `wanted` are left when those who wait have theirs."""
        return wanted + self.waiting - self.kept

    def take_dead(self) -> list[Sandbox]:
        """Take away and return those that have ended by themselves."""
        dead = [sandbox for sandbox in self.ready if not sandbox.alive()]
        for sandbox in dead:
            self.ready.remove(sandbox)
        return dead

    def note_success(self, sandbox: Sandbox) -> None:
        """A start that was under way has given `sandbox`."""
        self.ready.append(sandbox)
        self.failures = 0

    def note_failure(self, error: SandboxError, retry: Callable[[Shelf], None] | None) -> None:
        """A start that was under way has failed; `retry` is called after a pause."""
        pause = RETRY_SECONDS[min(self.failures, len(RETRY_SECONDS) - 1)]
        self.failures += 1
        self.error = error
        log.warning("no %s sandbox: %s", self.environment.name, error)
        if self.timer is None and retry is not None:  # one a shelf, or failures would multiply
            self.timer = threading.Timer(pause, retry, [self])
            self.timer.daemon = True
            self.timer.start()
