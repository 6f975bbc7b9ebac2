"""A server of the learner's own, in whatever language: a command, reached by port or socket.

The suite knows one socket, which it has bound itself. What comes there goes on to the address on
which the command serves.
"""

from __future__ import annotations

import selectors
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sandbox.runner.subject.applications import START_SECONDS, NotAnApplication

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
    """Pass connections on until there is an order. One thread does it all: learners' tasks are
    counted, and a race has many connections."""
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        selector.register(orders, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is orders:
                    return
                if key.fileobj is listener:
                    _begin(selector, listener.accept()[0], address)
                else:
                    _pass_on(selector, key.fileobj, key.data)


def _begin(selector: selectors.BaseSelector, client: socket.socket, address: Address) -> None:
    try:
        server = _connect(address)
    except OSError:  # it has ended: the suite sees a connection that closes
        client.close()
        return
    selector.register(client, selectors.EVENT_READ, server)
    selector.register(server, selectors.EVENT_READ, client)


def _pass_on(selector: selectors.BaseSelector, source: Any, target: socket.socket) -> None:
    """Pass a piece on. Where there is no more, the other end is told, and both are closed once it
    has no more either."""
    try:
        piece = source.recv(PIECE)
        target.sendall(piece)
    except OSError:
        piece = b""
    if piece:
        return
    selector.unregister(source)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
    if target not in selector.get_map():
        source.close()
        target.close()


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
