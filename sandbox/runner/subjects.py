"""The learner's processes, as PID 1 sees them: a spare that waits, the one that serves, their end.

An order goes to a process as one message on its channel: `serve`, with the listener, the pipe for a
word on the start, and the files; or `leave`, which a process answers once it serves no more. From
its first order on a process is the learner's, so whatever comes back on the channel is hostile: it
can keep a process from being used again, and nothing else.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sandbox.runner import control
from sandbox.runner.privileges import end_all, fork, runs_alone, runs_any
from sandbox.runner.settings import Settings
from sandbox.runner.sockets import LOOK_SECONDS as SOCKETS_SECONDS

LEAVE_SECONDS: Final = 0.5
"""How long a process may take to take an order, or to stop serving; one that takes longer is
ended."""

GONE_SECONDS: Final = 1.0
"""How long the learner's processes may take to be gone once they were killed."""

LOOK_SECONDS: Final = 0.0005
"""How long to wait between two looks at whether they have gone."""


@dataclass(frozen=True, slots=True)
class _Process:
    pid: int
    orders: socket.socket


class Subjects:
    """Starts and ends the learner's processes.

    With the isolation `process` each test has a new one. With `application` the one that served
    the last test serves the next, as long as it leaves when told to, alone and with one thread;
    else it is ended, and from then on a spare is kept.
    """

    def __init__(
        self,
        settings: Settings,
        output: int,
        reap: Callable[[], None],
        floods: Callable[[], bool],
    ) -> None:
        self._uid = settings.learner
        self._loopback = settings.loopback
        self._output = output
        self._reap = reap
        self._floods = floods
        self._spare: _Process | None = None
        self._current: _Process | None = None
        self._living: set[int] = set()
        self._subject: dict[str, Any] = {}
        self._files = -1
        self._reuses = False
        self._keeps_spare = False

    def take_job(self, subject: dict[str, Any]) -> None:
        """Take the learner's files, what to make of them, and the isolation."""
        self._files = _sealed(json.dumps(subject.pop("files")).encode())
        self._subject = subject
        self._reuses = subject["isolation"] == "application"
        self._keeps_spare = not self._reuses

    def fork_spare(self) -> None:
        """Have a process at hand that becomes the next subject. Till then it is root's."""
        self._spare = self._fork()

    def drop_spare(self) -> None:
        """Let the spare go: what is forked from now on is to know more."""
        if self._spare is not None:
            self._spare.orders.close()
            self._spare = None

    def close(self) -> None:
        """End all that there is, the spare and the learner's files too."""
        self.drop_spare()
        self.end()
        os.close(self._files)

    def start(self, message: dict[str, Any], descriptors: Sequence[int]) -> bool:
        """Have the application made and served; return whether by a process that was used before.

        `descriptors` are the listener and the pipe for a word on the start.
        """
        order = {"do": "serve", "subject": self._subject, "environ": message["environ"]}
        given = [*descriptors, self._files]
        if self._current is not None and not message["fresh"]:
            try:
                control.send(self._current.orders, order, given)
                return True
            except OSError:  # it has ended, or takes no orders any more
                pass
        self.end()
        self._current, self._spare = self._spare or self._fork(), None
        control.send(self._current.orders, order, given)
        if self._keeps_spare:
            self.fork_spare()
        return False

    def stop(self) -> None:
        """End the serving: what is left of it meets no later test."""
        if not (self._reuses and self._leaves()):
            self.end()
            self._keeps_spare = True

    def end(self) -> None:
        """End all that the learner runs, and see it gone, sockets, memory and all."""
        current, self._current = self._current, None
        if current is None:
            return
        current.orders.close()
        if current.pid in self._living:  # by its pid too: it may not be the learner's yet
            os.kill(current.pid, signal.SIGKILL)
        end_all(self._uid)
        deadline = time.monotonic() + GONE_SECONDS
        while time.monotonic() < deadline:
            self._reap()
            if current.pid not in self._living and not runs_any(self._uid):
                return
            time.sleep(LOOK_SECONDS)

    def reaped(self, pid: int) -> None:
        """Take note that a child has ended and was waited for."""
        self._living.discard(pid)

    def _fork(self) -> _Process:
        from sandbox.runner.subject.process import become_subject  # a web server comes with it

        here, there = control.channel()
        pid = fork()
        if pid == 0:
            become_subject(self._uid, self._output, there, loopback=self._loopback)
        there.close()
        here.settimeout(LEAVE_SECONDS)  # a process that does not listen holds up nobody
        self._living.add(pid)
        return _Process(pid, here)

    def _leaves(self) -> bool:
        if self._current is None:
            return False
        orders = self._current.orders
        try:
            control.send(orders, {"do": "leave"})
            return (
                self._await_word(orders)
                and orders.recv(len(control.LEFT)) == control.LEFT
                and runs_alone(self._uid, self._current.pid)
            )
        except OSError:
            return False

    def _await_word(self, orders: socket.socket) -> bool:
        """Wait until there is one, but not while sockets come to be too many meanwhile."""
        deadline = time.monotonic() + LEAVE_SECONDS
        while time.monotonic() < deadline and not self._floods():
            if select.select([orders], [], [], SOCKETS_SECONDS)[0]:
                return True
        return False


def _sealed(data: bytes) -> int:
    """Return the descriptor of a file in memory that holds `data` and can never be changed."""
    fd = os.memfd_create("files", os.MFD_ALLOW_SEALING)
    with os.fdopen(os.dup(fd), "wb") as file:
        file.write(data)
    seals = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
    fcntl.fcntl(fd, fcntl.F_ADD_SEALS, seals)
    return fd
