"""The learner's server, as the suite sees it: started for a test, ended after it."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sandbox.runner import control

READY_SECONDS: Final = 6.0
"""How long to wait for a word of the subject; it limits itself to less."""

END_SECONDS: Final = 2.0
"""How long PID 1 may take to end one that does not leave by itself."""

REPORT_BYTES: Final = 64 * 1024
"""Bytes taken of what the subject says about its start. They are the learner's, so hostile."""


class SubjectCrashed(Exception):
    """The learner's code did not come up; the message is what it says about that."""


@dataclass(frozen=True, slots=True)
class _Start:
    """A server on its way up: the path of its socket, the pipe that says how it went, and whether
    its process has served an earlier test."""

    path: Path
    report: int
    reused: bool


class SubjectProcess:
    """Starts and stops the learner's server through PID 1.

    While `wanted_next` is set, ending one server has the next one started: it then comes up
    while pytest goes from one test to the next. Never two are up at once.
    """

    def __init__(self, channel: socket.socket, directory: Path, environ: dict[str, str]) -> None:
        self.ever_ready = False
        self.wanted_next = False
        self._channel = channel
        self._directory = directory
        self._environ = environ
        self._count = 0
        self._output = ""
        self._waited = 0.0
        self._early: _Start | None = None

    @contextmanager
    def running(self) -> Iterator[Path]:
        """Start a fresh server, give the path of its socket once it is ready, and end it.

        Only the suite can reach that path; the server gets the listening descriptor alone, so
        the learner can neither replace nor squat it. Raises SubjectCrashed.
        """
        start, self._early = self._early or self._order(), None
        try:
            yield self._await_ready(start)
        finally:
            self._output = str(self._ask({"do": "stop"})["output"])
            if self.wanted_next:
                self._early = self._order()

    def start_early(self) -> None:
        """Have the first server started before a test asks for it."""
        self._early = self._order()

    def take_output(self) -> str:
        """Return the end of what the learner's program printed while it last ran, once."""
        output, self._output = self._output, ""
        return output

    def output_so_far(self) -> str:
        """Return the end of what it has printed since this was asked last, while it runs on."""
        return str(self._ask({"do": "output"})["output"])

    def take_wait(self) -> float:
        """Return the seconds waited for the learner's program to come up since the last call."""
        waited, self._waited = self._waited, 0.0
        return waited

    def _order(self, *, fresh: bool = False) -> _Start:
        """Have a server started, in a new process if it is to be `fresh`, and return at once."""
        self._count += 1
        self._directory.mkdir(exist_ok=True)
        path = self._directory / f"{self._count}.sock"
        reading, writing = os.pipe()
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            listener.bind(str(path))
            listener.listen(64)
            order = {"do": "start", "environ": self._environ, "fresh": fresh}
            answer = self._ask(order, [listener.fileno(), writing])
        os.close(writing)
        return _Start(path, reading, answer["reused"] is True)

    def _ask(
        self, message: dict[str, object], descriptors: Sequence[int] = ()
    ) -> dict[str, object]:
        # A test's time that runs out has to wait: else the next question would get this answer.
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        try:
            control.send(self._channel, message, descriptors)
            answer = control.receive(self._channel)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
        if answer is None:
            raise ConnectionError("PID 1 has closed its channel")
        return answer[0]

    def _await_ready(self, start: _Start) -> Path:
        """Return the path of the socket. What can't be made in a used process gets a new one."""
        said = self._result(start)
        if said.get("ready") is not True and start.reused:
            start = self._order(fresh=True)
            said = self._result(start)
        if said.get("ready") is not True:
            raise SubjectCrashed(str(said.get("crashed", "Your program ended while it started.")))
        self.ever_ready = True
        return start.path

    def _result(self, start: _Start) -> dict[str, object]:
        began = time.monotonic()
        try:
            return _read_report(start.report, began + READY_SECONDS)
        finally:
            os.close(start.report)
            self._waited += time.monotonic() - began


def _read_report(reading: int, deadline: float) -> dict[str, object]:
    """Return what the subject says of its start; empty when it says nothing that makes sense."""
    data = b""
    while len(data) < REPORT_BYTES:
        ready, _, _ = select.select([reading], [], [], max(deadline - time.monotonic(), 0))
        if not ready:
            return {"crashed": f"Your program was not ready after {READY_SECONDS:g} s."}
        piece = os.read(reading, 65536)
        data += piece
        if not piece or piece.endswith(b"\n"):
            break
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
