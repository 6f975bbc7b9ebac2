"""From a fork of PID 1 to the learner's own process."""

from __future__ import annotations

import contextvars
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any, Final, NoReturn

from sandbox.runner import control
from sandbox.runner.privileges import (
    become,
    keep_descriptors,
    limit_learner,
    make_dumpable,
    step_back,
)
from sandbox.runner.subject.applications import NotAnApplication
from sandbox.runner.subject.http import rehearse
from sandbox.runner.subject.leftovers import remove_leftovers
from sandbox.runner.subject.modules import remember_modules
from sandbox.runner.subject.serving import serve
from sandbox.runner.subject.state import State, can_be_made_again
from sandbox.runner.subject.tracebacks import trim_logged, trimmed

HOME: Final = Path("/learner")
WORK: Final = HOME / "work"
"""Where the learner's files are while an application runs."""


def become_subject(learner: int, output: int, orders: socket.socket, *, loopback: bool) -> NoReturn:
    """In a fresh fork: wait for an order, take on the learner's uid, and serve. Never returns.

    An order on `orders` brings the socket to serve on, which the suite bound where the learner
    can't write, a pipe that takes one JSON line (`{"ready": true}` or why there is nothing to
    serve), and the learner's files. Until the first comes, nothing of the learner's has run.
    """
    code = 1
    try:
        step_back()
        _arrange_descriptors(output, orders)
        rehearse()  # touches the pages that serving will write to: they are copied now
        limit_learner(loopback=loopback)
        order = control.receive(orders)
        if order is not None:
            become(learner)
            make_dumpable()
            os.setsid()
            remove_leftovers()
            _serve_orders(order, orders)
        code = 0
    finally:
        os._exit(code)


def _serve_orders(order: tuple[dict[str, Any], list[int]] | None, orders: socket.socket) -> None:
    """Serve one application after another, each made anew, until one can't be made."""
    state = State(HOME)
    remember_modules(HOME)
    while order is not None:
        message, (listener, status, files) = order
        context = contextvars.Context()  # what is pushed in one is not there in the next
        with socket.socket(fileno=listener) as accepting:
            if not context.run(_serve, message, files, accepting, orders, _Status(status)):
                return
        del context
        control.receive(orders)
        if not can_be_made_again():
            return
        orders.send(control.LEFT)
        state.restore()
        remove_leftovers()
        order = control.receive(orders)


class _Status:
    """The pipe that takes one line of JSON: how the start went."""

    def __init__(self, fd: int) -> None:
        self.told = False
        self._fd = fd

    def ready(self) -> None:
        """Say that requests are answered from now on."""
        self._tell({"ready": True})

    def crashed(self, why: str) -> None:
        """Say why nothing is served."""
        self._tell({"crashed": why})

    def _tell(self, message: dict[str, Any]) -> None:
        self.told = True
        os.write(self._fd, json.dumps(message).encode() + b"\n")
        os.close(self._fd)


def _serve(
    message: dict[str, Any],
    files: int,
    listener: socket.socket,
    orders: socket.socket,
    status: _Status,
) -> bool:
    """Make what is to be served, and serve it until told to leave; return whether it could be."""
    try:
        _unpack(files, WORK)
        _set_environment(WORK, message["environ"])
        trim_logged(WORK)
        sys.path.insert(0, str(WORK))
        serve(message["subject"], WORK, listener, orders, status.ready)
    except BaseException as error:
        if status.told:
            raise
        status.crashed(_explain(error))
        return False
    return True


def _explain(error: BaseException) -> str:
    return str(error) if isinstance(error, NotAnApplication) else trimmed(error, WORK)


def _arrange_descriptors(output: int, orders: socket.socket) -> None:
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    keep_descriptors([0, 1, 2, orders.fileno()])


def _unpack(files: int, directory: Path) -> None:
    """Write the files as the learner: root never touches a path that they can write."""
    with os.fdopen(files, "rb") as file:
        texts = json.loads(os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0))
    directory.mkdir()
    for name, text in texts.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def _set_environment(directory: Path, extra: dict[str, str]) -> None:
    os.chdir(directory)
    sys.argv = ["app"]
    os.environ.clear()
    os.environ.update(
        HOME=str(HOME),
        LANG="C.UTF-8",
        PATH="/opt/backyard/bin:/usr/local/bin:/usr/bin:/bin",
        TMPDIR="/tmp",
        **extra,
    )
