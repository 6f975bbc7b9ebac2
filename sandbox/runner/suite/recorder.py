"""Keeps what a test exchanged with the learner's work, cut to what a person can read."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from typing import Any, Final

KEPT: Final = 12
"""Exchanges kept of one test: the last ones, since a test fails at its end."""

TEXT: Final = 2000
"""Characters kept of one text, such as a body."""

CELL: Final = 200
"""Characters kept of one value in a row."""

ROW: Final = 1000
"""Characters kept of all values of one row."""

COLUMNS: Final = 40
"""Values kept of one row."""

ROWS: Final = 30
"""Rows kept of one result."""

BYTES: Final = 2 * 1024 * 1024
"""Bytes of JSON kept of one test's exchanges. Learners choose what is in them, and a frame that is
too large to be sent would be a failure of ours."""


class Recorder:
    """The exchanges of the test that runs now, oldest first."""

    def __init__(self) -> None:
        self._exchanges: deque[dict[str, Any]] = deque(maxlen=KEPT)

    def add(self, exchange: dict[str, Any]) -> None:
        """Keep one exchange; the oldest goes when there are more than `KEPT`."""
        self._exchanges.append(exchange)

    def take(self) -> list[dict[str, Any]]:
        """Return the exchanges since the last call, but the oldest that `BYTES` don't hold."""
        taken: deque[dict[str, Any]] = deque()
        left = BYTES
        while self._exchanges and (left := left - _size(self._exchanges[-1])) >= 0:
            taken.appendleft(self._exchanges.pop())
        self._exchanges.clear()
        return list(taken)


def cut(text: str, limit: int = TEXT) -> str:
    """Return `text`, or its start and how much was left out."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}… ({len(text) - limit:,} more characters)"


def cells(row: Sequence[Any]) -> list[str | None]:
    """Return a row's first values as short texts; SQL's NULL stays None."""
    shown = row[:COLUMNS]
    limit = min(CELL, ROW // max(len(shown), 1))
    return [None if value is None else cut(str(value), limit) for value in shown]


def _size(exchange: dict[str, Any]) -> int:
    return len(json.dumps(exchange))
