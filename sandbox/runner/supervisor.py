"""PID 1 while a job runs: forks the suite, serves its wishes, holds the limits, says the end.

It has read the learner's files and nothing of the tests: the `suite` frame is read by the
suite's own process. So whatever is forked from here for the learner holds no test in its memory.
"""

from __future__ import annotations

import math
import os
import selectors
import signal
import sys
import time
from contextlib import suppress
from typing import Any, Final

from sandbox.runner import control
from sandbox.runner.memory import out_of_memory_kills
from sandbox.runner.output import Output
from sandbox.runner.privileges import end_all, fork, runs_alone, runs_any
from sandbox.runner.settings import Settings
from sandbox.runner.sockets import LOOK_SECONDS as SOCKETS_SECONDS
from sandbox.runner.sockets import too_many_sockets
from sandbox.runner.subjects import LOOK_SECONDS, Subjects
from sandbox.runner.warm import warm

LEAVE_SECONDS: Final = 1.0
"""How long the suite may take to leave when told to; it may be writing a frame."""


class Supervisor:
    """The state of one sandbox."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reason = ""
        self._message = ""
        self._output = Output()
        self._subjects = self._new_subjects()
        self._control, self._suite_end = control.channel()
        self._suite = 0
        self._deadline = 0.0
        self._kills_before = 0
        self._look_seconds = SOCKETS_SECONDS if settings.loopback else math.inf
        self._wake, wakened = os.pipe()
        for fd in (self._wake, wakened):
            os.set_blocking(fd, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakened, warn_on_full_buffer=False)

    def start_suite(self, secrets: dict[str, int]) -> None:
        """Fork the process that warms itself, then reads the `suite` frame and runs the tests."""
        self._suite = fork()
        if self._suite == 0:
            from sandbox.runner.suite.process import become_suite  # pytest comes with it

            become_suite(self._suite_end, self._settings, secrets)
        self._suite_end.close()
        for fd in secrets.values():
            os.close(fd)

    def fork_spare(self) -> None:
        """Have a process at hand that becomes the learner's."""
        self._subjects.fork_spare()

    def await_suite(self) -> None:
        """Wait until the suite's process is warm. Raises RuntimeError when it never will be."""
        if control.receive(self._control) is None:
            raise RuntimeError("the suite's process ended while it warmed itself")

    def run(self, job: dict[str, Any]) -> dict[str, Any]:
        """Run one job and return its `end` frame.

        `reason` is `finished`, `timeout`, `out_of_memory`, `output_limit` or `suite_failed`;
        `again` says whether another job may follow, as one can when this one says so.
        """
        again = bool(job["again"])
        self._reason = self._message = ""
        self._output.forget()
        self._deadline = time.monotonic() + float(job["seconds"])
        self._kills_before = out_of_memory_kills()
        if not again:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # the suite alone reads on
        self._import_what_is_named(job["subject"])
        self._subjects.take_job(job["subject"])
        control.send(self._control, {"do": "begin", "again": again})
        self._watch()
        if self._reason != "finished":  # what is left then ends with this process
            self._end()
        renewed = again and self._reason == "finished" and self._renew()
        return {"type": "end", "reason": self._reason, "message": self._message, "again": renewed}

    def _renew(self) -> bool:
        """Be as new for another job, and return whether this is so.

        What is left of files, data and pages goes when the next learner's program and the next
        suite begin, as it does between two tests.
        """
        self._subjects.close()
        self._control.settimeout(LEAVE_SECONDS)
        try:
            warm = control.receive(self._control) is not None
        except TimeoutError:
            return False
        finally:
            self._control.settimeout(None)
        self._reap()
        left = runs_any(self._settings.learner)
        if not warm or left or not runs_alone(self._settings.suite, self._suite):
            return False
        self._subjects = self._new_subjects()
        if self._settings.preload:
            self.fork_spare()
        return True

    def _new_subjects(self) -> Subjects:
        return Subjects(self._settings, self._output.writing, self._reap, self._floods)

    def _import_what_is_named(self, subject: dict[str, Any]) -> None:
        """Import here what the learner's programs will: once, and not in each process of theirs."""
        texts = "\n".join(subject["files"].values())
        if subject["isolation"] == "shared":
            texts += "\npytest"
        named = [m for m in self._settings.on_demand if m.partition(".")[0] in texts]
        if not sys.modules.keys() >= set(named):
            warm(named, loopback=self._settings.loopback)
            self._subjects.drop_spare()

    def _watch(self) -> None:
        """Serve the suite until it leaves or a limit is passed; `_reason` says which."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ, self._serve)
            selector.register(self._output.reading, selectors.EVENT_READ, self._drain)
            selector.register(self._wake, selectors.EVENT_READ, self._woken)
            while not self._reason:
                left = self._deadline - time.monotonic()
                if left <= 0:
                    self._reason = "timeout"
                for key, _ in selector.select(max(min(left, self._look_seconds), 0)):
                    if not self._reason:
                        key.data()
                self._check_sockets()

    def _end(self) -> None:
        """End the learner's processes, then the suite; it is told first, so no frame is cut."""
        self._subjects.end()
        if not self._suite:
            return
        os.killpg(self._suite, signal.SIGTERM)
        deadline = time.monotonic() + LEAVE_SECONDS
        while self._suite and time.monotonic() < deadline:
            self._reap()
            time.sleep(LOOK_SECONDS)
        end_all(self._settings.suite)

    def _serve(self) -> None:
        received = control.receive(self._control)
        if received is None:
            return  # it is leaving; its exit status is on its way
        message, descriptors = received
        if message["do"] == "end":
            self._reason = "finished"
            self._check_memory()
            return
        if message["do"] == "warm":  # a fork that said no `end`
            self._reason = "suite_failed"
            self._message = "the suite's process ended before its tests did"
            return
        if message["do"] == "start":
            answer: dict[str, Any] = {"reused": self._subjects.start(message, descriptors)}
            for fd in descriptors:
                os.close(fd)
        else:
            if message["do"] == "stop":
                self._subjects.stop()
                self._check_memory()
            answer = {"output": self._output.take()}
            self._check_output()
        with suppress(BrokenPipeError):  # it has left meanwhile; its exit status says how
            control.send(self._control, answer)

    def _drain(self) -> None:
        self._output.drain()
        self._check_output()

    def _check_output(self) -> None:
        if self._output.over_limit:
            self._reason = "output_limit"

    def _woken(self) -> None:
        os.read(self._wake, 4096)
        self._reap()
        self._check_memory()

    def _check_memory(self) -> None:
        if out_of_memory_kills() > self._kills_before:
            self._reason = "out_of_memory"

    def _check_sockets(self) -> None:
        if not self._reason and self._floods():
            self._reason = "out_of_memory"

    def _floods(self) -> bool:
        return self._settings.loopback and too_many_sockets()

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if pid == self._suite:
                self._suite_left(os.waitstatus_to_exitcode(status))
            else:
                self._subjects.reaped(pid)

    def _suite_left(self, code: int) -> None:
        self._suite = 0
        if self._reason:
            return
        if code == 0:  # its last word may still be unread
            self._reason = "finished"
        else:
            self._reason = "suite_failed"
            self._message = f"the suite's process ended with {code}"
