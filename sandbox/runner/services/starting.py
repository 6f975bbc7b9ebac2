"""Starting a service in a process of its own uid, whose secret never passes through PID 1."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final, NoReturn

from sandbox.runner.privileges import become, fork, keep_descriptors

START_SECONDS: Final = 30.0
LOOK_SECONDS: Final = 0.01


@dataclass(frozen=True, slots=True)
class Starting:
    """A service on its way up.

    `secret_fd` is the end of a pipe that will hold what the suite logs in with. PID 1 never reads
    it, so no process forked for the learner has it in its memory.
    """

    name: str
    starter: int
    secret_fd: int

    def wait(self) -> None:
        """Wait until the service answers, and its secret can be read."""
        _, status = os.waitpid(self.starter, 0)
        if status != 0:
            raise RuntimeError(f"{self.name} did not start; its own words stand above")


def start_apart(name: str, uid: int, bring_up: Callable[[int], str]) -> Starting:
    """Fork a process of `uid` that calls `bring_up`, which returns the secret once all is up.

    It is given a descriptor for what the service complains of while it starts.
    """
    reading, writing = os.pipe()
    pid = fork()
    if pid == 0:
        _guarded(name, uid, bring_up, writing)
    os.close(writing)
    return Starting(name, pid, reading)


def launch(
    command: Sequence[str],
    complaints: int,
    environment: Mapping[str, str] | None = None,
    stdin: IO[bytes] | int = subprocess.DEVNULL,
) -> None:
    """Start a server that goes on when this process ends, with no more environment than given."""
    subprocess.Popen(
        command,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **(environment or {})},
        stdin=stdin,
        stdout=subprocess.DEVNULL,
        stderr=complaints,
        start_new_session=True,
    )


def until_well(attempt: Callable[[], str]) -> None:
    """Call `attempt`, which returns what is wrong, until nothing is. Raises TimeoutError."""
    deadline = time.monotonic() + START_SECONDS
    while said := attempt():
        if time.monotonic() > deadline:
            raise TimeoutError(f"no answer after {START_SECONDS:g} s: {said}")
        time.sleep(LOOK_SECONDS)


def _guarded(name: str, uid: int, bring_up: Callable[[int], str], writing: int) -> NoReturn:
    """In the child: bring the service up and tell its secret, then leave. Never returns.

    What it complains of goes to a pipe that ends with this process: from then on learners choose
    what there is of it, and it would flow through the engine to the host.
    """
    complaints = _Complaints()
    try:
        keep_descriptors([0, 1, 2, writing, complaints.reading, complaints.writing])
        become(uid)
        os.write(writing, bring_up(complaints.writing).encode())
        os._exit(0)
    except BaseException as error:
        print(f"{name}: {error!r}\n{complaints.read()}", file=sys.stderr, flush=True)
        os._exit(1)


class _Complaints:
    """A pipe for the server's standard error while it starts."""

    def __init__(self) -> None:
        self.reading, self.writing = os.pipe()
        os.set_blocking(self.reading, False)

    def read(self) -> str:
        """Return what is in the pipe, as text."""
        try:
            return os.read(self.reading, 8192).decode("utf-8", "backslashreplace")
        except BlockingIOError:
            return "The server itself said nothing."
