"""One job after another in the same sandbox: each in a fork of the warm process, which stays."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
from pathlib import Path

from sandbox.runner import control


def await_job(channel: socket.socket, home: Path, tests: Path) -> None:
    """Say that all is warm, wait for a job, and return where it is to be done: here, or, when
    others may follow, in a fork of this process, once for each job. Raises EOFError.

    `tests`, an empty folder below `home`, is empty again for each job, and `home` as it was.
    """
    kept = set(home.iterdir())
    while True:
        control.send(channel, {"do": "warm"})
        begun = control.receive(channel)
        if begun is None:
            raise EOFError("the host left before it sent the tests")
        if not begun[0]["again"] or not _done_in_a_fork():
            return
        try:
            for path in {*home.iterdir(), *tests.iterdir()} - kept:
                _remove(path)
        except OSError:  # it stays, so this process must not; its job has ended well
            os._exit(1)


def _done_in_a_fork() -> bool:
    """Return False in a fork, and True here once it has ended well; with an error of its own this
    process ends as well. PID 1 tells the whole group to leave: the fork does, then this one."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        random.seed()
        return False
    _, status = os.waitpid(pid, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if status != 0:
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    return True


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
