"""What the learner's processes print: drained at once, kept in part, counted in full."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Final

LIMIT: Final = 1024 * 1024
"""Bytes that a whole run may print; more ends it."""

KEPT: Final = 8 * 1024
"""Bytes kept of one test's output: its end."""


class Output:
    """One pipe for the standard output and error of every subject of a run."""

    def __init__(self) -> None:
        self.reading, self.writing = os.pipe()
        os.set_blocking(self.reading, False)
        with suppress(PermissionError):  # gVisor changes no pipe's mode
            os.fchmod(self.writing, 0o622)  # so that the learner can open /dev/stdout
        self._kept = b""
        self._total = 0

    def forget(self) -> None:
        """Begin anew: nobody who could print is left of an earlier run."""
        self.drain()
        self._kept, self._total = b"", 0

    @property
    def over_limit(self) -> bool:
        """Whether more than `LIMIT` bytes were printed."""
        return self._total > LIMIT

    def drain(self) -> None:
        """Take in what waits in the pipe, up to the limit."""
        while not self.over_limit:
            try:
                piece = os.read(self.reading, 65536)
            except BlockingIOError:
                return
            self._total += len(piece)
            self._kept = (self._kept + piece)[-KEPT:]

    def take(self) -> str:
        """Return what was kept since the last call, as text."""
        self.drain()
        kept, self._kept = self._kept, b""
        return kept.decode("utf-8", "replace")
