"""Whether sandboxes can be started, and the sign of life that says so to the web pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event
from typing import Final

import structlog
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from backyard.db import utcnow
from backyard.submissions.models import WorkerStatus
from sandbox.errors import EngineUnavailable

BEAT: Final = 2.0
"""Seconds between two signs of life; `backyard.submissions.status.FRESH` allows for three."""

FORGET: Final = timedelta(hours=1)
"""How long the row of a worker that was killed is kept for operators to see."""

log: Final = structlog.get_logger()


class Health:
    """Asks the engine, tells the slots, and writes the worker's row of `WorkerStatus`.

    `check` raises EngineUnavailable while sandboxes can't be started. `process` names this process
    for `backyard.worker.dead`.
    """

    def __init__(
        self,
        worker: str,
        check: Callable[[], None],
        sessions: sessionmaker[Session],
        clock: Callable[[], datetime] = utcnow,
        process: str = "",
    ) -> None:
        self._worker = worker
        self._process = process
        self._check = check
        self._sessions = sessions
        self._clock = clock
        self._able = Event()

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds` for the engine to be there; return whether it is."""
        return self._able.wait(seconds)

    def beat(self) -> bool:
        """Ask the engine and write down what it said; return whether it is there."""
        trouble = self._ask()
        if trouble and self._able.is_set():
            log.warning("the engine is away", why=trouble)
        elif not trouble and not self._able.is_set():
            log.info("the engine is there")
        if trouble:
            self._able.clear()
        else:
            self._able.set()
        self._write(trouble)
        return not trouble

    def farewell(self) -> None:
        """Take the sign of life down, so that pages know at once that nobody grades."""
        with _unless_away(), self._sessions.begin() as session:
            session.execute(delete(WorkerStatus).where(WorkerStatus.worker == self._worker))

    def _ask(self) -> str:
        try:
            self._check()
        except EngineUnavailable as error:
            return str(error) or "The engine does not answer."
        return ""

    def _write(self, trouble: str) -> None:
        now = self._clock()
        status = WorkerStatus(
            worker=self._worker,
            seen_at=now,
            engine_ok=not trouble,
            detail=trouble,
            process=self._process,
        )
        with _unless_away(), self._sessions.begin() as session:
            session.merge(status)
            session.execute(delete(WorkerStatus).where(WorkerStatus.seen_at < now - FORGET))


@contextmanager
def _unless_away() -> Iterator[None]:
    """Let pass that the database can't be written to now: the sign of life gets old."""
    try:
        yield
    except OperationalError as error:
        log.warning("no sign of life", why=str(error.orig))
