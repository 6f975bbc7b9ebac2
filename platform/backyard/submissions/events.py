"""What a page is told about a submission, event by event.

There is no table of events: they follow from the rows and from what the reader has seen already.
An event's id says just that, so a reader who comes back with its last id, over a stream or by
polling, gets what is new since then and nothing twice.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from backyard.submissions.live import Moment, look
from backyard.submissions.models import Attempt, Submission, TestResultRow
from backyard.submissions.render import Renderer

ID: Final = re.compile(r"(\d{1,9})-(\d{1,9})-([0-9a-f]{0,8}|end)")


@dataclass(frozen=True, slots=True)
class Cursor:
    """What a reader has seen: how many tests of which attempt, and which state (by checksum).

    `state` is `end` after the verdict or a cancelling, and empty before the first event.
    """

    attempt: int = 0
    tests: int = 0
    state: str = ""

    @classmethod
    def parse(cls, text: str | None) -> Self:
        """The cursor that is an event's id. Anything else has seen nothing."""
        match = ID.fullmatch(text or "")
        return cls(int(match[1]), int(match[2]), match[3]) if match else cls()

    def __str__(self) -> str:
        return f"{self.attempt}-{self.tests}-{self.state}"

    @property
    def is_end(self) -> bool:
        """Whether there is nothing more to come."""
        return self.state == "end"


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `cursor` is what the reader has seen after it. `data` is ready for JSON."""

    cursor: Cursor
    name: str
    data: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The event for polling."""
        return {"id": str(self.cursor), "event": self.name, "data": self.data}

    def as_sse(self) -> str:
        """The event for a stream (https://html.spec.whatwg.org/multipage/#server-sent-events)."""
        return f"id: {self.cursor}\nevent: {self.name}\ndata: {json.dumps(self.data)}\n\n"


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells readers of one submission what is new."""

    submission_id: str
    render: Renderer

    def since(self, session: Session, cursor: Cursor, now: datetime) -> list[Event]:
        """Everything new. Raises sqlalchemy.exc.NoResultFound for an unknown submission."""
        if cursor.is_end:
            return []
        moment = look(session, self.submission_id, now)
        return list(self._tell(session, moment, cursor))

    def _tell(self, session: Session, moment: Moment, cursor: Cursor) -> Iterator[Event]:
        if cursor.attempt != moment.attempt:
            cursor = Cursor(attempt=moment.attempt)
            yield Event(cursor, "reset", {})
        state = _state_data(moment)
        if (checksum := _checksum(state)) != cursor.state:
            cursor = replace(cursor, state=checksum)
            yield Event(cursor, "state", state)
        for row in _new_results(session, moment, cursor):
            cursor = replace(cursor, tests=cursor.tests + 1)
            yield Event(cursor, "test", self.render.test(row))
        if moment.state.is_over:
            yield self._last(session, replace(cursor, state="end"), moment)

    def _last(self, session: Session, cursor: Cursor, moment: Moment) -> Event:
        submission = session.get_one(Submission, self.submission_id)
        attempt = session.get(Attempt, moment.attempt_id) if moment.attempt_id else None
        phases = attempt.phases if attempt else {}
        if submission.is_done:
            return Event(cursor, "verdict", self.render.verdict(submission, phases))
        return Event(cursor, "cancelled", self.render.summary(submission, phases))


def _state_data(moment: Moment) -> dict[str, Any]:
    return {
        "state": moment.state,
        "phase": moment.phase,
        "position": moment.place,
        "grader": "away" if moment.away else "ok",
        "label": moment.label,
    }


def _checksum(data: dict[str, Any]) -> str:
    return f"{zlib.crc32(json.dumps(data).encode()):08x}"


def _new_results(session: Session, moment: Moment, cursor: Cursor) -> list[TestResultRow]:
    """The tests that came in after those that the reader has seen, in the order they came."""
    if moment.results <= cursor.tests:
        return []
    wanted = select(TestResultRow).where(TestResultRow.attempt_id == moment.attempt_id)
    return list(session.scalars(wanted.order_by(TestResultRow.id).offset(cursor.tests)))
