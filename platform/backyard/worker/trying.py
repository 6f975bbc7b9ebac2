"""Keeps learners' tryouts: each in a sandbox and a thread of its own, while nobody else waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from threading import Event, Semaphore, Thread
from typing import Any, Final

import structlog
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, sessionmaker

from backyard.db import utcnow
from backyard.submissions.tasks import Desk, TaskLost
from backyard.tryouts.models import Tryout as Row
from backyard.tryouts.models import TryoutFailure, TryoutQuestion
from backyard.worker.background import held
from grader.exercise import Exercise
from grader.parsing import BrokenExercise
from grader.text import clean
from grader.tryout import Tryout, TryoutBroken, TryoutEnded
from sandbox.errors import EngineUnavailable, SandboxError
from sandbox.pool import Pool

IDLE_SECONDS: Final = 180.0
"""After so long without a question a tryout ends."""

IDLE: Final = "Nothing was asked for three minutes, so this was ended. Start it again to go on."

BROKEN: Final = (
    "This ended by a mistake of ours, and nothing of yours is lost. Start it again. "
    "If it ends like this again, whoever runs this site has to mend it first."
)

TOLD_SECONDS: Final = 3600.0
"""For so long operators are not told again of the same cause in the same exercise."""

LOOK: Final = 0.03
"""Seconds between two looks for a question."""

SELDOM: Final = 0.2
"""The same, once none has come for `CALM` seconds."""

CALM: Final = 10.0

PATIENCE: Final = 5.0
"""Seconds for those under way when the worker stops; they begin anew with the next worker."""

log: Final = structlog.get_logger()


class Trying:
    """Serves tryouts, at most `most` at once. Operators read of failures by the name `worker`."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        find: Callable[[str, str], Exercise],
        pool: Pool,
        stopping: Event,
        most: int,
        worker: str,
    ) -> None:
        self._worker = worker
        self._desk = Desk(sessions, Row)
        self._find = find
        self._pool = pool
        self._stopping = stopping
        self._free = Semaphore(most)
        self._threads: set[Thread] = set()

    def take_one(self) -> bool:
        """Begin with the next, in a thread; return whether there was one and room for it."""
        if not self._free.acquire(blocking=False):
            return False
        row = None
        try:
            row = self._desk.take()
        finally:
            if row is None:
                self._free.release()
        if row is None:
            return False
        self._threads = {thread for thread in self._threads if thread.is_alive()}
        thread = Thread(target=self._see_through, args=[row], daemon=True)
        self._threads.add(thread)
        thread.start()
        return True

    def finish(self) -> None:
        """After `stopping` is set: wait until all are put back."""
        end = time.monotonic() + PATIENCE
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _see_through(self, row: Row) -> None:
        bound = log.bind(tryout=row.id, exercise=row.exercise_id)
        try:
            with held(self._desk, row):
                self._serve(row)
            bound.info("tryout ended")
        except TaskLost:
            bound.info("tryout closed")
        except (SandboxError, BrokenExercise, TryoutBroken) as error:
            bound.error("a tryout failed", why=str(error))
            self._give_up(row, str(error))
        except Exception as error:
            bound.exception("a tryout failed")
            self._give_up(row, f"{type(error).__name__}: {error}")
        finally:
            self._free.release()

    def _serve(self, row: Row) -> None:
        """Answer until it is over. Raises TaskLost; SandboxError, BrokenExercise and TryoutBroken
        where we failed."""
        try:
            exercise = self._find(row.exercise_id, row.content_hash)
            sandbox = self._pool.take(exercise.metadata.environment)
            self._pool.part_with()
            try:
                self._converse(row, Tryout(sandbox, exercise, row.files))
            finally:
                sandbox.destroy()
        except EngineUnavailable as error:
            log.warning("put back: the engine is away", tryout=row.id, why=str(error))
            self._desk.release(row)
        except TryoutEnded as end:
            self._desk.fail(row, str(end))

    def _give_up(self, row: Row, cause: str) -> None:
        """Our failure: its learner reads a sentence of ours, operators what broke."""
        failure = TryoutFailure(
            exercise_id=row.exercise_id, worker=self._worker, cause=clean(cause) or "unknown"
        )
        with self._desk.sessions.begin() as session:
            if not session.scalar(_told_of(failure)):
                session.add(failure)
        with suppress(TaskLost):
            self._desk.fail(row, BROKEN)

    def _converse(self, row: Row, tryout: Tryout) -> None:
        """Raises TryoutEnded, TryoutBroken and TaskLost."""
        asked = time.monotonic()
        while not self._stopping.is_set():
            question = self._next_question(row)
            if question is not None:
                self._store(row, question.id, tryout.ask(question.asked))
                asked = time.monotonic()
            elif (idle := time.monotonic() - asked) > IDLE_SECONDS:
                raise TryoutEnded(IDLE)
            else:
                self._stopping.wait(LOOK if idle < CALM else SELDOM)
        self._desk.release(row)

    def _next_question(self, row: Row) -> TryoutQuestion | None:
        """The oldest without an answer. Raises TaskLost once the tryout is closed."""
        mine = select(Row.id).where(Row.id == row.id, Row.token == row.token)
        wanted = (
            select(TryoutQuestion)
            .where(TryoutQuestion.tryout_id == row.id, TryoutQuestion.answer.is_(None))
            .order_by(TryoutQuestion.number)
            .limit(1)
        )
        with self._desk.sessions() as session:
            if session.scalar(mine) is None:
                raise TaskLost(row.id)
            return session.scalar(wanted)

    def _store(self, row: Row, question_id: int, answer: dict[str, Any]) -> None:
        with self._desk.sessions.begin() as session:
            self._desk.write(session, row, tries=Row.tries)
            session.get_one(TryoutQuestion, question_id).answer = answer


def _told_of(failure: TryoutFailure) -> Select[int]:
    """Finds whether operators were told of the same not long ago: a learner may start again and
    again, and every row is kept."""
    return (
        select(TryoutFailure.id)
        .where(
            TryoutFailure.exercise_id == failure.exercise_id,
            TryoutFailure.cause == failure.cause,
            TryoutFailure.failed_at > utcnow() - timedelta(seconds=TOLD_SECONDS),
        )
        .limit(1)
    )
