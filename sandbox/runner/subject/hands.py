"""Doing what a suite asks of the learner's work: calling its functions, running its commands.

A connection brings one request, a line of JSON, and takes one answer. `sandbox.runner.suite.hands`
is the other end.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from sandbox.runner.subject.calls import Calls
from sandbox.runner.subject.commands import run_command
from sandbox.runner.subject.http import accept

PIECE: Final = 64 * 1024
STREAMS: Final = 3
"""Descriptors that a request may bring: a command's standard streams."""


def serve(directory: Path, listener: socket.socket, orders: socket.socket) -> None:
    """Do what each connection asks for, until there is an order."""
    calls = Calls(directory)
    doing: Mapping[str, Callable[[dict[str, Any], list[int]], dict[str, Any]]] = {
        "run": lambda request, streams: run_command(request, streams, directory),
    }

    def handle(connection: socket.socket) -> None:
        with connection:
            request, streams = _receive(connection)
            if request is not None:
                do = doing.get(request["do"], calls.do)
                connection.sendall(json.dumps(do(request, streams)).encode() + b"\n")

    accept(listener, orders, handle)


def _receive(connection: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    data, streams, _, _ = socket.recv_fds(connection, PIECE, STREAMS)
    while data and not data.endswith(b"\n"):
        piece = connection.recv(PIECE)
        if not piece:
            return None, streams
        data += piece
    return (json.loads(data) if data else None), streams
