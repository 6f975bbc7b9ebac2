"""A server of the learner's own, in whatever language: a command, reached by port or socket.

The suite knows one socket, which it has bound itself. What comes there goes on to the address on
which the command serves.
"""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from sandbox.runner.subject.applications import START_SECONDS, NotAnApplication
from sandbox.runner.subject.http import accept

LOOK_SECONDS: Final = 0.01
"""How long to wait between two tries to reach the server."""

PIECE: Final = 64 * 1024

Address = int | Path
"""A port of 127.0.0.1, or the path of a Unix socket."""


def start(command: Sequence[str], address: Address) -> None:
    """Start the command and wait until it answers. Raises NotAnApplication."""
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    except OSError as error:
        words = f"{command[0]} can't be started: {error.strerror}."
        raise NotAnApplication(words) from None
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            ended = f"Your server ended with {process.returncode}"
            raise NotAnApplication(f"{ended} before it served {_words(address)}.")
        with suppress(OSError):
            _connect(address).close()
            return
        time.sleep(LOOK_SECONDS)
    raise NotAnApplication(f"Your server did not serve {_words(address)} in {START_SECONDS:g} s.")


def serve(address: Address, listener: socket.socket, orders: socket.socket) -> None:
    """Pass connections on until there is an order."""
    accept(listener, orders, partial(_pass_on, address))


def _pass_on(address: Address, connection: socket.socket) -> None:
    try:
        server = _connect(address)
    except OSError:  # it has ended: the suite sees a connection that closes
        connection.close()
        return
    for ends in ((connection, server), (server, connection)):
        threading.Thread(target=_pump, args=ends, daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(PIECE):
            target.sendall(piece)
    for end, how in ((target, socket.SHUT_WR), (source, socket.SHUT_RD)):
        with suppress(OSError):
            end.shutdown(how)


def _connect(address: Address) -> socket.socket:
    if isinstance(address, int):
        return socket.create_connection(("127.0.0.1", address))
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        made.connect(str(address))
    except OSError:
        made.close()
        raise
    return made


def _words(address: Address) -> str:
    return f"port {address}" if isinstance(address, int) else f"the socket {address.name}"
