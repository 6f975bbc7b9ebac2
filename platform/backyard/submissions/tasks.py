"""Work that the worker does behind the submissions: who has it in hand, and how it ended.

A task is held by a token and a lease, as submissions are: every write names the token, so whoever
was too slow writes nothing more.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar, cast

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    CursorResult,
    String,
    Text,
    and_,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, sessionmaker

from backyard.db import Base, utcnow
from backyard.submissions.lifecycle import LEASE
from backyard.submissions.models import Submission, new_id
from backyard.submissions.turns import NOW, is_free, is_over


class TaskLost(Exception):
    """The task is somebody else's now, or was called off. Stop: nothing is wrong."""


class TaskState(StrEnum):
    """Where a task is. It goes forth and back between the first two until it is over."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether it stays so."""
        return self in (TaskState.DONE, TaskState.FAILED)


class Task(Base):
    """What tasks have in common. `reason` is a sentence on why it failed, for whoever asked.

    `lease_until` is of the machine's own clock, in seconds. `tries` counts how often it was taken.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[TaskState] = mapped_column(default=TaskState.QUEUED)
    token: Mapped[str | None] = mapped_column(String(32), unique=True)
    lease_until: Mapped[float | None]
    tries: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")


def task_constraints() -> tuple[CheckConstraint, ...]:
    """What holds for every table of tasks."""
    leased = ("token", "lease_until")
    return (
        CheckConstraint(
            " AND ".join(f"(state = 'running') = ({name} IS NOT NULL)" for name in leased),
            name="running_is_leased",
        ),
        CheckConstraint(
            "(state IN ('done', 'failed')) = (finished_at IS NOT NULL)", name="over_has_time"
        ),
        CheckConstraint("(state = 'failed') = (reason <> '')", name="failed_has_reason"),
        CheckConstraint("tries >= 0", name="tries_not_negative"),
    )


T = TypeVar("T", bound=Task)

NOT_HELD: Final = {"token": None, "lease_until": None}


class Desk(Generic[T]):
    """Hands out the tasks of one table. `clock` and `ticks` as in `EmbeddedQueue`."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        model: type[T],
        clock: Callable[[], datetime] = utcnow,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.sessions = sessions
        self._model = model
        self._clock = clock
        self._ticks = ticks

    def take(self, *only: ColumnElement[bool], alone: bool = False) -> T | None:
        """Take the next task (of those that `only` names); None while there is none, or while a
        submission waits.

        With `alone`, None too while another of the table is in hand.
        """
        conditions = [self._is_free(), nobody_waits(), *only]
        if alone:
            conditions.append(~self._any_in_hand())
        with self.sessions.begin() as session:
            next_one = select(self._model.id).where(*conditions)
            order = next_one.order_by(self._model.tries, self._model.id).limit(1)
            now = self._ticks()
            task_id = session.scalar(order, {"now": now})
            if task_id is None or not self._hold(session, task_id, now, conditions):
                return None
            return session.get_one(self._model, task_id)

    def renew(self, task: T) -> None:
        """Hold on to `task` for another `LEASE`. Raises TaskLost."""
        with self.sessions.begin() as session:
            self.write(session, task, lease_until=self._ticks() + LEASE)

    def write(self, session: Session, task: T, **values: Any) -> None:
        """The fence: write only while the row carries the task's token. Raises TaskLost."""
        mine = update(self._model).where(self._model.id == task.id, self._model.token == task.token)
        if not _changes_one(session, mine.values(**values)):
            raise TaskLost(task.id)

    def finish(self, task: T, **values: Any) -> None:
        """It is done, with these values of its own. Raises TaskLost."""
        self._end(task, TaskState.DONE, values)

    def fail(self, task: T, reason: str, **values: Any) -> None:
        """It can't be done; `reason` is a sentence. Raises TaskLost."""
        self._end(task, TaskState.FAILED, values | {"reason": reason})

    def release(self, task: T, *, counts: bool = False) -> None:
        """Put it back for whoever comes next; unless it `counts`, as if it had not been taken.
        Raises TaskLost."""
        tries = self._model.tries - (0 if counts else 1)
        with self.sessions.begin() as session:
            self.write(session, task, state=TaskState.QUEUED, tries=tries, **NOT_HELD)

    def _end(self, task: T, state: TaskState, values: dict[str, Any]) -> None:
        over = {"state": state, "finished_at": self._clock(), **NOT_HELD}
        with self.sessions.begin() as session:
            self.write(session, task, **over, **values)

    def _hold(
        self, session: Session, task_id: int, now: float, conditions: list[ColumnElement[bool]]
    ) -> bool:
        held = {
            "state": TaskState.RUNNING,
            "token": new_id(),
            "lease_until": now + LEASE,
            "tries": self._model.tries + 1,
        }
        this = update(self._model).where(self._model.id == task_id, *conditions)
        return _changes_one(session, this.values(**held), now=now)

    def _is_free(self) -> ColumnElement[bool]:
        lost = and_(self._model.state == TaskState.RUNNING, is_over(self._model.lease_until))
        return or_(self._model.state == TaskState.QUEUED, lost)

    def _any_in_hand(self) -> ColumnElement[bool]:
        other = aliased(self._model)
        in_hand = (other.state == TaskState.RUNNING, ~is_over(other.lease_until))
        return exists(select(other.id).where(*in_hand))


def nobody_waits() -> ColumnElement[bool]:
    """SQL: whether no submission could be claimed now. Takes `now`."""
    return ~exists(select(Submission.id).where(is_free()))


def somebody_waits(session: Session, now: float) -> bool:
    """Whether a submission could be claimed now, by the machine's own clock in seconds."""
    return not session.scalar(select(nobody_waits()), {NOW.key: now})


def _changes_one(session: Session, statement: Any, **parameters: Any) -> bool:
    return cast("CursorResult[Any]", session.execute(statement, parameters)).rowcount == 1
