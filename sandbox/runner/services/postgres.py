"""PostgreSQL: a server of the sandbox's own, on a copy of the cluster that the image holds."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from sandbox.runner.privileges import become, fork, keep_descriptors
from sandbox.runner.services.address import SOCKET_DIRECTORY

TEMPLATE: Final = Path("/var/lib/postgresql/template")
DATA: Final = Path("/run/cluster/data")
START_SECONDS: Final = 30.0

LAST_WORDS: Final = "ALTER ROLE suite PASSWORD '{password}'; ALTER ROLE postgres NOLOGIN"
"""What the superuser does before a learner's program runs."""

OOM_BACKEND: Final = "900"
"""Badness of a server process that works for a session: it goes before the postmaster does."""


@dataclass(frozen=True, slots=True)
class Starting:
    """A server on its way up. `secret_fd`: the pipe's end that will hold the suite's password."""

    starter: int
    secret_fd: int

    def wait(self) -> None:
        """Wait until the server answers and the password is set."""
        _, status = os.waitpid(self.starter, 0)
        if status != 0:
            raise RuntimeError("PostgreSQL did not start; its own words stand above")


def start() -> Starting:
    """Fork a process that starts the server. Its password never passes through this one."""
    reading, writing = os.pipe()
    pid = fork()
    if pid == 0:
        _guarded_start(writing)
    os.close(writing)
    return Starting(pid, reading)


def _guarded_start(writing: int) -> NoReturn:
    """In the child: start the server and set the password, then leave. Never returns.

    What the server complains of goes to a pipe that ends with this process: from then on learners
    choose what there is of it, and it would flow through the engine to the host.
    """
    complaints = _Complaints()
    try:
        keep_descriptors([0, 1, 2, writing, complaints.reading, complaints.writing])
        become(pwd.getpwnam("postgres").pw_uid)
        _start_server(complaints.writing)
        os.write(writing, _set_password().encode())
        os._exit(0)
    except BaseException as error:
        print(f"postgres: {error!r}\n{complaints.read()}", file=sys.stderr, flush=True)
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


def _start_server(complaints: int) -> None:
    shutil.copytree(TEMPLATE, DATA, symlinks=True)
    DATA.chmod(0o700)
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PG_OOM_ADJUST_FILE": "/proc/self/oom_score_adj",
        "PG_OOM_ADJUST_VALUE": OOM_BACKEND,
    }
    subprocess.Popen(
        ["postgres", "-D", str(DATA)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=complaints,
        start_new_session=True,
    )


def _set_password() -> str:
    """Give the role `suite` a password, once the server answers, and return it.

    From then on nobody can log in as the superuser: who may is for the kernel to say (`peer`), and
    gVisor's of 2022 says yes to everybody.
    """
    password = secrets.token_urlsafe(24)
    deadline = time.monotonic() + START_SECONDS
    while (said := _psql(LAST_WORDS.format(password=password))) != "":
        if time.monotonic() > deadline:
            raise TimeoutError(f"no answer after {START_SECONDS:g} s: {said}")
        time.sleep(0.01)
    return password


def _psql(statement: str) -> str:
    """Run one statement as the superuser; return what went wrong. A small program: psycopg, which
    takes longer to import than the server to start, is for the suite's process alone."""
    command = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname=postgres"]
    done = subprocess.run(
        [*command, f"--host={SOCKET_DIRECTORY}", "--username=postgres"],
        input=statement,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr
