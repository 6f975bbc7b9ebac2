"""From a fork of PID 1 to the learner's own process."""

from __future__ import annotations

import contextvars
import json
import os
import socket
import sys
import traceback
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
from sandbox.runner.subject.http import Server, say
from sandbox.runner.subject.leftovers import remove_leftovers
from sandbox.runner.subject.modules import remember_modules
from sandbox.runner.subject.state import State
from sandbox.runner.subject.tracebacks import LONGEST

HOME: Final = Path("/learner")
WORK: Final = HOME / "work"
"""Where the learner's files are while an application runs."""


def become_subject(*, learner: int, output: int, orders: socket.socket) -> NoReturn:
    """In a fresh fork: wait for an order, take on the learner's uid, and serve. Never returns.

    An order on `orders` brings the socket to serve on, which the suite bound where the learner
    can't write, a pipe that takes one JSON line (`{"ready": true}` or why there is nothing to
    serve), and the learner's files. Until the first comes, nothing of the learner's has run.
    """
    code = 1
    try:
        step_back()
        _arrange_descriptors(output, orders)
        server = Server()  # touches the pages that serving will write to: they are copied now
        limit_learner()
        order = control.receive(orders)
        if order is not None:
            become(learner)
            make_dumpable()
            os.setsid()
            remove_leftovers()
            _serve_orders(server, order, orders)
        code = 0
    finally:
        os._exit(code)


def _serve_orders(
    server: Server, order: tuple[dict[str, Any], list[int]] | None, orders: socket.socket
) -> None:
    """Serve one application after another, each made anew, until one can't be made."""
    state = State(HOME)
    remember_modules(HOME)
    while order is not None:
        message, (listener, status, files) = order
        serve = contextvars.Context().run  # what is pushed in one is not there in the next
        if not serve(_serve, server, message, listener, status, files, orders):
            return
        del serve
        orders.send(control.LEFT)
        state.restore()
        remove_leftovers()
        order = control.receive(orders)


def _serve(
    server: Server,
    message: dict[str, Any],
    listener: int,
    status: int,
    files: int,
    orders: socket.socket,
) -> bool:
    """Make the application and serve it until told to leave; return whether it could be made."""
    try:
        _unpack(files, WORK)
        _set_environment(WORK, message["environ"])
        made = server.make(message["app"], WORK, status)
    except BaseException:
        say(status, {"crashed": traceback.format_exc()[-LONGEST:]})
        return False
    finally:
        os.close(status)
    if made:
        server.serve(listener, orders)
    return made


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
