"""What the host asks in a tryout, and what is told: one question, one answer."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final

from sandbox.protocol import Frame, read_frame
from sandbox.runner.suite.reporting import Reporter, TestTimeout

ANSWER_SECONDS: Final = 8.0
"""How long one answer may take."""


class Talk:
    """The host's questions, in the order in which they come."""

    def __init__(self, report: Reporter, read: Callable[[int], Frame | None] = read_frame) -> None:
        self._report = report
        self._read = read

    def hear(self) -> Frame | None:
        """Wait for the next question; None once the host has no more."""
        frame = self._read(0)
        return frame if frame is not None and frame["type"] == "ask" else None

    def tell(self, question: Frame, **answer: Any) -> None:
        """Answer it."""
        self._report({"type": "answer", "number": question["number"], **answer})


@contextmanager
def bounded() -> Generator[None]:
    """Raise TestTimeout in what takes longer than `ANSWER_SECONDS`."""

    def too_long(*_: object) -> None:
        raise TestTimeout(f"This took longer than {ANSWER_SECONDS:g} s and was stopped.")

    signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, ANSWER_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
