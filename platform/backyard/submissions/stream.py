"""A submission's events as a server-sent stream, read from the database as they come in."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Lock
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from backyard.db import utcnow
from backyard.submissions.events import Cursor, Event, Teller
from backyard.submissions.live import glance

POLL: Final = 0.05
"""Seconds between two glances at the rows: what a test's result waits for at most."""

LOOK: Final = 1.0
"""Seconds between two looks at what is not in these rows: the queue, and the graders."""

HEARTBEAT: Final = 10.0
"""Seconds of silence after which a comment tells proxies that the stream is alive."""

LENGTH: Final = 55.0
"""Seconds that a stream lasts: below the 60 after which many proxies cut an idle connection."""

RETRY: Final = "retry: 500\n\n"
"""How soon (in milliseconds) the browser comes back after the stream's end."""


class StreamSlots:
    """Counts open streams, as each one holds a thread of the web process for up to `LENGTH`.

    Whoever gets no slot polls instead. `total` streams are open at once, `each` of one user.
    """

    def __init__(self, total: int = 20, each: int = 4) -> None:
        self._total = total
        self._each = each
        self._open: Counter[int] = Counter()
        self._lock = Lock()

    def take(self, user_id: int) -> bool:
        """Take a slot if one is free."""
        with self._lock:
            if self._open.total() >= self._total or self._open[user_id] >= self._each:
                return False
            self._open[user_id] += 1
            return True

    def free(self, user_id: int) -> None:
        """Give the slot back."""
        with self._lock:
            self._open[user_id] -= 1
            self._open += Counter()  # forgets users who are at zero


def follow(engine: Engine, teller: Teller, cursor: Cursor) -> Iterator[str]:
    """Yield what is new since `cursor` until the verdict, or until `LENGTH` has passed.

    Each look has a session of its own: between them no connection and no transaction is held, so
    a stream never keeps SQLite from tidying its journal.
    """
    yield RETRY
    with suppress(NoResultFound):  # its learner has deleted their account meanwhile
        yield from _told(engine, teller, cursor)


def _told(engine: Engine, teller: Teller, cursor: Cursor) -> Iterator[str]:
    end = time.monotonic() + LENGTH
    quiet = _Timer(HEARTBEAT)
    for events in _changes(engine, teller, cursor):
        for event in events:
            yield event.as_sse()
            quiet.restart()
            if event.cursor.is_end:
                return
        if quiet.is_over:
            yield ": still here\n\n"
            quiet.restart()
        if time.monotonic() > end:
            return
        time.sleep(POLL)


def _changes(engine: Engine, teller: Teller, cursor: Cursor) -> Iterator[list[Event]]:
    """Yield, at every poll, what has come in since the one before; mostly nothing."""
    seen: object = None
    look = _Timer(0)
    while True:
        events: list[Event] = []
        with Session(engine) as session:
            now = glance(session, teller.submission_id)
            if now != seen or look.is_over:
                events = teller.since(session, cursor, utcnow())
                seen, look = now, _Timer(LOOK)
        if events:
            cursor = events[-1].cursor
        yield events


class _Timer:
    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self.restart()

    def restart(self) -> None:
        self._end = self._clock() + self._seconds

    @property
    def is_over(self) -> bool:
        return self._clock() >= self._end
