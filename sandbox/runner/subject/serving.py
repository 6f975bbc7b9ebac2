"""Serving what the learner has handed in, in the way that its kind needs."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sandbox.runner.subject import hands, http
from sandbox.runner.subject.applications import is_asynchronous, load_in_time
from sandbox.runner.subject.modules import compile_all

Ready = Callable[[], None]


def serve(
    subject: Mapping[str, Any],
    directory: Path,
    listener: socket.socket,
    orders: socket.socket,
    ready: Ready,
) -> None:
    """Make what `subject` (`[subject]` of exercise.toml) names from the files in `directory`, call
    `ready`, and serve it on `listener` until there is an order.

    Raises before `ready` is called where there is nothing to serve.
    """
    if subject["kind"] != "http":
        compile_all(directory)
        ready()
        hands.serve(directory, listener, orders)
    elif subject["start"]:
        from sandbox.runner.subject import started  # asyncio comes with it

        address = subject["port"] or directory / subject["socket"]
        started.start(subject["start"], address)
        ready()
        started.serve(address, listener, orders)
    else:
        _serve_application(subject, listener, orders, ready)


def _serve_application(
    subject: Mapping[str, Any], listener: socket.socket, orders: socket.socket, ready: Ready
) -> None:
    application = load_in_time(subject["app"])
    if is_asynchronous(application):
        from sandbox.runner.subject import asgi  # uvicorn comes with it

        asgi.serve(application, listener, orders, ready)
        return
    ready()
    http.serve(application, subject["threads"], listener, orders)
