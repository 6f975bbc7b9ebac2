"""Sandboxes for work that can wait: none is taken while a submission waits for one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import Final

from sqlalchemy.orm import Session, sessionmaker

from backyard.submissions.tasks import somebody_waits
from sandbox.environment import Environment, keep_warm
from sandbox.errors import EngineUnavailable
from sandbox.interface import Provider, Sandbox
from sandbox.pool import Pool

LOOK: Final = 0.1
"""Seconds between two looks whether submissions still wait."""


class PatientPool(Pool):
    """A pool of its own, so that the one for submissions stays as warm as it is."""

    def __init__(
        self,
        provider: Provider,
        environments: Mapping[str, Environment],
        must_wait: Callable[[], bool],
        stopping: Event,
    ) -> None:
        super().__init__(provider, environments)
        self._must_wait = must_wait
        self._stopping = stopping

    def await_turn(self) -> None:
        """Wait as long as submissions do. Raises EngineUnavailable once the worker is to stop."""
        while self._must_wait() and not self._stopping.is_set():
            self._stopping.wait(LOOK)
        if self._stopping.is_set():
            raise EngineUnavailable("The worker stops.")

    def take(self, name: str) -> Sandbox:
        """See `Pool.take`, and `await_turn`."""
        self.await_turn()
        return super().take(name)


@dataclass(frozen=True, slots=True)
class PatientPools:
    """Opens patient pools."""

    provider: Provider
    sessions: sessionmaker[Session]
    stopping: Event

    @contextmanager
    def opened(self, environment: str) -> Iterator[Pool]:
        """Give a pool that keeps one sandbox of `environment` warm while the context is open."""
        environments = keep_warm(1, environment)
        with PatientPool(self.provider, environments, self._must_wait, self.stopping) as pool:
            yield pool

    def _must_wait(self) -> bool:
        with self.sessions() as session:
            return somebody_waits(session, time.monotonic())
